"""compare-decoders: are the detector's decoded pixels equal to others'?

Decodes every DICOM file below PATH with burntin-decode and with reference
decoders, and prints a Markdown table by transfer syntax and photometric
interpretation, then each file that is not equal. BURNTIN_BIN names the folder
of burntin-decode. Exit status: 0 every file that a reference decodes is equal
(video: within 2), 1 some are not, 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import warnings
from collections import Counter
from dataclasses import dataclass, field

from . import data_sets
from .frames import Decoded, decode_by_burntin, difference, program
from .names import name_of_syntax
from .references import decode_by_references

# FFmpeg's programs may convert colours by other code than its library.
_VIDEO_TOLERANCE = 2


@dataclass
class Comparison:
    """One file. `outcome` is "equal", "differs", "refused" (though a
    reference decodes it), "refused by all" or "alone" (no reference)."""

    path: pathlib.Path
    syntax: str = ""
    photometric: str = ""
    frames: int = 0
    outcome: str = ""
    reference: str = ""
    largest: float = 0.0
    reason: str = ""
    others: list[str] = field(default_factory=list)


def _compare_frames(mine: Decoded, other: Decoded) -> float | None:
    """Returns the largest difference; None where the two are of different
    colour models, so that nothing can be said."""
    if not other.frames:
        return None
    if len(mine.frames) != len(other.frames):
        return float("inf")
    colour = mine.frames[0].shape[-1] == 3
    if colour and mine.is_rgb != other.is_rgb:
        return None
    worst = 0.0
    for number, (a, b) in enumerate(zip(mine.frames, other.frames)):
        found = difference(a, b)
        if found and number in mine.otherwise:
            found = min(found, difference(mine.otherwise[number], b))
        worst = max(worst, found)
    return worst


def _judge(row: Comparison, mine: Decoded, others: list[Decoded]) -> None:
    decodes = [other.decoder for other in others
               if len(other.frames) == max(row.frames, 1)]
    if mine.error:
        row.outcome = "refused" if decodes else "refused by all"
        row.reason, row.reference = mine.error, ", ".join(decodes)
        return
    found = {other.decoder: _compare_frames(mine, other) for other in others}
    known = {name: worst for name, worst in found.items() if worst is not None}
    row.others = [f"{name} {worst:g}" for name, worst in known.items()]
    row.others += [f"{other.decoder}: {other.error}" for other in others
                   if other.error]
    if not known:
        row.outcome = "alone"
        return
    row.reference = min(known, key=known.get)
    row.largest = known[row.reference]
    is_video = row.syntax.startswith(("1.2.840.10008.1.2.4.10",))
    allowed = _VIDEO_TOLERANCE if is_video else 0
    row.outcome = "equal" if row.largest <= allowed else "differs"


def compare_file(path: pathlib.Path) -> Comparison | None:
    """Compares one file; None for what holds no pixels of its own."""
    row = Comparison(path)
    try:
        ds = data_sets.read(path)
        row.syntax = data_sets.syntax_of(ds)
        row.photometric = ds.get("PhotometricInterpretation", "")
        row.frames = data_sets.count_frames(ds)
    except ValueError as error:
        if str(error) == "no pixels":
            return None
        row.others.append(str(error))
    except Exception as error:  # pydicom cannot read it
        row.others.append(f"pydicom: {error}")
    mine = decode_by_burntin(path)
    others = decode_by_references(path, ds) if row.syntax else []
    _judge(row, mine, others)
    return row


def _cell(rows: list[Comparison]) -> str:
    equal = Counter(row.reference for row in rows if row.outcome == "equal")
    names = ", ".join(f"{name} {count}" for name, count in equal.items())
    worst = max((row.largest for row in rows if row.outcome == "equal"),
                default=0)
    bad = [row for row in rows if row.outcome in ("differs", "refused")]
    reasons = Counter(row.reason for row in rows
                      if row.outcome == "refused by all")
    rest = "; ".join(f"{reason} {count}" for reason, count in reasons.items())
    alone = sum(row.outcome == "alone" for row in rows)
    if alone:
        rest += f"{'; ' if rest else ''}no reference {alone}"
    return (f"{len(rows)} | {sum(row.frames for row in rows)} | "
            f"{sum(equal.values())} | {names} | {worst:g} | {len(bad)} | "
            f"{rest}")


def print_table(rows: list[Comparison]) -> None:
    """Prints the table by transfer syntax and photometric interpretation."""
    print("| transfer syntax | photometric | files | frames | equal | to | "
          "largest difference | not equal | no decoder takes it |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    groups: dict[tuple[str, str], list[Comparison]] = {}
    for row in rows:
        groups.setdefault((row.syntax, row.photometric), []).append(row)
    for (syntax, photometric), members in sorted(groups.items()):
        print(f"| {name_of_syntax(syntax)} | {photometric} | "
              f"{_cell(members)} |")


def print_exceptions(rows: list[Comparison], root: pathlib.Path) -> None:
    """Prints every file that is not plainly equal."""
    for row in rows:
        if row.outcome != "equal":
            name = row.path.relative_to(root) if row.path != root else root
            print(f"{row.outcome}: {name} ({name_of_syntax(row.syntax)}, "
                  f"{row.photometric}): {row.reason} {row.reference} "
                  f"{row.largest:g} [{'; '.join(row.others)}]")


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    parser = argparse.ArgumentParser("compare-decoders", description=__doc__)
    parser.add_argument("path", type=pathlib.Path)
    arguments = parser.parse_args(argv)
    if not program().exists():
        print(f"compare-decoders: {program()} is not built.", file=sys.stderr)
        return 2
    files = [path for path in sorted(arguments.path.rglob("*"))
             if path.is_file() and path.suffix not in (".tsv", ".jsonl")]
    if arguments.path.is_file():
        files = [arguments.path]
    warnings.simplefilter("ignore")  # pydicom's, about every oddity
    rows = [row for path in files if (row := compare_file(path))]
    print_table(rows)
    print()
    print_exceptions(rows, arguments.path)
    return int(any(row.outcome in ("differs", "refused") for row in rows))


if __name__ == "__main__":
    sys.exit(main())
