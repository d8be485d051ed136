"""What one image of the accuracy profile shows; the shares are here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..scenes import MODALITY_BACKGROUNDS, Scene, random_scene
from ..seeds import choose, pick
from . import decoys
from .grounds import PLAIN

STYLES = {"plain": 30, "outlined": 9, "boxed": 9, "translucent": 9,
          "dotted": 7, "bitmap": 8, "handwriting": 7, "stacked": 6, "cut": 7,
          "barcode": 8}
ORIENTATIONS = {0: 52, 90: 16, 180: 16, 270: 16}
SCRIPTS = {"latin": 60, "cyrillic": 10, "greek": 10, "arabic": 10, "cjk": 10}
MIRRORED_SHARE, SKEWED_SHARE = .12, .22
# How hard an image's first block is to see: legible, fainter, smaller.
CLARITY = {"clear": 84, "faint": 10, "tiny": 6}
_HEIGHTS = {(7, 9): 16, (10, 15): 34, (16, 24): 24, (25, 40): 14,
            (41, 80): 7, (81, 200): 5}
_CONTRASTS = {(40, 60): 20, (61, 120): 30, (121, 250): 50}
_LONGEST_SIDES = {128: 4, 192: 6, 256: 22, 320: 12, 384: 15, 512: 24, 640: 8,
                  768: 6, 1024: 2, 1536: .5, 2048: .5}
_SHAPES = {(1, 1): 5, (3, 4): 2, (4, 3): 2, (4, 5): 1}
_SYNTAXES = {"explicit": 62, "implicit": 20, "jpeg-pillow": 12, "deflated": 1,
             "big-endian": 2, "jpeg-lossless": 1, "jpeg-ls": 1, "rle": 1}
# Smallest height at which a style or script can be drawn so that one reads it.
_SMALLEST = {"handwriting": 13, "dotted": 14, "arabic": 11, "cjk": 13,
             "outlined": 9}
_LARGEST = {"stacked": 40}
_WITH_SCRIPTS = ("plain", "outlined", "boxed", "translucent", "cut")


@dataclass(frozen=True)
class Look:
    """How one block of lines is written. `contrast` is a part of the range of
    inks, in [0, 1]; a `clear` block is meant to be legible."""

    style: str
    script: str
    orientation: int
    mirrored: bool
    skew_degrees: float
    height_px: int
    contrast: float
    clear: bool
    lines: int


@dataclass(frozen=True)
class Case:
    """`ground` names an entry of the stock, or is "real" for one of the frames
    the caller has. `jpeg_quality` is None where JPEG never touched it."""

    scene: Scene
    ground: str
    looks: tuple[Look, ...]
    decoys: tuple[str, ...]
    jpeg_quality: int | None


def of_split(rng: np.random.Generator, low: int, high: int,
             split: str) -> int:
    """Returns a whole number in [low, high]: odd in the test split, even in
    the train split, so that neither knows the other's."""
    number = int(rng.integers(low, high + 1))
    if number % 2 != (split == "test"):
        number += 1 if number < high else -1
    return number


