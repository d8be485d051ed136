"""Holds an answer against the labels."""

from __future__ import annotations

from dataclasses import dataclass

from .answers import Answer, Found
from .geometry import (Box, covered_share, covered_share_of_turned,
                       intersection)
from .labels import Labelled, Line
from .reading import characters_read, words_read

# A line counts as found when boxes cover this much of it.
COVERED = .5


@dataclass(frozen=True)
class JudgedLine:
    """What became of one line."""

    line: Line
    found: bool
    suspect: bool  # found by boxes that are not called harmless
    characters: tuple[int, int]  # read, all
    words: tuple[int, int]       # read, all


@dataclass(frozen=True)
class Judged:
    """What one method's answer about one file is worth."""

    labelled: Labelled
    answer: Answer
    lines: tuple[JudgedLine, ...]

    @property
    def hit(self) -> bool:
        """Whether a line of text was found."""
        return any(line.found for line in self.lines)


_UPRIGHT = (1.0, 0.0)
_DIRECTIONS = {0: _UPRIGHT, 90: (0.0, 1.0), 180: (-1.0, 0.0), 270: (0.0, -1.0)}


def _direction(line: Line) -> tuple[float, float]:
    """Returns where the letters of a line lead."""
    if line.style == "stacked":
        first, last = (line.corners or ((0, 0),) * 4)[0::3]
    elif line.corners:
        first, last = line.corners[:2]
    else:
        return _DIRECTIONS.get(line.orientation or 0, _UPRIGHT)
    return last[0] - first[0], last[1] - first[1]


def _in_reading_order(line: Line, found: list[Found]) -> list[Found]:
    """Sorts along the line, as its letters follow each other."""
    dx, dy = _direction(line)
    return sorted(found, key=lambda f: dx * (f.box[0] + f.box[2] / 2)
                  + dy * (f.box[1] + f.box[3] / 2))


def _covered(line: Line, boxes: list[Box]) -> float:
    """Returns the part of a line that boxes cover, in [0, 1]."""
    if line.skew_degrees and len(line.corners) == 4:
        return covered_share_of_turned(line.corners, line.box, boxes)
    return covered_share(line.box, boxes)


def _stands_in(line: Line, found: Found) -> bool:
    """Whether most of either box lies within the other."""
    common = intersection(line.box, found.box)
    smaller = min(line.box[2] * line.box[3], found.box[2] * found.box[3])
    return common[2] * common[3] >= COVERED * smaller


def judge_line(line: Line, answer: Answer) -> JudgedLine:
    """Judges what an answer says about one line."""
    near = [found for found in answer.boxes if found.shares_frame(line.frames)]
    suspects = [found.box for found in near if found.suspect]
    inside = _in_reading_order(line, [f for f in near if _stands_in(line, f)])
    # A text that stands on several frames is read once for each by some.
    readings = list(dict.fromkeys(f.text for f in inside if f.text))
    return JudgedLine(
        line,
        found=_covered(line, [found.box for found in near]) >= COVERED,
        suspect=_covered(line, suspects) >= COVERED,
        characters=characters_read(line.text, readings),
        words=words_read(line.text, readings))


def judge(labelled: Labelled, answer: Answer) -> Judged:
    """Judges an answer about a file."""
    return Judged(labelled, answer, tuple(
        judge_line(line, answer) for line in labelled.lines))
