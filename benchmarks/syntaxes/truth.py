"""Ground truth beside the files, in the form of the sample generator's."""

from __future__ import annotations

import json
import pathlib
from dataclasses import dataclass

import pydicom

from ..generator.layout import Box
from .picture import Picture

TRUTH_NAME = "truth.jsonl"


@dataclass(frozen=True)
class Planted:
    """One line of text. `box` is in pixels of the stored frame, of the icon,
    or of a page drawn at 200 dots per inch; None where text has no place in
    pixels. `first` and `last` are frames, overlay frames or pages, from 0."""

    text: str
    box: Box | None
    source: str = "FRAME"
    source_index: int = 0
    first: int = 0
    last: int = 0
    height_px: int = 0


def planted_in(picture: Picture, source: str = "FRAME",
               source_index: int = 0) -> Planted:
    """Returns the line of a picture."""
    return Planted(picture.text, picture.box, source, source_index,
                   picture.first, picture.last, picture.height_px)


def _line(planted: Planted) -> dict:
    box = planted.box and {"x": planted.box.x, "y": planted.box.y,
                           "width": planted.box.width,
                           "height": planted.box.height}
    return {"text": planted.text, "category": "PERSON_NAME",
            "attribute": "PatientName", "box": box,
            "source": f"SOURCE_{planted.source}",
            "source_index": planted.source_index,
            "frames": [planted.first, planted.last],
            "height_px": planted.height_px}


def truth_entry(path: pathlib.Path, index: int, syntax_uid: str,
                lines: list[Planted]) -> dict:
    """Returns what is known about one file; benchmarks/README.md explains
    each key."""
    ds = pydicom.dcmread(path, force=True, stop_before_pixels=True)
    return {
        "path": path.name, "index": index, "modality": ds.Modality,
        "has_text": True, "identifying": True, "header_knows": True,
        "lines": [_line(line) for line in lines],
        "rows": ds.get("Rows", 0), "columns": ds.get("Columns", 0),
        "frames": int(ds.get("NumberOfFrames", 1)),
        "transfer_syntax_uid": syntax_uid,
        "photometric": ds.get("PhotometricInterpretation", ""),
        "planar": ds.get("PlanarConfiguration", 0),
        "bits_allocated": ds.get("BitsAllocated", 0),
        "bits_stored": ds.get("BitsStored", 0),
        "signed": bool(ds.get("PixelRepresentation", 0)),
    }


def write_truth(folder: pathlib.Path, entries: list[dict]) -> None:
    """Writes truth.jsonl."""
    with open(folder / TRUTH_NAME, "w", encoding="utf-8") as out:
        for entry in entries:
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
