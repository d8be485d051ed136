"""Where blocks of lines stand in a frame, whole or cut by its edge."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..layout import DRAWN, Box
from ..wording import Line
from .drawings import Drawing
from .turning import Turn


@dataclass(frozen=True)
class Piece:
    """A turned line; `x`, `y` is the centre seen from the block's centre."""

    line: Line
    drawing: Drawing
    turn: Turn
    x: float
    y: float
    layers: dict[str, np.ndarray] = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the turned layers."""
        return self.layers["ink"].shape


def arranged(rng: np.random.Generator, drawn: list[tuple[Line, Drawing]],
             turn: Turn) -> list[Piece]:
    """Stacks lines, left or right edges aligned, and turns them as one."""
    heights = [d.ink.shape[0] for _, d in drawn]
    gap = int(max(3, drawn[0][1].height_px * rng.uniform(.45, .9)))
    width = max(d.ink.shape[1] for _, d in drawn)
    top, total = 0, sum(heights) + gap * (len(heights) - 1)
    at_left = rng.random() < .75
    pieces = []
    for (line, d), height in zip(drawn, heights):
        side = (d.ink.shape[1] - width) / 2 * (1 if at_left else -1)
        x, y = turn.moved(side, top + height / 2 - total / 2)
        pieces.append(Piece(line, d, turn, x, y, turn.drawing(d)))
        top += height + gap
    return pieces


def extent(pieces: list[Piece]) -> tuple[int, int, int, int]:
    """Returns (left, top, right, bottom) seen from the block's centre."""
    edges = np.array([(p.x - p.shape[1] / 2, p.y - p.shape[0] / 2,
                       p.x + p.shape[1] / 2, p.y + p.shape[0] / 2)
                      for p in pieces])
    low, high = edges[:, :2].min(0), edges[:, 2:].max(0)
    return (*map(int, np.floor(low)), *map(int, np.ceil(high)))


def find_place(rng: np.random.Generator, pieces: list[Piece], rows: int,
               columns: int, taken: list[Box]) -> tuple[int, int] | None:
    """Returns a centre (x, y) at which the block lies in the frame and touches
    nothing; None if none was found. Corners are likelier than the middle."""
    left, top, right, bottom = extent(pieces)
    width, height = right - left, bottom - top
    free_x, free_y = columns - width, rows - height
    if free_x < 0 or free_y < 0:
        return None
    for attempt in range(14):
        margin = int(min(rng.integers(1, 14), free_x, free_y))
        if attempt < 9 and rng.random() < .6:
            x = margin if rng.random() < .5 else free_x - margin
            y = margin if rng.random() < .5 else free_y - margin
        else:
            x = int(rng.integers(0, free_x + 1))
            y = int(rng.integers(0, free_y + 1))
        box = Box(x, y, width, height)
        if not any(box.grown(4).touches(other) for other in taken):
            return x - left, y - top
    return None


def cut_place(rng: np.random.Generator, pieces: list[Piece], rows: int,
              columns: int) -> tuple[int, int]:
    """Returns a centre at which one edge of the frame cuts the block: up to
    0.6 of its length, or up to 0.4 of its letters' height, is lost."""
    left, top, right, bottom = extent(pieces)
    width, height = right - left, bottom - top
    x = int(rng.integers(0, max(1, columns - width))) - left
    y = int(rng.integers(0, max(1, rows - height))) - top
    along = bool(rng.random() < .6)
    lost = rng.uniform(.1, .6) if along else rng.uniform(.05, .4)
    upright = pieces[0].turn.quarters % 2 == 0
    first = rng.random() < .5
    if along == upright:
        x = (-left - int(lost * width) if first
             else columns - right + int(lost * width))
    else:
        y = (-top - int(lost * height) if first
             else rows - bottom + int(lost * height))
    return x, y


@dataclass(frozen=True)
class Spot:
    """A piece in the frame: index slices of the frame and of its layers."""

    frame: tuple[slice, slice]
    layer: tuple[slice, slice]


def spot(piece: Piece, centre: tuple[int, int], rows: int,
         columns: int) -> Spot:
    """Returns where a piece lies when its block's centre is at `centre`."""
    height, width = piece.shape
    top = round(centre[1] + piece.y - height / 2)
    left = round(centre[0] + piece.x - width / 2)
    below, after = min(rows, top + height), min(columns, left + width)
    above, before = max(0, top), max(0, left)
    below, after = max(above, below), max(before, after)
    return Spot((slice(above, below), slice(before, after)),
                (slice(above - top, below - top),
                 slice(before - left, after - left)))


def visible_part(piece: Piece, where: Spot) -> tuple[float, str]:
    """Returns the part of the ink that is in the frame, in [0, 1], and the
    characters of which at least 0.7 is."""
    ink = piece.layers["ink"] >= DRAWN
    inside = ink[where.layer]
    share = float(inside.sum() / max(1, ink.sum()))
    text = piece.drawing.text
    if "letter" not in piece.layers or share == 1:
        return share, text if share == 1 else ""
    number = piece.layers["letter"].astype(np.int32)
    whole = np.bincount(number[ink], minlength=len(text))
    seen = np.bincount(number[where.layer][inside], minlength=len(text))
    kept = "".join(c for c, n, of in zip(text, seen, whole)
                   if (n >= .7 * of and n) or (of == 0 and c == " "))
    return share, kept.strip()
