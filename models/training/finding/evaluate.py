"""How much of the text a network's maps cover."""

from __future__ import annotations

import cv2
import numpy as np
import torch

from ..pictures import Picture, in_colour
from . import crops
from .network import STRIDE, TextMaps, text_of

_SMALL_SIDE, BORDER = 384, 16
THRESHOLDS = (.05, .1, .2, .3, .5, .7)
# A line is covered when so much of its core is.
_ENOUGH = .5


def padded(picture: Picture) -> tuple[np.ndarray, float]:
    """Returns what networks are shown of a picture, and its scale there."""
    pixels, scale = picture.pixels, 1.0
    if max(pixels.shape[:2]) <= _SMALL_SIDE:
        scale = 2.0
        pixels = cv2.resize(pixels, None, fx=2, fy=2,
                            interpolation=cv2.INTER_CUBIC)
    pixels = in_colour(pixels)
    rows, columns = (-(-(length + 2 * BORDER) // STRIDE) * STRIDE
                     for length in pixels.shape[:2])
    shown = np.zeros((rows, columns, 3), np.uint8)
    shown[BORDER:BORDER + pixels.shape[0],
          BORDER:BORDER + pixels.shape[1]] = pixels
    return shown, scale


def text_map(network: TextMaps, shown: np.ndarray) -> np.ndarray:
    """Returns the probability of text at half of the picture's size."""
    values = torch.from_numpy(shown.transpose(2, 0, 1)[None].copy()).float()
    with torch.no_grad():
        return torch.sigmoid(text_of(network(values)))[0].numpy()


def evaluate(network: TextMaps, pictures: list[Picture]) -> dict:
    """Returns by threshold: the share of lines covered, of pictures with text
    where some line is, of clean pictures with anything, and of area."""
    lines, images, clean, area = [], [], [], []
    for picture in pictures:
        shown, scale = padded(picture)
        chance = text_map(network, shown)
        area.append([(chance >= t).mean() for t in THRESHOLDS])
        known = [(line, line.corners * np.float32(scale) + BORDER,
                  line.contrast) for line in picture.lines
                 if line.legible and line.contrast >= 35 / 255]
        covered = []
        for one in known:
            core = crops.kinds([one], shown.shape[:2]) >= crops.TEXT
            if core.any():
                covered.append([(chance[core] >= t).mean() >= _ENOUGH
                                for t in THRESHOLDS])
        lines += covered
        if covered:
            images.append(np.any(covered, axis=0))
        elif not picture.lines:
            clean.append([(chance >= t).sum() >= 4 for t in THRESHOLDS])
    return {"thresholds": THRESHOLDS, "lines": len(lines),
            "pictures": len(images), "clean": len(clean),
            "line_recall": np.mean(lines, 0).round(4).tolist(),
            "sensitivity": np.mean(images, 0).round(4).tolist(),
            "clean_marked": np.mean(clean, 0).round(4).tolist(),
            "area": np.mean(area, 0).round(4).tolist()}
