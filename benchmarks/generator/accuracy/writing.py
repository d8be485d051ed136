"""Burns the blocks of a case into a frame, and measures each line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..layout import DRAWN, Box, Placed
from ..levels import Levels
from ..painting import Style
from ..pose import LEGIBLE_CONTRAST, Pose
from ..wording import Line
from . import inks
from .cases import Look
from .faces import script_of
from .inks import Range
from .placing import Piece, Spot, extent, spot, visible_part


@dataclass(frozen=True)
class Burnt:
    """A painted line, measured in stored units but not yet compared with what
    the finished frame spans."""

    piece: Piece
    look: Look
    centre: tuple[int, int]
    where: Spot
    before: np.ndarray
    after: np.ndarray
    ink: object
    backing: str
    back: object


def _colour(rng: np.random.Generator, frame: np.ndarray, value: float,
            tint: bool) -> object:
    """Returns what is painted for a grey: itself, or a colour of its luma."""
    if frame.ndim == 2:
        return value
    if tint:
        return inks.tinted(rng, value)
    return np.full(3, value, np.float32)


def _plate_value(rng: np.random.Generator, range_: Range) -> float:
    share = (rng.uniform(0, .2) if rng.random() < .5 else
             rng.uniform(.2, .65) if rng.random() < .4 else rng.uniform(.8, 1))
    return range_.low + share * range_.span


@dataclass
class _Choice:
    """What all lines of a block are painted with."""

    ink: object
    backing: str
    back: object
    alpha: float
    plate_alpha: float
    halo: object


def _barcode(rng: np.random.Generator, frame: np.ndarray,
             range_: Range) -> _Choice:
    light = range_.low + range_.span * rng.uniform(.75, 1)
    dark = range_.low + range_.span * rng.uniform(0, .2)
    return _Choice(_colour(rng, frame, dark, rng.random() < .2), "box",
                   _colour(rng, frame, light, False), 1, 1, None)


def _choose(rng: np.random.Generator, frame: np.ndarray, behind: np.ndarray,
            look: Look, range_: Range, has_plate: bool,
            frame_only: bool) -> _Choice:
    """Chooses ink and what lies behind it so that the look's contrast is
    met; a clear line that nothing would show gets a box."""
    if look.style == "barcode":
        return _barcode(rng, frame, range_)
    alpha = rng.uniform(.4, .85) if look.style == "translucent" else 1.0
    plate_alpha = rng.uniform(.4, .75) if rng.random() < .3 else 1.0
    backing, plate = "none", range_.low
    if has_plate and not frame_only:
        backing, plate = "box", _plate_value(rng, range_)
        behind = behind + plate_alpha * (plate - behind)
    elif look.style == "translucent" and rng.random() < .4:
        # Opaque letters on a veil instead of letters one can look through.
        backing, plate, plate_alpha = "box", _plate_value(rng, range_), alpha
        behind, alpha = behind + plate_alpha * (plate - behind), 1.0
    wanted = min(1.0, look.contrast / alpha)
    value, room = inks.choose_value(rng, behind, wanted, range_, look.clear)
    if look.clear and backing == "none" and room * alpha < 38 / 255:
        backing, plate, plate_alpha = "box", _plate_value(rng, range_), 1.0
        behind = np.full_like(behind, plate)
        value, _ = inks.choose_value(rng, behind, wanted, range_, True)
    tint = rng.random() < .6
    middle = float(np.median(behind))
    halo = range_.low if value > middle else range_.high
    return _Choice(_colour(rng, frame, value, tint), backing,
                   _colour(rng, frame, plate, tint), alpha, plate_alpha,
                   _colour(rng, frame, halo, False))


def _veil(frame: np.ndarray, pieces: list[Piece], centre: tuple[int, int],
          choice: _Choice) -> None:
    """Fills the block's rectangle behind lines that bring no plate."""
    left, top, right, bottom = extent(pieces)
    box = Box(centre[0] + left, centre[1] + top, right - left,
              bottom - top).grown(3)
    part = frame[box.cut(*frame.shape[:2])]
    inks.blend(part, np.ones(part.shape[:2], np.float32), choice.back,
               choice.plate_alpha)


