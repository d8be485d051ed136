"""Secondary capture: a viewer's screen, a digitised film, a scanned page."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from . import ct, mr, shapes


def _as_grey(image: np.ndarray) -> np.ndarray:
    low, high = np.percentile(image, (2, 99.5))
    return np.clip((image - low) / max(high - low, 1e-6), 0, 1)


def _slice(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    if rng.random() < .5:
        return next(mr.brain(rng, rows, columns, 1))
    hu = next(ct.abdomen(rng, rows, columns, 1))
    return np.clip((hu + 160) / 400, 0, 1)


def screenshot(rng: np.random.Generator, rows: int, columns: int,
               frames: int) -> Iterator[np.ndarray]:
    """A workstation's window: title bar, tool column, an image, a curve."""
    panel = np.array([rng.uniform(.12, .22)] * 3, np.float32)
    panel[2] += rng.uniform(0, .12)
    screen = np.broadcast_to(panel, (rows, columns, 3)).copy()
    bar, tools = int(rows * .05), int(columns * .24)
    screen[:bar] = (.10, .22, rng.uniform(.4, .6))
    screen[bar + 4:rows - 4, tools:columns - 4] = 0
    side = min(rows - bar - 12, columns - tools - 12)
    inset = _slice(rng, side, side)
    left = tools + (columns - tools - side) // 2
    screen[bar + 6:bar + 6 + side, left:left + side] = inset[:, :, None]
    _buttons(rng, screen, bar, tools)
    _curve(rng, screen, tools)
    for _ in range(frames):
        yield screen


def _buttons(rng: np.random.Generator, screen: np.ndarray, bar: int,
             tools: int) -> None:
    rows = screen.shape[0]
    side = max(8, tools // 7)
    top = int(rows * .42)
    for row in range(3):
        for column in range(4):
            y, x = top + row * int(side * 1.4), 10 + column * int(side * 1.5)
            screen[y:y + side, x:x + side] = .38
            screen[y + side // 3:y + side * 2 // 3,
                   x + side // 4:x + side * 3 // 4] = rng.uniform(.1, .9, 3)
    screen[bar + 2:bar + 3, :tools] = .6


def _curve(rng: np.random.Generator, screen: np.ndarray, tools: int) -> None:
    rows = screen.shape[0]
    top, height = int(rows * .68), int(rows * .27)
    screen[top:top + height, 8:tools - 8] = .05
    values = .5 + .18 * shapes.smooth_noise(rng, 2, tools - 16, 8)[0]
    line = (top + height * np.clip(values, .02, .98)).astype(int)
    screen[line, np.arange(8, tools - 8)] = (.2, .9, .3)


def film(rng: np.random.Generator, rows: int, columns: int,
         frames: int) -> Iterator[np.ndarray]:
    """A digitised sheet of film: several slices, dust, a light edge."""
    sheet = np.full((rows, columns), .06, np.float32)
    across, down = int(rng.integers(2, 4)), int(rng.integers(2, 4))
    height, width = rows // down, columns // across
    for row in range(down):
        for column in range(across):
            cell = _as_grey(_slice(rng, int(height * .8), int(width * .9)))
            y, x = row * height + int(height * .15), column * width + 6
            sheet[y:y + cell.shape[0], x:x + cell.shape[1]] = .08 + .8 * cell
    edge = max(2, columns // 100)
    sheet[:edge], sheet[-edge:] = .85, .85
    sheet[:, :edge], sheet[:, -edge:] = .85, .85
    dust = rng.integers(0, (rows, columns), (40, 2))
    sheet[dust[:, 0], dust[:, 1]] = .9
    sheet += .015 * shapes.white_noise(rng, rows, columns)
    for _ in range(frames):
        yield np.clip(sheet, 0, 1)


def paper(rng: np.random.Generator, rows: int, columns: int,
          frames: int) -> Iterator[np.ndarray]:
    """A scanned sheet: off-white, a ruled form, a grey photograph."""
    page = np.full((rows, columns), rng.uniform(.86, .95), np.float32)
    page += .02 * shapes.cloud(rng, rows, columns, 3, 2)
    margin = columns // 16
    for row in np.linspace(rows * .5, rows * .92, 7).astype(int):
        page[row, margin:columns - margin] = .45
    side = int(min(rows, columns) * .3)
    top, left = int(rows * .16), columns - margin - side
    page[top:top + side, left:left + side] = _slice(rng, side, side)
    page += .012 * shapes.white_noise(rng, rows, columns)
    for _ in range(frames):
        yield np.clip(page, 0, 1)
