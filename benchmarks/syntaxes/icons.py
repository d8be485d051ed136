"""Text in the icon image (PS3.3 C.7.6.1.1.6) and in no frame."""

from __future__ import annotations

import functools
import io
import pathlib
from dataclasses import replace

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset

from .header import base_header, describe_pixels
from .layout import Layout, make_cells, pack
from .layouts import LAYOUTS
from .overlays import image_without_text
from .picture import make_picture
from .truth import Planted, planted_in
from .writing import (EXPLICIT, IMPLICIT, encapsulate, even, write_file)

_JPEG = "1.2.840.10008.1.2.4.50"
_SIZE = {"rows": 64, "columns": 256}


def _icon(seed: int, name: str, layout: Layout) -> tuple[Dataset, Planted]:
    picture = make_picture(seed, name, layout.rows, layout.columns)
    item = Dataset()
    describe_pixels(item, layout)
    item.PixelData = even(pack(layout, make_cells(layout, picture)))
    item["PixelData"].VR = "OW" if layout.bits_allocated > 8 else "OB"
    return item, planted_in(picture, "ICON")


def _native(seed: int, name: str, path: pathlib.Path, *, layout: str = "mono8",
            uid: str = EXPLICIT) -> list[Planted]:
    ds = image_without_text(seed, name, LAYOUTS["mono8"])
    item, planted = _icon(seed, name, replace(LAYOUTS[layout], **_SIZE))
    ds.IconImageSequence = [item]
    write_file(ds, path, uid)
    return [planted]


def _jpeg(cells: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(cells).save(out, "JPEG", quality=92)
    return out.getvalue()


def _compressed(seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    """Both the frame and the icon are JPEG."""
    layout = LAYOUTS["mono8"]
    small = replace(layout, **_SIZE)
    ds = base_header(seed, name)
    describe_pixels(ds, layout)
    picture = make_picture(seed, name, layout.rows, layout.columns)
    picture.ink[:] = 0
    encapsulate(ds, [_jpeg(make_cells(layout, picture)[0, ..., 0])])
    item, planted = _icon(seed, name, small)
    pixels = np.frombuffer(item.PixelData, np.uint8)
    encapsulate(item, [_jpeg(pixels.reshape(small.rows, small.columns))])
    ds.IconImageSequence = [item]
    write_file(ds, path, _JPEG)
    return [planted]


def _with(**options):
    return functools.partial(_native, **options)


PLACES = (
    ("icon", EXPLICIT, _with()),
    ("icon-implicit", IMPLICIT, _with(uid=IMPLICIT)),
    ("icon-one-bit", EXPLICIT, _with(layout="mono1")),
    ("icon-inverse", EXPLICIT, _with(layout="mono8-inverse")),
    ("icon-palette", EXPLICIT, _with(layout="palette8")),
    ("icon-palette-segmented", EXPLICIT, _with(layout="palette8-segmented")),
    ("icon-jpeg", _JPEG, _compressed),
)
