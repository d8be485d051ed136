"""A running program that is told of pictures and answers in JSON, a line for
each: burntin-lines, burntin-boxes."""

from __future__ import annotations

import json
import pathlib
import subprocess

from .measuring import MeasureError, end, program


class PictureProgram:
    """Serves one thread. Use it with `with`."""

    def __init__(self, name: str, models: pathlib.Path) -> None:
        self._name = name
        path = program().with_name(name)
        try:
            self._process = subprocess.Popen(
                [str(path), "--models", str(models)], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True, encoding="utf-8")
        except OSError as error:
            raise MeasureError(f"{path} cannot be run: {error}") from error

    def __enter__(self) -> PictureProgram:
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)

    def ask(self, path: pathlib.Path) -> dict:
        """Returns the answers for a picture."""
        try:
            print(path, file=self._process.stdin, flush=True)
        except BrokenPipeError:
            pass
        answer = self._process.stdout.readline()
        if not answer.endswith("\n"):
            raise MeasureError(f"{self._name} ended; its last words are above")
        return json.loads(answer)
