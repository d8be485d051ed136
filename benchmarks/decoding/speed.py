"""time-decoders: CPU time of burntin-decode beside the libraries' own tools.

Makes one large file for each transfer syntax, decodes it with burntin-decode
and with the tool of the library that it uses, one after the other, several
times, and prints a Markdown table. Times are user plus system time of the
whole process, start-up and, for most tools, writing to memory included. The
last column is what both take for a file of one small frame.
BURNTIN_BIN names the folder of burntin-decode. Exit status: 0 every ratio is
at most 1.1, 1 some are above, 2 could not be done.
"""

from __future__ import annotations

import argparse
import pathlib
import statistics
import sys
import tempfile
from dataclasses import replace

from ..syntaxes.cell import Cell, write_cell
from ..syntaxes.tools import EncoderError
from .frames import program
from .large_files import COLUMNS, ROWS, timed_cells, write_large
from .library_tools import Tool, cpu_seconds, tool_for
from .names import name_of_syntax

LARGEST_RATIO = 1.1


def _row(cell: Cell, tool: Tool, mine: list[float], theirs: list[float],
         start: tuple[float, float]) -> tuple[str, float]:
    ratio = statistics.median(a / b for a, b in zip(mine, theirs))
    frames = cell.layout.frames
    megapixels = frames * ROWS * COLUMNS / 1e6
    ours, others = statistics.median(mine), statistics.median(theirs)
    return (f"| {name_of_syntax(cell.uid)} | {cell.layout.name} | {frames} | "
            f"{ours:.2f} | {tool.name} | {others:.2f} | {ratio:.2f} | "
            f"{megapixels / ours:.0f} | {start[0]:.3f} / {start[1]:.3f} |"
            ), ratio


def _time(cell: Cell, runs: int, seed: int,
          folder: pathlib.Path) -> tuple[str, float]:
    small, large = folder / "small.dcm", folder / "large.dcm"
    one = replace(cell, layout=replace(cell.layout, rows=64, columns=320,
                                       frames=1))
    write_cell(one, seed, small)
    _, mine, theirs = _race(small, runs, folder)
    start = statistics.median(mine), statistics.median(theirs)
    write_large(cell, seed, large)
    tool, mine, theirs = _race(large, runs, folder)
    return _row(cell, tool, mine, theirs, start)


def _race(path: pathlib.Path, runs: int,
          folder: pathlib.Path) -> tuple[Tool, list[float], list[float]]:
    """Times both decoders in turn, each `runs` times."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        tool = tool_for(path, pathlib.Path(scratch))
        mine, theirs = [], []
        for _ in range(runs):
            mine.append(cpu_seconds([str(program()), str(path)]))
            theirs.append(sum(map(cpu_seconds, tool.commands)))
    return tool, mine, theirs


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    parser = argparse.ArgumentParser("time-decoders", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="",
                        help="just the files whose name contains this")
    parser.add_argument("--scratch", default="/dev/shm",
                        help="where files are made (default /dev/shm)")
    arguments = parser.parse_args(argv)
    if not program().exists():
        print(f"time-decoders: {program()} is not built.", file=sys.stderr)
        return 2
    print("| transfer syntax | layout | frames | burntin-decode, CPU s | tool "
          "| its CPU s | ratio | megapixels a second | start-up, CPU s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    ratios = []
    for cell in timed_cells():
        if arguments.only not in cell.name:
            continue
        with tempfile.TemporaryDirectory(dir=arguments.scratch) as folder:
            try:
                row, ratio = _time(cell, arguments.runs, arguments.seed,
                                   pathlib.Path(folder))
            except (EncoderError, RuntimeError) as error:
                row, ratio = f"| {cell.name} | {error} |", float("inf")
        ratios.append(ratio)
        print(row, flush=True)
    return int(max(ratios, default=0) > LARGEST_RATIO)


if __name__ == "__main__":
    sys.exit(main())
