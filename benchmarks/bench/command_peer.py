"""Peers that are programs: any command that prints boxes of a picture.

A method `command:CMD` runs CMD with the path of a PNG as one more argument.
It prints either one JSON array of [x, y, w, h], [x, y, w, h, text],
[x, y, w, h, text, score] or of objects with these keys, or lines of the same
columns with tabs between. Scores are in [0, 1]. Nothing printed: no text.
"""

from __future__ import annotations

import json
import os
import pathlib
import shlex
import subprocess
import tempfile

from .measuring import Measurer

PREFIX = "command:"
_COLUMNS = ("x", "y", "w", "h", "text", "score")


class BoxesError(ValueError):
    """What the command printed are no boxes."""


def _text_of(row: dict) -> dict:
    box = [round(float(row[key])) for key in _COLUMNS[:4]]
    return {"box": box, "text": str(row.get("text") or ""),
            "confidence": float(row["score"]) if row.get("score") not in (
                None, "") else 1.0}


def read_boxes(printed: str) -> list[dict]:
    """Returns the texts in what a command printed, as Answer has them."""
    try:
        if printed.lstrip().startswith("["):
            rows = json.loads(printed)
        else:
            rows = [line.split("\t") for line in printed.splitlines()
                    if line.strip()]
        return [_text_of(row if isinstance(row, dict)
                         else dict(zip(_COLUMNS, row))) for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise BoxesError("neither a JSON array of boxes nor lines of "
                         f"x, y, w, h: {error}")


def run_on(command: str, picture: pathlib.Path) -> tuple[list[dict], float]:
    """Runs the command on one picture; returns its texts and its CPU
    milliseconds, start-up included."""
    process = subprocess.Popen([*shlex.split(command), str(picture)],
                               stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True,
                               encoding="utf-8")
    with process.stdout:
        printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BoxesError(f"exit status {process.returncode}")
    return read_boxes(printed), (usage.ru_utime + usage.ru_stime) * 1e3


def ask_command(method: str, path: str, measurer: Measurer) -> dict:
    """Returns the answer of `command:CMD` about a file, as a line of
    burntin-measure would be."""
    command = method.removeprefix(PREFIX)
    answer = {"method": method, "texts": [], "frames": 0, "cpu_ms": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        pictures = measurer.draw(path, pathlib.Path(folder))
        if not pictures:
            return {"method": method, "error": "NO_PICTURE"}
        for picture in pictures:
            try:
                texts, cpu_ms = run_on(command, picture.file)
            except (BoxesError, OSError) as error:
                return {"method": method, "error": str(error)}
            answer["frames"] += 1
            answer["cpu_ms"] += cpu_ms
            answer["texts"] += [text | {"frames": [[picture.frame] * 2]}
                                for text in texts]
    return answer
