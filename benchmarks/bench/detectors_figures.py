"""Turns what detectors found and cost into figures, and holds the figures
against what was asked of a detector of our own."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from .accuracy import Rates, rates
from .detectors import (CAREFUL, GENERAL, OPENCV, OWN, QUICK, Seen,
                        working_point)
from .markdown import percent
from .statistics_of_rates import Rate

_LEAST_RECALL = .99
_ALARMS = 1 / 5
_CPU = {OPENCV: 1 / 10, "": 1 / 3}
_RUNTIMES = {OPENCV: "OpenCV", "": "ONNX Runtime"}


def found(seen: Seen, detector: str, least: float) -> Rates:
    """Returns what a detector does with legible text and clean pictures."""
    return rates([one.judged(detector, least) for one in seen.pictures],
                 legible=True)


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds of one detector: a megapixel of the picture, all that
    it does; and a megapixel that its networks were shown, these alone."""

    median: float  # of pictures
    total: float   # of all pictures together
    network: float  # of all pictures together
    shown: float   # megapixels that networks were shown, a megapixel of picture

    def as_json(self) -> dict:
        """For the summary."""
        return {"cpu_ms_a_megapixel_median": self.median,
                "cpu_ms_a_megapixel": self.total,
                "network_ms_a_megapixel_shown": self.network,
                "megapixels_shown_a_megapixel": self.shown}


def cost(seen: Seen, detector: str) -> Cost:
    """Returns what a detector costs on all pictures."""
    answers = [(one.megapixels, one.answers[detector])
               for one in seen.pictures]
    megapixels = sum(size for size, _ in answers)
    shown = sum(answer["network_pixels"] for _, answer in answers) / 1e6
    return Cost(
        statistics.median(answer["cpu_ms"] / size for size, answer in answers),
        sum(answer["cpu_ms"] for _, answer in answers) / megapixels,
        sum(answer["network_ms"] for _, answer in answers) / max(shown, 1e-9),
        shown / megapixels)


def network_cost(seen: Seen, detector: str, size: tuple[int, int]) -> float:
    """Returns the median CPU milliseconds of a network a megapixel shown, on
    pictures of one size."""
    return statistics.median(
        answers[detector]["network_ms"] / answers[detector]["network_pixels"]
        * 1e6 for answers in seen.sized[size])


@dataclass(frozen=True)
class Checked:
    """Something that was asked for, and what was measured."""

    name: str
    bound: str
    value: str
    met: bool

    @property
    def verdict(self) -> str:
        """In words."""
        return "met" if self.met else "**not met**"


def _count(rate: Rate) -> str:
    return f"{percent(rate.value)} ({rate.hits}/{rate.total})"


def _recall(seen: Seen) -> Sequence[Checked]:
    own = found(seen, OWN, working_point(OWN)).lines_found
    other = found(seen, GENERAL, working_point(GENERAL)).lines_found
    name = f"legible lines covered by `{OWN}`"
    return (Checked(name, f"≥ {percent(_LEAST_RECALL)}", _count(own),
                    own.value >= _LEAST_RECALL),
            Checked(name, f"≥ `{GENERAL}`'s, {_count(other)}", _count(own),
                    own.value >= other.value))


def surest(seen: Seen, detector: str, recall: float) -> float | None:
    """Returns the highest likelihood, in hundredths, from which a detector's
    lines cover this share of the legible ones; None if it never does."""
    for hundredths in range(99, 0, -1):
        least = hundredths / 100
        if least < working_point(detector):
            return None
        if found(seen, detector, least).lines_found.value >= recall:
            return least
    return None


def _alarms(seen: Seen, detector: str, least: float,
            where: str = "") -> Checked:
    own = found(seen, detector, least).clean_flagged
    other = found(seen, GENERAL, working_point(GENERAL)).clean_flagged
    return Checked(
        f"clean pictures with any box, `{detector}` from {least:g}{where}",
        f"≤ 1/5 of `{GENERAL}`'s, {_count(other)}",
        f"{own.value / max(other.value, 1e-9):.2f} of it: {_count(own)}",
        own.value <= _ALARMS * other.value)


def _all_alarms(seen: Seen) -> list[Checked]:
    """At what counts for what comes after, and where as many lines are
    covered as by the other, or as were asked for."""
    results = [_alarms(seen, OWN, working_point(OWN)),
               _alarms(seen, OWN, .5)]
    other = found(seen, GENERAL, working_point(GENERAL)).lines_found.value
    for recall, where in ((_LEAST_RECALL, percent(_LEAST_RECALL)),
                          (other, f"as many lines as `{GENERAL}`")):
        for detector in (OWN, CAREFUL):
            least = surest(seen, detector, recall)
            if least is not None:
                results.append(_alarms(seen, detector, least,
                                       f", where it covers {where}"))
    return results


def _cheaper(name: str, runtime: str, own: float, other: float) -> Checked:
    ratio = own / other
    bound = _CPU[runtime]
    return Checked(
        f"{name}, {_RUNTIMES[runtime]}",
        f"≤ 1/{round(1 / bound)} of `{GENERAL}`'s, {other:.0f} ms",
        f"{ratio:.2f} of it: {own:.0f} ms", ratio <= bound)


def checked(seen: Seen) -> list[Checked]:
    """Returns all that was asked for."""
    results = list(_recall(seen))
    if any(not one.labelled.has_text for one in seen.pictures):
        results += _all_alarms(seen)
    for runtime in _CPU:
        results.append(_cheaper(
            f"CPU a megapixel of the picture, `{OWN}`", runtime,
            cost(seen, OWN + runtime).total,
            cost(seen, GENERAL + runtime).total))
        for network in (QUICK, CAREFUL):
            for size in seen.sized:
                results.append(_cheaper(
                    f"CPU a megapixel that the network `{network}` is shown, "
                    f"{size[0]} x {size[1]}", runtime,
                    network_cost(seen, network + runtime, size),
                    network_cost(seen, GENERAL + runtime, size)))
    return results
