"""Decoys that change a part of the picture: textures, bars, bones.

Each writes into brightness in [0, 1], (rows, columns[, 3]); the caller clips.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..backgrounds import shapes

Texture = Callable[[np.random.Generator, np.ndarray], None]


def _part(rng: np.random.Generator, canvas: np.ndarray, low: float,
          high: float) -> np.ndarray:
    """Returns a view of a random rectangle whose sides are between `low` and
    `high` of the canvas's."""
    rows, columns = canvas.shape[:2]
    height = max(12, int(rng.uniform(low, high) * rows))
    width = max(12, int(rng.uniform(low, high) * columns))
    y = int(rng.integers(0, max(1, rows - height)))
    x = int(rng.integers(0, max(1, columns - width)))
    return canvas[y:y + height, x:x + width]


def _deep(part: np.ndarray, values: np.ndarray) -> np.ndarray:
    return values[:, :, None] if part.ndim == 3 else values


def speckle(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """Multiplies by the coarse grain of ultrasound."""
    part = _part(rng, canvas, .3, 1)
    rows, columns = part.shape[:2]
    coarse = rng.uniform(1.2, 3.5)
    shape = int(rows / coarse) + 2, int(columns / (coarse * 1.6)) + 2
    noise = np.abs(shapes.resized(shapes.white_noise(rng, *shape), rows,
                                  columns))
    part *= _deep(part, np.clip(.25 + noise, 0, 2))


def noise(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """Adds strong grain, or single white and black pixels."""
    part = _part(rng, canvas, .3, 1)
    grain = shapes.white_noise(rng, *part.shape[:2])
    if rng.random() < .5:
        part += _deep(part, np.float32(rng.uniform(.05, .2)) * grain)
        return
    part[grain > rng.uniform(2.2, 3.2)] = 1
    part[grain < -rng.uniform(2.2, 3.2)] = 0


def hatching(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """Slanting lines, sometimes crossed."""
    part = _part(rng, canvas, .1, .5)
    rows, columns = part.shape[:2]
    y, x = np.mgrid[:rows, :columns]
    step, slope = int(rng.integers(4, 14)), rng.uniform(-2, 2)
    lines = ((x + slope * y) % step) < 1.2
    if rng.random() < .4:
        lines |= ((x - slope * y) % step) < 1.2
    part[lines] = 1 if rng.random() < .6 else 0


def colour_bar(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """A grey or coloured scale at a side, in steps or smooth."""
    rows, columns = canvas.shape[:2]
    height = int(rng.uniform(.25, .8) * rows)
    width = max(5, int(rng.uniform(.015, .06) * columns))
    y = int(rng.integers(0, rows - height))
    x = int(rng.choice([.02, .06, .88]) * columns)
    ramp = np.linspace(1, 0, height, dtype=np.float32)
    if rng.random() < .5:
        steps = int(rng.integers(5, 17))
        ramp = np.floor(ramp * steps) / steps
    part = canvas[y:y + height, x:x + width]
    if canvas.ndim == 3 and rng.random() < .7:
        part[...] = np.stack([np.clip(2 * ramp - .5, 0, 1),
                              1 - np.abs(2 * ramp - 1),
                              np.clip(1.2 - 2 * ramp, 0, 1)], -1)[:, None]
    else:
        part[...] = _deep(part, ramp[:, None])


def bones(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """A row of small bones, bright at their edges."""
    rows, columns = canvas.shape[:2]
    size = rng.uniform(.02, .06) * min(rows, columns) + 3
    x, y = rng.uniform(.1, .5) * columns, rng.uniform(.1, .9) * rows
    angle = rng.normal(0, .5)
    for _ in range(int(rng.integers(3, 9))):
        tall, wide = size * rng.uniform(.6, 1.3), size * rng.uniform(.5, 1.2)
        top, left = int(y - 2 * tall), int(x - 2 * wide)
        part = canvas[max(0, top):int(y + 2 * tall),
                      max(0, left):int(x + 2 * wide)]
        v = (np.arange(part.shape[0]) + max(0, top) - y)[:, None] / tall
        u = (np.arange(part.shape[1]) + max(0, left) - x)[None, :] / wide
        reach = np.hypot(u, v).astype(np.float32)
        shell = np.clip(1.1 - reach, 0, .25) * 4 * (.18 + .3 * (reach > .75))
        part += _deep(part, shell.astype(np.float32))
        x += 2.3 * wide * np.cos(angle)
        y += 2.3 * wide * np.sin(angle)


def trabeculae(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """The fine crossing struts inside bone."""
    part = _part(rng, canvas, .15, .6)
    rows, columns = part.shape[:2]
    cells = max(rows, columns) / rng.uniform(5, 12)
    struts = sum(np.clip(.25 - np.abs(shapes.smooth_noise(
        rng, rows, columns, cells)), 0, .25) for _ in "ab")
    part += _deep(part, np.float32(rng.uniform(.5, 1.4)) * struts)


def dust(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """Specks and hairs of a digitised film."""
    rows, columns = canvas.shape[:2]
    value = np.float32(rng.choice([0, 1]))
    for _ in range(int(rng.integers(20, 120))):
        y, x = int(rng.integers(0, rows)), int(rng.integers(0, columns))
        high, wide = (int(rng.integers(1, 4)) for _ in "ab")
        canvas[y:y + high, x:x + wide] = value


def scanlines(rng: np.random.Generator, canvas: np.ndarray) -> None:
    """Bright or dark rows, as damaged transfers and old monitors leave."""
    rows, columns = canvas.shape[:2]
    for _ in range(int(rng.integers(2, 12))):
        y = int(rng.integers(0, rows))
        left, right = sorted(rng.integers(0, columns, 2))
        canvas[y:y + int(rng.integers(1, 3)), left:right] = rng.uniform(0, 1)
