"""Rates with intervals, and ROC curves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Half the width of the 95 % interval of a standard normal variable.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """So many of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, in [0, 1]; NaN of nothing."""
        return self.hits / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, in [0, 1]; all of it for a rate of nothing.

        E. B. Wilson, "Probable inference, the law of succession, and
        statistical inference", JASA 22 (1927). It holds for rates near 0 and 1.
        """
        if not self.total:
            return 0.0, 1.0
        n, share = self.total, self.hits / self.total
        scale = 1 + _Z * _Z / n
        centre = (share + _Z * _Z / (2 * n)) / scale
        half = _Z / scale * math.sqrt(share * (1 - share) / n
                                      + _Z * _Z / (4 * n * n))
        low = 0.0 if self.hits == 0 else max(0.0, centre - half)
        high = 1.0 if self.hits == self.total else min(1.0, centre + half)
        return low, high

    def as_json(self) -> dict:
        """The rate for a summary in JSON."""
        low, high = self.interval
        return {"hits": self.hits, "total": self.total,
                "rate": self.value if self.total else None,
                "low": low, "high": high}


def rate_of(answers: Iterable[bool]) -> Rate:
    """Returns how many of the answers are true."""
    seen = list(answers)
    return Rate(sum(map(bool, seen)), len(seen))


@dataclass(frozen=True)
class RocPoint:
    """What comes of calling all with a score of `threshold` or more."""

    threshold: float
    false_positives: float  # share, in [0, 1]
    true_positives: float   # share, in [0, 1]


def roc(positives: Sequence[float],
        negatives: Sequence[float]) -> list[RocPoint]:
    """Returns the curve from (0, 0) to (1, 1), a point for each score.

    Empty when either side is.
    """
    if not positives or not negatives:
        return []
    up, down = sorted(positives), sorted(negatives)
    points = [RocPoint(math.inf, 0.0, 0.0)]
    hits = alarms = 0
    for threshold in sorted({*up, *down}, reverse=True):
        while up and up[-1] >= threshold:
            up.pop()
            hits += 1
        while down and down[-1] >= threshold:
            down.pop()
            alarms += 1
        points.append(RocPoint(threshold, alarms / len(negatives),
                               hits / len(positives)))
    return points


def area_under(points: Sequence[RocPoint]) -> float:
    """Returns the area under the curve, in [0, 1]; NaN without a curve."""
    if not points:
        return math.nan
    return sum((b.false_positives - a.false_positives)
               * (a.true_positives + b.true_positives) / 2
               for a, b in zip(points, points[1:]))
