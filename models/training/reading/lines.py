"""Cut-outs of lines as the reader is given them: upright, 32 rows high, with
the margins and slips of a detector's box."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

ROWS = 32
LONGEST = 640
# How far a box may reach beyond its line, as a part of the line's height:
# above and below, and at both ends. Below zero it cuts the line.
_ACROSS, _ALONG = (-.07, .32), (-.08, .7)


@dataclass(frozen=True)
class Patch:
    """`pixels` (rows, columns, 3), 8 bit, hold a line and what is around it.
    `corners` are the line's, as in `pictures.Line`; `text` is `spelt`, empty
    where nothing is to be read."""

    pixels: np.ndarray
    corners: np.ndarray
    text: str


@dataclass(frozen=True)
class CutOut:
    """`pixels` (ROWS, columns, 3), 8 bit."""

    pixels: np.ndarray
    text: str


def _upright(pixels: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Returns the quadrilateral as a rectangle, shrunk first where it is much
    higher than the reader needs, lest letters alias."""
    along = np.hypot(*(corners[1] - corners[0]))
    height = max(1.0, np.hypot(*(corners[3] - corners[0])))
    columns = int(np.clip(round(ROWS * along / height), 4, LONGEST))
    shrink = height / ROWS
    target = np.float32([[0, 0], [columns, 0], [columns, ROWS]])
    if shrink > 1.5:
        whole = (max(1, round(along)), max(1, round(height)))
        flat = cv2.warpAffine(
            pixels, cv2.getAffineTransform(
                corners[:3].astype(np.float32),
                np.float32([[0, 0], [whole[0], 0], whole])), whole,
            borderMode=cv2.BORDER_CONSTANT)
        return cv2.resize(flat, (columns, ROWS), interpolation=cv2.INTER_AREA)
    matrix = cv2.getAffineTransform(corners[:3].astype(np.float32), target)
    return cv2.warpAffine(pixels, matrix, (columns, ROWS),
                          flags=cv2.INTER_LINEAR,
                          borderMode=cv2.BORDER_CONSTANT)


def _slipped(rng: np.random.Generator, corners: np.ndarray) -> np.ndarray:
    """Returns the corners of a box that a detector might give."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = np.hypot(*along), np.hypot(*down)
    x, y = along / max(length, 1e-6) * height, down / max(height, 1e-6) * height
    room = rng.uniform(_ACROSS[0], _ACROSS[1])
    above, below = np.clip(room + rng.normal(0, .05, 2), *_ACROSS)
    left, right = np.clip(room + rng.normal(.05, .12, 2), *_ALONG)
    turn = rng.normal(0, .012) * length / max(height, 1) if (
        rng.random() < .3) else 0.0
    turn = float(np.clip(turn, -.15, .15))
    slip = np.float32([-left * x - above * y - turn * y,
                       right * x - above * y + turn * y,
                       right * x + below * y + turn * y,
                       -left * x + below * y - turn * y])
    return np.float32(corners) + slip


def _worn(rng: np.random.Generator, pixels: np.ndarray) -> np.ndarray:
    """Changes brightness and adds what cameras, films and codecs add."""
    values = pixels.astype(np.float32)
    if rng.random() < .35:
        values = 255 - values
    if rng.random() < .4:
        values = (values - 128) * rng.uniform(.35, 1.3) + 128 + rng.uniform(
            -50, 50)
    if rng.random() < .15:
        values = 255 * (np.clip(values, 0, 255) / 255) ** np.exp(
            rng.uniform(-.6, .6))
    if rng.random() < .2:
        values += rng.normal(0, rng.uniform(1, 9), values.shape[:2])[..., None]
    if rng.random() < .12:
        values = cv2.GaussianBlur(values, (0, 0), float(rng.uniform(.4, 1.1)))
    values = np.clip(values, 0, 255).astype(np.uint8)
    if rng.random() < .06:
        values = values[:, :, rng.permutation(3)]
    return values


def cut_out(rng: np.random.Generator, patch: Patch) -> CutOut:
    """Returns a line as one of many boxes around it would show it. Now and
    then it stands on its head or in a mirror: then nothing is to be read,
    unless it would read as well that way."""
    corners, text = _slipped(rng, patch.corners), patch.text
    if text and rng.random() < .04 and not _reads_turned(text):
        corners = (corners[[2, 3, 0, 1]] if rng.random() < .6
                   else corners[[1, 0, 3, 2]])
        text = ""
    return CutOut(_worn(rng, _upright(patch.pixels, corners)), text)


def plain_cut_out(patch: Patch, room: float = .12) -> CutOut:
    """Returns a line with an even margin, unchanged: what is measured on."""
    corners = patch.corners
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = np.hypot(*along), np.hypot(*down)
    x = along / max(length, 1e-6) * height * room
    y = down / max(height, 1e-6) * height * room
    grown = np.float32(corners) + np.float32([-x - y, x - y, x + y, y - x])
    return CutOut(_upright(patch.pixels, grown), patch.text)


_BOTH_WAYS = frozenset("01689HINOSXZAMTUVWYloszxiuvwbdpqn -./:=+|'\",_*")


def _reads_turned(text: str) -> bool:
    """Tells whether a line could be read from the other side as well."""
    return sum(char not in _BOTH_WAYS for char in text) < 2
