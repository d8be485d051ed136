"""Hard negatives: marks that look like text to a detector and are none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from . import decoy_marks, decoy_textures
from .inks import tinted

Mark = Callable[[np.random.Generator, ImageDraw.ImageDraw, int, int], None]

# Drawn with lines, in one ink.
MARKS: dict[str, Mark] = {
    "calipers": decoy_marks.calipers,
    "grid": decoy_marks.grid,
    "ticks": decoy_marks.ticks,
    "ecg": decoy_marks.ecg,
    "wires": decoy_marks.wires,
    "catheter": decoy_marks.catheter,
    "staples": decoy_marks.staples,
    "table": decoy_marks.table,
    "arrows": decoy_marks.arrows,
    "ellipses": decoy_marks.ellipses,
    "contours": decoy_marks.contours,
    "crosshair": decoy_marks.crosshair,
    "histogram": decoy_marks.histogram,
    "frames": decoy_marks.frames,
}
# Change the picture below.
TEXTURES: dict[str, decoy_textures.Texture] = {
    "speckle": decoy_textures.speckle,
    "noise": decoy_textures.noise,
    "hatching": decoy_textures.hatching,
    "colour-bar": decoy_textures.colour_bar,
    "bones": decoy_textures.bones,
    "trabeculae": decoy_textures.trabeculae,
    "dust": decoy_textures.dust,
    "scanlines": decoy_textures.scanlines,
}
NAMES = (*MARKS, *TEXTURES)


def _marked(rng: np.random.Generator, name: str, canvas: np.ndarray) -> None:
    rows, columns = canvas.shape[:2]
    image = Image.new("L", (columns, rows))
    MARKS[name](rng, ImageDraw.Draw(image), rows, columns)
    mask = np.asarray(image, np.float32)
    left, top, right, bottom = image.getbbox() or (0, 0, 0, 0)
    part, mask = canvas[top:bottom, left:right], mask[top:bottom, left:right]
    mask = mask * np.float32(rng.uniform(.5, 1) / 255)
    value = 0.0 if rng.random() < .25 else float(rng.uniform(.6, 1))
    if canvas.ndim == 3:
        ink = (tinted(rng, value * 255) / 255 if rng.random() < .6
               else np.full(3, value, np.float32))
        part += mask[:, :, None] * (ink - part)
    else:
        part += mask * (np.float32(value) - part)


def add(rng: np.random.Generator, name: str, canvas: np.ndarray) -> None:
    """Draws a decoy into brightness in [0, 1], (rows, columns[, 3])."""
    if name in MARKS:
        _marked(rng, name, canvas)
    else:
        TEXTURES[name](rng, canvas)
        np.clip(canvas, 0, 1, out=canvas)
