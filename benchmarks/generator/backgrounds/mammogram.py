"""Mammography: a breast against one side of a dark plate."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes


def breast(rng: np.random.Generator, rows: int, columns: int,
           frames: int) -> Iterator[np.ndarray]:
    """One breast with glandular texture, sometimes the chest muscle."""
    y, x = shapes.grid(rows, columns)
    from_wall = x + columns / rows
    center = (rng.uniform(-.1, .15), 0.0)
    axes = (rng.uniform(.72, .85), min(1.0, columns / rows)
            * rng.uniform(1.1, 1.4))
    outline = shapes.radius(y, from_wall, center, axes)
    mask = shapes.inside(outline, .03)
    gland = np.clip(1.15 - 1.3 * shapes.radius(
        y, from_wall, (center[0], axes[1] * .45), (axes[0] * .7, axes[1] * .6)),
        0, 1)
    strands = np.clip(.5 + .45 * shapes.cloud(rng, rows, columns, 7, 5, .65),
                      0, 1.6)
    image = mask * (.2 + .16 * np.clip(1.1 - outline, 0, 1)
                    + rng.uniform(.3, .55) * gland * strands)
    image += mask * .03 * shapes.cloud(rng, rows, columns, 12, 4)
    if rng.random() < .5:
        muscle = np.clip((.55 - from_wall - .8 * (y + 1)) * 8, 0, 1)
        shapes.put(image, muscle, .7 + .02 * strands)
    image += .02
    if rng.random() < .5:
        image = image[:, ::-1]
    for _ in range(frames):
        grain = .008 * shapes.white_noise(rng, rows, columns)
        yield np.clip(image + grain, 0, 1).astype(np.float32)
