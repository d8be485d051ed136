"""Text in overlay planes: groups of their own, and unused bits of pixels."""

from __future__ import annotations

import functools
import pathlib
import tempfile

import numpy as np
from pydicom.dataset import Dataset

from . import file_encoders
from .header import base_header, describe_pixels
from .layout import Layout, make_cells, pack
from .layouts import LAYOUTS
from .picture import Picture, make_picture, write_line
from .truth import Planted
from .writing import BIG_ENDIAN, EXPLICIT, IMPLICIT, even, write_file
from ..generator.layout import Box

_GROUPS = range(0x6000, 0x6020, 2)
_JPEG_LOSSLESS, _RLE = "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.5"


def _without_text(seed: int, name: str, layout: Layout) -> Picture:
    picture = make_picture(seed, name, layout.rows, layout.columns,
                           layout.frames)
    picture.ink[:] = 0
    return picture


def image_without_text(seed: int, name: str, layout: Layout,
                       big_endian: bool = False) -> Dataset:
    """Returns a complete image with nothing written on it."""
    ds = base_header(seed, name)
    describe_pixels(ds, layout)
    cells = make_cells(layout, _without_text(seed, name, layout))
    ds.PixelData = even(pack(layout, cells, big_endian))
    ds["PixelData"].VR = "OW" if layout.bits_allocated > 8 else "OB"
    return ds


def _words(bits: np.ndarray, big_endian: bool) -> bytes:
    data = even(np.packbits(bits.reshape(-1), bitorder="little").tobytes())
    return np.frombuffer(data, "<u2").astype(
        ">u2" if big_endian else "<u2").tobytes()


def add_overlay(ds: Dataset, group: int, bits: np.ndarray,
                origin: tuple[int, int] = (1, 1), big_endian: bool = False,
                vr: str = "OW") -> None:
    """Adds a 60xx group of `bits`, shape (frames, rows, columns). `origin` is
    a row and a column of the image, counted from 1."""
    frames, rows, columns = bits.shape
    ds.add_new((group, 0x0010), "US", rows)
    ds.add_new((group, 0x0011), "US", columns)
    if frames > 1:
        ds.add_new((group, 0x0015), "IS", frames)
        ds.add_new((group, 0x0051), "US", 2)
    ds.add_new((group, 0x0040), "CS", "G")
    ds.add_new((group, 0x0050), "SS", list(origin))
    ds.add_new((group, 0x0100), "US", 1)
    ds.add_new((group, 0x0102), "US", 0)
    ds.add_new((group, 0x3000), vr, _words(bits, big_endian))


def line_for(seed: int, name: str, key: object, rows: int,
             columns: int) -> tuple[np.ndarray, Box, int, str]:
    """Returns (bits, box, height of a capital, text) of the name at a place
    that `key` draws."""
    text = make_picture(seed, name, rows, columns).text
    ink, box, height = write_line(text, rows, columns, (seed, name, key))
    return ink >= .5, box, height, text


def _shifted(box: Box, origin: tuple[int, int]) -> Box:
    return Box(box.x + origin[1] - 1, box.y + origin[0] - 1, box.width,
               box.height)


def _every_group(seed: int, name: str, path: pathlib.Path, *,
                 uid: str = EXPLICIT, layout: str = "mono8",
                 groups: range = _GROUPS, vr: str = "OW",
                 origin: tuple[int, int] = (1, 1),
                 margin: int = 0) -> list[Planted]:
    shape, big_endian = LAYOUTS[layout], uid == BIG_ENDIAN
    rows, columns = shape.rows + margin, shape.columns + margin
    ds = image_without_text(seed, name, shape, big_endian)
    planted = []
    for group in groups:
        bits, box, height, text = line_for(seed, name, group, rows, columns)
        add_overlay(ds, group, bits[None], origin, big_endian, vr)
        planted.append(Planted(text, _shifted(box, origin), "OVERLAY_PLANE",
                               group, height_px=height))
    write_file(ds, path, uid)
    return planted


