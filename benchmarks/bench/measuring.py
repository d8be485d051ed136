"""Drives burntin-measure, which asks the methods that run in one process."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
MODELS = REPOSITORY / "models/cache"


def program() -> pathlib.Path:
    """Returns burntin-measure, from the build that BURNTIN_BIN names."""
    folder = os.environ.get("BURNTIN_BIN", REPOSITORY / "build/release/bin")
    return pathlib.Path(folder) / "burntin-measure"


@dataclass(frozen=True)
class Picture:
    """A frame as PNG."""

    frame: int
    file: pathlib.Path


class MeasureError(Exception):
    """burntin-measure cannot be run, or does not know a method."""


def end(process: subprocess.Popen) -> int:
    """Tells a program that there is no more to do, and returns its exit
    status."""
    try:
        process.stdin.close()
    except BrokenPipeError:  # it has ended; what was not sent is lost
        pass
    process.stdout.close()
    return process.wait()


class Measurer:
    """A running burntin-measure; serves one thread. Use it with `with`.

    A file that ends the program costs its own answers only: they carry the
    error DIED, and the program is started again.
    """

    def __init__(self, models: pathlib.Path = MODELS,
                 languages: str = "eng") -> None:
        self._command = [str(program()), "--models", str(models),
                         "--languages", languages]
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Measurer:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, path: str, methods: Sequence[str]) -> list[dict]:
        """Returns a line of burntin-measure for each method, in order."""
        self._send({"path": path, "methods": list(methods)})
        answers = []
        for method in methods:
            answer = self._receive() if self._process else None
            answers.append(answer or {"method": method, "error": "DIED"})
        _refuse_missing_parts(answers)
        return answers

    def draw(self, path: str, folder: pathlib.Path,
             frames: Sequence[int] = ()) -> list[Picture]:
        """Writes the first view of frames, or of all, into `folder`.

        Returns none where the file cannot be decoded.
        """
        self._send({"path": path, "pictures": {"folder": str(folder),
                                               "frames": list(frames)}})
        answer = self._receive() or {}
        return [Picture(file["frame"], pathlib.Path(file["file"]))
                for file in answer.get("files", ())]

    def together(self, paths: Sequence[str], warm_up: str, workers: int,
                 in_flight: int, isolated: bool) -> dict:
        """Has a detector of so many workers inspect all files, `in_flight` at
        a time; see together.h. `warm_up` is inspected before, uncounted."""
        self._send({"together": {
            "paths": list(paths), "warm_up": warm_up, "workers": workers,
            "in_flight": in_flight, "isolated": isolated}})
        answer = self._receive() or {"method": "together", "error": "DIED"}
        _refuse_missing_parts([answer])
        return answer

    def _send(self, task: dict) -> None:
        try:
            if self._process is None:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    text=True, encoding="utf-8",
                    # Ctrl-C stops the run, not the answer being given.
                    start_new_session=True)
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._stop()
        except OSError as error:
            raise MeasureError(f"{self._command[0]} cannot be run; build it, "
                               f"or name its folder in BURNTIN_BIN: {error}")

    def _receive(self) -> dict | None:
        """Returns the next line; None when the program has ended."""
        line = self._process.stdout.readline() if self._process else ""
        if not line.endswith("\n"):
            self._stop()
            return None
        return json.loads(line)

    def _stop(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        end(process)


def _refuse_missing_parts(answers: Sequence[dict]) -> None:
    """Fails where going on would measure a detector without its parts."""
    for answer in answers:
        if answer.get("error") in ("MODEL_NOT_LOADED", "INVALID_ARGUMENT"):
            raise MeasureError(f"{answer['method']}: {answer['message']}")
