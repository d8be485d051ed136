"""Measurements of long runs on disk, so that a run that was cut short goes on
where it stopped."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Callable

from .results import OtherSettingsError


class Kept:
    """The folder of one run. One thread uses it."""

    def __init__(self, folder: pathlib.Path, settings: dict) -> None:
        """Opens or makes it; raises OtherSettingsError if what is there was
        measured with other settings."""
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "measured.jsonl"
        stored = folder / "settings.json"
        if not stored.exists():
            stored.write_text(json.dumps(settings, indent=1),
                              encoding="utf-8")
        known = json.loads(stored.read_text(encoding="utf-8"))
        if known != settings:
            raise OtherSettingsError(
                f"{folder} holds measurements with other settings: {known}")
        self._known = self._read()

    def get(self, name: str, measure: Callable[[], object]) -> object:
        """Returns what was measured under `name`, or what `measure` returns,
        as JSON gives it back."""
        if name not in self._known:
            value = json.loads(json.dumps(measure()))
            with open(self._file, "a", encoding="utf-8") as out:
                out.write(json.dumps({"name": name, "value": value}) + "\n")
            self._known[name] = value
        return self._known[name]

    def _read(self) -> dict[str, object]:
        """Returns what is there; a last line that a stopped run did not
        finish is dropped."""
        if not self._file.exists():
            return {}
        with open(self._file, "rb+") as file:
            content = file.read()
            file.truncate(content.rfind(b"\n") + 1)
        lines = self._file.read_text(encoding="utf-8").splitlines()
        return {one["name"]: one["value"] for one in map(json.loads, lines)}
