"""Noise and soft shapes that the backgrounds are put together from."""

from __future__ import annotations

import functools

import numpy as np
from PIL import Image, ImageDraw, ImageFilter


def resized(image: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Returns a float32 grey image at another size, interpolated smoothly."""
    return np.asarray(Image.fromarray(image.astype(np.float32)).resize(
        (columns, rows), Image.Resampling.BICUBIC))


def white_noise(rng: np.random.Generator, rows: int,
                columns: int) -> np.ndarray:
    """Returns normal noise with deviation 1, different in every pixel."""
    return rng.standard_normal((rows, columns), dtype=np.float32)


def smooth_noise(rng: np.random.Generator, rows: int, columns: int,
                 cells: float) -> np.ndarray:
    """Returns normal noise with about `cells` bumps along the longer side."""
    step = max(rows, columns) / cells
    shape = (max(2, int(rows / step) + 2), max(2, int(columns / step) + 2))
    return resized(white_noise(rng, *shape), rows, columns)


def cloud(rng: np.random.Generator, rows: int, columns: int, cells: float,
          octaves: int = 4, falloff: float = 0.55) -> np.ndarray:
    """Returns a sum of ever finer and fainter smooth noise, deviation ~1.

    Four pixels per finest bump are enough; a larger picture is scaled up.
    """
    step = int(max(rows, columns) / (4 * cells * 2**(octaves - 1)))
    if step > 1:
        small = cloud(rng, rows // step + 1, columns // step + 1, cells,
                      octaves, falloff)
        return resized(small, rows, columns)
    total = np.zeros((rows, columns), np.float32)
    for octave in range(octaves):
        total += falloff**octave * smooth_noise(rng, rows, columns,
                                                cells * 2**octave)
    return total


@functools.lru_cache(maxsize=8)
def grid(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns (y, x), broadcastable: y in [-1, 1] down the rows and x in the
    same unit, so circles stay round. Do not write to them."""
    half = rows / 2
    y = ((np.arange(rows) + .5) / half - 1).astype(np.float32)[:, None]
    x = ((np.arange(columns) + .5 - columns / 2) / half).astype(np.float32)
    return y, x[None, :]


def radius(y: np.ndarray, x: np.ndarray, center: tuple[float, float],
           axes: tuple[float, float], turn: float = 0.0) -> np.ndarray:
    """Returns the distance from an ellipse's centre: 1 on its outline.

    `center` and `axes` are (y, x) in grid units, `turn` is in radians.
    """
    dy, dx = y - center[0], x - center[1]
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    v, u = (dy * cos + dx * sin) / axes[0], (dx * cos - dy * sin) / axes[1]
    return np.sqrt(u * u + v * v)


def inside(distance: np.ndarray, softness: float = 0.02) -> np.ndarray:
    """Returns 1 where `distance` is below 1, 0 above, soft in between."""
    return np.clip((1 - distance) / softness + .5, 0, 1)


def put(canvas: np.ndarray, mask: np.ndarray, value) -> None:
    """Blends `value` into `canvas` where `mask` is 1."""
    canvas += mask * (value - canvas)


def blob(canvas: np.ndarray, center: tuple[float, float],
         axes: tuple[float, float], turn: float = 0.0, softness: float = 0.02,
         value: float | None = None, add: float = 0.0) -> None:
    """Blends `value` into an ellipse, or adds `add` there if it is None.

    Does what put(canvas, inside(radius(...))) does, but looks only at the
    pixels around the ellipse, so it is cheap for small ones.
    """
    y, x = grid(*canvas.shape)
    reach = max(axes) * (1 + softness)
    rows = slice(*np.searchsorted(y[:, 0], (center[0] - reach,
                                            center[0] + reach)))
    columns = slice(*np.searchsorted(x[0], (center[1] - reach,
                                            center[1] + reach)))
    mask = inside(radius(y[rows], x[:, columns], center, axes, turn), softness)
    part = canvas[rows, columns]
    part += mask * (add if value is None else value - part)


def blurred(image: np.ndarray, sigma: float) -> np.ndarray:
    """Returns a smoothed copy; cheap for large `sigma` (in pixels)."""
    rows, columns = image.shape
    step = max(1, int(sigma / 2))
    small = Image.fromarray(image.astype(np.float32)).reduce(step)
    low, high = small.getextrema()
    span = (high - low) or 1.0
    grey = small.point(lambda v: v * (255 / span) + (-low * 255 / span))
    soft = grey.convert("L").filter(ImageFilter.GaussianBlur(sigma / step))
    return resized(np.asarray(soft, np.float32) * (span / 255) + low, rows,
                   columns)


def polylines(rows: int, columns: int,
              lines: list[tuple[np.ndarray, float]]) -> np.ndarray:
    """Returns a mask of 0 and 1 with every line of (points, width) drawn.

    Points are rows of (x, y) in pixels, as is the width.
    """
    image = Image.new("L", (columns, rows))
    draw = ImageDraw.Draw(image)
    for points, width in lines:
        draw.line([tuple(p) for p in points.tolist()], fill=1,
                  width=max(1, round(width)), joint="curve")
    return np.asarray(image, np.float32)


def wobble(rng: np.random.Generator, y: np.ndarray, x: np.ndarray,
           center: tuple[float, float], amount: float) -> np.ndarray:
    """Returns a factor near 1 that makes an ellipse's outline irregular.

    It varies slowly, so it is computed for one pixel in 8 by 8.
    """
    angle = np.arctan2(y[4::8] - center[0], x[:, 4::8] - center[1])
    factor = np.ones_like(angle)
    for wave in (2, 3, 5):
        factor += amount / wave * np.cos(
            wave * angle + np.float32(rng.uniform(0, 6.28)))
    return resized(factor, y.shape[0], x.shape[1])
