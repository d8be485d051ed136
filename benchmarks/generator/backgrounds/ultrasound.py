"""Ultrasound: a fan or a rectangle of speckle on black, with its grey bar."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import shapes


def _tissue(rng: np.random.Generator, depth: int, beams: int) -> np.ndarray:
    """Returns echo strength over (depth, beam): layers, cysts, shadows."""
    y, x = shapes.grid(depth, beams)
    strength = .45 + .10 * shapes.cloud(rng, depth, beams, 5)
    layers = shapes.smooth_noise(rng, depth, 3, 14)[:, :1]
    strength += .12 * layers * np.clip(.6 - y, 0, 1)
    for _ in range(int(rng.integers(2, 6))):
        center = (rng.uniform(-.6, .8), rng.uniform(-.6, .6))
        axes = (rng.uniform(.06, .28), rng.uniform(.08, .35))
        hole = shapes.inside(
            shapes.radius(y, x, center, axes, rng.uniform(0, 3))
            * shapes.wobble(rng, y, x, center, .12), .12)
        wall = shapes.inside(shapes.radius(y, x, center, (axes[0] * 1.15,
                                                          axes[1] * 1.1)), .1)
        shapes.put(strength, wall, .65)
        shapes.put(strength, hole, rng.uniform(.02, .30))
        behind = np.clip((y - center[0]) * 4, 0, 1)
        stripe = shapes.inside(np.abs(x - center[1]) / axes[1], .2)
        strength += behind * stripe * rng.choice([-.25, .12])
    return strength * np.clip(1.15 - .35 * (y + 1), .15, 1)


def _speckle(rng: np.random.Generator, depth: int, beams: int) -> np.ndarray:
    """Returns Rayleigh noise around 1, wider across beams than along them."""
    real, imaginary = (shapes.resized(
        shapes.white_noise(rng, int(depth / 2.5), beams // 4), depth, beams)
        for _ in range(2))
    return np.sqrt(real * real + imaginary * imaginary) * .85


def _beam_frames(rng: np.random.Generator, depth: int, beams: int,
                 frames: int) -> Iterator[np.ndarray]:
    """Yields brightness over (depth, beam); the tissue breathes over time."""
    tissue, speckle = _tissue(rng, depth, beams), _speckle(rng, depth, beams)
    period = rng.uniform(12, 30)
    for frame in range(frames):
        swing = int(round(.02 * depth * np.sin(6.2832 * frame / period)))
        grain = np.roll(speckle, (swing, 3 * frame), (0, 1))
        signal = np.clip(np.roll(tissue, swing, 0), 0, 2) * (.35 + grain)
        yield np.clip(np.log1p(4 * signal * signal) / 1.9, 0, 1)


def _grey_bar(frame: np.ndarray) -> None:
    rows, columns = frame.shape
    top, height = int(rows * .18), int(rows * .3)
    left, width = int(columns * .035), max(4, int(columns * .015))
    frame[top:top + height, left:left + width] = np.linspace(
        1, 0, height, dtype=np.float32)[:, None]


LONG_TICKS = 5


def long_ticks(rows: int, columns: int) -> tuple[int, int, int]:
    """Returns (top row, bottom row, left end) of the LONG_TICKS long ticks of
    the depth scale, so that numbers can be put beside them."""
    return (int(rows * .12), int(rows * .93) - 1,
            columns - int(columns * .03) - 13)


def _depth_ticks(frame: np.ndarray) -> None:
    top, bottom, left = long_ticks(*frame.shape)
    ticks = np.linspace(top, bottom, 4 * LONG_TICKS - 3).astype(int)
    for number, row in enumerate(ticks):
        frame[row, left + (3 if number % 4 == 0 else 8):left + 13] = .75


def _focus_mark(frame: np.ndarray, row: int) -> None:
    column = frame.shape[1] - int(frame.shape[1] * .03) + 3
    for offset in range(-4, 5):
        frame[row + offset, column:column + 5 - abs(offset)] = .8


def _decorate(frame: np.ndarray, focus: float) -> np.ndarray:
    rows = frame.shape[0]
    top, bottom = int(rows * .12), int(rows * .93)
    _grey_bar(frame)
    _depth_ticks(frame)
    _focus_mark(frame, int(top + focus * (bottom - top)))
    return frame


def sector(rng: np.random.Generator, rows: int, columns: int,
           frames: int) -> Iterator[np.ndarray]:
    """A curved probe's fan."""
    y, x = shapes.grid(rows, columns)
    apex = rng.uniform(-1.6, -1.15)
    near = -.78 - apex
    far = .86 - apex
    widest = np.arcsin(min(.95, .88 * columns / rows / far))
    half_angle = min(rng.uniform(.5, .75), widest)
    reach = np.hypot(y - apex, x)
    angle = np.arctan2(x, y - apex)
    depth, beams = rows, max(64, columns // 2)
    at_depth = ((reach - near) / (far - near) * depth).astype(np.int32)
    at_beam = ((angle / half_angle + 1) / 2 * beams).astype(np.int32)
    fan = ((at_depth >= 0) & (at_depth < depth) & (at_beam >= 0)
           & (at_beam < beams))
    places = np.flatnonzero(fan)
    lookup = (at_depth * beams + at_beam).ravel()[places]
    focus = rng.uniform(.3, .7)
    for beam in _beam_frames(rng, depth, beams, frames):
        frame = np.zeros((rows, columns), np.float32)
        frame.ravel()[places] = beam.ravel()[lookup]
        yield _decorate(frame, focus)


def linear(rng: np.random.Generator, rows: int, columns: int,
           frames: int) -> Iterator[np.ndarray]:
    """A linear probe's rectangle."""
    top, bottom = int(rows * .12), int(rows * .93)
    left, right = int(columns * .2), int(columns * .8)
    focus = rng.uniform(.3, .7)
    for beam in _beam_frames(rng, bottom - top, right - left, frames):
        frame = np.zeros((rows, columns), np.float32)
        frame[top:bottom, left:right] = beam
        yield _decorate(frame, focus)


def doppler(rng: np.random.Generator, rows: int, columns: int,
            frames: int) -> Iterator[np.ndarray]:
    """A colour fan: red and blue flow inside a box, and a colour bar."""
    y, x = shapes.grid(rows, columns)
    center = (rng.uniform(-.1, .3), rng.uniform(-.2, .2))
    slope = rng.uniform(-.5, .5)
    flow = shapes.inside(np.abs(y - center[0] - slope * (x - center[1])
                                + .06 * np.sin(4 * x)) / .1, .3)
    box = ((np.abs(y - center[0]) < .32) & (np.abs(x - center[1]) < .38))
    rim = box & ~((np.abs(y - center[0]) < .31) & (np.abs(x - center[1]) < .37))
    noise = shapes.cloud(rng, rows, columns, 20, 2) * .3
    for number, grey in enumerate(sector(rng, rows, columns, frames)):
        speed = np.cos(number * .4) * .4 + .6 + noise
        frame = np.repeat(grey[:, :, None], 3, axis=2)
        mask = (flow * box * (grey > 0) > .4)
        frame[mask & (speed > .35)] = (.85, .25, .05)
        frame[mask & (speed <= .35)] = (.1, .3, .9)
        frame[mask] *= np.clip(.6 + .5 * np.abs(speed[mask]), 0, 1.1)[:, None]
        frame[rim] = (.1, .75, .1)
        _colour_bar(frame)
        yield np.clip(frame, 0, 1)


def _colour_bar(frame: np.ndarray) -> None:
    rows, columns, _ = frame.shape
    top, height = int(rows * .55), int(rows * .25)
    left, width = int(columns * .035), max(4, int(columns * .015))
    ramp = np.linspace(1, -1, height, dtype=np.float32)[:, None]
    bar = np.stack([np.clip(ramp, 0, 1), np.abs(ramp) * .5,
                    np.clip(-ramp, 0, 1)], axis=-1)
    frame[top:top + height, left:left + width] = bar
