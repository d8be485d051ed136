"""Projection X-ray (CR, DX): chest, hand and forearm; bone is bright."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes


def _collimated(rng: np.random.Generator, image: np.ndarray) -> np.ndarray:
    """Sets a border outside the collimator to black, as most plates have."""
    rows, columns = image.shape
    if rng.random() < .5:
        top, bottom = (int(rows * rng.uniform(.0, .06)) for _ in range(2))
        left, right = (int(columns * rng.uniform(.0, .08)) for _ in range(2))
        keep = np.zeros_like(image)
        keep[top:rows - bottom, left:columns - right] = 1
        image = image * keep + .01
    return image


def _finish(rng: np.random.Generator, image: np.ndarray,
            frames: int) -> Iterator[np.ndarray]:
    rows, columns = image.shape
    image = image + .015 * shapes.cloud(rng, rows, columns, 30, 2)
    image = _collimated(rng, image)
    for _ in range(frames):
        grain = .012 * shapes.white_noise(rng, rows, columns)
        yield np.clip(image + grain, 0, 1).astype(np.float32)


def _ribs(rng: np.random.Generator, image: np.ndarray, y: np.ndarray,
          x: np.ndarray, lungs: np.ndarray) -> None:
    """Adds arcs that fall away from the spine, bright along their edges."""
    spread = np.abs(x)
    for back, bend, strength in ((1, .55, .10), (-1, .35, .045)):
        phase = (y - back * bend * (spread - .4)**2 + .25 * spread * -back)
        wave = np.cos(phase * rng.uniform(28, 33))
        image += strength * np.clip(wave - .2, 0, .6) * lungs


def chest(rng: np.random.Generator, rows: int, columns: int,
          frames: int) -> Iterator[np.ndarray]:
    """A frontal chest: dark lungs, ribs, heart, spine, diaphragm."""
    y, x = shapes.grid(rows, columns)
    scale = min(1.0, columns / rows)
    x = x / np.float32(scale)
    body = shapes.inside(np.abs(x) / (.93 - .25 * np.clip(-.6 - y, 0, 1)), .06)
    image = .03 + body * (.62 - .12 * np.abs(x))
    shoulders = np.clip((-.62 - y + .25 * np.abs(x)) * 3, 0, 1)
    shapes.put(image, shoulders * (1 - shapes.inside(np.abs(x) / .25, .3)), .45)
    lungs = np.zeros_like(image)
    for side in (-1, 1):
        center = (-.08, side * .43)
        axes = (rng.uniform(.66, .72), rng.uniform(.32, .36))
        lung = shapes.inside(
            shapes.radius(y, x, center, axes, side * .1)
            * shapes.wobble(rng, y, x, center, .04), .12)
        dome = .52 + .35 * (x - side * .42)**2 - .05 * (side < 0)
        lungs = np.maximum(lungs, lung * np.clip((dome - y) * 14, 0, 1))
    markings = shapes.cloud(rng, rows, columns, 9, 4)
    shapes.put(image, lungs, .22 + .022 * markings)
    _ribs(rng, image, y, x, np.maximum(lungs, body * .25))
    heart = shapes.inside(shapes.radius(y, x, (.22, .14), (.34, .34), .5), .2)
    shapes.put(image, heart, .68)
    hila = sum(shapes.inside(shapes.radius(y, x, (-.02, side * .2),
                                           (.2, .12)), .9) for side in (-1, 1))
    image += .12 * hila * lungs
    spine = shapes.inside(np.abs(x) / .09, .3)
    image += spine * (.16 + .05 * np.cos(y * 26))
    shapes.put(image, shapes.inside(np.hypot(x, (y + .75) / 6) / .045, .4) * .5,
               .35)
    for side in (-1, 1):
        bone = np.abs(y + .66 + .10 * np.abs(x) - .06 * np.sin(4 * np.abs(x)))
        span = (x * side > .06) & (x * side < .78)
        image += .14 * shapes.inside(bone / .028, .4) * span
    return _finish(rng, image, frames)


def _bone(image: np.ndarray, start: tuple[float, float],
          end: tuple[float, float], width: float) -> None:
    """Adds a tubular bone with a bright cortex and thicker ends."""
    y, x = shapes.grid(*image.shape)
    # Only the pixels around the bone are looked at.
    rows = slice(*np.searchsorted(y[:, 0], (
        min(start[0], end[0]) - 2 * width, max(start[0], end[0]) + 2 * width)))
    columns = slice(*np.searchsorted(x[0], (
        min(start[1], end[1]) - 2 * width, max(start[1], end[1]) + 2 * width)))
    y, x, image = y[rows], x[:, columns], image[rows, columns]
    dy, dx = end[0] - start[0], end[1] - start[1]
    length = float(np.hypot(dy, dx))
    along = ((y - start[0]) * dy + (x - start[1]) * dx) / length**2
    across = ((x - start[1]) * dy - (y - start[0]) * dx) / length
    waist = width * (.72 + 1.3 * (np.clip(along, 0, 1) - .5)**2)
    over = np.maximum(np.abs(along - .5) - .5, 0) * length / width * 1.6
    distance = np.sqrt((across / waist)**2 + over**2)
    shaft = shapes.inside(distance, .12)
    image += shaft * (.17 + .16 * np.clip(distance, 0, 1)**3)


def hand(rng: np.random.Generator, rows: int, columns: int,
         frames: int) -> Iterator[np.ndarray]:
    """A hand: five rays of bones in soft tissue."""
    y, x = shapes.grid(rows, columns)
    image = np.full((rows, columns), .04, np.float32)
    size = min(1.0, columns / rows) * .95
    flesh = shapes.inside(shapes.radius(y, x, (.28, 0), (.4, .34 * size)), .08)
    side = rng.choice([-1.0, 1.0])
    rays = []
    for angle, reach in ((-.95, .72), (-.33, 1.06), (-.06, 1.16), (.2, 1.08),
                         (.47, .9)):
        angle = side * (angle + rng.uniform(-.04, .04))
        rays.append((np.array([-np.cos(angle), np.sin(angle) * .95]) * size,
                     reach))
    wrist = np.array([.5, 0.0])
    for direction, reach in rays:
        tip = wrist + direction * (reach + .08)
        soft = np.zeros_like(image)
        _bone(soft, tuple(wrist + direction * .3), tuple(tip), .095 * size)
        flesh = np.maximum(flesh, np.clip(soft * 6, 0, 1))
    flesh = np.maximum(flesh, shapes.inside(np.abs(x) / (.24 * size), .1)
                       * (y > .4))
    image += .2 * flesh
    for direction, reach in rays:
        joints = np.array([.16, .5, .74, .9, 1.03]) * reach
        for low, high in zip(joints[:-1], joints[1:]):
            _bone(image, tuple(wrist + direction * (low + .012)),
                  tuple(wrist + direction * (high - .012)), .05 * size)
    for _ in range(8):
        spot = (.5 + rng.uniform(-.09, .09), rng.uniform(-.16, .16) * size)
        shapes.blob(image, spot, (.06, .07 * size), 0, .25, add=.17)
    for offset, width in ((-.1, .09), (.11, .07)):
        _bone(image, (.66, offset * size), (1.3, offset * size), width * size)
    return _finish(rng, image, frames)


def forearm(rng: np.random.Generator, rows: int, columns: int,
            frames: int) -> Iterator[np.ndarray]:
    """A forearm: two long bones in soft tissue."""
    y, x = shapes.grid(rows, columns)
    size = min(1.0, columns / rows)
    tilt = rng.uniform(-.15, .15)
    image = np.full((rows, columns), .04, np.float32)
    soft = shapes.inside(
        np.abs(x - tilt * y) / (size * (.42 + .08 * np.sin(2 * y + .5))), .1)
    image += .24 * soft
    for offset, width in ((-.16, .105), (.16, .085)):
        _bone(image, (-1.2, offset * size - 1.2 * tilt),
              (rng.uniform(.75, .85), offset * size * .8 + .8 * tilt),
              width * size)
    for _ in range(7):
        spot = (.95 + rng.uniform(-.08, .08),
                .8 * tilt + rng.uniform(-.2, .2) * size)
        shapes.blob(image, spot, (.07, .08 * size), 0, .25, add=.18)
    return _finish(rng, image, frames)
