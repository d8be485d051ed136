"""Drives burntin-load, which makes the calls."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..bench.measuring import REPOSITORY, MeasureError
from .arrivals import Call


@dataclass(frozen=True)
class Ended:
    """How a call ended. Times are seconds after the first call could begin."""

    at_s: float
    started_s: float
    ended_s: float
    code: str    # of gRPC, as in "RESOURCE_EXHAUSTED"
    reason: str  # burntin's; empty without one
    # One for each object; none where there was no answer.
    answers: list[dict | None] = field(default_factory=list)
    stray_answers: int = 0

    @property
    def latency_s(self) -> float:
        """From the moment that the call was due, whenever it began."""
        return self.ended_s - self.at_s


@dataclass(frozen=True)
class Driven:
    """How all calls ended, in their order."""

    ended: list[Ended]
    client_cpu_s: float


def program() -> pathlib.Path:
    """Returns burntin-load, from the build that BURNTIN_BIN names."""
    folder = os.environ.get("BURNTIN_BIN", REPOSITORY / "build/release/bin")
    return pathlib.Path(folder) / "burntin-load"


def make_calls(address: str, calls: Sequence[Call],
               in_flight: int = 0) -> Driven:
    """Makes the calls when they are due, or so many at a time."""
    lines = "".join(json.dumps(call.as_json()) + "\n" for call in calls)
    done = subprocess.run(
        [program(), "--server", address, "--in-flight", str(in_flight)],
        input=lines, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasureError(f"burntin-load: {done.stderr.strip()}")
    *ended, itself = map(json.loads, done.stdout.splitlines())
    if len(ended) != len(calls):
        raise MeasureError("burntin-load did not account for every call")
    return Driven([Ended(**line) for line in ended], itself["cpu_seconds"])
