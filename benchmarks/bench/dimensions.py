"""What lines are told apart by in the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .judging import Judged, JudgedLine
from .statistics_of_rates import Rate, rate_of

HEIGHTS = (5, 7, 9, 12, 16, 24, 40, 80)
CONTRASTS = (10, 15, 20, 25, 35, 50, 80, 130)
SKEWS = (1, 5, 10)
LENGTHS = (1, 2, 3, 6, 12)


@dataclass(frozen=True)
class Dimension:
    """`group_of` names the group of a line; None leaves the line out.

    `order` are the groups as they are shown; () sorts them by name.
    """

    title: str
    group_of: Callable[[Judged, JudgedLine], str | None]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """The lines of one group, as one method did on them."""

    name: str
    found: Rate       # lines
    characters: Rate  # read


def bin_names(edges: Sequence[float]) -> tuple[str, ...]:
    """Returns the names of the bins that edges cut the numbers into."""
    between = [f"{a:g} to {b:g}" for a, b in zip(edges, edges[1:])]
    return (f"below {edges[0]:g}", *between, f"from {edges[-1]:g}")


def bin_of(value: float | None, edges: Sequence[float]) -> str | None:
    """Returns the name of the bin that holds the value."""
    if value is None:
        return None
    return bin_names(edges)[sum(value >= edge for edge in edges)]


def _turn(_: Judged, line: JudgedLine) -> str | None:
    if line.line.orientation is None:
        return None
    turn = f"{line.line.orientation}°"
    return f"{turn} mirrored" if line.line.mirrored else turn


def _skew(_: Judged, line: JudgedLine) -> str | None:
    degrees = line.line.skew_degrees
    return None if degrees is None else bin_of(abs(degrees), SKEWS)


def _length(_: Judged, line: JudgedLine) -> str | None:
    return bin_of(sum(map(str.isalnum, line.line.text)), LENGTHS)


_TURNS = (0, 90, 180, 270)

DIMENSIONS = (
    Dimension("height of capitals, pixels",
              lambda _, line: bin_of(line.line.height_px, HEIGHTS),
              bin_names(HEIGHTS)),
    Dimension("contrast, of 255",
              lambda _, line: bin_of(line.line.contrast, CONTRASTS),
              bin_names(CONTRASTS)),
    Dimension("turned clockwise", _turn,
              (*(f"{turn}°" for turn in _TURNS),
               *(f"{turn}° mirrored" for turn in _TURNS))),
    Dimension("skew, degrees either way", _skew, bin_names(SKEWS)),
    Dimension("letters and digits of the line", _length, bin_names(LENGTHS)),
    Dimension("style", lambda _, line: line.line.style),
    Dimension("script", lambda _, line: line.line.script),
    Dimension("modality", lambda judged, _: judged.labelled.modality),
    Dimension("category", lambda _, line: line.line.category),
)

# Where lines differ by these, legibility is part of the question.
HEIGHT, CONTRAST, TURN = (dimension.title for dimension in DIMENSIONS[:3])
ALL_LINES = frozenset({HEIGHT, CONTRAST, "letters and digits of the line"})


def characters_of(lines: Iterable[JudgedLine]) -> Rate:
    """Returns how many characters of the lines were read."""
    counts = [line.characters for line in lines]
    return Rate(sum(read for read, _ in counts),
                sum(all_ for _, all_ in counts))


def groups(dimension: Dimension, judged: Iterable[Judged]) -> list[Group]:
    """Returns the groups of a dimension that have lines, in order.

    Only legible lines count, except in the dimensions of legibility itself.
    """
    lines: dict[str, list[JudgedLine]] = {}
    for one in judged:
        for line in one.lines:
            if not line.line.legible and dimension.title not in ALL_LINES:
                continue
            name = dimension.group_of(one, line)
            if name:
                lines.setdefault(name, []).append(line)
    order = [name for name in dimension.order or sorted(lines)
             if name in lines]
    return [Group(name, rate_of(line.found for line in lines[name]),
                  characters_of(lines[name])) for name in order]