def _height(rng: np.random.Generator, style: str, script: str, clarity: str,
            split: str, side: int) -> int:
    if clarity == "tiny":
        return of_split(rng, 4, 6, split)
    low, high = choose(rng, _HEIGHTS)
    smallest = max(_SMALLEST.get(style, 7), _SMALLEST.get(script, 7))
    high = min(high, _LARGEST.get(style, 200), max(12, side // 5))
    low, high = max(smallest, min(low, high)), max(high, smallest + 3)
    return of_split(rng, low, high, split)


def _contrast(rng: np.random.Generator, clarity: str, split: str) -> float:
    low, high = (6, 34) if clarity == "faint" else choose(rng, _CONTRASTS)
    return of_split(rng, low, high, split) / 255


def _look(rng: np.random.Generator, split: str, clarity: str, side: int,
          style: str, orientation: int, mirrored: bool,
          script: str | None = None) -> Look:
    if clarity == "tiny":
        style = pick(rng, ("plain", "bitmap"))
    script = script or choose(rng, SCRIPTS)
    if style not in _WITH_SCRIPTS or clarity == "tiny":
        script = "latin"
    if style == "stacked":
        orientation = 0
    height = _height(rng, style, script, clarity, split, side)
    skewed = rng.random() < SKEWED_SHARE and style != "stacked"
    skew = round(float(rng.uniform(-15, 15)), 1) if skewed else 0.0
    # Several lines of one block are many in half of the blocks only.
    lines = 1 if style in ("cut", "barcode") else int(
        choose(rng, {1: 3, 2: 3, 3: 2, 4: 2}))
    return Look(style, script, orientation, mirrored, skew, height,
                _contrast(rng, clarity, split), clarity == "clear", lines)


def _looks(rng: np.random.Generator, split: str,
           side: int) -> tuple[Look, ...]:
    """Chooses the blocks of an image; the first one decides how they turn
    and in which script the patient is named."""
    mirrored = bool(rng.random() < MIRRORED_SHARE)
    orientation = choose(rng, ORIENTATIONS)
    looks = [_look(rng, split, choose(rng, CLARITY), side,
                   choose(rng, STYLES), orientation, mirrored)]
    for _ in range(int(choose(rng, {0: 60, 1: 30, 2: 10}))):
        turned = orientation if rng.random() < .7 else choose(
            rng, ORIENTATIONS)
        looks.append(_look(rng, split, "clear", side,
                           choose(rng, {"plain": 3, "boxed": 1}), turned,
                           mirrored, looks[0].script))
    return tuple(looks)


def _syntax(rng: np.random.Generator, scene: Scene) -> str:
    shares = dict(_SYNTAXES)
    if scene.bits_stored > 8 or scene.colour == "palette":
        del shares["jpeg-pillow"]
    if scene.colour == "palette":
        for name in ("big-endian", "jpeg-lossless", "jpeg-ls"):
            del shares[name]
    return choose(rng, shares)


def _ground(rng: np.random.Generator, scene: Scene, split: str,
            real_share: float) -> str:
    if rng.random() < real_share:
        return "real"
    # Three brightnesses cannot carry the header's window of CT.
    if scene.modality != "CT" and rng.random() < .12:
        return pick(rng, tuple(PLAIN[split]))
    return choose(rng, MODALITY_BACKGROUNDS[scene.modality])


def _chosen_decoys(rng: np.random.Generator,
                   with_text: bool) -> tuple[str, ...]:
    shares = ({0: 55, 1: 30, 2: 15} if with_text
              else {0: 15, 1: 30, 2: 30, 3: 25})
    count = int(choose(rng, shares))
    order = rng.permutation(len(decoys.NAMES))[:count]
    return tuple(decoys.NAMES[i] for i in order)


def random_case(rng: np.random.Generator, index: int, split: str,
                real_share: float = 0.0) -> Case:
    """Draws the case of image `index`: with text when it is even, else clean.

    `real_share` of the images have a real frame below.
    """
    with_text = index % 2 == 0
    # The default profile's scenes have every modality, depth and polarity.
    scene = random_scene(rng)
    longest = int(choose(rng, _LONGEST_SIDES))
    looks = _looks(rng, split, longest) if with_text else ()
    if looks and looks[0].height_px > 40:
        longest = max(longest, min(1024, 8 * looks[0].height_px // 64 * 64))
    text = "none" if not with_text else str(
        choose(rng, {"identifying": 80, "benign": 20}))
    if text == "benign":
        looks = tuple(replace(look, script="latin") for look in looks)
    down, across = choose(rng, _SHAPES)
    scene = replace(
        scene, rows=longest * down // max(down, across),
        columns=longest * across // max(down, across), frames=1,
        text_frames=None, group=None, says=(), burned_in=None,
        ink="in-window" if scene.modality in ("CT", "MR") else "normal",
        text=text)
    name = _ground(rng, scene, split, real_share)
    scene = replace(scene, background=name, syntax=_syntax(rng, scene))
    quality = None
    if scene.syntax == "jpeg-pillow" or (
            scene.bits_stored <= 8 and scene.colour != "palette"
            and rng.random() < .15):
        small = looks and min(look.height_px for look in looks) < 12
        quality = int(rng.integers(70 if small else 45, 96))
    return Case(scene, name, looks, _chosen_decoys(rng, with_text), quality)
