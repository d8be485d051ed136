"""Measures all files that have not been measured yet."""

from __future__ import annotations

import hashlib
import pathlib
import queue
import sys
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .answers import BURNTIN, THOROUGH, Answer
from .command_peer import PREFIX, ask_command
from .crops import save_misses
from .judging import judge
from .labels import Labelled
from .measuring import Measurer
from .results import Results
from .sources import Batch


@dataclass(frozen=True)
class Plan:
    """Which methods to ask about which files."""

    peers: tuple[str, ...]
    peer_share: float    # of the files, in [0, 1]
    oracle_share: float  # in [0, 1]; 0: the oracle is not asked
    models: pathlib.Path
    languages: str = "eng"

    def methods_for(self, key: str) -> list[str]:
        """Returns the methods for one file, each of them first in turn."""
        methods = [BURNTIN]
        place = _place_of(key)
        if place < self.peer_share:
            methods += self.peers
        if place < self.oracle_share:
            methods.append(THOROUGH)
        turn = zlib.crc32(key.encode()) % len(methods)
        return methods[turn:] + methods[:turn]


def _place_of(key: str) -> float:
    """Returns a number in [0, 1) that looks random, the same at every run.

    A smaller share of the files is so a part of any larger one, and methods
    are asked about the same files.
    """
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2 ** 32


def ask(measurer: Measurer, path: str, methods: Sequence[str]) -> list[dict]:
    """Asks the methods about a file, in the order given."""
    answers = []
    for method in methods:
        if method.startswith(PREFIX):
            answers.append(ask_command(method, path, measurer))
        else:
            answers += measurer.ask(path, [method])
    return answers


class _Progress:
    """Says on stderr how far the run is."""

    def __init__(self, done: int, total: int) -> None:
        self._lock = threading.Lock()
        self._start = self._said = time.monotonic()
        self._before, self._done, self._total = done, done, total

    def add(self) -> None:
        """Counts a file."""
        with self._lock:
            self._done += 1
            now = time.monotonic()
            if now - self._said < 10 and self._done < self._total:
                return
            self._said = now
            rate = (self._done - self._before) / max(now - self._start, 1e-3)
            left = (self._total - self._done) / rate / 60
            print(f"burntin-bench: {self._done} of {self._total} files, "
                  f"{rate:.1f} files/s, {left:.0f} min left",
                  file=sys.stderr, flush=True)


def run_workers(work: Callable[[], None], jobs: int,
                failures: list[BaseException]) -> None:
    """Runs `work` on `jobs` threads to their end; raises the first of
    `failures`, to which `work` adds what stopped it."""
    threads = [threading.Thread(target=work) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt as stop:
        failures.append(stop)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


class _Run:
    """Worker threads, each with a measuring process of its own."""

    def __init__(self, batches: Sequence[Batch], plan: Plan, results: Results,
                 scratch: pathlib.Path) -> None:
        self._plan, self._results, self._scratch = plan, results, scratch
        self._done = results.done()
        self._batches: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        keys = [key for batch in batches for key in batch.keys]
        for batch in batches:
            if not self._done.issuperset(batch.keys):
                self._batches.put(batch)
        self._progress = _Progress(len(self._done.intersection(keys)),
                                   len(keys))
        self._failures: list[BaseException] = []

    def run(self, jobs: int) -> None:
        """Measures everything; raises what stopped a worker."""
        run_workers(self._work, jobs, self._failures)

    def _work(self) -> None:
        try:
            with Measurer(self._plan.models, self._plan.languages) as measurer:
                while not self._failures:
                    self._measure(self._batches.get_nowait(), measurer)
        except queue.Empty:
            pass
        except Exception as error:  # pylint: disable=broad-except
            self._failures.append(error)

    def _measure(self, batch: Batch, measurer: Measurer) -> None:
        with batch.files(self._scratch) as files:
            for labelled in files:
                if labelled.key in self._done or self._failures:
                    continue
                self._measure_file(labelled, measurer)
                self._progress.add()

    def _measure_file(self, labelled: Labelled, measurer: Measurer) -> None:
        answers = ask(measurer, labelled.path,
                      self._plan.methods_for(labelled.key))
        for answer in answers:
            if answer["method"] == BURNTIN:
                save_misses(judge(labelled, Answer.from_json(answer)),
                            self._results.crops, measurer)
        self._results.add(labelled, answers)


def measure_all(batches: Sequence[Batch], plan: Plan, results: Results,
                jobs: int, scratch: pathlib.Path) -> None:
    """Measures the files of all batches that `results` lacks, in `jobs`
    processes."""
    _Run(batches, plan, results, scratch).run(jobs)
