"""Reads files with burntin-read once, and matches what was read with
burntin-match as often as one likes."""

from __future__ import annotations

import functools
import json
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence

from .labels import Labelled
from .measuring import MeasureError, end, program
from .results import Results
from .running import run_workers
from .scrubbing import scrubbed
from .sources import Batch


def _program(name: str) -> str:
    return str(program().parent / name)


class Reader:
    """A running burntin-read; serves one thread. Use it with `with`.

    A file that ends the program is read as an object that nothing is known
    about, and the program is started again.
    """

    def __init__(self, models: pathlib.Path) -> None:
        self._command = [_program("burntin-read"), "--models", str(models)]
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def read(self, path: str) -> dict | None:
        """Returns the readings of a file; None when the program died."""
        try:
            if self._process is None:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, text=True, encoding="utf-8",
                    start_new_session=True)
            self._process.stdin.write(path + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise MeasureError(f"{self._command[0]} cannot be run; build it, "
                               f"or name its folder in BURNTIN_BIN: {error}")
        line = self._process.stdout.readline()
        if line.endswith("\n"):
            return json.loads(line)
        if self._stop() == 2:
            raise MeasureError("burntin-read cannot load its models")
        return None

    def _stop(self) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        return end(process)


class _Run:
    """Worker threads, each with a reading process of its own."""

    def __init__(self, batches: Sequence[Batch], results: Results,
                 scratch: pathlib.Path, scrub: bool) -> None:
        self._results, self._scratch, self._scrub = results, scratch, scrub
        self._known = results.done()
        self._batches: queue.SimpleQueue[Batch] = queue.SimpleQueue()
        for batch in batches:
            if not self._known.issuperset(batch.keys):
                self._batches.put(batch)
        self._left = sum(key not in self._known
                         for batch in batches for key in batch.keys)
        self._lock = threading.Lock()
        self._said = time.monotonic()
        self._failures: list[BaseException] = []

    def run(self, models: pathlib.Path, jobs: int) -> None:
        """Reads everything; raises what stopped a worker."""
        run_workers(functools.partial(self._work, models), jobs,
                    self._failures)

    def _work(self, models: pathlib.Path) -> None:
        try:
            with Reader(models) as reader:
                while not self._failures:
                    batch = self._batches.get_nowait()
                    with batch.files(self._scratch) as files:
                        for labelled in files:
                            self._read(labelled, reader)
        except queue.Empty:
            pass
        except Exception as error:  # pylint: disable=broad-except
            self._failures.append(error)

    def _read(self, labelled: Labelled, reader: Reader) -> None:
        if labelled.key in self._known or self._failures:
            return
        if self._scrub:
            with scrubbed(labelled.path, self._scratch) as copy:
                readings = reader.read(str(copy))
        else:
            readings = reader.read(labelled.path)
        self._results.add(labelled, [readings] if readings else [])
        self._progress()

    def _progress(self) -> None:
        with self._lock:
            self._left -= 1
            if time.monotonic() - self._said < 10 and self._left:
                return
            self._said = time.monotonic()
            print(f"burntin-bench: {self._left} files left", file=sys.stderr,
                  flush=True)


def read_all(batches: Sequence[Batch], results: Results,
             models: pathlib.Path, jobs: int, scratch: pathlib.Path,
             scrub: bool) -> None:
    """Reads the files of all batches that `results` lacks; with `scrub`,
    copies without the identifying attributes of their headers."""
    _Run(batches, results, scratch, scrub).run(models, jobs)


def match_all(readings: Sequence[dict], scratch: pathlib.Path) -> list[dict]:
    """Returns what burntin-match says about each."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        lines = pathlib.Path(folder) / "readings.jsonl"
        with open(lines, "w", encoding="utf-8") as out:
            for one in readings:
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
        with open(lines, "rb") as given:
            ran = subprocess.run([_program("burntin-match")], stdin=given,
                                 capture_output=True, check=False)
    if ran.returncode != 0:
        raise MeasureError("burntin-match failed: "
                           + ran.stderr.decode(errors="replace").strip())
    return [json.loads(line) for line in ran.stdout.splitlines()]
