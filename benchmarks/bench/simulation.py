"""What more processors would bring: burntin's executor, replayed event by event
with the times that were measured.

What it knows is what the code does:
- detector/base/thread_pool_runner.cc: so many workers, one thread each, shared
  by all objects that are in work;
- detector/pipeline/inspection.cc: an object of one frame is one task; of a cine
  the first frames are inspected one after the other, the others in lanes side
  by side, a few frames of each, and then the lanes wait for each other;
- detector/dicom: the frames of one object are decoded one at a time; the
  worker waits meanwhile, so decoding takes its processor;
- client/main.cc and server: how many objects are in work at a time, and that
  the objects of one stream are uploaded one after the other.
It knows nothing of memory bandwidth, caches, the disk, the network, and of
processors that get slower when all work. All frames after a cine's first ones
take equally long.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import simpy

WORKERS = (1, 2, 4, 8, 16, 32, 64)
# Below, more workers are no longer worth it, and something else is named.
WORTH = .9
# What lifting a limit must bring at least to be called the bottleneck.
_GAIN = 1.05
_MANY = 1_000_000


@dataclass(frozen=True)
class Item:
    """An object to inspect. CPU ms."""

    frames: int
    open_ms: float          # reading and parsing it, and what else is once
    upload_ms: float        # of one stream's thread; 0 without a server
    decode_ms: float        # of a frame, in a process of its own
    look_ms: float          # of a frame
    first_decode_ms: float  # of each of a cine's first frames
    first_look_ms: float

    def work_ms(self, executor: Executor) -> float:
        """Returns the CPU time of all of it."""
        first = (min(executor.first_frames, self.frames) if self.frames > 1
                 else 0)
        return ((self.upload_ms if executor.uploads else 0) + self.open_ms
                + first * (self.first_decode_ms + self.first_look_ms)
                + (self.frames - first) * (self.decode_ms + self.look_ms))


@dataclass(frozen=True)
class Executor:
    """How the work is shared out. The first four are kLanes, kStretch, kTurn
    and kCommonFrames of detector/pipeline/inspection.cc."""

    lanes: int = 4
    stretch: int = 32
    turn: int = 4
    first_frames: int = 10
    first_side_by_side: bool = False
    decoded_at_a_time: int = 1  # frames of one object
    in_work: int = 0            # objects at a time; 0: one more than workers
    streams: int = 0            # that upload side by side; 0: any number
    uploads: bool = False

    def objects_at_a_time(self, workers: int) -> int:
        """Returns how many objects are in work."""
        return self.in_work or workers + 1


# How objects come. The server's numbers are the defaults of
# server/burntind.default.yaml.
HOSTS = {
    "burntin scan": Executor(),
    "burntind, one stream": Executor(in_work=4, streams=1, uploads=True),
    "burntind, 32 calls": Executor(in_work=32, uploads=True),
}
# Each limit of the executor, and the executor without it.
LIMITS = {
    "objects in work at a time":
        lambda one, workers: replace(one, in_work=max(
            one.objects_at_a_time(workers), 4 * workers + 4)),
    "frames of a cine side by side":
        lambda one, workers: replace(one, lanes=_MANY, stretch=one.turn),
    "a cine's first frames, one after the other":
        lambda one, workers: replace(one, first_side_by_side=True),
    "frames of one object are decoded one at a time":
        lambda one, workers: replace(one, decoded_at_a_time=_MANY),
    "objects of a stream are uploaded one after the other":
        lambda one, workers: replace(one, streams=0),
}


class _Run:
    """One run until `count` objects are done."""

    def __init__(self, item: Item, executor: Executor, workers: int,
                 count: int) -> None:
        self._item, self._executor = item, executor
        self._clock = simpy.Environment()
        # As many processors as workers: a thread that opens or receives an
        # object takes one from them.
        self._processors = simpy.Resource(self._clock, workers)
        self._workers = simpy.Resource(self._clock, workers)
        self._uploads = simpy.Resource(self._clock,
                                       executor.streams or _MANY)
        self._left, self._out_at = count, 0.0
        self._computed: list[tuple[float, float]] = []  # from, and how long
        for _ in range(executor.objects_at_a_time(workers)):
            self._clock.process(self._take_objects())

    def processors_busy(self) -> float:
        """Runs it and returns how many processors work on average, from when
        all have begun until there is no further object to take."""
        self._clock.run()
        start, end = self._out_at / 4, self._out_at
        busy = sum(max(0.0, min(begin + taken, end) - max(begin, start))
                   for begin, taken in self._computed)
        return busy / (end - start)

    def _take_objects(self) -> Iterator[simpy.Event]:
        while self._left > 0:
            self._left -= 1
            self._out_at = self._clock.now
            if self._executor.uploads:
                with self._uploads.request() as mine:
                    yield mine
                    yield from self._compute(self._item.upload_ms)
            yield from self._compute(self._item.open_ms)
            yield from self._inspect()

    def _compute(self, milliseconds: float) -> Iterator[simpy.Event]:
        if milliseconds <= 0:
            return
        with self._processors.request() as mine:
            yield mine
            self._computed.append((self._clock.now, milliseconds))
            yield self._clock.timeout(milliseconds)

    def _inspect(self) -> Iterator[simpy.Event]:
        decoder = simpy.Resource(self._clock,
                                 self._executor.decoded_at_a_time)
        frames = self._item.frames
        first = min(self._executor.first_frames, frames) if frames > 1 else 0
        begun = []
        for _ in range(first):
            begun.append(self._clock.process(
                self._task(decoder, 1, is_first=True)))
            if not self._executor.first_side_by_side:
                yield begun[-1]
        yield self._clock.all_of(begun)
        stretch, turn = self._executor.stretch, self._executor.turn
        for start in range(first, frames, self._executor.lanes * stretch):
            for begun_at in range(start, min(start + stretch, frames), turn):
                yield self._clock.all_of([
                    self._clock.process(self._task(
                        decoder, min(turn, frames - at), is_first=False))
                    for at in range(begun_at, min(
                        frames, start + self._executor.lanes * stretch),
                        stretch)])

    def _task(self, decoder: simpy.Resource, frames: int,
              is_first: bool) -> Iterator[simpy.Event]:
        item = self._item
        decode, look = ((item.first_decode_ms, item.first_look_ms) if is_first
                        else (item.decode_ms, item.look_ms))
        with self._workers.request() as worker:
            yield worker
            for _ in range(frames):
                with decoder.request() as mine:
                    yield mine
                    yield from self._compute(decode)
                yield from self._compute(look)


@functools.lru_cache(maxsize=None)
def frames_per_s(item: Item, executor: Executor, workers: int) -> float:
    """Returns what so many workers on as many processors get done, as long as
    objects keep coming."""
    slots = executor.objects_at_a_time(workers)
    run = _Run(item, executor, workers, 3 * slots + 9)
    return (run.processors_busy() * 1000 * item.frames
            / item.work_ms(executor))


@dataclass(frozen=True)
class Simulated:
    """One kind of object on one host, by numbers of workers."""

    host: str
    rates: dict[int, float]  # frames a second
    # The least number of workers that are not worth it, what stops them, and
    # how many times as fast it would be without; None: all are worth it.
    stops_at: int | None
    bottleneck: str
    gain: float

    def speedup(self, workers: int) -> float:
        """Returns how many times as fast as one worker so many are."""
        return self.rates[workers] / self.rates[1]


def bottleneck(item: Item, executor: Executor,
               workers: int) -> tuple[str, float]:
    """Returns what holds so many workers back, by lifting each limit alone,
    and how many times as fast they would be without."""
    now = frames_per_s(item, executor, workers)
    gains = {name: frames_per_s(item, lift(executor, workers), workers) / now
             for name, lift in LIMITS.items()}
    name = max(gains, key=gains.get)
    if gains[name] < _GAIN:
        return "several limits together", 1.0
    return name, gains[name]


def simulate(item: Item, host: str,
             workers: Sequence[int] = WORKERS) -> Simulated:
    """Runs one kind of object on one host; `workers` begin with 1."""
    executor = HOSTS[host]
    rates = {count: frames_per_s(item, executor, count) for count in workers}
    for count in workers:
        if rates[count] < WORTH * count * rates[workers[0]]:
            return Simulated(host, rates, count,
                             *bottleneck(item, executor, count))
    return Simulated(host, rates, None, "none", 1.0)
