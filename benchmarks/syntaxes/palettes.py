"""Palettes in which only the colours tell the text from its background.

Background indices lie at both ends of the table and those of the text in its
middle, all at random, so that a picture of the indices is noise: a reader has
to look the colours up (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6 and C.7.9.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..generator.seeds import stream
from .picture import Picture

_GREY, _WHITE = (.15, .4), .95


@dataclass(frozen=True)
class Palette:
    """`entries` colours for the values from `first` on, of `bits` bits each.

    `segmented` stores the tables as segments. `supplemental` colours a
    MONOCHROME2 image from `first` on, and leaves the values below grey.
    """

    entries: int = 256
    first: int = 0
    bits: int = 16
    segmented: bool = False
    supplemental: bool = False

    def indices(self, picture: Picture) -> np.ndarray:
        """Returns stored values, shape (frames, rows, columns)."""
        rng = stream(picture.text, "palette")
        shape = picture.background.shape
        eighth = self.entries // 8
        near = rng.integers(0, eighth, shape)
        upper = rng.random(shape) < .5
        ends = np.where(upper, self.entries - 1 - near, near)
        middle = np.where(upper, self.entries // 2 + near,
                          self.entries // 2 - 1 - near)
        text = np.zeros(shape, bool)
        text[picture.first:picture.last + 1] = picture.ink >= .5
        return np.where(text, middle, ends) + self.first

    def table(self, channel: int) -> np.ndarray:
        """Returns the entries of red (0), green (1) or blue (2)."""
        quarter = self.entries // 4
        most = 2 ** self.bits - 1
        ramp = np.linspace(*_GREY, quarter)
        ink = _WHITE if channel < 2 else .1  # yellow
        levels = np.concatenate([ramp, np.full(2 * quarter, ink), ramp])
        return np.rint(levels * most).astype(int)

    def descriptor(self) -> list[int]:
        """Returns the LUT descriptor; 65536 entries are written as 0."""
        return [self.entries % 65536, self.first, self.bits]

    def data(self, channel: int) -> bytes:
        """Returns LUT data, or segmented LUT data."""
        if self.segmented:
            return self._segments(channel)
        return self.table(channel).astype(
            "<u2" if self.bits == 16 else "u1").tobytes()

    def _segments(self, channel: int) -> bytes:
        """Discrete, linear and indirect segments, each at least once."""
        table = self.table(channel)
        quarter = self.entries // 4
        ink, most = int(table[quarter]), 2 ** self.bits
        words = [0, 1, int(table[0]),                         # first grey
                 1, quarter - 1, int(table[quarter - 1]),     # ramp
                 0, 1, ink, 1, 2 * quarter - 1, ink]          # text
        # Once more the first two segments, which start at byte 0.
        words += [2, 2, 0, 0]
        assert max(words) < most
        return np.array(words, "<u2" if self.bits == 16 else "u1").tobytes()
