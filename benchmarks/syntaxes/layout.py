"""How the pixels of a file are laid out, and the cells that a picture makes.

A cell is one stored sample. `make_cells` gives what a decoder must give back,
`pack` the bytes of uncompressed pixel data (PS3.5 clause 8).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import palettes
from .picture import Picture

# Colours at level 0 and 1 of the background, and of the letters; RGB in
# [0, 1].
_DARK, _LIGHT, _INK = (.05, .05, .15), (.9, .7, .6), (1., 1., .2)
_TO_YBR = np.array([[.299, .587, .114], [-.168736, -.331264, .5],
                    [.5, -.418688, -.081312]])


@dataclass(frozen=True)
class Layout:
    """The attributes of the Image Pixel module; those of `kind` float and
    double are Float and Double Float Pixel Data."""

    name: str
    photometric: str = "MONOCHROME2"
    bits_allocated: int = 8
    bits_stored: int = 8
    high_bit: int | None = None
    signed: bool = False
    planar: int = 0
    kind: str = "integer"
    palette: palettes.Palette | None = None
    rows: int = 240
    columns: int = 400
    frames: int = 1
    shown: tuple[int, int] | None = None
    squeeze: float = 1.0
    enhanced: bool = False

    @property
    def samples(self) -> int:
        """Samples of one pixel."""
        grey = self.photometric in ("MONOCHROME1", "MONOCHROME2",
                                    "PALETTE COLOR")
        return 1 if grey else 3

    @property
    def top_bit(self) -> int:
        """High Bit."""
        if self.high_bit is None:
            return self.bits_stored - 1
        return self.high_bit

    @property
    def dtype(self) -> np.dtype:
        """The whole words that cells are decoded to, unsigned or float."""
        if self.kind != "integer":
            return np.dtype("<f4" if self.kind == "float" else "<f8")
        size = next(n for n in (1, 2, 4, 8) if 8 * n >= self.bits_allocated)
        return np.dtype(f"<u{size}")


def make_cells(layout: Layout, picture: Picture) -> np.ndarray:
    """Returns the stored cells, shape (frames, rows, columns, samples)."""
    if layout.kind != "integer":
        # Far from the integers, and on both sides of 0.
        values = (picture.levels - .4) * 3e-3
        return values.astype(layout.dtype)[..., None]
    if layout.palette is not None:
        return layout.palette.indices(picture).astype(layout.dtype)[..., None]
    values = _values(layout, picture)
    return _words(layout, values)


def _values(layout: Layout, picture: Picture) -> np.ndarray:
    """Returns what Bits Stored bits hold: integers from 0, or signed ones."""
    most = 2.0 ** layout.bits_stored - 1
    if layout.samples == 1:
        levels = picture.levels
        if layout.bits_stored == 1:
            levels = (levels >= .7).astype(float)
        if layout.photometric == "MONOCHROME1":
            levels = 1 - levels
        # 64 bits are more than a double holds.
        values = np.rint(levels * min(most, 2.0 ** 52)).astype(np.int64)
        values <<= max(0, layout.bits_stored - 53)
        if layout.signed:
            values -= 1 << (layout.bits_stored - 1)
        return values[..., None]
    return np.rint(_colours(layout, picture) * most).astype(np.int64)


def rgb_levels(picture: Picture) -> np.ndarray:
    """Returns RGB in [0, 1], shape (frames, rows, columns, 3)."""
    shade = (picture.background / .5)[..., None]
    rgb = np.array(_DARK) + shade * (np.array(_LIGHT) - np.array(_DARK))
    shown = rgb[picture.first:picture.last + 1]
    shown += picture.ink[..., None] * (np.array(_INK) - shown)
    return np.clip(rgb, 0, 1)


def _colours(layout: Layout, picture: Picture) -> np.ndarray:
    rgb = rgb_levels(picture)
    if not layout.photometric.startswith("YBR"):
        return rgb
    ybr = rgb @ _TO_YBR.T
    ybr[..., 1:] += .5
    if "PARTIAL" in layout.photometric:
        ybr[..., 0] = (16 + 219 * ybr[..., 0]) / 255
        ybr[..., 1:] = (16 + 224 * ybr[..., 1:]) / 255
    if layout.photometric.endswith("422"):
        # Each pair of a row has the chroma of its first pixel.
        ybr[:, :, 1::2, 1:] = ybr[:, :, 0:-1:2, 1:]
    return np.clip(ybr, 0, 1)


def _words(layout: Layout, values: np.ndarray) -> np.ndarray:
    mask = (1 << layout.bits_stored) - 1
    words = values.astype(np.uint64) & np.uint64(mask)
    shift = np.uint64(layout.top_bit + 1 - layout.bits_stored)
    words <<= shift
    is_negative = layout.signed and layout.top_bit + 1 < layout.bits_allocated
    if is_negative:
        # Signed values fill the bits above High Bit with their sign, as most
        # writers do.
        above = ((1 << layout.bits_allocated) - 1) ^ (
            (1 << (layout.top_bit + 1)) - 1)
        words |= np.where(values < 0, np.uint64(above), np.uint64(0))
    return words.astype(layout.dtype)


def stored_order(layout: Layout, cells: np.ndarray) -> np.ndarray:
    """Returns one frame's cells in the order of native pixel data, flat."""
    if layout.photometric.endswith("422") and layout.samples == 3:
        halves = cells.reshape(-1, 2, 3)
        return np.stack([halves[:, 0, 0], halves[:, 1, 0], halves[:, 0, 1],
                         halves[:, 0, 2]], -1).reshape(-1)
    if layout.planar and layout.samples == 3:
        return np.moveaxis(cells, -1, 0).reshape(-1)
    return cells.reshape(-1)


def pack(layout: Layout, frames: np.ndarray, big_endian: bool = False) -> bytes:
    """Returns native pixel data, without the padding to even length."""
    flat = np.concatenate([stored_order(layout, frame) for frame in frames])
    bits = layout.bits_allocated
    if bits == 8 * flat.dtype.itemsize:
        return flat.astype(
            flat.dtype.newbyteorder(">" if big_endian else "<")).tobytes()
    bytes_of = flat.astype("<u8").view(np.uint8).reshape(-1, 8)
    if bits % 8 == 0:
        return bytes_of[:, :bits // 8].tobytes()
    each = np.unpackbits(bytes_of, axis=1, bitorder="little")[:, :bits]
    return np.packbits(each.reshape(-1), bitorder="little").tobytes()
