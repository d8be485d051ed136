"""Short labels, drawn straight into crops: a letter, a number with its unit, a
word. Samples have few of them, and none of their pixels is as crisp."""

from __future__ import annotations

import functools
import string

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.generator.accuracy import faces
from benchmarks.generator.fonts import FONT_ROOT, Font
from benchmarks.generator.seeds import choose, pick

from .pictures import Line

_HEIGHTS = {(5, 6): 2, (7, 9): 5, (10, 14): 6, (15, 24): 3, (25, 60): 2}
_KINDS = {"letter": 3, "number": 4, "word": 5, "value": 4, "name": 3}
_UNITS = ("cm", "mm", "%", "dB", "Hz", "s", "kV", "fps", "x", "")
_LEAST_CONTRAST, _OVER_NOISE = 30, 2.5
_ROOM, _TRIES = 6, 6


def _text(rng: np.random.Generator) -> str:
    letters = string.ascii_uppercase
    kind = choose(rng, _KINDS)
    if kind == "letter":
        return pick(rng, letters)
    number = str(int(rng.integers(0, 10 ** int(rng.integers(1, 5)))))
    if kind == "number":
        return number
    length = int(rng.integers(2, 6 if kind == "word" else 13))
    word = "".join(pick(rng, letters) for _ in range(length))
    if rng.random() < .5:
        word = word[0] + word[1:].lower()
    if kind == "value":
        parts = [word[:3], number + pick(rng, ("", " ")) + pick(rng, _UNITS)]
        return pick(rng, (" ", ": ", "/", "")).join(parts)
    return word


@functools.lru_cache(maxsize=2048)
def _font(face: Font, height: int) -> ImageFont.FreeTypeFont:
    """Returns a face whose capitals are about `height` pixels high."""
    size = max(6, round(height * 1.38))
    return ImageFont.truetype(str(FONT_ROOT / face.path), size,
                              layout_engine=ImageFont.Layout.BASIC)


def _mask(rng: np.random.Generator) -> np.ndarray:
    """Returns the cover of a label's letters, in [0, 1], without margins."""
    low, high = choose(rng, _HEIGHTS)
    font = _font(pick(rng, faces.FACES["train"]["latin"]),
                 int(rng.integers(low, high + 1)))
    text = _text(rng)
    left, top, right, bottom = font.getbbox(text)
    canvas = Image.new("L", (right - min(left, 0) + 4, bottom + 4))
    drawing = ImageDraw.Draw(canvas)
    drawing.fontmode = "1" if rng.random() < .35 else "L"
    drawing.text((2 - min(left, 0), 2), text, 255, font)
    cover = np.asarray(canvas, np.float32) / 255
    inked = np.argwhere(cover > .2)
    if not len(inked):
        return np.zeros((0, 0), np.float32)
    (y, x), (last_y, last_x) = inked.min(0), inked.max(0)
    return cover[y:last_y + 1, x:last_x + 1]


def _corners(x: int, y: int, shape: tuple[int, int],
             turn: int) -> np.ndarray:
    """Returns a label's corners, clockwise from its first letter's top."""
    rows, columns = shape
    around = np.float32([[x, y], [x + columns, y], [x + columns, y + rows],
                         [x, y + rows]])
    return np.roll(around, -turn, axis=0)


def _ink(rng: np.random.Generator, behind: np.ndarray) -> tuple[
        np.ndarray, float] | None:
    """Returns a colour that stands out from what is behind, and how much."""
    mean, noise = behind.mean((0, 1)), behind.std((0, 1)).max()
    for _ in range(_TRIES):
        ink = (rng.uniform(0, 255, 3) if rng.random() < .25
               else np.full(3, rng.uniform(0, 255)))
        contrast = abs(ink - mean).max()
        if contrast >= max(_LEAST_CONTRAST, _OVER_NOISE * noise):
            return ink, contrast / 255
    return None


def _place(rng: np.random.Generator, taken: np.ndarray,
           shape: tuple[int, int]) -> tuple[int, int] | None:
    rows, columns = shape
    side = taken.shape[0]
    if max(rows, columns) + 2 * _ROOM >= side:
        return None
    for _ in range(_TRIES):
        x = int(rng.integers(0, side - columns))
        y = int(rng.integers(0, side - rows))
        if not taken[max(0, y - _ROOM):y + rows + _ROOM,
                     max(0, x - _ROOM):x + columns + _ROOM].any():
            return x, y
    return None


def add_labels(rng: np.random.Generator, pixels: np.ndarray,
               kind: np.ndarray, step: int) -> list[
                   tuple[Line, np.ndarray, float]]:
    """Draws some labels into `pixels` where `kind`, a map of every `step`
    pixels, has nothing. Returns them as `crops.kinds` takes lines."""
    taken = cv2.resize((kind > 0).astype(np.uint8), pixels.shape[1::-1],
                       interpolation=cv2.INTER_NEAREST)
    taken = cv2.dilate(taken, np.ones((4 * step + 1, 4 * step + 1), np.uint8))
    lines = []
    for _ in range(int(rng.integers(1, 6))):
        turn = int(rng.integers(4)) if rng.random() < .4 else 0
        cover = np.rot90(_mask(rng), -turn)
        place = _place(rng, taken, cover.shape) if cover.size else None
        if place is None:
            continue
        x, y = place
        part = pixels[y:y + cover.shape[0], x:x + cover.shape[1]]
        if rng.random() < .1:
            part[...] = np.uint8(rng.uniform(0, 255))
        found = _ink(rng, part.astype(np.float32))
        taken[y:y + cover.shape[0], x:x + cover.shape[1]] = 1
        if found is None:
            continue
        ink, contrast = found
        part[...] = np.rint(part + (ink - part) * cover[:, :, None])
        corners = _corners(x, y, cover.shape, turn)
        lines.append((Line(corners, contrast, True, True), corners, contrast))
    return lines
