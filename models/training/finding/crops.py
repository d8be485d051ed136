"""Crops of pictures, changed at random, with the maps a network is to give."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from ..pictures import Line, Picture
from . import labels, looks

# Sides of the maps are this part of the crop's.
MAP_STEP = 2
# What a line's core leaves out at its edges, as a part of its height.
CORE_INSET = .18
# Lines that are lower or fainter than this are neither text nor ground.
_LEAST_HEIGHT, _LEAST_CONTRAST = 4.5, 22 / 255
# On reduced pictures these are for the first look to find.
_LEAST_REDUCED_HEIGHT = 12
# The contrast from which the generator calls lines legible.
LEGIBLE_CONTRAST = 35 / 255
# Share of the crops that get labels of their own.
_LABELLED = .35
# Share of the crops of small pictures that are doubled, as the detector shows
# them.
_DOUBLED = .6
# Values of the map `kind`: ground, neither, text, text with a direction
# (0, 90, 180, 270 degrees; then the same mirrored).
GROUND, NEITHER, TEXT, FIRST_TURN = 0, 1, 2, 3


@dataclass(frozen=True)
class Crop:
    """`pixels` (3, side, side) in [0, 255]; `kind` (side/2, side/2)."""

    pixels: np.ndarray
    kind: np.ndarray


def _turn_of(corners: np.ndarray) -> int:
    """Returns 0..3 for the reading direction, 4..7 when mirrored."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    turn = round(np.degrees(np.arctan2(along[1], along[0])) / 90) % 4
    return turn + 4 * bool(along[0] * down[1] - along[1] * down[0] < 0)


