"""Backgrounds of the accuracy profile: a stock of drawn pictures, each used
many times but never alike.

A ground is brightness in [0, 1], float32, (rows, columns[, 3]).
"""

from __future__ import annotations

import functools

import numpy as np
from PIL import Image

from ..backgrounds import BACKGROUNDS, shapes
from ..seeds import stream

# Hounsfield units that are brightness 0 and 1.
CT_LOW, CT_SPAN = -1024.0, 2048.0
VARIANTS, _SIDE = 16, 512


def _flat(rng: np.random.Generator) -> np.ndarray:
    return np.full((_SIDE, _SIDE), rng.choice([0, .02, .5, .93, 1]),
                   np.float32)


def _gradient(rng: np.random.Generator) -> np.ndarray:
    y, x = shapes.grid(_SIDE, _SIDE)
    turn = rng.uniform(0, 6.28)
    return .5 + .35 * (y * np.float32(np.cos(turn))
                       + x * np.float32(np.sin(turn)))


def _cloud(rng: np.random.Generator) -> np.ndarray:
    return .5 + .16 * shapes.cloud(rng, _SIDE, _SIDE, rng.uniform(2, 9))


def _vignette(rng: np.random.Generator) -> np.ndarray:
    y, x = shapes.grid(_SIDE, _SIDE)
    centre = (rng.uniform(-.4, .4), rng.uniform(-.4, .4))
    return .9 - .5 * shapes.radius(y, x, centre, (1.4, 1.1),
                                   rng.uniform(0, 3))


def _mottle(rng: np.random.Generator) -> np.ndarray:
    bumps = shapes.cloud(rng, _SIDE, _SIDE, rng.uniform(3, 12), 3, .8)
    return rng.uniform(.3, .7) + .12 * np.tanh(1.5 * bumps)


# Pictures of nothing, other ones in each split.
PLAIN = {"train": {"plain-flat": _flat, "plain-gradient": _gradient,
                   "plain-cloud": _cloud},
         "test": {"plain-grey": _flat, "plain-vignette": _vignette,
                  "plain-mottle": _mottle}}


@functools.lru_cache(maxsize=24 * VARIANTS)
def _stocked(split: str, name: str, variant: int) -> np.ndarray:
    """Returns one picture of the stock, half as exact as float32."""
    rng = stream("accuracy", split, name, variant)
    if name in PLAIN[split]:
        return PLAIN[split][name](rng).astype(np.float16)
    drawn = next(iter(BACKGROUNDS[name](rng, _SIDE, _SIDE, 1)))
    if name.startswith("ct-"):
        drawn = (drawn - CT_LOW) / CT_SPAN
    return np.clip(drawn, 0, 1).astype(np.float16)


def fitted(rng: np.random.Generator, picture: np.ndarray, rows: int,
           columns: int) -> np.ndarray:
    """Returns a random part of a picture, often swapped left to right, at
    another size."""
    height, width = picture.shape[:2]
    scale = min(height / rows, width / columns) * rng.uniform(.65, 1)
    high, wide = rows * scale, columns * scale
    top, left = rng.uniform(0, height - high), rng.uniform(0, width - wide)
    area = (left, top, left + wide, top + high)
    channels = ([picture] if picture.ndim == 2
                else [picture[:, :, c] for c in range(3)])
    fitted_channels = [np.asarray(Image.fromarray(
        channel.astype(np.float32)).resize(
            (columns, rows), Image.Resampling.BILINEAR, box=area))
        for channel in channels]
    if rng.random() < .5:
        fitted_channels = [c[:, ::-1] for c in fitted_channels]
    return (fitted_channels[0] if picture.ndim == 2
            else np.stack(fitted_channels, -1))


@functools.lru_cache(maxsize=4)
def _grain(split: str, variant: int) -> np.ndarray:
    return shapes.white_noise(stream("accuracy", split, "grain", variant),
                              768, 768)


def _with_grain(rng: np.random.Generator, split: str,
                picture: np.ndarray) -> np.ndarray:
    """Adds noise cut out of a large sheet of it at a random place."""
    sheet = _grain(split, int(rng.integers(4)))
    rows, columns = picture.shape[:2]
    across = -(-columns // 512)
    down = -(-rows // 512)
    y, x = rng.integers(0, 256, 2)
    noise = np.tile(sheet[y:y + 512, x:x + 512],
                    (down, across))[:rows, :columns]
    amount = np.float32(rng.choice([0, .004, .01, .02]))
    if picture.ndim == 3:
        noise = noise[:, :, None]
    return picture + amount * noise if amount else picture


def ground(rng: np.random.Generator, split: str, name: str, rows: int,
           columns: int, picture: np.ndarray | None = None) -> np.ndarray:
    """Returns a ground of the stock, or one made of `picture`."""
    if picture is None:
        picture = _stocked(split, name, int(rng.integers(VARIANTS)))
    values = fitted(rng, picture, rows, columns)
    if not name.startswith("ct-"):
        # A parabola bends as a gamma curve does, and costs less.
        bend = np.float32(rng.uniform(-.35, .35))
        gain = np.float32(rng.uniform(.75, 1))
        values = values * (gain * (1 + bend) - gain * bend * values)
    values = _with_grain(rng, split, values)
    return np.clip(values, np.float32(0), np.float32(1))
