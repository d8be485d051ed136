"""MR: a brain and a thigh cross-section, T1-like or T2-like."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes


def _finish(rng: np.random.Generator, signal: np.ndarray,
            frames: int) -> Iterator[np.ndarray]:
    """Adds the coil's uneven brightness and Rician noise."""
    rows, columns = signal.shape
    signal = signal * (1 + .12 * shapes.smooth_noise(rng, rows, columns, 2))
    sigma = rng.uniform(.012, .03)
    for frame in range(frames):
        moved = np.roll(signal, int(round(2 * np.sin(frame * .5))), 1)
        real = moved + sigma * shapes.white_noise(rng, rows, columns)
        imaginary = sigma * shapes.white_noise(rng, rows, columns)
        yield np.clip(np.hypot(real, imaginary), 0, 1)


def brain(rng: np.random.Generator, rows: int, columns: int,
          frames: int) -> Iterator[np.ndarray]:
    """An axial brain: bright scalp, dark skull, folded cortex, ventricles."""
    y, x = shapes.grid(rows, columns)
    t2 = rng.random() < .5
    grey, white, fluid = (.5, .33, .95) if t2 else (.38, .55, .1)
    outline = shapes.radius(y, x, (-.02, 0), (.84, .68)) * shapes.wobble(
        rng, y, x, (-.02, 0), .015)
    signal = np.zeros((rows, columns), np.float32)
    shapes.put(signal, shapes.inside(outline, .015), .8)
    shapes.put(signal, shapes.inside(outline * 1.06, .02), .04)
    shapes.put(signal, shapes.inside(outline * 1.12, .015), fluid)
    fold = shapes.smooth_noise(rng, rows, columns, 14)
    edge = outline * 1.15 + .045 * np.abs(fold)
    shapes.put(signal, shapes.inside(edge, .015), grey)
    inner = outline * 1.28 + .13 * fold
    shapes.put(signal, shapes.inside(inner, .05), white)
    for side in (-1, 1):
        for row, tilt in ((-.17, .35), (.2, -.45)):
            shapes.blob(signal, (row, side * .1), (.22, .05), side * tilt, .12,
                        fluid)
        shapes.blob(signal, (.02, side * .22), (.14, .08), side * -.3, .15,
                    grey)
    cleft = (np.abs(x + .01 * fold) < .012) & (np.abs(y) > .4) & (
        outline * 1.14 < 1)
    signal[cleft] = fluid
    return _finish(rng, signal, frames)


def thigh(rng: np.random.Generator, rows: int, columns: int,
          frames: int) -> Iterator[np.ndarray]:
    """An axial thigh: bright fat, grey muscles, a femur with dark cortex."""
    y, x = shapes.grid(rows, columns)
    center = (rng.uniform(-.05, .05), rng.uniform(-.05, .05))
    outline = shapes.radius(y, x, center, (.8, .72)) * shapes.wobble(
        rng, y, x, center, .05)
    signal = np.zeros((rows, columns), np.float32)
    fat = .82 + .03 * shapes.cloud(rng, rows, columns, 8, 3)
    shapes.put(signal, shapes.inside(outline, .015), fat)
    seams = np.abs(shapes.smooth_noise(rng, rows, columns, 6))
    muscle = .36 + .03 * shapes.cloud(rng, rows, columns, 40, 2)
    muscle = np.where(seams < .035, .7, muscle)
    shapes.put(signal, shapes.inside(outline * rng.uniform(1.15, 1.35), .02),
               muscle)
    femur = (center[0] - .05, center[1])
    shapes.blob(signal, femur, (.17, .16), 0, .06, .05)
    shapes.blob(signal, femur, (.117, .11), 0, .08, .75)
    for _ in range(3):
        spot = (center[0] + rng.uniform(-.1, .3), center[1]
                + rng.uniform(-.4, .4))
        shapes.blob(signal, spot, (.04, .04), 0, .2, rng.choice([.06, .95]))
    return _finish(rng, signal, frames)
