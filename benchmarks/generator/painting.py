"""Burns placed lines into stored frames and measures how they stand out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .layout import Placed
from .levels import PALETTE_INKS, PALETTE_WHITE, Levels
from .scenes import Scene
from .seeds import choose

_COLOURS = {(255, 255, 255): 5, (205, 205, 205): 2, (255, 255, 0): 2,
            (0, 255, 0): 1.5, (0, 255, 255): .7, (255, 170, 0): .7}
_LUMA = np.array([.299, .587, .114], np.float32)


@dataclass(frozen=True)
class Style:
    """How one line is drawn: stored ink, and what lies behind the letters.

    `backing` is none, box or shadow; `back` is its stored value. For RGB both
    values are triples. Contrasts are signed fractions in [-1, 1]: `contrast` of
    the values this frame spans, `window_contrast` of the header's window.
    """

    ink: object
    backing: str
    back: object
    contrast: float
    window_contrast: float


def _grey_view(pixels: np.ndarray, scene: Scene) -> np.ndarray:
    if scene.colour == "rgb":
        return pixels.astype(np.float32) @ _LUMA
    return pixels.astype(np.float32)


def _grey_of(value: object, scene: Scene) -> float:
    if scene.colour == "rgb":
        return float(np.dot(_LUMA, value))
    if scene.colour == "palette" and value > PALETTE_WHITE:
        colour = PALETTE_INKS[int(value) - PALETTE_WHITE - 1]
        return float(np.dot(_LUMA, colour)) * PALETTE_WHITE / 255
    return float(value)


def _ink(rng: np.random.Generator, scene: Scene, levels: Levels, local: float,
         spread: float) -> object:
    """Returns the stored value letters get on a background of `local`."""
    low, span = levels.window_low, levels.window_range
    if scene.ink == "low":
        shown = float(np.clip(local, low, levels.window_high))
        step = max(rng.uniform(.14, .22) * span, 1.5 * min(spread, span / 5))
        value = shown + (step if shown + step <= levels.window_high else -step)
    elif scene.ink == "top":
        value = levels.high
    elif scene.ink == "above-window":
        value = levels.window_high + rng.uniform(.2, 1.5) * span
    elif scene.ink == "below-window":
        value = local + rng.uniform(.6, .8) * (low - local)
    else:
        value = low + rng.uniform(.8, 1.0) * span
    value = int(np.clip(round(value), levels.low, levels.high))
    if scene.ink in ("normal", "in-window"):
        if scene.colour == "palette":
            return PALETTE_WHITE + 1 + int(rng.integers(len(PALETTE_INKS)))
        if scene.colour == "rgb":
            return choose(rng, _COLOURS)
    return (value,) * 3 if scene.colour == "rgb" else value


def choose_style(rng: np.random.Generator, scene: Scene, levels: Levels,
                 frame: np.ndarray, placed: Placed) -> Style:
    """Chooses ink and backing so that the line can be told from `frame`."""
    around = _grey_view(frame[placed.box.grown(2).cut(*frame.shape[:2])], scene)
    local, spread = float(np.median(around)), float(np.std(around))
    share = (local - levels.window_low) / levels.window_range
    # The darkest value the picture uses, which is what dark boxes are filled
    # with; for CT it is air, far above the lowest storable number.
    air = levels.offset - 1000 if scene.modality == "CT" else levels.low
    floor = int(max(levels.low, air))
    backing = choose(rng, {"none": 14, "box": 4, "shadow": 2})
    if backing == "none" and spread > .12 * levels.window_range:
        backing = choose(rng, {"none": 2, "box": 2, "shadow": 1})
    dark_ink = False
    if scene.ink == "below-window" and share > -.1:
        backing = "box"
    elif scene.ink != "low" and share > .55:
        dark_ink = (scene.ink in ("normal", "in-window")
                    and (scene.background == "paper" or rng.random() < .4))
        backing = "none" if dark_ink else "box"
    elif scene.ink == "low":
        backing = "none"
    behind = floor if backing == "box" else local
    ink = _ink(rng, scene, levels, behind, spread)
    if dark_ink:
        dark = int(levels.window_low + rng.uniform(0, .12)
                   * levels.window_range)
        ink = (dark,) * 3 if scene.colour == "rgb" else dark
    back = (floor,) * 3 if scene.colour == "rgb" else floor
    return Style(ink, backing, back,
                 *_contrasts(scene, levels, frame, _grey_of(ink, scene),
                             behind))


def _contrasts(scene: Scene, levels: Levels, frame: np.ndarray, ink: float,
               behind: float) -> tuple[float, float]:
    grey = _grey_view(frame[::4, ::4], scene)
    low = min(float(grey.min()), ink, behind)
    high = max(float(grey.max()), ink, behind)
    shown = np.clip((np.array([ink, behind]) - levels.window_low)
                    / levels.window_range, 0, 1)
    return ((ink - behind) / max(high - low, 1.0), float(shown[0] - shown[1]))


def _blend(frame: np.ndarray, placed: Placed, value: object, shift: int,
           hard: bool) -> None:
    rows, columns = frame.shape[:2]
    top, left = placed.box.y + shift, placed.box.x + shift
    mask = placed.mask[:rows - top, :columns - left]
    if hard:
        mask = (mask >= .5).astype(np.float32)
    if frame.ndim == 3:
        mask = mask[:, :, None]
    part = frame[top:top + mask.shape[0], left:left + mask.shape[1]]
    mixed = part + mask * (np.asarray(value, np.float32) - part)
    part[...] = np.rint(mixed).astype(frame.dtype)


def paint(frame: np.ndarray, scene: Scene,
          lines: list[tuple[Placed, Style]]) -> None:
    """Burns `lines` into one stored frame; all backings lie below all ink."""
    hard = scene.colour == "palette"
    for placed, style in lines:
        if style.backing == "box":
            frame[placed.box.grown(3).cut(*frame.shape[:2])] = style.back
    for placed, style in lines:
        if style.backing == "shadow":
            _blend(frame, placed, style.back, 1, hard)
    for placed, style in lines:
        _blend(frame, placed, style.ink, 0, hard)
