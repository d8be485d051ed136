"""Writing by hand: each letter stands a little otherwise."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from ..fonts import Font
from ..patients import ascii_only
from . import faces


def _letter(font, char: str, turn: float) -> tuple[Image.Image, int]:
    """Returns a turned letter on a square, its origin in the middle at the
    baseline, and half of the square's side."""
    half = int(font.size * 1.3) + 2
    image = Image.new("L", (2 * half, 2 * half))
    ImageDraw.Draw(image).text((half, half), char, fill=255, font=font,
                               anchor="ls")
    return image.rotate(turn, Image.Resampling.BICUBIC,
                        center=(half, half)), half


def written(rng: np.random.Generator, face: Font, height: int,
            text: str) -> tuple[np.ndarray, int, str]:
    """Returns (coverage, height of a capital, text without accents).

    Size, turn, distance and baseline of the letters vary; the whole line
    climbs or falls a little.
    """
    text = faces.spelt(face, ascii_only(text))
    size = faces.size_for(face, height, "latin")
    slope = rng.uniform(-.03, .03)
    jitter = rng.normal(0, 1, (len(text), 4)).clip(-2, 2)
    room = int(size * (len(text) + 2))
    canvas = np.zeros((int(size * 3 + room * .04), room), np.uint8)
    x, base = float(size), canvas.shape[0] / 2
    for char, (grow, turn, lift, apart) in zip(text, jitter):
        font = faces.load(face, max(5, round(size * (1 + .05 * grow))), False)
        if char != " ":
            letter, half = _letter(font, char, 2.5 * turn)
            left = round(x) - half
            top = round(base + slope * x + .035 * size * lift) - half
            _lay(canvas, np.asarray(letter), top, left)
        x += font.getlength(char) * (1 + .04 * apart) + .02 * size
    return (faces.cropped(canvas.astype(np.float32) / 255),
            faces.letter_height(face, size, "latin"), text)


def _lay(canvas: np.ndarray, letter: np.ndarray, top: int, left: int) -> None:
    """Puts a letter's coverage over what is drawn, cut at the edges."""
    first_row, first_column = max(0, -top), max(0, -left)
    part = canvas[max(0, top):top + letter.shape[0],
                  max(0, left):left + letter.shape[1]]
    np.maximum(part, letter[first_row:first_row + part.shape[0],
                            first_column:first_column + part.shape[1]],
               out=part)
