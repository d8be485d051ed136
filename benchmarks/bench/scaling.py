"""Frames a second with one worker and with several, by the clock."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..load.processes import machine_busy_seconds
from .kept import Kept
from .long_files import Subject
from .measuring import Measurer, MeasureError


@dataclass(frozen=True)
class Passed:
    """All files of a subject, inspected by so many workers."""

    workers: int
    frames: int
    wall_ms: float
    stages_ms: dict[str, float]  # CPU, the decoders' included
    # Processors that others, and loading, kept busy meanwhile, on average.
    other_processors: float

    @property
    def frames_per_s(self) -> float:
        """By the clock."""
        return 1000 * self.frames / self.wall_ms


@dataclass(frozen=True)
class Scaled:
    """A subject by numbers of workers; each several times, in turn."""

    subject: Subject
    passed: tuple[Passed, ...]

    def of(self, workers: int) -> list[Passed]:
        """Returns the runs with so many workers."""
        return [one for one in self.passed if one.workers == workers]

    def best(self, workers: int) -> Passed:
        """Returns the run that was disturbed least."""
        return max(self.of(workers), key=lambda one: one.frames_per_s)

    def speedup(self, workers: int) -> float:
        """Returns how many times as fast as one worker so many are."""
        return self.best(workers).frames_per_s / self.best(1).frames_per_s

    def stage_ms(self, stage: str) -> float:
        """Returns the CPU ms of a stage for all frames with one worker."""
        return statistics.median(one.stages_ms[stage] for one in self.of(1))


def _pass_once(measurer: Measurer, subject: Subject, workers: int,
               warm_up: str) -> dict:
    before, start = machine_busy_seconds(), time.monotonic()
    line = measurer.together(
        subject.paths, warm_up, workers,
        # As `burntin scan` does.
        in_flight=workers + 1, isolated=True)
    if line.get("error") or line["frames"] != subject.frames:
        raise MeasureError(f"{subject.name}: {line}")
    seconds = time.monotonic() - start
    own = sum(line["stages_ms"].values()) / 1000
    return {"wall_ms": line["wall_ms"], "stages_ms": line["stages_ms"],
            "frames": line["frames"], "other_processors": max(
                0.0, (machine_busy_seconds() - before - own) / seconds)}


def measure_scaling(subject: Subject, workers: Sequence[int], runs: int,
                    kept: Kept, make_measurer: Callable[[], Measurer],
                    warm_up: str, said: Callable[[str], None]) -> Scaled:
    """Inspects a subject with each number of workers in turn, `runs` times,
    as burntin is shipped: decoders are processes of their own."""
    passed = []
    for run in range(runs):
        for count in workers:
            def measured(count: int = count) -> dict:
                with make_measurer() as measurer:
                    return _pass_once(measurer, subject, count, warm_up)
            name = (f"{subject.name}, {subject.frames} frames, {count} "
                    f"workers, run {run + 1}")
            passed.append(Passed(workers=count, **kept.get(name, measured)))
            said(f"{name} done")
    return Scaled(subject, tuple(passed))
