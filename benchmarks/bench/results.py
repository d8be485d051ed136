"""Measurements on disk: a line of JSON for each file, so that a run that was
cut short goes on where it stopped."""

from __future__ import annotations

import json
import pathlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .answers import Answer
from .labels import Labelled


class OtherSettingsError(Exception):
    """The folder holds measurements of another kind."""


@dataclass(frozen=True)
class Measured:
    """A file and all answers about it."""

    labelled: Labelled
    answers: dict[str, Answer]  # by method


class Results:
    """The folder of one run. Any thread may add."""

    def __init__(self, folder: pathlib.Path, settings: dict) -> None:
        """Opens or makes it; raises OtherSettingsError if what is there was
        measured with other settings."""
        self.folder = folder
        self._file = folder / "measured.jsonl"
        self._lock = threading.Lock()
        self.crops.mkdir(parents=True, exist_ok=True)
        stored = folder / "settings.json"
        if not stored.exists():
            stored.write_text(json.dumps(settings, indent=1))
        known = json.loads(stored.read_text())
        if known != settings:
            raise OtherSettingsError(
                f"{folder} holds measurements with other settings: {known}")
        self._cut_torn_line()

    @property
    def crops(self) -> pathlib.Path:
        """Where pictures of misses lie."""
        return self.folder / "crops"

    def done(self) -> set[str]:
        """Returns the keys of the files that were measured."""
        return {line["labelled"]["key"] for line in self.lines()}

    def add(self, labelled: Labelled, answers: Sequence[dict]) -> None:
        """Stores the answers about one file, as burntin-measure has them."""
        line = json.dumps({"labelled": labelled.as_json(),
                           "answers": list(answers)}, ensure_ascii=False)
        with self._lock, open(self._file, "a", encoding="utf-8") as out:
            out.write(line + "\n")

    def read(self) -> Iterator[Measured]:
        """Returns what was measured, in no order."""
        for line in self.lines():
            answers = map(Answer.from_json, line["answers"])
            yield Measured(Labelled.from_json(line["labelled"]),
                           {answer.method: answer for answer in answers})

    def lines(self) -> Iterator[dict]:
        """Returns what add() stored, as JSON."""
        if not self._file.exists():
            return
        with open(self._file, encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def _cut_torn_line(self) -> None:
        """Drops a last line that a stopped run did not finish."""
        if not self._file.exists():
            return
        with open(self._file, "rb+") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)
