"""make-syntaxes: writes a DICOM file for every pixel layout and place of text.

Writes DIR/*.dcm and DIR/truth.jsonl. Exit status: 0 done, 2 could not be done
(the reason is on stderr).
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from ..generator.fonts import NoFontError
from .catalogue import catalogue
from .cell import write_cell
from .places import places
from .tools import EncoderError
from .truth import planted_in, truth_entry, write_truth


def make_files(folder: pathlib.Path, seed: int, only: str = "") -> list[dict]:
    """Writes the files whose name contains `only`; returns their truth."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = []
    for cell in catalogue():
        if only in cell.name:
            path = folder / f"{cell.name}.dcm"
            picture = write_cell(cell, seed, path)
            entries.append(truth_entry(path, len(entries), cell.uid,
                                       [planted_in(picture)]))
    for place in places():
        if only in place.name:
            path = folder / f"{place.name}.dcm"
            planted = place.write(seed, place.name, path)
            entries.append(truth_entry(path, len(entries), place.uid, planted))
    write_truth(folder, entries)
    return entries


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    parser = argparse.ArgumentParser("make-syntaxes", description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True,
                        help="folder to write to; made if missing")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="",
                        help="just the files whose name contains this")
    arguments = parser.parse_args(argv)
    try:
        made = make_files(arguments.out, arguments.seed, arguments.only)
    except (NoFontError, EncoderError, OSError) as error:
        print(f"make-syntaxes: {error}", file=sys.stderr)
        return 2
    print(f"{len(made)} files in {arguments.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
