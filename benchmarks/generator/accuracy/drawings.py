"""A line of text or a barcode as layers of coverage, upright and not placed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from ..fonts import Font
from ..seeds import pick
from . import faces, handwriting, pixel_letters


@dataclass(frozen=True)
class Drawing:
    """All layers have one shape; each is coverage in [0, 1].

    `plate` is painted first, then `halo`, then `ink`; None leaves a layer out.
    `starts` are the characters' left ends as parts of the width, 1 behind the
    last; empty where nobody asks. `margin` is the empty border around the ink.
    `smallest_px` is the height from which such letters can be read.
    """

    text: str
    ink: np.ndarray
    height_px: int
    font: str | None
    halo: np.ndarray | None = None
    plate: np.ndarray | None = None
    starts: tuple[float, ...] = ()
    margin: int = 0
    smallest_px: int = 7


@dataclass(frozen=True)
class Pen:
    """What all lines of a block are drawn with."""

    style: str
    script: str
    height_px: int
    split: str
    face: Font
    pixel_face: pixel_letters.PixelFace
    smooth: bool
    frame_only: bool   # boxed: a frame line instead of a filled box
    hollow: bool       # outlined: only the outline is drawn


def choose_pen(rng: np.random.Generator, style: str, script: str,
               height_px: int, split: str) -> Pen:
    """Chooses face and details; the height is what the face can come near."""
    group = "handwriting" if style == "handwriting" else script
    known = pixel_letters.PIXEL_FACES[split]
    near = [face for face in known if face.height <= height_px] or known[-1:]
    if style == "dotted":
        near = known[:1]
    return Pen(style, script, height_px, split,
               pick(rng, faces.FACES[split][group]), pick(rng, near),
               bool(rng.random() < .85 or script in ("arabic", "cjk")),
               bool(rng.random() < .35),
               bool(height_px >= 20 and rng.random() < .5))


def _padded(mask: np.ndarray, margin: int) -> np.ndarray:
    return np.pad(mask, margin)


def _grown(mask: np.ndarray, reach: int) -> np.ndarray:
    """Returns coverage widened by `reach` pixels on all sides."""
    image = Image.fromarray(np.rint(mask * 255).astype(np.uint8))
    grown = image.filter(ImageFilter.MaxFilter(2 * reach + 1))
    return np.asarray(grown, np.float32) / 255


def _outlined(mask: np.ndarray, pen: Pen) -> tuple[np.ndarray, ...]:
    """Returns (ink, halo, margin) of letters with an edge."""
    reach = max(1, round(pen.height_px / 14))
    mask = _padded(mask, reach + 1)
    edge = _grown(mask, reach)
    if pen.hollow:
        return np.clip(edge - mask, 0, 1), None, reach + 1
    return mask, edge, reach + 1


def _boxed(mask: np.ndarray, pen: Pen) -> tuple[np.ndarray, np.ndarray, int]:
    """Returns (ink, plate, margin): a filled box, or a frame around."""
    gap = max(2, pen.height_px // 3)
    mask = _padded(mask, gap)
    plate = np.ones_like(mask)
    if pen.frame_only:
        line = max(1, pen.height_px // 14)
        plate[line:-line, line:-line] = 0
    return mask, plate, gap


def _stacked(pen: Pen, text: str, size: int) -> np.ndarray:
    parts = [faces.written(pen.face, size, c, pen.script, pen.smooth)
             for c in text if c != " "]
    gap = max(2, pen.height_px // 4)
    width = max(part.shape[1] for part in parts)
    rows = []
    for part in parts:
        left = (width - part.shape[1]) // 2
        rows += [np.pad(part, ((0, 0), (left, width - part.shape[1] - left))),
                 np.zeros((gap, width), np.float32)]
    return np.vstack(rows[:-1])


def _pixel_drawing(rng: np.random.Generator, pen: Pen, text: str) -> Drawing:
    face = pen.pixel_face
    text = pixel_letters.spelt(face, text)
    drawn = pixel_letters.pixels(face, text)
    scale = max(1, round(pen.height_px / face.height))
    smallest = 7
    if pen.style == "dotted":
        scale = max(2, scale)
        mask = pixel_letters.dotted(drawn, scale, rng.uniform(.75, 1.0))
        smallest = 13
    else:
        mask = pixel_letters.enlarged(drawn, scale)
    return Drawing(text, mask, face.height * scale, face.name,
                   smallest_px=smallest)


_SMALLEST = {"cjk": 12, "arabic": 10}


def draw(rng: np.random.Generator, pen: Pen, text: str) -> Drawing:
    """Draws one line. Its text may differ from `text` in the characters that
    the face has not."""
    if pen.style in ("dotted", "bitmap"):
        return _pixel_drawing(rng, pen, text)
    if pen.style == "handwriting":
        return handwriting_drawing(rng, pen, text)
    text = faces.spelt(pen.face, text)
    size = faces.size_for(pen.face, pen.height_px, pen.script)
    height = faces.letter_height(pen.face, size, pen.script)
    name = pen.face.path.rsplit("/", 1)[-1]
    smallest = _SMALLEST.get(pen.script, 7)
    if pen.style == "stacked":
        text = text.replace(" ", "").upper()
        return Drawing(text, _stacked(pen, text, size), height, name,
                       smallest_px=smallest)
    mask = faces.written(pen.face, size, text, pen.script, pen.smooth)
    if pen.style == "outlined":
        ink, halo, margin = _outlined(mask, pen)
        return Drawing(text, ink, height, name, halo=halo, margin=margin,
                       smallest_px=smallest)
    if pen.style == "boxed":
        ink, plate, margin = _boxed(mask, pen)
        return Drawing(text, ink, height, name, plate=plate, margin=margin,
                       smallest_px=smallest)
    starts = ()
    if pen.style == "cut" and faces.script_of(text) != "arabic":
        starts = tuple(faces.starts(pen.face, size, text))
    return Drawing(text, mask, height, name, starts=starts,
                   smallest_px=smallest)


def handwriting_drawing(rng: np.random.Generator, pen: Pen,
                        text: str) -> Drawing:
    """Draws a line as a hand writes it on a film's label."""
    mask, height, text = handwriting.written(rng, pen.face, pen.height_px, text)
    return Drawing(text, mask, height, pen.face.path.rsplit("/", 1)[-1],
                   smallest_px=9)
