"""Text in the LABEL and OVERVIEW images of a slide (PS3.3 C.8.12.4.1.1)."""

from __future__ import annotations

import functools
import pathlib
import tempfile

from . import file_encoders
from .header import STORAGE, base_header, describe_pixels
from .layout import make_cells, pack
from .layouts import LAYOUTS
from .picture import make_picture
from .truth import Planted, planted_in
from .writing import EXPLICIT, even, write_file

_SLIDE_IMAGE = STORAGE + "77.1.6"
_JPEG = "1.2.840.10008.1.2.4.50"


def _slide(seed: int, name: str, path: pathlib.Path, *, flavour: str,
           compress: bool = False) -> list[Planted]:
    layout = LAYOUTS["rgb8"]
    picture = make_picture(seed, name, layout.rows, layout.columns)
    ds = base_header(seed, name, _SLIDE_IMAGE, "SM")
    describe_pixels(ds, layout)
    ds.ImageType = ["ORIGINAL", "PRIMARY", flavour, "NONE"]
    ds.NumberOfFrames = 1
    ds.TotalPixelMatrixRows = layout.rows
    ds.TotalPixelMatrixColumns = layout.columns
    ds.SpecimenLabelInImage = "YES"
    ds.PixelData = even(pack(layout, make_cells(layout, picture)))
    ds["PixelData"].VR = "OB"
    with tempfile.TemporaryDirectory(prefix="burntin-syntaxes-") as folder:
        plain = pathlib.Path(folder) / "plain.dcm"
        write_file(ds, plain if compress else path, EXPLICIT)
        if compress:
            file_encoders.dcmtk("dcmcjpeg", ("+eb", "+q", "92"), plain, path)
    return [planted_in(picture, f"SLIDE_{flavour}")]


def _with(**options):
    return functools.partial(_slide, **options)


PLACES = (
    ("slide-label", EXPLICIT, _with(flavour="LABEL")),
    ("slide-overview", EXPLICIT, _with(flavour="OVERVIEW")),
    ("slide-label-jpeg", _JPEG, _with(flavour="LABEL", compress=True)),
    ("slide-overview-jpeg", _JPEG, _with(flavour="OVERVIEW", compress=True)),
)
