"""How brightness becomes stored values, and what the header's window shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .scenes import Scene
from .seeds import pick

# A palette image stores greys as 0..PALETTE_WHITE and inks above that.
PALETTE_WHITE = 239
PALETTE_INKS = ((255, 255, 255), (255, 255, 0), (0, 255, 0), (0, 255, 255),
                (255, 170, 0), (255, 90, 90))


@dataclass(frozen=True)
class Levels:
    """The mapping of one image; stored values are those of MONOCHROME2.

    stored = background value * scale + offset, clipped to [low, high].
    The header's window shows [window_low, window_high] (stored values) as
    black to white. `has_window` says whether the header names it.
    rescaled value = stored * slope + intercept.
    """

    scale: float
    offset: float
    low: int
    high: int
    window_low: float
    window_high: float
    has_window: bool
    intercept: int = 0
    slope: int = 1

    @property
    def window_range(self) -> float:
        """Stored values between black and white."""
        return self.window_high - self.window_low

    def store(self, values: np.ndarray, dtype: np.dtype) -> np.ndarray:
        """Returns a background's frame as stored values."""
        stored = values * np.float32(self.scale) + np.float32(self.offset)
        return np.clip(np.rint(stored), self.low, self.high).astype(dtype)


_CT_WINDOWS = {"ct-head": ((40, 80), (40, 120)),
               "ct-chest": ((40, 400), (-600, 1500)),
               "ct-abdomen": ((40, 400), (60, 350))}


def _ct(rng: np.random.Generator, scene: Scene) -> Levels:
    # A real frame's organ is unknown; it gets windows of soft tissue.
    windows = _CT_WINDOWS.get(scene.background, _CT_WINDOWS["ct-abdomen"])
    center, width = pick(rng, windows)
    if scene.ink == "below-window":
        center, width = windows[0]
    intercept = pick(rng, (0, -1024)) if scene.signed else -1024
    low, high = ((-32768, 32767) if scene.signed
                 else (0, 2**scene.bits_stored - 1))
    return Levels(1.0, -intercept, low, high, center - width / 2 - intercept,
                  center + width / 2 - intercept, True, intercept)


def _deep(rng: np.random.Generator, scene: Scene) -> Levels:
    """MR and deep radiographs: anatomy fills a part of the range."""
    high = 2**scene.bits_stored - 1
    peak = (float(rng.integers(700, 3500)) if scene.bits_stored == 16
            else high * rng.uniform(.55, .95))
    bottom = .25 * peak if scene.ink == "below-window" else .02 * peak
    return Levels(peak, 0.0, 0, high, bottom, .95 * peak,
                  scene.ink in ("in-window", "above-window", "below-window")
                  or bool(rng.random() < .8))


def make_levels(rng: np.random.Generator, scene: Scene) -> Levels:
    """Returns the mapping for one image of `scene`."""
    if scene.modality == "CT":
        return _ct(rng, scene)
    if scene.colour == "palette":
        return Levels(PALETTE_WHITE, 0.0, 0, PALETTE_WHITE, 0, PALETTE_WHITE,
                      False)
    if scene.bits_stored <= 8:
        return Levels(255.0, 0.0, 0, 255, 0, 255, False)
    return _deep(rng, scene)
