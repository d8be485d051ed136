"""Lines cut out of generated samples, and parts of clean ones."""

from __future__ import annotations

import numpy as np

from benchmarks.generator.accuracy.compose import make_accuracy_sample
from benchmarks.generator.seeds import stream
from benchmarks.generator.truth import truth_entry

from .. import more_faces
from ..pictures import Picture, in_colour, views
from .alphabet import spelt
from .lines import Patch

# Lower and fainter lines are not for the reader to guess at.
_LEAST_HEIGHT, _LEAST_CONTRAST = 5, 28 / 255
_NOTHINGS = 2


def _part(picture: Picture, corners: np.ndarray) -> tuple[np.ndarray,
                                                          np.ndarray]:
    """Returns the pixels around a line, black beyond the picture, and its
    corners there."""
    height = min(np.hypot(*(corners[3] - corners[0])),
                 np.hypot(*(corners[1] - corners[0])))
    low = np.floor(corners.min(0) - .9 * height).astype(int)
    high = np.ceil(corners.max(0) + .9 * height).astype(int)
    pixels = in_colour(picture.pixels)
    limit = np.array(pixels.shape[1::-1])
    inner_low, inner_high = np.clip(low, 0, limit), np.clip(high, 0, limit)
    part = np.zeros((*(high - low)[::-1], 3), np.uint8)
    (x, y), (right, bottom) = inner_low - low, inner_high - low
    part[y:bottom, x:right] = pixels[inner_low[1]:inner_high[1],
                                     inner_low[0]:inner_high[0]]
    return part, np.float32(corners - low)


def _nothing(rng: np.random.Generator, picture: Picture) -> Patch:
    rows, columns = picture.pixels.shape[:2]
    height = float(rng.uniform(7, min(48, rows / 2)))
    length = float(np.clip(height * np.exp(rng.uniform(0, 2.5)), height,
                           columns - 1))
    x, y = rng.uniform(0, columns - length), rng.uniform(0, rows - height)
    corners = np.float32([[x, y], [x + length, y], [x + length, y + height],
                          [x, y + height]])
    return Patch(*_part(picture, corners), "")


def patches(seed: int, index: int, split: str) -> list[Patch]:
    """Returns the lines of one sample, or parts of it where it has none."""
    sample = make_accuracy_sample(seed, index, split)
    entry = truth_entry(sample, "")
    rng = stream(seed, "nothing", index)
    found = []
    for picture in views(sample):
        if not entry["lines"]:
            found += [_nothing(rng, picture) for _ in range(_NOTHINGS)]
        for known, line in zip(entry["lines"], picture.lines, strict=True):
            corners = line.corners
            height = np.hypot(*(corners[3] - corners[0]))
            if (known["style"] in ("stacked", "barcode") or not line.legible
                    or line.contrast < _LEAST_CONTRAST
                    or known["visible"] < 1 or height < _LEAST_HEIGHT):
                continue
            found.append(Patch(*_part(picture, corners), spelt(known["text"])))
    return found


def of_train(seed: int, index: int) -> list[Patch]:
    """Returns the patches of a sample of the train split."""
    more_faces.add()
    return patches(seed, index, "train")
