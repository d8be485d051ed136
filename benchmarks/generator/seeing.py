"""Whether every letter of a line can be seen where it was burnt in: a bone or a
white border behind a few of them leaves the line's own contrast as it is."""

from __future__ import annotations

import numpy as np

from .layout import Placed
from .levels import PALETTE_INKS, PALETTE_WHITE, Levels
from .painting import Style
from .pose import LEGIBLE_CONTRAST
from .scenes import Scene

# Pixels around a letter that have to differ from it, and the share that does.
_RIM, _LEAST_SEEN = 2, .6
# Signs lower than this part of a capital letter may be missed.
_LEAST_SIGN = .35
# Letters that touch are looked at in pieces, each about as wide as one.
_WIDEST, _PIECE = 1.2, .7
_DRAWN, _CLEAR = .5, .05


def _letters(mask: np.ndarray, height_px: int) -> list[tuple[int, int]]:
    """Returns the columns, from and to, of each letter of a line."""
    columns = np.flatnonzero((mask >= _DRAWN).any(0))
    if not columns.size:
        return []
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    letters = []
    for run in runs:
        width = len(run)
        parts = 1 if width <= _WIDEST * height_px else max(
            1, round(width / (_PIECE * height_px)))
        edges = np.linspace(run[0], run[-1] + 1, parts + 1).round().astype(int)
        letters += zip(edges, edges[1:])
    return letters


def _grown(ink: np.ndarray) -> np.ndarray:
    """Returns `ink` with what is up to _RIM pixels beside it."""
    grown = ink.copy()
    for axis in (0, 1):
        before = grown.copy()
        for step in range(1, _RIM + 1):
            for shift in (-step, step):
                grown |= np.roll(before, shift, axis)
    return grown


def _shares_seen(differs: np.ndarray, mask: np.ndarray,
                 height_px: int) -> list[float]:
    """Returns for each letter which part of its rim differs from the ink.
    Nothing is drawn at the edges of `mask`, _RIM pixels wide."""
    shares = []
    for first, last in _letters(mask, height_px):
        near = slice(max(0, first - _RIM), last + _RIM)
        ink = mask[:, near] >= _DRAWN
        ink[:, :first - near.start] = ink[:, last - near.start:] = False
        rows = np.flatnonzero(ink.any(1))
        if not rows.size or rows[-1] + 1 - rows[0] < _LEAST_SIGN * height_px:
            continue
        rim = _grown(ink) & (mask[:, near] < _CLEAR)
        if rim.any():
            shares.append(float(differs[:, near][rim].mean()))
    return shares


def _planes(pixels: np.ndarray, scene: Scene) -> np.ndarray:
    """Returns stored values with one more dimension, that of colours."""
    values = np.asarray(pixels, np.float32)
    if scene.colour == "rgb":
        return values
    if scene.colour != "palette":
        return values[..., None]
    inks = np.float32(PALETTE_INKS) * (PALETTE_WHITE / 255)
    chosen = np.clip(values.astype(int) - PALETTE_WHITE - 1, 0, len(inks) - 1)
    return np.where(values[..., None] > PALETTE_WHITE, inks[chosen],
                    values[..., None])


def has_hidden_letter(frame: np.ndarray, scene: Scene, levels: Levels,
                      placed: Placed, style: Style) -> bool:
    """Whether in neither view, all of the frame's values or the header's
    window, every letter of a line on `frame`, with all text burnt in, can be
    told from what is around it. Of a line of low signs alone nobody can say."""
    rim = placed.box.grown(_RIM)
    rows, columns = rim.cut(*frame.shape[:2])
    inside = (slice(rows.start - rim.y, rows.stop - rim.y),
              slice(columns.start - rim.x, columns.stop - rim.x))
    shown = _planes(frame[rows, columns], scene)
    part = np.zeros((rim.height, rim.width, shown.shape[2]), np.float32)
    part[inside] = shown
    ink = _planes(style.ink, scene)
    whole = _planes(frame[::4, ::4], scene)
    span = max(whole.max(), ink.max()) - min(whole.min(), ink.min())
    mask = np.pad(placed.mask, _RIM)

    def in_window(values: np.ndarray) -> np.ndarray:
        return np.clip((values - levels.window_low) / levels.window_range, 0, 1)

    for differences in (np.abs(part - ink) / max(float(span), 1.0),
                        np.abs(in_window(part) - in_window(ink))):
        shares = _shares_seen(differences.max(2) >= LEGIBLE_CONTRAST, mask,
                              placed.height_px)
        if min(shares, default=1) >= _LEAST_SEEN:
            return False
    return True
