"""XA: a contrast-filled vessel tree that beats, seen through a round field."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes


def _grow(rng: np.random.Generator, start: np.ndarray, angle: float,
          width: float, size: float, depth: int) -> list[tuple]:
    """Returns branches (points, width, depth) that fork as they thin out."""
    steps = int(rng.integers(10, 16))
    headings = angle + np.cumsum(rng.normal(0, .16, steps))
    stride = size * .035 * (.8 + .1 * depth)
    moves = np.stack([np.cos(headings), np.sin(headings)], 1) * stride
    points = np.vstack([start, start + np.cumsum(moves, 0)])
    branches = [(points, width, depth)]
    if depth < 4 and width > 1:
        for _ in range(int(rng.integers(2, 4))):
            fork = points[int(rng.integers(steps // 3, steps + 1))]
            turn = headings[-1] + rng.choice([-1, 1]) * rng.uniform(.3, 1.0)
            branches += _grow(rng, fork, turn, width * .62, size, depth + 1)
    return branches


def _tree(rng: np.random.Generator, rows: int,
          columns: int) -> list[np.ndarray]:
    """Returns three masks: the tree filled by a third, by two, completely."""
    size = min(rows, columns)
    root = np.array([columns * rng.uniform(.35, .5), rows * .2])
    branches = _grow(rng, root, rng.uniform(.4, 1.2), size * .022, size, 0)
    return [shapes.blurred(shapes.polylines(
        rows, columns, [(points, width) for points, width, depth in branches
                        if depth <= limit]), 1.2) for limit in (1, 2, 4)]


def _catheter(rows: int, columns: int) -> np.ndarray:
    t = np.linspace(0, 1, 30)
    points = np.stack([columns * (.42 - .12 * t + .10 * t**2),
                       rows * (.2 + .85 * t - .25 * np.sin(3.1 * t))], 1)
    return shapes.polylines(rows, columns,
                            [(points, max(2, rows * .006))])


def angiogram(rng: np.random.Generator, rows: int, columns: int,
              frames: int) -> Iterator[np.ndarray]:
    """Dark vessels on grey soft tissue; one frame is fully filled."""
    y, x = shapes.grid(rows, columns)
    tissue = .58 + .06 * shapes.cloud(rng, rows, columns, 3, 3)
    tissue -= .12 * shapes.inside(np.abs(x - .15 + .1 * y) / .16, .5)
    tissue += .035 * np.cos((y + .3 * x) * 16)
    masks = _tree(rng, rows, columns)
    catheter = _catheter(rows, columns)
    reach = shapes.radius(y, x, (0, 0), (1.0, 1.0))
    field = (shapes.inside(reach, .01) if rng.random() < .6
             else np.ones_like(tissue))
    noise = .02 * shapes.white_noise(rng, rows, columns)
    for frame in range(frames):
        stage = 2 if frames == 1 else min(2, frame * 4 // frames)
        shift = (int(round(rows * .012 * np.sin(frame * .7))),
                 int(round(columns * .008 * np.cos(frame * .7))))
        image = tissue - .36 * np.roll(masks[stage], shift, (0, 1))
        image -= .18 * catheter
        grain = np.roll(noise, (17 * frame, 31 * frame), (0, 1))
        yield np.clip((image + grain) * field + .02, 0, 1)
