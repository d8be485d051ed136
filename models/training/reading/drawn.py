"""Lines drawn on parts of pictures, as many as one likes."""

from __future__ import annotations

import typing
import unicodedata

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.generator.accuracy import faces, handwriting, pixel_letters
from benchmarks.generator.fonts import Font, load
from benchmarks.generator.seeds import choose, pick

from ..finding.labels import BLOCKS
from ..pictures import Picture, in_colour
from . import clutter
from .alphabet import spelt
from .lines import Patch
from .texts import random_text

if typing.TYPE_CHECKING:
    from ..fresh import Fresh

_HEIGHTS = {(5, 6): 2, (7, 9): 7, (10, 14): 7, (15, 24): 5, (25, 48): 2}
_KINDS = {"face": 74, "pixels": 9, "dots": 4, "hand": 3, "foreign": 5,
          "nothing": 5}
_LEAST_CONTRAST, _OVER_NOISE = 22, 2.2
_TRIES = 6
_CROSSED = .4


def _face_cover(rng: np.random.Generator, face: Font, height: int,
                text: str) -> np.ndarray:
    font = load(face, max(5, round(height * rng.uniform(1.25, 1.5))))
    spread = int(rng.integers(1, max(2, height // 5 + 1))) if (
        rng.random() < .08) else 0
    smooth = rng.random() < .65
    if not spread:
        left, top, right, bottom = map(round, font.getbbox(text))
        image = Image.new("L", (right - min(left, 0) + 4,
                                bottom - min(top, 0) + 4))
        draw = ImageDraw.Draw(image)
        draw.fontmode = "L" if smooth else "1"
        draw.text((2 - min(left, 0), 2 - min(top, 0)), text, 255, font)
        return np.asarray(image, np.float32) / 255
    width = round(font.getlength(text)) + spread * len(text) + 2 * height + 4
    image = Image.new("L", (width, 3 * height + 8))
    draw = ImageDraw.Draw(image)
    x = float(height)
    for char in text:
        draw.text((x, 2), char, 255, font)
        x += font.getlength(char) + spread
    return np.asarray(image, np.float32) / 255


def _pixel_cover(rng: np.random.Generator, height: int, text: str,
                 dots: bool) -> tuple[np.ndarray, str]:
    face = pick(rng, pixel_letters.PIXEL_FACES["train"])
    text = pixel_letters.spelt(face, text)
    drawn = pixel_letters.pixels(face, text)
    scale = max(1, round(height / face.height))
    if dots:
        return pixel_letters.dotted(drawn, max(2, scale),
                                    rng.uniform(.75, 1.05)), text
    return pixel_letters.enlarged(drawn, scale), text


def _foreign(rng: np.random.Generator) -> tuple[str, str]:
    script = pick(rng, tuple(BLOCKS))
    low, high = BLOCKS[script]
    letters = [chr(code) for code in rng.integers(low, high + 1, 24)
               if unicodedata.category(chr(int(code))).startswith("L")]
    count = int(rng.integers(2, 12))
    text = "".join(letters[:count])
    at = int(rng.integers(1, max(2, len(text))))
    return script, f"{text[:at]} {text[at:]}".strip()


def _cover(rng: np.random.Generator, kind: str) -> tuple[np.ndarray, str]:
    """Returns the cover of a line's letters, in [0, 1], cut to what is drawn,
    and what it says."""
    low, high = choose(rng, _HEIGHTS)
    height = int(rng.integers(low, high + 1))
    text = random_text(rng)
    if kind in ("pixels", "dots"):
        cover, text = _pixel_cover(rng, height, text, kind == "dots")
    elif kind == "hand":
        face = pick(rng, faces.FACES["train"]["handwriting"])
        cover, _, text = handwriting.written(rng, face, max(12, height), text)
    elif kind == "foreign":
        script, text = _foreign(rng)
        face = pick(rng, faces.FACES["train"][script])
        cover = faces.written(face, max(10, round(1.4 * height)), text, script,
                              True)
    else:
        face = pick(rng, faces.FACES["train"]["latin"])
        text = faces.spelt(face, text)
        cover = _face_cover(rng, face, height, text) if text else np.zeros(
            (0, 0), np.float32)
    cover = faces.cropped(cover) if cover.size else cover
    if rng.random() < .25 and cover.size:  # Condensed or wide, or slanted.
        wide = max(1, round(cover.shape[1] * rng.uniform(.8, 1.25)))
        cover = cv2.resize(cover, (wide, cover.shape[0]),
                           interpolation=cv2.INTER_AREA)
    return cover, text


def _ground(rng: np.random.Generator, pictures: Fresh[Picture],
            shape: tuple[int, int]) -> np.ndarray:
    """Returns a part of a picture in which no line lies, as RGB; flat where
    none is found."""
    rows, columns = shape
    for _ in range(_TRIES):
        picture = pictures.next(rng)
        free_rows = picture.pixels.shape[0] - rows
        free_columns = picture.pixels.shape[1] - columns
        if min(free_rows, free_columns) < 0:
            continue
        y = int(rng.integers(0, free_rows + 1))
        x = int(rng.integers(0, free_columns + 1))
        if any(line.corners[:, 0].min() < x + columns
               and line.corners[:, 0].max() > x
               and line.corners[:, 1].min() < y + rows
               and line.corners[:, 1].max() > y for line in picture.lines):
            continue
        part = picture.pixels[y:y + rows, x:x + columns]
        return in_colour(part).astype(np.float32)
    return np.full((rows, columns, 3), rng.uniform(0, 255), np.float32)


def _colour(rng: np.random.Generator) -> np.ndarray:
    if rng.random() < .25:
        return rng.uniform(0, 255, 3).astype(np.float32)
    return np.full(3, choose(rng, {255: 3, 0: 1, float(rng.uniform(0, 255)): 6}),
                   np.float32)


def _ink(rng: np.random.Generator, behind: np.ndarray) -> np.ndarray | None:
    mean, noise = behind.mean((0, 1)), behind.std((0, 1)).max()
    for _ in range(_TRIES):
        ink = _colour(rng)
        if abs(ink - mean).max() >= max(_LEAST_CONTRAST, _OVER_NOISE * noise):
            return ink
    return None


def _paint(rng: np.random.Generator, part: np.ndarray, cover: np.ndarray,
           ink: np.ndarray) -> None:
    """Paints letters, outlined or shaded now and then, or as a veil."""
    look = rng.random()
    if look < .12:
        rim = cv2.dilate(cover, np.ones((3, 3)))
        halo = np.where(ink > 128, 0, 255).astype(np.float32)
        part += rim[:, :, None] * (halo - part)
    elif look < .17:
        shade = np.roll(cover, (1, 1), (0, 1))
        part *= 1 - shade[:, :, None]
    alpha = rng.uniform(.55, 1) if rng.random() < .15 else 1
    part += alpha * cover[:, :, None] * (ink - part)


def _neighbour(rng: np.random.Generator, pixels: np.ndarray, top: int,
               bottom: int, ink: np.ndarray) -> None:
    """Writes another line close above or below the one between the rows."""
    cover, _ = _cover(rng, "face")
    gap = int(rng.integers(2, 5))
    if not cover.size:
        return
    y = top - gap - cover.shape[0] if rng.random() < .5 else bottom + gap
    x = int(rng.integers(-5, 20))
    first, last = max(0, y), min(pixels.shape[0], y + cover.shape[0])
    left, right = max(0, x), min(pixels.shape[1], x + cover.shape[1])
    if first < last and left < right:
        piece = cover[first - y:last - y, left - x:right - x, None]
        pixels[first:last, left:right] += piece * (
            ink - pixels[first:last, left:right])


def _with_jpeg(rng: np.random.Generator, pixels: np.ndarray) -> np.ndarray:
    quality = int(rng.integers(35, 95))
    _, packed = cv2.imencode(".jpg", pixels,
                             [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def random_patch(rng: np.random.Generator,
                 pictures: Fresh[Picture]) -> Patch | None:
    """Returns a line on a ground, or a ground alone; None where no ink could
    be seen on it."""
    kind = choose(rng, _KINDS)
    cover, text = _cover(rng, "face" if kind == "nothing" else kind)
    if not cover.size:
        return None
    rows, columns = cover.shape
    room = max(4, rows)
    pixels = _ground(rng, pictures, (rows + 2 * room, columns + 2 * room))
    corners = np.float32([[room, room], [room + columns, room],
                          [room + columns, room + rows], [room, room + rows]])
    if kind == "nothing":
        return Patch(pixels.astype(np.uint8), corners, "")
    part = pixels[room:room + rows, room:room + columns]
    if rng.random() < .15:
        margin = int(rng.integers(1, room))
        box = pixels[room - margin:room + rows + margin,
                     room - margin:room + columns + margin]
        box += rng.choice([1, .6]) * (_colour(rng) - box)
    ink = _ink(rng, part)
    if ink is None:
        return None
    if rng.random() < _CROSSED:
        pixels = np.ascontiguousarray(pixels)
        for _ in range(1 + (rng.random() < .3)):
            clutter.add(rng, pixels, rows, ink)
        part = pixels[room:room + rows, room:room + columns]
    _paint(rng, part, cover, ink)
    if rng.random() < .2:
        _neighbour(rng, pixels, room, room + rows, ink)
    shown = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
    if rng.random() < .2:
        shown = _with_jpeg(rng, shown)
    return Patch(shown, corners, spelt(text))
