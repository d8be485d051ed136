"""Small requests beside a cine of thousands of frames: how long they wait."""

from __future__ import annotations

import io
import pathlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
import pydicom

from ..archive import small_instances
from . import places
from .arrivals import Call
from .corpus import write_small
from .driving import Driven, Ended, make_calls
from .processes import cpu_seconds
from .summary import quantile

FRAMES, REQUESTS, IN_FLIGHT = 5000, 640, 64
_ROUNDS, _SMALL = 3, 8
_MAX_CALLS = 80
_MOST_RATIO = 3.0
_STARTED_S = 60.0
_BEGUN_CPU_S = 1.0  # more than an upload takes


@dataclass(frozen=True)
class Waited:
    """Seconds from a small request's beginning to its answer."""

    requests: int
    p50_s: float
    p99_s: float


@dataclass(frozen=True)
class Beside:
    """Small requests by themselves, and beside the cine."""

    frames: int
    in_flight: int
    alone: Waited
    beside: Waited
    cine_s: float  # from the first cine's beginning to its answer
    equal: bool    # whether each small file had one answer all along
    cine_codes: tuple[str, ...]  # how each cine ended, one after the other


def write_cine(path: pathlib.Path, frames: int) -> None:
    """Writes a cine of small frames, each with noise of its own."""
    data = pydicom.dcmread(io.BytesIO(small_instances.template(0, "")))
    data.NumberOfFrames = frames
    data.PixelData = b"".join(
        small_instances.pixels(number, "").tobytes() for number in range(frames))
    pydicom.dcmwrite(path, data, write_like_original=False)


def waited(ended: Sequence[Ended]) -> Waited:
    """Sums up small requests, which all have to have an answer."""
    for one in ended:
        if one.code != "OK" or None in one.answers:
            raise RuntimeError(f"a small request ended with {one.code}")
    times = [one.ended_s - one.started_s for one in ended]
    return Waited(len(times), quantile(times, .5), quantile(times, .99))


def _answers(calls: Sequence[Call], ended: Sequence[Ended]) -> set[tuple]:
    return {(call.files[0], end.answers[0]["sha256"])
            for call, end in zip(calls, ended, strict=True)}


class _Cines:
    """The long call, made by a client of its own; another one follows as
    soon as one ends, until it is told that they are enough."""

    def __init__(self, address: str, path: pathlib.Path) -> None:
        self._ended: list[Ended] = []
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._make_calls,
                                        args=(address, path))
        self._thread.start()

    def _make_calls(self, address: str, path: pathlib.Path) -> None:
        while not self._enough.is_set():
            self._ended += make_calls(
                address, [Call(0, (path,), stream=True)]).ended

    def end(self) -> list[Ended]:
        """Waits for the last one. Returns how each ended."""
        self._enough.set()
        self._thread.join()
        if not self._ended:
            raise RuntimeError("the cine's client failed")
        return self._ended


def _wait_until_inspected(server: places.Server, spent_s: float) -> None:
    """Waits until the server works on the cine, since nobody else calls."""
    deadline = time.monotonic() + _STARTED_S
    while cpu_seconds(server.process.pid) < spent_s + _BEGUN_CPU_S:
        if time.monotonic() > deadline:
            raise RuntimeError("the cine's inspection does not begin")
        time.sleep(.05)


def measure(folder: pathlib.Path, files: pathlib.Path,
            say: Callable[[str], None], frames: int = FRAMES,
            requests: int = REQUESTS) -> Beside:
    """Runs a server in `folder`, and three times so many requests by
    themselves and then beside the cine, or beside one after the other if
    they outlast it."""
    files.mkdir(parents=True)
    small = [write_small(files, number) for number in range(_SMALL)]
    cine_file = files / "cine.dcm"
    write_cine(cine_file, frames)
    calls = [Call(0, (small[number % _SMALL],)) for number in range(requests)]
    config = f"server: {{max_calls: {_MAX_CALLS}}}\n" + places.NO_CACHE
    with places.running_server(folder, config, "info") as server:
        places.wait_until_serving(server)

        def ask() -> list[Ended]:
            return make_calls(server.address, calls, IN_FLIGHT).ended

        ask()  # so that all is loaded
        alone = [end for _ in range(_ROUNDS) for end in ask()]
        say(f"alone: {waited(alone)}")
        spent_s = cpu_seconds(server.process.pid)
        cines = _Cines(server.address, cine_file)
        try:
            _wait_until_inspected(server, spent_s)
            beside = [end for _ in range(_ROUNDS) for end in ask()]
            say(f"beside: {waited(beside)}")
        finally:
            cines_ended = cines.end()
    answers = _answers(calls * (2 * _ROUNDS), alone + beside)
    return Beside(frames, IN_FLIGHT, waited(alone), waited(beside),
                  cines_ended[0].latency_s, len(answers) == _SMALL,
                  tuple(one.code for one in cines_ended))


def judged(measured: Beside) -> dict[str, bool]:
    """Returns what has to be true, and whether it is."""
    return {
        "99 of 100 small requests wait at most "
        f"{_MOST_RATIO:g} times as long beside the cine":
            measured.beside.p99_s <= _MOST_RATIO * measured.alone.p99_s,
        "each small file has one answer, with and without it": measured.equal,
        "every cine is answered": set(measured.cine_codes) == {"OK"}}
