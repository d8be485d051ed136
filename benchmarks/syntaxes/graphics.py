"""Text that a presentation state draws over images (PS3.3 C.10.5)."""

from __future__ import annotations

import functools
import pathlib

from pydicom.dataset import Dataset

from ..generator.layout import Box
from ..generator.seeds import uid
from .header import STORAGE, base_header
from .overlays import add_overlay, line_for
from .picture import make_patient_for, name_of
from .truth import Planted
from .writing import EXPLICIT, write_file

_GREYSCALE_STATE = STORAGE + "11.1"
_BOX = Box(40, 60, 300, 24)


def _state(seed: int, name: str) -> Dataset:
    ds = base_header(seed, name, _GREYSCALE_STATE, "PR")
    ds.ContentLabel, ds.ContentDescription = "NOTES", ""
    ds.PresentationCreationDate = ds.StudyDate
    ds.PresentationCreationTime = ds.StudyTime
    ds.ContentCreatorName, ds.PresentationLUTShape = "", "IDENTITY"
    image, series = Dataset(), Dataset()
    image.ReferencedSOPClassUID = STORAGE + "7"
    image.ReferencedSOPInstanceUID = uid(seed, name, "shown image")
    series.SeriesInstanceUID = uid(seed, name, "shown series")
    series.ReferencedImageSequence = [image]
    ds.ReferencedSeriesSequence = [series]
    return ds


def _place(text: Dataset, where: str) -> Box | None:
    """Says where the text stands; returns the box in pixels, if any."""
    box = _BOX
    if where == "anchor":
        text.AnchorPointAnnotationUnits = "PIXEL"
        text.AnchorPoint = [box.x + 1.0, box.y + 1.0]
        text.AnchorPointVisibility = "N"
        return Box(box.x, box.y, 1, 1)
    text.BoundingBoxTextHorizontalJustification = "LEFT"
    if where == "display":
        text.BoundingBoxAnnotationUnits = "DISPLAY"
        text.BoundingBoxTopLeftHandCorner = [.1, .1]
        text.BoundingBoxBottomRightHandCorner = [.9, .2]
        return None
    text.BoundingBoxAnnotationUnits = "PIXEL"
    text.BoundingBoxTopLeftHandCorner = [box.x + 1.0, box.y + 1.0]
    text.BoundingBoxBottomRightHandCorner = [float(box.x + box.width),
                                             float(box.y + box.height)]
    return box


def _graphic(seed: int, name: str, path: pathlib.Path, *,
             where: str) -> list[Planted]:
    ds = _state(seed, name)
    text, annotation, layer = Dataset(), Dataset(), Dataset()
    text.UnformattedTextValue = name_of(make_patient_for(seed, name))
    box = _place(text, where)
    annotation.GraphicLayer, annotation.TextObjectSequence = "NOTES", [text]
    layer.GraphicLayer, layer.GraphicLayerOrder = "NOTES", 1
    ds.GraphicAnnotationSequence = [annotation]
    ds.GraphicLayerSequence = [layer]
    write_file(ds, path, EXPLICIT)
    return [Planted(text.UnformattedTextValue, box, "GRAPHIC_ANNOTATION")]


def _overlay(seed: int, name: str, path: pathlib.Path) -> list[Planted]:
    ds = _state(seed, name)
    bits, box, height, text = line_for(seed, name, "overlay", 240, 400)
    add_overlay(ds, 0x6000, bits[None])
    write_file(ds, path, EXPLICIT)
    return [Planted(text, box, "OVERLAY_PLANE", 0x6000, height_px=height)]


PLACES = (
    ("graphic-text-box", EXPLICIT, functools.partial(_graphic, where="box")),
    ("graphic-text-anchor", EXPLICIT,
     functools.partial(_graphic, where="anchor")),
    ("graphic-text-display", EXPLICIT,
     functools.partial(_graphic, where="display")),
    ("presentation-state-overlay", EXPLICIT, _overlay),
)
