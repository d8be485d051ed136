"""Decoded frames: what burntin-decode and the references are compared by."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import tempfile
from dataclasses import dataclass, field

import numpy as np

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class Decoded:
    """What one decoder made of a file.

    `frames` have shape (rows, columns, channels) and hold stored words as
    unsigned integers, or floats. `model` is the photometric interpretation
    after decoding. `error` says why there are none, or not all. `otherwise`
    are second readings by frame.
    """

    decoder: str
    frames: list[np.ndarray] = field(default_factory=list)
    model: str = ""
    error: str = ""
    otherwise: dict[int, np.ndarray] = field(default_factory=dict)

    @property
    def is_rgb(self) -> bool:
        """Whether three channels are red, green and blue."""
        return self.model in ("RGB", "YBR_ICT", "YBR_RCT", "XYB")


def program() -> pathlib.Path:
    """Returns burntin-decode, from the build that BURNTIN_BIN names."""
    folder = os.environ.get("BURNTIN_BIN", REPOSITORY / "build/release/bin")
    return pathlib.Path(folder) / "burntin-decode"


def _read(folder: pathlib.Path, name: str, line: dict) -> np.ndarray:
    cells = np.fromfile(folder / name, line["cell"])
    return cells.reshape(line["rows"], line["columns"], line["channels"])


def decode_by_burntin(path: pathlib.Path) -> Decoded:
    """Runs burntin-decode."""
    with tempfile.TemporaryDirectory(prefix="burntin-decode-") as name:
        folder = pathlib.Path(name)
        done = subprocess.run([program(), "--raw", folder, path],
                              capture_output=True, check=False, text=True)
        decoded = Decoded("burntin")
        for text in done.stdout.splitlines():
            line = json.loads(text)
            if "error" in line:
                decoded.error = decoded.error or line["error"]
                continue
            first, *more = line["files"]
            for other in more:
                decoded.otherwise[len(decoded.frames)] = _read(folder, other,
                                                               line)
            decoded.frames.append(_read(folder, first, line))
            decoded.model = line["photometric"]
        if done.returncode not in (0, 1):
            decoded.error = f"exit status {done.returncode}"
    if not decoded.frames and not decoded.error:
        decoded.error = "no frames"
    return decoded


def difference(a: np.ndarray, b: np.ndarray) -> float:
    """Returns the largest difference of two frames; infinite where they differ
    in shape or one is of floats and the other is not."""
    if a.shape != b.shape or a.dtype.kind != b.dtype.kind:
        return float("inf")
    if a.dtype.kind == "f":
        return 0.0 if np.array_equal(a, b, equal_nan=True) else float(
            np.nanmax(np.abs(a.astype(float) - b)))
    if np.array_equal(a, b):
        return 0.0
    if a.dtype.itemsize == 8 or b.dtype.itemsize == 8:
        return float(np.abs(a.astype(float) - b.astype(float)).max())
    return float(np.abs(a.astype(np.int64) - b.astype(np.int64)).max())
