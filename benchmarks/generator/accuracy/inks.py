"""Which ink a line gets, and how it stands out once it is painted.

A frame is float32 in stored units of MONOCHROME2, (rows, columns[, 3]).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

LUMA = np.array([.299, .587, .114], np.float32)


def grey(pixels: np.ndarray) -> np.ndarray:
    """Returns the luma of RGB pixels; grey ones as they are."""
    return pixels @ LUMA if pixels.ndim == 3 else pixels


def tinted(rng: np.random.Generator, luma: float) -> np.ndarray:
    """Returns an RGB colour of the given luma in [0, 255], at a random hue."""
    colour = rng.uniform(0, 255, 3)
    colour[int(rng.integers(3))] *= .15
    colour *= 255 / max(colour.max(), 1)
    own = float(colour @ LUMA)
    if own > luma:
        return (colour * (luma / own)).astype(np.float32)
    return (colour + (255 - colour) * ((luma - own) / max(255 - own, 1e-3))
            ).astype(np.float32)


@dataclass(frozen=True)
class Range:
    """The values that inks may have, from dark to bright."""

    low: float
    high: float

    @property
    def span(self) -> float:
        """Distance between the darkest and the brightest ink."""
        return self.high - self.low


def choose_value(rng: np.random.Generator, behind: np.ndarray, contrast: float,
                 inks: Range, clear: bool) -> tuple[float, float]:
    """Returns (ink, worst): a grey whose distance from `behind` is about
    `contrast` of the span, and what is left of that distance, as a part of the
    span, where the background comes nearest.

    A `clear` line keeps its distance from nearly all of the background, any
    other from its middle only.
    """
    dark, middle, bright = np.percentile(behind, (4, 50, 96))
    above, below = (bright, dark) if clear else (middle, middle)
    step = contrast * inks.span
    up, down = min(above + step, inks.high), max(below - step, inks.low)
    room_up, room_down = (up - bright) / inks.span, (dark - down) / inks.span
    want_up = rng.random() < .6
    if clear:
        fits = .15
        if want_up and room_up < min(fits, .9 * contrast):
            want_up = room_up >= room_down
        elif not want_up and room_down < min(fits, .9 * contrast):
            want_up = room_up > room_down
    elif want_up and up - middle < .9 * step:
        want_up = False
    elif not want_up and middle - down < .9 * step:
        want_up = True
    return (float(up), float(room_up)) if want_up else (float(down),
                                                        float(room_down))


def blend(part: np.ndarray, mask: np.ndarray, value, alpha: float) -> None:
    """Paints `value` (a grey, or three for RGB) into a part of a frame."""
    if part.ndim == 3:
        mask = mask[:, :, None]
    part += (alpha * mask) * (np.asarray(value, np.float32) - part)


@dataclass(frozen=True)
class Standing:
    """How a painted line stands out, in stored units.

    `step` is the median change of the drawn pixels, `under` their median
    before. Of the background under and around the letters, `clear_share` is the
    part whose distance from the ink has the same sign and at least `needed`
    stored units; `grain` is its deviation from pixel to pixel.
    """

    step: float
    under: float
    clear_share: float
    grain: float


def _around(drawn: np.ndarray, reach: int) -> np.ndarray:
    """Returns the pixels that are at most `reach` away from drawn ones."""
    image = Image.fromarray(drawn.astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.MaxFilter(2 * reach + 1)), bool)


def standing(before: np.ndarray, after: np.ndarray, ink_mask: np.ndarray,
             needed: float, reach: int) -> Standing:
    """Measures a line from the luma of its box before and after painting;
    `reach` is how far around a letter belongs to it, in pixels."""
    strongest = float(ink_mask.max(initial=0))
    drawn = ink_mask >= max(.3, .6 * strongest)
    if not drawn.any():
        return Standing(0.0, 0.0, 0.0, 0.0)
    under = float(np.median(before[drawn]))
    step = float(np.median(after[drawn] - before[drawn]))
    shown = float(np.median(after[drawn]))
    away = (shown - before) * np.sign(step or 1)
    near = _around(drawn, min(reach, 12))
    rough = np.abs(np.diff(before, axis=1))[near[:, 1:]]
    grain = float(np.median(rough)) / .954 if rough.size else 0.0
    return Standing(step, under, float((away[near] >= needed).mean()), grain)
