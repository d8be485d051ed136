"""What came of the calls of one step: rates, waiting times, right answers."""

from __future__ import annotations

import collections
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .arrivals import Call
from .driving import Ended

REFUSED = ("RESOURCE_EXHAUSTED", "TOO_MANY_REQUESTS")
# At the start of a step the server is idle; answers count for the rate of
# answers after that.
SETTLE_S = 5.0


def quantile(values: Sequence[float], share: float) -> float:
    """Returns the smallest value that at least `share` of the values do not
    exceed; NaN of nothing. Never a value that was not measured."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def is_refused(ended: Ended) -> bool:
    """Whether the server said that it runs as many calls as it may."""
    return (ended.code, ended.reason) == REFUSED


def quiet_answers(calls: Sequence[Call],
                  ended: Sequence[Ended]) -> dict[str, str]:
    """Returns the digest of each file's report, from calls one after the
    other.

    Raises ValueError where there is no report, or where a file has two.
    """
    digests: dict[str, str] = {}
    for call, end in zip(calls, ended, strict=True):
        for file, answer in zip(call.files, end.answers, strict=True):
            if end.code != "OK" or answer is None:
                raise ValueError(f"{file.name} was not answered: {end.code}")
            known = digests.setdefault(str(file), answer["sha256"])
            if known != answer["sha256"]:
                raise ValueError(f"{file.name} has two different answers")
    return digests


def wrong_answers(call: Call, ended: Ended, quiet: Mapping[str, str]) -> int:
    """Returns how many objects of a call were not answered as they have to.

    A call that succeeded has answered each object once, as the quiet server
    did; one that was refused has answered none. Otherwise some answers may be
    missing, but none may differ.
    """
    wrong = ended.stray_answers + abs(len(call.files) - len(ended.answers))
    for file, answer in zip(call.files, ended.answers):
        if answer is None:
            wrong += ended.code == "OK"
        else:
            wrong += (answer["sha256"] != quiet[str(file)]
                      or is_refused(ended))
    return wrong


@dataclass(frozen=True)
class Waits:
    """Seconds from the moment that a call was due to its end."""

    count: int
    p50_s: float | None
    p90_s: float | None
    p99_s: float | None
    longest_s: float | None


def waits_of(ended: Sequence[Ended]) -> Waits:
    """Returns how long these calls took."""
    values = [one.latency_s for one in ended]
    if not values:
        return Waits(0, None, None, None, None)
    return Waits(len(values), *(quantile(values, share)
                                for share in (.5, .9, .99, 1)))


@dataclass(frozen=True)
class Calls:
    """The calls of one step, summed up."""

    seconds: float
    arrived: int
    accepted: int
    refused: int
    failed: dict[str, int]  # other ends, by code and reason
    wrong_answers: int
    offered_per_s: float
    refused_per_s: float
    answered_calls_per_s: float    # after SETTLE_S
    answered_objects_per_s: float  # the same
    instance: Waits  # accepted InspectInstance
    stream: Waits    # accepted InspectStream
    refusals: Waits
    latest_start_s: float  # how late burntin-load began a call, at most

    @property
    def accounted(self) -> bool:
        """Whether every arrival ended in exactly one way."""
        return (self.accepted + self.refused + sum(self.failed.values())
                == self.arrived)


def summed_up(calls: Sequence[Call], ended: Sequence[Ended], seconds: float,
              quiet: Mapping[str, str]) -> Calls:
    """Sums up the calls that arrived in so many seconds."""
    pairs = list(zip(calls, ended, strict=True))
    accepted = [(call, end) for call, end in pairs if end.code == "OK"]
    refused = [end for end in ended if is_refused(end)]
    failed = collections.Counter(
        f"{end.code} {end.reason}".strip() for end in ended
        if end.code != "OK" and not is_refused(end))
    span = max(seconds - SETTLE_S, seconds / 2)
    counted = [(call, end) for call, end in accepted
               if seconds - span <= end.ended_s < seconds]
    return Calls(
        seconds=seconds, arrived=len(calls), accepted=len(accepted),
        refused=len(refused), failed=dict(failed),
        wrong_answers=sum(wrong_answers(call, end, quiet)
                          for call, end in pairs),
        offered_per_s=len(calls) / seconds,
        refused_per_s=len(refused) / seconds,
        answered_calls_per_s=len(counted) / span,
        answered_objects_per_s=sum(len(call.files)
                                   for call, _ in counted) / span,
        instance=waits_of([end for call, end in accepted if not call.stream]),
        stream=waits_of([end for call, end in accepted if call.stream]),
        refusals=waits_of(refused),
        latest_start_s=max((end.started_s - end.at_s for end in ended),
                           default=0.0))