def inset(corners: np.ndarray, by: float) -> np.ndarray:
    """Returns a rectangle with its sides moved inwards by a part of its
    height."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = np.hypot(*along), np.hypot(*down)
    step = min(length, height) * by
    x, y = along / max(length, 1e-6) * step, down / max(height, 1e-6) * step
    return corners + np.float32([x + y, y - x, -x - y, x - y])


def fill(kind: np.ndarray, corners: np.ndarray, value: int) -> None:
    """Gives the points of a map within a rectangle of the crop a value."""
    # Sub-pixel corners, four binary digits, on the map's own grid.
    points = np.rint((corners / MAP_STEP - .25) * 16).astype(np.int32)
    cv2.fillPoly(kind, [points], value, cv2.LINE_8, 4)


def _height(corners: np.ndarray) -> float:
    return min(np.hypot(*(corners[3] - corners[0])),
               np.hypot(*(corners[1] - corners[0])))


def is_known(line: Line) -> bool:
    """Whether a line is one that has to be seen."""
    return line.legible and line.contrast >= LEGIBLE_CONTRAST


def core_of(picture: Picture, line: Line) -> np.ndarray:
    """Returns which points of a map of `picture` are the core of `line`."""
    return kinds([(line, line.corners, line.contrast)],
                 picture.pixels.shape[:2]) >= TEXT


def kinds(lines: list[tuple[Line, np.ndarray, float]], side: tuple[int, int],
          least_height: float = _LEAST_HEIGHT) -> np.ndarray:
    """Returns the map of `lines`, each with its corners and contrast here, for
    a crop of side = (rows, columns). Lower lines are neither text nor
    ground."""
    kind = np.zeros((side[0] // MAP_STEP, side[1] // MAP_STEP), np.uint8)
    for line, corners, contrast in lines:
        height = _height(corners)
        if (not line.legible or height < least_height
                or contrast < _LEAST_CONTRAST):
            fill(kind, inset(corners, -.15), NEITHER)
    for line, corners, contrast in lines:
        height = _height(corners)
        if (line.legible and height >= least_height
                and contrast >= _LEAST_CONTRAST):
            value = FIRST_TURN + _turn_of(corners) if line.turns else TEXT
            fill(kind, inset(corners, CORE_INSET), value)
    return kind


def _hard_line(rng: np.random.Generator, picture: Picture) -> Line:
    """Returns a line, the more likely the lower and the fainter it is."""
    shares = np.array([1 / max(1, _height(line.corners) * line.contrast)
                       for line in picture.lines])
    return picture.lines[rng.choice(len(shares), p=shares / shares.sum())]


def _focus(rng: np.random.Generator, picture: Picture) -> np.ndarray:
    """Returns the point of the picture that a crop is to show."""
    if picture.lines and rng.random() < .8:
        corners = _hard_line(rng, picture).corners
        at = rng.random()
        return corners[0] * (1 - at) + corners[2] * at
    rows, columns = picture.pixels.shape[:2]
    return np.array([rng.uniform(0, columns), rng.uniform(0, rows)])


def _transform(rng: np.random.Generator, picture: Picture, side: int,
               scale: float, focus: np.ndarray) -> np.ndarray:
    """Returns the 2 x 3 matrix from the picture to a random crop."""
    rows, columns = picture.pixels.shape[:2]
    turn = np.radians(90 * rng.integers(4) + (
        rng.uniform(-4, 4) if rng.random() < .2 else 0))
    flip = -1 if rng.random() < .15 else 1
    linear = scale * np.array([[np.cos(turn) * flip, -np.sin(turn)],
                               [np.sin(turn) * flip, np.cos(turn)]])
    target = np.array([rng.uniform(.1, .9), rng.uniform(.1, .9)]) * side
    moved = linear @ focus
    # Whatever fits stays inside, as the pipeline shows pictures.
    spread = np.abs(linear) @ np.array([columns, rows])
    centre = linear @ np.array([columns / 2, rows / 2])
    low, high = centre - spread / 2, centre + spread / 2
    shift = target - moved
    shift = np.clip(shift, np.minimum(16 - low, side - 16 - high),
                    np.maximum(16 - low, side - 16 - high))
    return np.hstack([linear, shift[:, None]])


def _tones(rng: np.random.Generator,
           pixels: np.ndarray) -> tuple[np.ndarray, float]:
    """Changes brightness; returns the pixels and how contrast changed."""
    gain = 1.0
    values = pixels.astype(np.float32)
    if rng.random() < .3:
        values = 255 - values
    if rng.random() < .4:
        gain = float(rng.uniform(.5, 1.3))
        values = (values - 128) * gain + 128 + rng.uniform(-40, 40)
        gain = min(gain, 1.0)
    if rng.random() < .25:
        gamma = float(np.exp(rng.uniform(-.5, .5)))
        values = 255 * (np.clip(values, 0, 255) / 255) ** gamma
        gain *= .8
    if rng.random() < .25:
        values = values + rng.normal(
            0, rng.uniform(1, 10), values.shape[:2])[:, :, None]
    if rng.random() < .12:
        values = cv2.GaussianBlur(values, (0, 0), float(rng.uniform(.4, .8)))
    values = np.clip(values, 0, 255).astype(np.uint8)
    if rng.random() < .2:
        quality = int(rng.integers(40, 95))
        done, packed = cv2.imencode(
            ".jpg", values, [cv2.IMWRITE_JPEG_QUALITY, quality])
        values = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return values, gain


def _coloured(rng: np.random.Generator,
              pixels: np.ndarray) -> tuple[np.ndarray, float]:
    """Returns three channels and how contrast changed: greys may run from any
    colour to any other, which may be equally bright."""
    if pixels.ndim == 3:
        order = rng.permutation(3) if rng.random() < .5 else range(3)
        return pixels[:, :, list(order)], 1.0
    values = np.repeat(pixels[:, :, None], 3, 2)
    if rng.random() < .8:
        return values, 1.0
    black, white = rng.uniform(0, 255, (2, 3))
    contrast = abs(white - black).max() / 255
    if contrast < .3:
        return values, 1.0
    mixed = black + (white - black) * (values / np.float32(255))
    return np.rint(mixed).astype(np.uint8), float(contrast)


def _crop(rng: np.random.Generator, picture: Picture, side: int, scale: float,
          focus: np.ndarray, least_height: float) -> Crop:
    """Returns a randomly changed part of `picture` around `focus`, at about
    `scale` times its size."""
    matrix = _transform(rng, picture, side, scale, focus)
    scale = np.hypot(*matrix[:, 0])
    shown = picture.pixels
    if scale < .8:  # Lest letters alias.
        shown = cv2.GaussianBlur(shown, (0, 0), .4 / scale)
    pixels = cv2.warpAffine(
        shown, matrix, (side, side),
        flags=cv2.INTER_CUBIC if scale > 1.05 else cv2.INTER_LINEAR)
    pixels, colours = _coloured(rng, pixels)
    pixels, gain = _tones(rng, pixels)
    gain *= colours
    lines = [(line, np.float32(line.corners @ matrix[:, :2].T + matrix[:, 2]),
              line.contrast * gain) for line in picture.lines]
    kind = kinds(lines, (side, side), least_height)
    if rng.random() < _LABELLED:
        pixels = np.ascontiguousarray(pixels)
        drawn = labels.add_labels(rng, pixels, kind, MAP_STEP)
        kind = np.maximum(kind, kinds(drawn, (side, side)))
    return Crop(np.ascontiguousarray(pixels.transpose(2, 0, 1)), kind)


def random_crop(rng: np.random.Generator, picture: Picture, side: int,
                reduced: float = 0) -> Crop:
    """Returns a random, randomly changed part of `picture`; with the chance
    `reduced` as at the detector's look at a reduced one."""
    scale, least_height = 1.0, _LEAST_HEIGHT
    if looks.is_reducible(picture) and rng.random() < reduced:
        picture = looks.scaled(picture, looks.REDUCED)
        least_height = _LEAST_REDUCED_HEIGHT
    elif looks.first_scale(picture) > 1 and rng.random() < _DOUBLED:
        scale = looks.first_scale(picture)
    if rng.random() < .5:
        scale *= np.exp(rng.uniform(np.log(.6), np.log(1.6)))
    return _crop(rng, picture, side, scale, _focus(rng, picture), least_height)


def crop_around(rng: np.random.Generator, picture: Picture, side: int,
                scale: float, place: tuple[float, float]) -> Crop:
    """Returns a randomly changed part of `picture` around the pixel (x, y) of
    `place`, about as it is seen at this scale of a look."""
    focus, least_height = np.array(place), _LEAST_HEIGHT
    if scale < 1:  # Reduced as the detector does it.
        least_height = _LEAST_REDUCED_HEIGHT
        picture, focus, scale = looks.scaled(picture, scale), focus * scale, 1.0
    if rng.random() < .5:
        scale *= np.exp(rng.uniform(np.log(.85), np.log(1.18)))
    return _crop(rng, picture, side, scale, focus, least_height)
