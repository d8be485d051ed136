"""Compares the inspection of cines, which looks at each frame only where it is
new, with its oracle, which looks at every frame in full."""

from __future__ import annotations

import pathlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..generator.cines import KINDS
from . import markdown
from .answers import EVERY_FRAME, ONLY_NEW, Answer, Found
from .geometry import Box, intersection
from .labels import Labelled
from .measuring import Measurer
from .one_by_one import SplitError, split
from .sources import Batch, each_file

# Of the smaller box, for two texts to be one.
_SAME_PLACE = .5
# From what may be let through to what may not.
_GRAVITY = ("CLEAR", "REVIEW", "INDETERMINATE", "IDENTIFYING")


def _shared(a: Box, b: Box) -> float:
    """Returns the common part's share of the smaller box."""
    common = intersection(a, b)
    smaller = min(a[2] * a[3], b[2] * b[3])
    return common[2] * common[3] / max(1, smaller)


def _frames(found: Found) -> set[int]:
    return {frame for first, last in found.frames
            for frame in range(first, last + 1)}


def _is_found(wanted: Found, found: Iterable[Found]) -> bool:
    """Whether one of `found` is the text `wanted`, on one of its frames."""
    return any(_shared(wanted.box, one.box) >= _SAME_PLACE
               and (_frames(wanted) & _frames(one)) for one in found)


@dataclass(frozen=True)
class Compared:
    """A cine and how its two answers differ."""

    path: str
    kind: str
    frames: int
    verdict: str
    oracle_verdict: str
    findings: int               # of the oracle
    missed: tuple[Found, ...]   # of the oracle's
    added: tuple[Found, ...]    # that the oracle does not have
    ranges_differ: int          # found on other frames as well, or on fewer
    cpu_ms: float
    oracle_cpu_ms: float
    error: str = ""

    @property
    def lower(self) -> bool:
        """Whether the verdict would let through what the oracle's holds."""
        return (_GRAVITY.index(self.verdict)
                < _GRAVITY.index(self.oracle_verdict))

    @property
    def differs(self) -> bool:
        """Whether the verdicts differ."""
        return self.verdict != self.oracle_verdict


def compare(path: str, kind: str, ours: Answer, oracle: Answer) -> Compared:
    """Compares two answers about a file; none may be an error's."""
    missed = tuple(text for text in oracle.texts
                   if not _is_found(text, ours.texts))
    added = tuple(text for text in ours.texts
                  if not _is_found(text, oracle.texts))
    ranges = sum(
        not any(_shared(text.box, one.box) >= _SAME_PLACE
                and _frames(text) == _frames(one) for one in ours.texts)
        for text in oracle.texts) - len(missed)
    return Compared(path, kind, oracle.frames, ours.verdict, oracle.verdict,
                    len(oracle.texts), missed, added, ranges, ours.cpu_ms,
                    oracle.cpu_ms)


def compare_all(batches: Sequence[Batch], models: pathlib.Path,
                scratch: pathlib.Path, one_by_one: bool,
                said: Callable[[Compared], None]) -> list[Compared]:
    """Asks both ways about all files that have several frames; with
    `one_by_one`, about each frame as an object of its own, but of files that
    cannot be taken apart."""
    compared = []
    with Measurer(models) as measurer:
        for labelled in each_file(batches, scratch):
            if labelled.frames < 2:
                continue
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                paths = (_taken_apart(labelled.path, pathlib.Path(folder))
                         if one_by_one else [labelled.path])
                for path in paths:
                    compared.append(_ask(_kind(labelled), str(path), measurer))
                    said(compared[-1])
    return compared


def _taken_apart(path: str, folder: pathlib.Path) -> list[pathlib.Path]:
    try:
        return split(path, folder)
    except SplitError:
        return []


def _kind(labelled: Labelled) -> str:
    """Returns what becomes of a generated cine's text."""
    return (KINDS[int(labelled.key) % len(KINDS)] if labelled.key.isdigit()
            else "of a folder")


def _ask(kind: str, path: str, measurer: Measurer) -> Compared:
    lines = measurer.ask(path, [ONLY_NEW, EVERY_FRAME])
    ours, oracle = (Answer.from_json(line) for line in lines)
    if ours.error or oracle.error:
        return Compared(path, kind, 0, "INDETERMINATE",
                        "INDETERMINATE", 0, (), (), 0, 0, 0,
                        ours.error or oracle.error)
    return compare(path, kind, ours, oracle)


_HEADINGS = ("kind", "objects", "frames", "verdicts differ", "of these lower",
             "oracle's findings", "missed", "on other frames", "added",
             "oracle's CPU time over ours")


def table(compared: Sequence[Compared]) -> str:
    """Returns the comparison by kind as a Markdown table."""
    kinds = list(Counter(one.kind for one in compared))
    rows = [_row(kind, [one for one in compared if one.kind == kind])
            for kind in kinds]
    rows.append(_row("all", compared))
    return markdown.table(_HEADINGS, [[str(cell) for cell in row]
                                      for row in rows]).rstrip("\n")


def _row(kind: str, some: Sequence[Compared]) -> list[object]:
    ours = sum(one.cpu_ms for one in some)
    theirs = sum(one.oracle_cpu_ms for one in some)
    return [kind, len(some), sum(one.frames for one in some),
            sum(one.differs for one in some), sum(one.lower for one in some),
            sum(one.findings for one in some),
            sum(len(one.missed) for one in some),
            sum(one.ranges_differ for one in some),
            sum(len(one.added) for one in some),
            f"{theirs / max(ours, 1e-6):.1f}"]


def text_of(compared: Compared) -> str:
    """Returns a line for each difference; texts are printed."""
    lines = []
    if compared.error:
        lines.append(f"{compared.path}: {compared.error}")
    if compared.differs:
        lines.append(f"{compared.path} ({compared.kind}): "
                     f"{compared.verdict}, the oracle says "
                     f"{compared.oracle_verdict}")
    for sign, texts in (("missed", compared.missed),
                        ("added", compared.added)):
        lines += [f"{compared.path} ({compared.kind}): {sign} "
                  f"{text.category} {text.box} on {text.frames}: "
                  f"{text.text!r}" for text in texts]
    return "\n".join(lines)