def burn(rng: np.random.Generator, frame: np.ndarray, look: Look,
         pieces: list[Piece], centre: tuple[int, int],
         range_: Range) -> list[Burnt]:
    """Paints a block into `frame`, float32 in stored units."""
    rows, columns = frame.shape[:2]
    spots = [spot(piece, centre, rows, columns) for piece in pieces]
    behind = np.concatenate([inks.grey(frame[s.frame]).ravel()[::3]
                             for s in spots])
    if not behind.size:
        return []
    has_plate = pieces[0].drawing.plate is not None
    # Upright, a filled plate covers all, a frame line little.
    frame_only = has_plate and bool(pieces[0].drawing.plate.mean() < .5)
    choice = _choose(rng, frame, behind, look, range_, has_plate, frame_only)
    if choice.backing == "box" and (not has_plate or frame_only):
        _veil(frame, pieces, centre, choice)
    burnt = []
    for piece, where in zip(pieces, spots):
        part = frame[where.frame]
        layers = {name: mask[where.layer]
                  for name, mask in piece.layers.items()}
        if has_plate:
            inks.blend(part, layers["plate"],
                       choice.ink if frame_only else choice.back,
                       1.0 if frame_only else choice.plate_alpha)
        before = inks.grey(part).copy()
        if "halo" in layers:
            inks.blend(part, layers["halo"], choice.halo, choice.alpha)
        inks.blend(part, layers["ink"], choice.ink, choice.alpha)
        burnt.append(Burnt(piece, look, centre, where, before,
                           inks.grey(part).copy(), choice.ink, choice.backing,
                           choice.back))
    return burnt


def _box(burnt: Burnt) -> tuple[Box, np.ndarray] | None:
    """Returns the pixels drawn inside the frame: their box and coverage."""
    ink = burnt.piece.layers["ink"][burnt.where.layer]
    drawn = ink >= DRAWN
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    if not rows.size:
        return None
    top, left = int(rows[0]), int(columns[0])
    mask = ink[top:rows[-1] + 1, left:columns[-1] + 1]
    return Box(burnt.where.frame[1].start + left,
               burnt.where.frame[0].start + top, mask.shape[1],
               mask.shape[0]), mask


def _corners(burnt: Burnt) -> tuple[tuple[float, float], ...]:
    drawing, piece = burnt.piece.drawing, burnt.piece
    height, width = drawing.ink.shape
    half_x = width / 2 - drawing.margin
    half_y = height / 2 - drawing.margin
    x, y = burnt.centre[0] + piece.x, burnt.centre[1] + piece.y
    turned = [piece.turn.moved(a * half_x, b * half_y)
              for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    return tuple((x + a, y + b) for a, b in turned)


def measured(burnt: Burnt, levels: Levels, span: float, symbology: str | None
             ) -> tuple[Placed, Style] | None:
    """Returns the line as the truth has it, once the finished frame's `span`
    is known; None where nothing of it is in the frame."""
    found = _box(burnt)
    if found is None:
        return None
    box, mask = found
    piece, look = burnt.piece, burnt.look
    ink = piece.layers["ink"][burnt.where.layer]
    stands = inks.standing(burnt.before, burnt.after, ink,
                           .8 * LEGIBLE_CONTRAST * span,
                           max(1, round(piece.drawing.height_px / 6)))
    visible, seen = visible_part(piece, burnt.where)
    stroke = max(1.0, piece.drawing.height_px / 8)
    drowned = (stands.clear_share < .8
               or abs(stands.step) < 2.5 * stands.grain / np.sqrt(stroke))
    drawing = piece.drawing
    script = None if symbology else script_of(drawing.text)
    pose = Pose(look.style, script,
                look.orientation, look.mirrored, look.skew_degrees,
                _corners(burnt), visible, None if visible == 1 else seen,
                symbology, bool(drowned), drawing.smallest_px)
    shown = np.clip((np.array([stands.under + stands.step, stands.under])
                     - levels.window_low) / levels.window_range, 0, 1)
    line = Line(drawing.text, piece.line.category, piece.line.attribute)
    style = Style(burnt.ink, burnt.backing, burnt.back,
                  float(np.clip(stands.step / span, -1, 1)),
                  float(shown[0] - shown[1]))
    return Placed(line, box, mask, drawing.height_px, drawing.font, pose), style


