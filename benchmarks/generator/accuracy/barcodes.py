"""Barcodes as coverage; Debian's zint encodes them."""

from __future__ import annotations

import functools
import subprocess

import numpy as np

from ..files import CompressionError
from ..fonts import NoFontError
from .drawings import Drawing

# zint's numbers, and the empty modules that the symbology wants around.
_ZINT = {"code128": ("20",), "code39": ("8",), "qr": ("58", "--secure=2"),
         "datamatrix": ("71", "--square")}
_QUIET = {"code128": 10, "code39": 10, "qr": 4, "datamatrix": 2}
LINEAR = ("code128", "code39")


def check_installed() -> None:
    """Raises NoFontError where zint is missing."""
    try:
        subprocess.run(["zint", "--version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise NoFontError(
            "The accuracy profile needs Debian's package zint.") from None


@functools.lru_cache(maxsize=64)
def modules(symbology: str, content: str) -> np.ndarray:
    """Returns the symbol's modules, True is dark: (rows, columns), one row for
    bars. `content` is printable ASCII; Code 39 has no lower case."""
    number, *options = _ZINT[symbology]
    done = subprocess.run(["zint", "-b", number, *options, "-d", content,
                           "--dump"], capture_output=True, text=True)
    if done.returncode:
        raise CompressionError(f"zint failed: {done.stderr.strip()}")
    rows = [line.replace(" ", "") for line in done.stdout.splitlines() if line]
    bits = np.array([[bit == "1" for digit in row
                      for bit in f"{int(digit, 16):04b}"] for row in rows])
    if symbology in LINEAR:
        # A symbol ends with a bar; what follows fills the last byte.
        return bits[:1, :np.flatnonzero(bits[0])[-1] + 1]
    return bits[:, :len(rows)]


def draw(symbology: str, content: str, module_px: int,
         bar_height_px: int) -> Drawing:
    """Draws a symbol on its plate; `bar_height_px` is for bars only."""
    symbol = modules(symbology, content)
    if symbology in LINEAR:
        ink = np.repeat(np.repeat(symbol, bar_height_px, 0), module_px, 1)
    else:
        ink = np.kron(symbol, np.ones((module_px, module_px), bool))
    quiet = _QUIET[symbology] * module_px
    above = 2 * module_px if symbology in LINEAR else quiet
    ink = np.pad(ink, ((above, above), (quiet, quiet))).astype(np.float32)
    return Drawing(content, ink, min(ink.shape) - 2 * above
                   if symbology in LINEAR else ink.shape[0] - 2 * quiet, None,
                   plate=np.ones_like(ink), margin=above)
