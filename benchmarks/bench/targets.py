"""What the detector must reach, and whether it does."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass

from .accuracy import Accuracy, Rates, rates
from .answers import BURNTIN
from .statistics_of_rates import Rate

_COMPARISONS = {"≥": operator.ge, "≤": operator.le, "<": operator.lt}


@dataclass(frozen=True)
class Target:
    """A rate and its bound, in percent."""

    name: str
    rate: Rate
    comparison: str  # ≥, ≤ or <
    percent: float

    @property
    def met(self) -> bool | None:
        """Whether the rate keeps the bound; None where nothing was counted."""
        if not self.rate.total:
            return None
        return _COMPARISONS[self.comparison](100 * self.rate.value,
                                             self.percent)

    @property
    def verdict(self) -> str:
        """How surely it is met: by the whole interval, or by the rate."""
        if self.met is None:
            return "not measured"
        if not self.met:
            return "**not met**"
        keeps = _COMPARISONS[self.comparison]
        sure = all(keeps(100 * end, self.percent)
                   for end in self.rate.interval)
        return "met, and so is its interval" if sure else "met"


def generator_targets(accuracy: Accuracy) -> list[Target]:
    """The targets for samples of the generator, on legible text."""
    legible = rates(accuracy.judged[BURNTIN], legible=True)
    targets = [
        Target("images with legible text: a line is found",
               legible.text_found, "≥", 99.9),
        Target("images with a legible identifier: held",
               legible.identifying_held, "≥", 99.9),
        Target("legible lines found", legible.lines_found, "≥", 99),
        Target("images without text: flagged", legible.clean_flagged, "≤", 1)]
    targets += [
        Target(f"lines turned {turned.name} found (1 point below "
               "upright)", turned.found, "≥",
               round(100 * turned.upright.value - 1, 2))
        for turned in accuracy.turned()]
    return [*targets, *_oracle_targets(accuracy)]


def folder_targets(accuracy: Accuracy) -> list[Target]:
    """The targets for a labelled folder of real images."""
    all_: Rates = rates(accuracy.judged[BURNTIN])
    kept = Rate(all_.clean_flagged.total - all_.clean_flagged.hits,
                all_.clean_flagged.total)
    return [
        Target("identifying images held", all_.identifying_held, "≥", 100),
        Target("images with text: a line is found", all_.text_found, "≥", 98),
        Target("images without text cleared", kept, "≥", 95),
        Target("boxes found", all_.lines_found, "≥", 95),
        Target("words read without a mistake", all_.words_read, "≥", 90),
        *_oracle_targets(accuracy)]


def _oracle_targets(accuracy: Accuracy) -> Sequence[Target]:
    if accuracy.agreement is None:
        return ()
    return (Target("verdicts that differ from the oracle's",
                   accuracy.agreement.different, "<", .1),
            Target("cleared while the oracle holds them",
                   accuracy.agreement.wrongly_cleared, "≤", 0))