def _frames(seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    layout = LAYOUTS["mono8-last-frame"]
    ds = image_without_text(seed, name, layout)
    bits, box, height, text = line_for(seed, name, "frames", layout.rows,
                                       layout.columns)
    shown = np.zeros((3, *bits.shape), bool)
    shown[1] = bits
    add_overlay(ds, 0x6000, shown)
    write_file(ds, path, EXPLICIT)
    return [Planted(text, box, "OVERLAY_PLANE", 0x6000, 1, 1, height)]


def _in_bits(seed: int, name: str, path: pathlib.Path, *,
             layout: str = "mono12", uid: str = EXPLICIT,
             tool: str | None = None) -> list[Planted]:
    """Four overlays in the bits that the stored pixels leave unused."""
    shape = LAYOUTS[layout]
    ds = base_header(seed, name)
    describe_pixels(ds, shape)
    cells = make_cells(shape, _without_text(seed, name, shape))
    first = 0 if shape.top_bit == 15 else 12
    planted = []
    for number in range(4):
        group, bit = 0x6000 + 2 * number, first + number
        bits, box, height, text = line_for(seed, name, group, shape.rows,
                                           shape.columns)
        cells |= (bits[None, ..., None].astype(np.uint16) << np.uint16(bit))
        _describe_bit(ds, group, shape, bit)
        planted.append(Planted(text, box, "HIGH_BIT_OVERLAY", group, 0,
                               shape.frames - 1, height))
    ds.PixelData = even(pack(shape, cells, uid == BIG_ENDIAN))
    ds["PixelData"].VR = "OW"
    _write(ds, path, uid, tool)
    return planted


def _describe_bit(ds: Dataset, group: int, layout: Layout, bit: int) -> None:
    ds.add_new((group, 0x0010), "US", layout.rows)
    ds.add_new((group, 0x0011), "US", layout.columns)
    ds.add_new((group, 0x0040), "CS", "G")
    ds.add_new((group, 0x0050), "SS", [1, 1])
    ds.add_new((group, 0x0100), "US", 16)
    ds.add_new((group, 0x0102), "US", bit)


def _write(ds: Dataset, path: pathlib.Path, uid: str,
           tool: str | None) -> None:
    if tool is None:
        write_file(ds, path, uid)
        return
    with tempfile.TemporaryDirectory(prefix="burntin-syntaxes-") as folder:
        plain = pathlib.Path(folder) / "plain.dcm"
        write_file(ds, plain, EXPLICIT)
        file_encoders.dcmtk(tool, (), plain, path)


def _groups(**options):
    return functools.partial(_every_group, **options)


def _bits(**options):
    return functools.partial(_in_bits, **options)


PLACES = (
    ("overlay-every-group", EXPLICIT, _groups()),
    ("overlay-last-group", EXPLICIT, _groups(groups=range(0x60FE, 0x60FF))),
    ("overlay-implicit", IMPLICIT,
     _groups(uid=IMPLICIT, groups=range(0x6000, 0x6004, 2))),
    ("overlay-big-endian", BIG_ENDIAN,
     _groups(uid=BIG_ENDIAN, groups=range(0x6000, 0x6004, 2))),
    ("overlay-bytes", EXPLICIT,
     _groups(vr="OB", groups=range(0x6000, 0x6002, 2))),
    ("overlay-odd-size", EXPLICIT,
     _groups(layout="mono8-odd", groups=range(0x6000, 0x6002, 2))),
    ("overlay-inner-origin", EXPLICIT,
     _groups(origin=(31, 21), margin=-40, groups=range(0x6000, 0x6002, 2))),
    ("overlay-outer-origin", EXPLICIT,
     _groups(origin=(-9, -7), margin=40, groups=range(0x6000, 0x6002, 2))),
    ("overlay-frames", EXPLICIT, _frames),
    ("high-bits", EXPLICIT, _bits()),
    ("high-bits-implicit", IMPLICIT, _bits(uid=IMPLICIT)),
    ("high-bits-big-endian", BIG_ENDIAN, _bits(uid=BIG_ENDIAN)),
    ("high-bits-frames", EXPLICIT, _bits(layout="mono12-frames")),
    ("low-bits", EXPLICIT, _bits(layout="mono12-top")),
    ("high-bits-rle", _RLE, _bits(uid=_RLE, tool="dcmcrle")),
    ("high-bits-jpeg-lossless", _JPEG_LOSSLESS,
     _bits(uid=_JPEG_LOSSLESS, tool="dcmcjpeg")),
)
