"""Pictures at the sizes at which burntin's detector shows them to a network."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ..pictures import Picture, in_colour
from .network import STRIDE

# Pictures with no side above this are doubled.
SMALL_SIDE = 384
# Every picture that stays large enough is looked at again at this scale, for
# letters higher than a network knows.
REDUCED = 1 / 3
_LEAST_REDUCED_SIDE = 64
# Black pixels around a picture.
BORDER = 16


def _longer(picture: Picture) -> int:
    return max(picture.pixels.shape[:2])


def first_scale(picture: Picture) -> float:
    """Returns the scale of the first look: 1 or 2."""
    return 2.0 if _longer(picture) <= SMALL_SIDE else 1.0


def is_reducible(picture: Picture) -> bool:
    """Whether there is a look at REDUCED."""
    return _longer(picture) * REDUCED >= _LEAST_REDUCED_SIDE


def scales(picture: Picture) -> list[float]:
    """Returns the scales at which a picture is looked at."""
    return [first_scale(picture), *[REDUCED] * is_reducible(picture)]


def scaled(picture: Picture, scale: float) -> Picture:
    """Returns the picture and its lines at another size."""
    if scale == 1:
        return picture
    rows, columns = (max(1, round(length * scale))
                     for length in picture.pixels.shape[:2])
    pixels = cv2.resize(
        picture.pixels, (columns, rows),
        interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA)
    return Picture(pixels, tuple(
        replace(line, corners=line.corners * np.float32(scale))
        for line in picture.lines))


def padded(picture: Picture) -> Picture:
    """Returns the picture as the network is to see it: in colour, on black."""
    pixels = in_colour(picture.pixels)
    rows, columns = (-(-(length + 2 * BORDER) // STRIDE) * STRIDE
                     for length in pixels.shape[:2])
    shown = np.zeros((rows, columns, 3), np.uint8)
    shown[BORDER:BORDER + pixels.shape[0],
          BORDER:BORDER + pixels.shape[1]] = pixels
    return Picture(shown, tuple(
        replace(line, corners=line.corners + np.float32(BORDER))
        for line in picture.lines))
