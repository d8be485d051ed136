"""Turns drawings: mirrored, by quarter turns, and by a few degrees more."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .drawings import Drawing


@dataclass(frozen=True)
class Turn:
    """First mirrored, then turned clockwise by `quarters` * 90 + `skew`."""

    quarters: int = 0
    mirrored: bool = False
    skew: float = 0.0

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Returns where a point goes, seen from the centre of the turn."""
        if self.mirrored:
            x = -x
        angle = math.radians(90 * self.quarters + self.skew)
        cos, sin = math.cos(angle), math.sin(angle)
        return x * cos - y * sin, x * sin + y * cos

    def layer(self, mask: np.ndarray, nearest: bool = False) -> np.ndarray:
        """Returns a layer turned around its centre, in its new rectangle."""
        if self.mirrored:
            mask = mask[:, ::-1]
        if self.skew:
            how = (Image.Resampling.NEAREST if nearest
                   else Image.Resampling.BICUBIC)
            # Pillow turns counterclockwise.
            mask = np.clip(np.asarray(Image.fromarray(
                np.ascontiguousarray(mask, np.float32)).rotate(
                    -self.skew, how, expand=True)), 0, None)
            if not nearest:
                mask = np.minimum(mask, 1)
        return np.ascontiguousarray(np.rot90(mask, -self.quarters))

    def drawing(self, drawn: Drawing) -> dict[str, np.ndarray]:
        """Returns the turned layers that the drawing has, by name, and
        `letter`, the number of the character at each pixel, if it has
        `starts`."""
        layers = {name: self.layer(mask) for name, mask in (
            ("plate", drawn.plate), ("halo", drawn.halo), ("ink", drawn.ink))
            if mask is not None}
        if drawn.starts:
            height, width = drawn.ink.shape
            middles = (np.arange(width) + .5) / width
            number = np.searchsorted(drawn.starts, middles, side="right") - 1
            number = np.clip(number, 0, len(drawn.text) - 1)
            layers["letter"] = self.layer(np.broadcast_to(
                number.astype(np.float32), (height, width)), nearest=True)
        return layers
