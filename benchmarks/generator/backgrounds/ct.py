"""CT: cross-sections of a head, a chest and an abdomen in Hounsfield units."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes

AIR, FAT, MUSCLE, BONE = -1000.0, -95.0, 55.0, 650.0


def _finish(rng: np.random.Generator, hu: np.ndarray,
            frames: int) -> Iterator[np.ndarray]:
    """Adds the table, photon noise and, often, the round field of view."""
    rows, columns = hu.shape
    y, x = shapes.grid(rows, columns)
    bow = np.abs(shapes.radius(y, x, (-1.05, 0), (2.0, 2.0)) - 1)
    hu = np.where((bow < .008) & (np.abs(x) < .75), np.maximum(hu, -250), hu)
    bow = np.abs(shapes.radius(y, x, (-.98, 0), (2.0, 2.0)) - 1)
    hu = np.where((bow < .005) & (np.abs(x) < .72), np.maximum(hu, -450), hu)
    sigma = rng.uniform(6, 18)
    outside = (shapes.radius(y, x, (0, 0), (1, 1)) > 1)
    round_view = rng.random() < .6
    for frame in range(frames):
        noise = shapes.white_noise(rng, rows, columns) * sigma
        moved = np.roll(hu, int(round(3 * np.sin(frame * .4))), 0)
        slice_hu = np.maximum(moved + noise, -1024)
        if round_view:
            slice_hu[outside] = -1024
        yield slice_hu.astype(np.float32)


def _vertebra(hu: np.ndarray, row: float) -> None:
    shapes.blob(hu, (row, 0), (.10, .13), 0, .08, BONE)
    shapes.blob(hu, (row, 0), (.08, .104), 0, .1, 190.0)
    shapes.blob(hu, (row + .20, 0), (.13, .035), 0, .2, BONE * .8)
    for side in (-1, 1):
        shapes.blob(hu, (row + .14, side * .15), (.035, .13), side * .4, .2,
                    BONE * .8)
    shapes.blob(hu, (row + .13, 0), (.05, .06), 0, .2, 25.0)


def _ribs(rng: np.random.Generator, hu: np.ndarray,
          axes: tuple[float, float]) -> None:
    start = rng.uniform(0, .5)
    for angle in np.arange(start, start + 6.28, .52):
        if abs(np.cos(angle)) < .25:
            continue
        center = (axes[0] * np.sin(angle), axes[1] * np.cos(angle))
        shapes.blob(hu, center, (.022, .07), angle + 1.57, .3, BONE * .7)


def _body(rng: np.random.Generator, rows: int, columns: int,
          axes: tuple[float, float]) -> tuple[np.ndarray, ...]:
    y, x = shapes.grid(rows, columns)
    outline = shapes.radius(y, x, (0, 0), axes) * shapes.wobble(
        rng, y, x, (0, 0), .03)
    hu = np.full((rows, columns), AIR, np.float32)
    shapes.put(hu, shapes.inside(outline, .015), FAT)
    thick = rng.uniform(1.06, 1.16)
    shapes.put(hu, shapes.inside(outline * thick, .02), MUSCLE)
    return y, x, hu, outline * thick


def chest(rng: np.random.Generator, rows: int, columns: int,
          frames: int) -> Iterator[np.ndarray]:
    """Two dark lungs with vessels, heart, spine and ribs."""
    axes = (rng.uniform(.58, .68), rng.uniform(.82, .9))
    y, x, hu, _ = _body(rng, rows, columns, axes)
    _ribs(rng, hu, (axes[0] * .82, axes[1] * .84))
    vessels = shapes.cloud(rng, rows, columns, 22, 3)
    lung = -860 + 60 * shapes.cloud(rng, rows, columns, 6, 2)
    lung = np.where(vessels > 1.9, -100 + 60 * vessels, lung)
    for side in (-1, 1):
        center = (-.02, side * rng.uniform(.38, .42))
        area = shapes.radius(y, x, center, (.46, .33), side * -.12)
        shapes.put(hu, shapes.inside(
            area * shapes.wobble(rng, y, x, center, .06), .03), lung)
    shapes.blob(hu, (-.12, .10), (.26, .28), .5, .05, rng.uniform(45, 200))
    shapes.blob(hu, (.20, .13), (.075, .075), 0, .08, rng.uniform(60, 230))
    shapes.blob(hu, (.08, 0), (.045, .05), 0, .08, AIR)
    _vertebra(hu, .33)
    return _finish(rng, hu, frames)


def abdomen(rng: np.random.Generator, rows: int, columns: int,
            frames: int) -> Iterator[np.ndarray]:
    """Liver, spleen, kidneys, bowel with gas, spine."""
    axes = (rng.uniform(.56, .68), rng.uniform(.78, .9))
    y, x, hu, wall = _body(rng, rows, columns, axes)
    shapes.put(hu, shapes.inside(wall * 1.12, .03), FAT)
    _ribs(rng, hu, (axes[0] * .85, axes[1] * .86))
    liver = shapes.radius(y, x, (-.08, -.36), (.38, .36), .3)
    shapes.put(hu, shapes.inside(
        np.maximum(liver * shapes.wobble(rng, y, x, (-.08, -.36), .1),
                   wall * 1.14), .03),
        rng.uniform(60, 115) + 8 * shapes.cloud(rng, rows, columns, 16, 2))
    shapes.blob(hu, (.05, .56), (.2, .13), .4, .06, rng.uniform(70, 130))
    for side in (-1, 1):
        place, turn = (.24, side * .33), side * .5
        shapes.blob(hu, place, (.15, .10), turn, .06, rng.uniform(90, 200))
        shapes.blob(hu, place, (.068, .045), turn, .2, -20.0)
    for _ in range(int(rng.integers(6, 11))):
        center = (rng.uniform(-.4, .05), rng.uniform(-.1, .5))
        axes = (rng.uniform(.05, .09), rng.uniform(.06, .11))
        turn = rng.uniform(0, 3)
        filling = AIR if rng.random() < .35 else rng.uniform(10, 180)
        shapes.blob(hu, center, axes, turn, .1, 40.0)
        shapes.blob(hu, center, (axes[0] / 1.3, axes[1] / 1.3), turn, .1,
                    filling)
    _vertebra(hu, .28)
    return _finish(rng, hu, frames)


def head(rng: np.random.Generator, rows: int, columns: int,
         frames: int) -> Iterator[np.ndarray]:
    """Skull, brain with ventricles and furrows."""
    y, x = shapes.grid(rows, columns)
    axes = (rng.uniform(.8, .86), rng.uniform(.64, .7))
    outline = shapes.radius(y, x, (-.03, 0), axes) * shapes.wobble(
        rng, y, x, (-.03, 0), .015)
    hu = np.full((rows, columns), AIR, np.float32)
    shapes.put(hu, shapes.inside(outline, .015), 20.0)
    shapes.put(hu, shapes.inside(outline * 1.05, .012), 1100.0)
    shapes.put(hu, shapes.inside(outline * 1.13, .015), 8.0)
    furrow = np.abs(shapes.smooth_noise(rng, rows, columns, 17))
    brain = 35 + 4 * shapes.cloud(rng, rows, columns, 8, 3)
    rind = np.clip((outline * 1.15 - .75) * 6, 0, 1)
    brain = np.where(furrow < .12 * rind, 10, brain)
    shapes.put(hu, shapes.inside(outline * 1.16, .015), brain)
    for side in (-1, 1):
        for row, tilt in ((-.2, .35), (.18, -.45)):
            shapes.blob(hu, (row, side * .10), (.2, .055), side * tilt, .1, 6.0)
    falx = (np.abs(x) < .008) & (np.abs(y) > .42) & (outline * 1.15 < 1)
    hu[falx] = 60
    return _finish(rng, hu, frames)
