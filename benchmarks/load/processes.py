"""What a running server takes of the machine, as /proc tells it."""

from __future__ import annotations

import contextlib
import os
import pathlib
import threading
import time
from dataclasses import dataclass

_PROC = pathlib.Path("/proc")
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Reading:
    """A server at one moment."""

    at_s: float  # of the monotonic clock
    rss_bytes: int
    children_rss_bytes: int
    children: int
    threads: int
    files: int  # descriptors that are open


def children_of(parent: int) -> list[int]:
    """Returns the processes that `parent` has started and that run."""
    found = []
    for stat in _PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(*_GONE):
            state, its_parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
            if int(its_parent) == parent and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


def _rss_bytes(process: int) -> int:
    with contextlib.suppress(*_GONE):
        return int((_PROC / str(process) / "statm").read_text().split()[1]
                   ) * _PAGE_BYTES
    return 0


def read(process: int) -> Reading:
    """Returns what `process` takes now."""
    folder = _PROC / str(process)
    children = children_of(process)
    return Reading(time.monotonic(), _rss_bytes(process),
                   sum(map(_rss_bytes, children)), len(children),
                   len(os.listdir(folder / "task")),
                   len(os.listdir(folder / "fd")))


def cpu_seconds(process: int) -> float:
    """Returns the processor time of a process, of its children that ended and
    of those that run."""
    ticks = 0
    for one in (process, *children_of(process)):
        with contextlib.suppress(*_GONE):
            facts = (_PROC / str(one) / "stat").read_text().rsplit(")", 1)[1]
            ticks += sum(map(int, facts.split()[11:15]))
    return ticks / _TICKS


def machine_busy_seconds() -> float:
    """Returns the processor time of everything that runs on the machine."""
    fields = (_PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    user, nice, system, _, _, irq, softirq, _ = map(int, fields)
    return (user + nice + system + irq + softirq) / _TICKS


class Watch:
    """Reads a process again and again while a block runs."""

    def __init__(self, process: int, period_s: float) -> None:
        self._process, self._period_s = process, period_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.readings: list[Reading] = []

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(*_GONE):  # the process has ended
            while True:
                self.readings.append(read(self._process))
                if self._stop.wait(self._period_s):
                    return
