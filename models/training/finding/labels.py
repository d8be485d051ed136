"""Short labels, drawn straight into crops: a letter, a number with its unit, a
word. Samples have few of them, and none of their pixels is as crisp."""

from __future__ import annotations

import functools
import string
import unicodedata

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.generator.accuracy import faces, pixel_letters
from benchmarks.generator.fonts import FONT_ROOT, Font
from benchmarks.generator.seeds import choose, pick

from ..pictures import Line

_HEIGHTS = {(5, 6): 2, (7, 9): 5, (10, 14): 6, (15, 24): 3, (25, 60): 2}
_KINDS = {"letter": 3, "number": 4, "word": 5, "value": 4, "name": 3}
_SCRIPTS = {"latin": 13, "arabic": 6, "cyrillic": 1, "greek": 1, "cjk": 1}
# The letters that labels in other scripts are made of: any of them, since
# the network learns shapes, not words.
BLOCKS = {"arabic": (0x621, 0x63a), "cyrillic": (0x410, 0x44f),
           "greek": (0x391, 0x3c9), "cjk": (0x4e00, 0x8fff)}
_LOWEST = {"arabic": 8, "cjk": 11}
_STACKED, _PIXELS = .08, .14
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


def _foreign_text(rng: np.random.Generator, script: str) -> str:
    low, high = BLOCKS[script]
    letters = [char for char in map(chr, range(low, high + 1))
               if unicodedata.category(char).startswith("L")]
    words = ["".join(pick(rng, letters)
                     for _ in range(int(rng.integers(2, 9))))
             for _ in range(int(rng.integers(1, 4)))]
    if rng.random() < .3:
        words.append(str(int(rng.integers(0, 10 ** 6))))
    return " ".join(words)


@functools.lru_cache(maxsize=2048)
def _font(face: Font, height: int, script: str) -> ImageFont.FreeTypeFont:
    """Returns a face whose capitals are about `height` pixels high."""
    size = max(6, round(height * 1.38))
    if script == "arabic":  # What Alef measures is what counts there.
        size = faces.size_for(face, height, script)
    engine = (ImageFont.Layout.RAQM if script == "arabic"
              else ImageFont.Layout.BASIC)
    return ImageFont.truetype(str(FONT_ROOT / face.path), size,
                              layout_engine=engine)


def _in_pixels(rng: np.random.Generator, height: int) -> np.ndarray:
    """Returns the cover of letters of whole pixels or of round dots."""
    face = pick(rng, pixel_letters.PIXEL_FACES["train"])
    drawn = pixel_letters.pixels(face, pixel_letters.spelt(face, _text(rng)))
    scale = max(1, round(height / face.height))
    if rng.random() < .5 and height >= 12:
        return pixel_letters.dotted(drawn, max(2, scale), rng.uniform(.75, 1))
    return pixel_letters.enlarged(drawn, scale)


def _written(rng: np.random.Generator, height: int) -> np.ndarray:
    script = choose(rng, _SCRIPTS)
    stacked = script == "latin" and rng.random() < _STACKED
    height = max(height, _LOWEST.get(script, 0))
    face = pick(rng, faces.FACES["train"][script])
    font = _font(face, height, script)
    text = _text(rng) if script == "latin" else _foreign_text(rng, script)
    if stacked:
        text = "\n".join(text.replace(" ", "").upper())
    canvas = Image.new("L", (1, 1))
    spacing = max(1, height // 6)
    left, top, right, bottom = map(
        round, ImageDraw.Draw(canvas).multiline_textbbox(
            (0, 0), text, font, spacing=spacing, align="center"))
    canvas = Image.new("L", (right - min(left, 0) + 4,
                             bottom - min(top, 0) + 4))
    drawing = ImageDraw.Draw(canvas)
    drawing.fontmode = "1" if rng.random() < .35 else "L"
    drawing.multiline_text((2 - min(left, 0), 2 - min(top, 0)), text, 255,
                           font, spacing=spacing, align="center")
    return np.asarray(canvas, np.float32) / 255


def _mask(rng: np.random.Generator) -> np.ndarray:
    """Returns the cover of a label's letters, in [0, 1], without margins."""
    low, high = choose(rng, _HEIGHTS)
    height = int(rng.integers(low, high + 1))
    cover = (_in_pixels(rng, height) if rng.random() < _PIXELS
             else _written(rng, height))
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
