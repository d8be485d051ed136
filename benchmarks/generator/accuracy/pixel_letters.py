"""Letters made of few pixels: those of old consoles and matrix printers.

The test split writes with two alphabets of our own below, the train split with
pixel fonts of Debian.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from ..fonts import Font
from ..patients import ascii_only
from . import faces

# Rows from the top, one hexadecimal number each; the lowest bit is the right
# column.
_FIVE_BY_SEVEN = """
A 0E 11 11 1F 11 11 11;B 1E 11 11 1E 11 11 1E;C 0E 11 10 10 10 11 0E
D 1E 11 11 11 11 11 1E;E 1F 10 10 1E 10 10 1F;F 1F 10 10 1E 10 10 10
G 0E 11 10 17 11 11 0F;H 11 11 11 1F 11 11 11;I 0E 04 04 04 04 04 0E
J 07 02 02 02 02 12 0C;K 11 12 14 18 14 12 11;L 10 10 10 10 10 10 1F
M 11 1B 15 15 11 11 11;N 11 11 19 15 13 11 11;O 0E 11 11 11 11 11 0E
P 1E 11 11 1E 10 10 10;Q 0E 11 11 11 15 12 0D;R 1E 11 11 1E 14 12 11
S 0F 10 10 0E 01 01 1E;T 1F 04 04 04 04 04 04;U 11 11 11 11 11 11 0E
V 11 11 11 11 11 0A 04;W 11 11 11 15 15 15 0A;X 11 11 0A 04 0A 11 11
Y 11 11 11 0A 04 04 04;Z 1F 01 02 04 08 10 1F;0 0E 11 13 15 19 11 0E
1 04 0C 04 04 04 04 0E;2 0E 11 01 06 08 10 1F;3 1F 02 04 02 01 11 0E
4 02 06 0A 12 1F 02 02;5 1F 10 1E 01 01 11 0E;6 06 08 10 1E 11 11 0E
7 1F 01 02 04 08 08 08;8 0E 11 11 0E 11 11 0E;9 0E 11 11 0F 01 02 0C
- 00 00 00 0E 00 00 00;. 00 00 00 00 00 0C 0C;: 00 0C 0C 00 0C 0C 00
/ 00 01 02 04 08 10 00;, 00 00 00 00 0C 04 08;^ 04 0A 11 00 00 00 00
# 0A 0A 1F 0A 1F 0A 0A;+ 00 04 04 1F 04 04 00;( 02 04 08 08 08 04 02
) 08 04 02 02 02 04 08;% 18 19 02 04 08 13 03;= 00 00 1F 00 1F 00 00"""
_FOUR_BY_FIVE = """
A 6 9 F 9 9;B E 9 E 9 E;C 7 8 8 8 7;D E 9 9 9 E;E F 8 E 8 F;F F 8 E 8 8
G 7 8 B 9 7;H 9 9 F 9 9;I E 4 4 4 E;J 1 1 1 9 6;K 9 A C A 9;L 8 8 8 8 F
M 9 F F 9 9;N 9 D B 9 9;O 6 9 9 9 6;P E 9 E 8 8;Q 6 9 9 A 5;R E 9 E A 9
S 7 8 6 1 E;T E 4 4 4 4;U 9 9 9 9 6;V 9 9 9 A 4;W 9 9 F F 9;X 9 9 6 9 9
Y A A 4 4 4;Z F 2 4 8 F;0 6 B F D 6;1 4 C 4 4 E;2 E 1 6 8 F;3 E 1 6 1 E
4 9 9 F 1 1;5 F 8 E 1 E;6 6 8 E 9 6;7 F 1 2 4 4;8 6 9 6 9 6;9 6 9 7 1 6
- 0 0 E 0 0;. 0 0 0 0 4;: 0 4 0 4 0;/ 1 1 2 4 8;, 0 0 0 4 8;^ 4 A 0 0 0
+ 0 4 E 4 0;( 2 4 4 4 2;) 4 2 2 2 4;# A F A F A;= 0 E 0 E 0"""


@dataclass(frozen=True)
class PixelFace:
    """An alphabet of pixels. `height` is that of a capital, in its pixels;
    `font` and `size` name a font of Debian, `table` one of our own."""

    name: str
    height: int
    width: int = 0
    table: str = ""
    font: Font | None = None
    size: int = 0


_CREEP = Font("fonts-creep2", "opentype/creep2/creep2.otb")
_TERMINUS = Font("fonts-terminus-otb", "opentype/terminus/terminus-normal.otb")
PIXEL_FACES = {
    "train": (PixelFace("creep2", 7, font=_CREEP, size=11),
              PixelFace("terminus", 8, font=_TERMINUS, size=12)),
    "test": (PixelFace("pixels-5x7", 7, 5, _FIVE_BY_SEVEN),
             PixelFace("pixels-4x5", 5, 4, _FOUR_BY_FIVE)),
}
DEBIAN_FONTS = {"train": (_CREEP, _TERMINUS), "test": ()}


@functools.lru_cache(maxsize=4)
def _glyphs(face: PixelFace) -> dict[str, np.ndarray]:
    glyphs = {" ": np.zeros((face.height, face.width), bool)}
    for entry in face.table.replace("\n", ";").split(";"):
        if entry:
            rows = np.array([int(row, 16) for row in entry[2:].split()])
            bits = rows[:, None] >> np.arange(face.width)[::-1]
            glyphs[entry[0]] = (bits & 1).astype(bool)
    return glyphs


def spelt(face: PixelFace, text: str) -> str:
    """Returns `text` as this alphabet can write it."""
    text = ascii_only(text)
    if face.font:
        return text
    known = _glyphs(face)
    return "".join(c for c in text.upper() if c in known).strip()


def pixels(face: PixelFace, text: str) -> np.ndarray:
    """Returns a line of `spelt` text as booleans, cut to what is drawn."""
    if face.font:
        return faces.written(face.font, face.size, text, "latin",
                             smooth=False) > .5
    gap = np.zeros((face.height, 1), bool)
    parts = [part for c in text for part in (_glyphs(face)[c], gap)]
    return faces.cropped(np.hstack(parts).astype(np.float32)) > .5


def enlarged(drawn: np.ndarray, scale: int) -> np.ndarray:
    """Returns coverage with each pixel a square of `scale`."""
    return np.kron(drawn, np.ones((scale, scale))).astype(np.float32)


def dotted(drawn: np.ndarray, pitch: int, share: float) -> np.ndarray:
    """Returns coverage with each pixel a round dot.

    `pitch` is the distance of the dots' centres, `share` their diameter as a
    part of it.
    """
    across = (np.arange(pitch) + .5) - pitch / 2
    reach = np.hypot(across[:, None], across[None, :])
    dot = np.clip(pitch * share / 2 - reach + .5, 0, 1)
    return np.kron(drawn, dot).astype(np.float32)
