"""How much of the text a network's maps cover, and what else they mark."""

from __future__ import annotations

import numpy as np

from ..pictures import Picture
from . import crops, looks
from .marks import SURE, marks, text_map
from .network import TextMaps

THRESHOLDS = (.05, .1, .2, .3, .5, .7, .85)
# A line is covered when so much of its core is.
ENOUGH = .5
# A clean picture is marked when so many points of it are.
_POINTS = 4


def _covered(chance: np.ndarray, picture: Picture) -> list[np.ndarray]:
    """Returns for each legible line by threshold whether it is covered."""
    covered = []
    for line in picture.lines:
        if crops.is_known(line):
            core = crops.core_of(picture, line)
            covered.append(np.array([
                core.any() and (chance[core] >= t).mean() >= ENOUGH
                for t in THRESHOLDS]))
    return covered


def evaluate(network: TextMaps, pictures: list[Picture]) -> dict:
    """Returns by threshold: the share of lines covered, of pictures with text
    where some line is, of clean pictures with anything; and of clean pictures
    with something that is taken for text even if nobody can read it. Pictures
    are looked at as the detector does, once or twice."""
    lines, images, clean, sure = [], [], [], []
    for picture in pictures:
        covered, marked, is_sure = [], np.zeros(len(THRESHOLDS), bool), False
        for scale in looks.scales(picture):
            shown = looks.padded(looks.scaled(picture, scale))
            chance = text_map(network, shown.pixels)
            here = _covered(chance, shown)
            covered = [one | other for one, other in zip(
                covered or here, here, strict=True)]
            marked |= [(chance >= t).sum() >= _POINTS for t in THRESHOLDS]
            is_sure |= any(mark.is_sure for mark in marks(chance, SURE))
        lines += covered
        if covered:
            images.append(np.any(covered, axis=0))
        elif not picture.lines:
            clean.append(marked)
            sure.append(is_sure)
    return {"thresholds": THRESHOLDS, "lines": len(lines),
            "pictures": len(images), "clean": len(clean),
            "line_recall": np.mean(lines, 0).round(4).tolist(),
            "sensitivity": np.mean(images, 0).round(4).tolist(),
            "clean_marked": np.mean(clean, 0).round(4).tolist(),
            "clean_sure": round(float(np.mean(sure)), 4)}
