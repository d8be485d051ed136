"""What crosses lines on real screens: scales of grey, borders of pictures and
buttons, arcs and ticks. It stands behind a line or beside it."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.generator.seeds import choose

# How far what stands behind letters differs from their ink, of 255.
_LEAST_CONTRAST = 40
_TRIES = 8
_KINDS = {"bar": 4, "half": 5, "arc": 4, "frame": 3, "ticks": 3}


def _colour(rng: np.random.Generator, ink: np.ndarray) -> np.ndarray | None:
    """Returns a colour, mostly grey, on which the ink can be seen."""
    for _ in range(_TRIES):
        colour = (rng.uniform(0, 255, 3) if rng.random() < .2
                  else np.full(3, rng.choice([0, 255, rng.uniform(0, 255)])))
        if abs(colour - ink).max() >= _LEAST_CONTRAST:
            return colour.astype(np.float32)
    return None


def _bar(rng: np.random.Generator, pixels: np.ndarray, rows: int,
         colour: np.ndarray) -> None:
    """A scale of grey from top to bottom, or a stroke."""
    width = max(1, round(rows * rng.uniform(.08, 1.2)))
    x = int(rng.integers(-width + 1, pixels.shape[1]))
    left, right = max(0, x), min(pixels.shape[1], x + width)
    first, last = sorted(rng.integers(0, pixels.shape[0] + 1, 2))
    if rng.random() < .6:
        first, last = 0, pixels.shape[0]
    if last <= first:
        return
    ramp = np.linspace(rng.uniform(.7, 1), 1, last - first)
    if rng.random() < .5:
        ramp = ramp[::-1]
    pixels[first:last, left:right] = (ramp[:, None, None] * colour)


def _half(rng: np.random.Generator, pixels: np.ndarray, rows: int,
          colour: np.ndarray) -> None:
    """The ground on one side of a border, upright, level or slanted; plain,
    or speckled."""
    height, width = pixels.shape[:2]
    angle = choose(rng, {0.0: 4, np.pi / 2: 3,
                         float(rng.uniform(-np.pi, np.pi)): 3})
    normal = np.array([np.cos(angle), np.sin(angle)])
    if rng.random() < .5:
        normal = -normal
    at = np.array([rng.uniform(0, width),
                   rng.uniform(height / 2 - rows / 2, height / 2 + rows / 2)])
    y, x = np.mgrid[:height, :width]
    side = (x - at[0]) * normal[0] + (y - at[1]) * normal[1] > 0
    fill = np.broadcast_to(colour, pixels.shape)
    if rng.random() < .3:
        grain = cv2.resize(rng.normal(0, rng.uniform(5, 22), (
            max(2, height // 2), max(2, width // 2))).astype(np.float32),
            (width, height))
        fill = fill + grain[:, :, None]
    pixels[side] = fill[side]


def _arc(rng: np.random.Generator, pixels: np.ndarray, rows: int,
         colour: np.ndarray) -> None:
    height, width = pixels.shape[:2]
    radius = int(rows * rng.uniform(1.5, 12))
    angle = rng.uniform(0, 2 * np.pi)
    x, y = rng.uniform(0, width), rng.uniform(.2, .8) * height
    centre = (int(x - radius * np.cos(angle)), int(y - radius * np.sin(angle)))
    thickness = max(1, round(rows * rng.uniform(.06, .7)))
    cv2.ellipse(pixels, centre, (radius, int(radius * rng.uniform(.7, 1.3))),
                0, 0, 360, colour.tolist(), thickness)


def _frame(rng: np.random.Generator, pixels: np.ndarray, rows: int,
           colour: np.ndarray) -> None:
    """A border around the line, or a line above, below or at its ends."""
    height, width = pixels.shape[:2]
    room = (height - rows) // 2
    gap = int(rng.integers(0, max(1, room // 2) + 1))
    low, high = room - gap - 1, room + rows + gap
    thick = 1 if rng.random() < .7 else 2
    left, right = room - gap - 2, width - room + gap + 1
    for part in range(4):
        if rng.random() < .25:
            continue
        ends = [((left, low), (right, low)), ((left, high), (right, high)),
                ((left, low), (left, high)), ((right, low), (right, high))]
        cv2.line(pixels, *ends[part], colour.tolist(), thick)


def _ticks(rng: np.random.Generator, pixels: np.ndarray, rows: int,
           colour: np.ndarray) -> None:
    """Short strokes of a scale before or behind the line."""
    height, width = pixels.shape[:2]
    room = (height - rows) // 2
    length = max(2, round(rows * rng.uniform(.15, .5)))
    gap = int(rng.integers(1, max(2, room // 2)))
    x = room - gap - length if rng.random() < .5 else width - room + gap
    step = max(3, round(rows * rng.uniform(.3, 1.5)))
    for y in range(int(rng.integers(0, step)), height, step):
        cv2.line(pixels, (x, y), (x + length - 1, y), colour.tolist(), 1)


_DRAWN = {"bar": _bar, "half": _half, "arc": _arc, "frame": _frame,
          "ticks": _ticks}


def add(rng: np.random.Generator, pixels: np.ndarray, rows: int,
        ink: np.ndarray) -> None:
    """Draws something of the kind on `pixels` (rows, columns, 3), float,
    before a line of this ink and `rows` height is painted in the middle."""
    kind = choose(rng, _KINDS)
    colour = (ink if kind == "ticks" or (kind == "frame" and rng.random() < .5)
              else _colour(rng, ink))
    if colour is not None:
        _DRAWN[kind](rng, pixels, rows, np.float32(colour))
