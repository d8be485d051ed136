"""How CPU time and memory grow with the frames of a cine."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .answers import Answer
from .kept import Kept
from .long_files import LongFiles
from .measuring import Measurer
from .sources import SourceError

LENGTHS = (10, 100, 1_000, 10_000)
# Low, so that the longest takes minutes; wide, so that text stands beside the
# picture.
ROWS, COLUMNS = 192, 512


@dataclass(frozen=True)
class Grown:
    """A cine of one length: medians over the runs."""

    frames: int
    cpu_ms: float
    peak_bytes: float
    runs: int


@dataclass(frozen=True)
class Line:
    """A straight line by least squares. `r_squared` is the share of the
    variance that it explains."""

    slope: float
    intercept: float
    r_squared: float


def fit(x: Sequence[float], y: Sequence[float]) -> Line:
    """Returns the line through the points; at least two differ in x."""
    slope, intercept = np.polyfit(x, y, 1)
    left = np.asarray(y) - (slope * np.asarray(x) + intercept)
    spread = np.asarray(y) - np.mean(y)
    total = float(spread @ spread)
    return Line(float(slope), float(intercept),
                1 - float(left @ left) / total if total else 1.0)


def cpu_line(grown: Sequence[Grown]) -> Line:
    """Returns CPU ms by frames."""
    return fit([one.frames for one in grown], [one.cpu_ms for one in grown])


def memory_line(grown: Sequence[Grown]) -> Line:
    """Returns peak bytes by frames."""
    return fit([one.frames for one in grown],
               [one.peak_bytes for one in grown])


def memory_growth(grown: Sequence[Grown]) -> float:
    """Returns the longest one's peak memory over that of the second shortest:
    what ten frames need is not all there yet."""
    ordered = sorted(grown, key=lambda one: one.frames)
    start = ordered[min(1, len(ordered) - 2)]
    return ordered[-1].peak_bytes / start.peak_bytes


def _measured(path: str, method: str, warm_up: str,
              make_measurer: Callable[[], Measurer]) -> dict:
    with make_measurer() as measurer:
        measurer.ask(warm_up, [method])
        (line,) = measurer.ask(path, [method])
    answer = Answer.from_json(line)
    if answer.error:
        raise SourceError(f"{path}: {answer.method} answered {answer.error}")
    return {"cpu_ms": answer.cpu_ms, "peak_bytes": line["peak_bytes"],
            "frames": answer.frames}


def measure_growth(files: LongFiles, lengths: Sequence[int], method: str,
                   runs: int, kept: Kept,
                   make_measurer: Callable[[], Measurer],
                   said: Callable[[str], None]) -> list[Grown]:
    """Measures cines of these lengths, each in a process of its own, the
    lengths in turn. Of the longest, where it has more than 1,000 frames, there
    is one run."""
    # Nearly as large, but of somebody else: no line of it is remembered.
    warm_up = files.cine(9, ROWS, COLUMNS - 16, True).paths[0]
    taken: dict[int, list[dict]] = {length: [] for length in lengths}
    for run in range(runs):
        for length in lengths:
            if run and length > 1_000:
                continue
            subject = files.cine(length, ROWS, COLUMNS, True)
            name = f"growth of {method}, {length} frames, run {run + 1}"
            found = kept.get(name, lambda path=subject.paths[0]: _measured(
                path, method, warm_up, make_measurer))
            if found["frames"] != length:
                raise SourceError(f"{name}: {found['frames']} were inspected")
            taken[length].append(found)
            said(f"{name} done")
    return [Grown(length, statistics.median(one["cpu_ms"] for one in some),
                  statistics.median(one["peak_bytes"] for one in some),
                  len(some)) for length, some in taken.items()]
