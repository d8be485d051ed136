"""When calls arrive and what they ask: known before the first one is made."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Calls that are InspectStream, and the objects of one.
STREAM_SHARE = .1
STREAM_OBJECTS = 4


@dataclass(frozen=True)
class Call:
    """A call and the moment it is due, in seconds."""

    at_s: float
    files: tuple[pathlib.Path, ...]
    stream: bool = False

    def as_json(self) -> dict:
        """The line of burntin-load's input."""
        return {"at_s": self.at_s, "stream": self.stream,
                "files": [str(file) for file in self.files]}


@dataclass(frozen=True)
class Mix:
    """Files by kind, and how often each kind is asked about."""

    files: Mapping[str, Sequence[pathlib.Path]]
    weights: Mapping[str, float]

    def draw(self, dice: random.Random) -> pathlib.Path:
        """Returns a file of a random kind."""
        kinds = list(self.weights)
        kind = dice.choices(kinds, [self.weights[one] for one in kinds])[0]
        return dice.choice(self.files[kind])

    @property
    def all_files(self) -> list[pathlib.Path]:
        """Every file once."""
        return [file for files in self.files.values() for file in files]


def poisson(rate: float, seconds: float, dice: random.Random) -> list[float]:
    """Returns the moments in [0, seconds) of a Poisson process of so many a
    second. They do not depend on how anything is answered."""
    moments, now = [], 0.0
    while True:
        now += dice.expovariate(rate)
        if now >= seconds:
            return moments
        moments.append(now)


def draw_call(at_s: float, mix: Mix, dice: random.Random) -> Call:
    """Returns a call about random files."""
    if dice.random() < STREAM_SHARE:
        return Call(at_s, tuple(mix.draw(dice)
                                for _ in range(STREAM_OBJECTS)), stream=True)
    return Call(at_s, (mix.draw(dice),))


def open_loop(rate: float, seconds: float, mix: Mix,
              dice: random.Random) -> list[Call]:
    """Returns the calls that arrive in so many seconds."""
    return [draw_call(at_s, mix, dice)
            for at_s in poisson(rate, seconds, dice)]
