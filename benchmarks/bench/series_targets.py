"""What cines and series must reach, and whether they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import growth
from .answers import BURNTIN, DECODE, EVERY_FRAME
from .growth import Grown
from .scaling import Scaled
from .series_costs import PSM11, Costs, Ratio, ratio

# (subject, CPU time of, over that of, at least or at most, bound)
_BOUNDS = (
    ("cine with text", PSM11, BURNTIN, "≥", 40),
    ("cine with text", EVERY_FRAME, BURNTIN, "≥", 30),
    ("cine without text", EVERY_FRAME, BURNTIN, "≥", 8),
    ("cine without text", BURNTIN, DECODE, "≤", 2),
    ("series without text", BURNTIN, DECODE, "≤", 2),
    ("series with text", BURNTIN, DECODE, "≤", 3))
_SPEEDUP = 1.9
_R_SQUARED = .99
_MEMORY = 1.1


@dataclass(frozen=True)
class Checked:
    """A target and what was measured. `cases` says on how much."""

    name: str
    comparison: str  # ≥ or ≤
    bound: float
    value: float
    text: str        # the value, and how far runs lie apart
    cases: str

    @property
    def met(self) -> bool:
        """Whether the value, a median over the runs, keeps the bound."""
        if self.comparison == "≥":
            return self.value >= self.bound
        return self.value <= self.bound

    @property
    def verdict(self) -> str:
        """In words."""
        return "met" if self.met else "**not met**"


NAMES = {BURNTIN: "burntin", EVERY_FRAME: "every frame in full",
         DECODE: "decoding alone", PSM11: "Tesseract PSM 11"}


def runs(count: int) -> str:
    """Returns a number of runs in words."""
    return f"{count} run{'' if count == 1 else 's'}"


def _of_costs(costs: Costs) -> list[Checked]:
    checked = []
    for subject, over, under, comparison, bound in _BOUNDS:
        if subject != costs.subject.name or over not in costs.runs[0]:
            continue
        value: Ratio = ratio(costs, over, under)
        checked.append(Checked(
            f"{subject}: CPU time of {NAMES[over]} over that of "
            f"{NAMES[under]}", comparison, bound, value.median, value.text,
            f"{costs.subject.frames} frames, {runs(len(value.values))}"))
    return checked


def _of_scaling(scaled: Scaled) -> list[Checked]:
    most = max(one.workers for one in scaled.passed)
    if most != 2:
        return []
    value = scaled.speedup(2)
    return [Checked(
        f"{scaled.subject.name}: frames a second of 2 workers over 1, by the "
        "clock", "≥", _SPEEDUP, value, f"{value:.2f}",
        f"{scaled.subject.frames} frames, the best of "
        f"{runs(len(scaled.of(2)))} each; others had "
        f"{scaled.best(1).other_processors:.1f} and "
        f"{scaled.best(2).other_processors:.1f} processors meanwhile")]


def _of_growth(grown: Sequence[Grown]) -> list[Checked]:
    lengths = [one.frames for one in grown]
    cases = f"{len(grown)} lengths from {min(lengths)} to {max(lengths)}"
    line = growth.cpu_line(grown)
    more = growth.memory_growth(grown)
    return [
        Checked("CPU time by frames: R² of a straight line", "≥", _R_SQUARED,
                line.r_squared, f"{line.r_squared:.4f}", cases),
        Checked("peak memory of the longest cine over that of the second "
                "shortest", "≤", _MEMORY, more, f"{more:.2f}", cases)]


def check_all(costs: Sequence[Costs], scaled: Sequence[Scaled],
              grown: Sequence[Grown]) -> list[Checked]:
    """Returns every target of which something was measured."""
    checked = [one for some in costs for one in _of_costs(some)]
    checked += [one for some in scaled for one in _of_scaling(some)]
    if len(grown) > 2:  # any two points are on a line
        checked += _of_growth(grown)
    return checked
