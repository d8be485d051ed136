"""What is known about the files: from truth.jsonl, or from a MANIFEST.tsv."""

from __future__ import annotations

import csv
import json
import pathlib
from dataclasses import asdict, dataclass, field

from .geometry import Box

IDENTIFYING = frozenset({"PERSON_NAME", "IDENTIFIER", "DATE", "CONTACT"})

# Text that a person reads without effort; below, a miss is not held against a
# method in the figures for legible text.
LEGIBLE_HEIGHT_PX = 7
LEGIBLE_CONTRAST = 35  # of 255

# A cell of MANIFEST.tsv holds the texts of a whole file.
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Line:
    """A text in a picture. None: the labels do not say."""

    text: str
    box: Box
    frames: tuple[int, int] | None = None  # first and last; None: all
    category: str | None = None
    height_px: float | None = None
    contrast: float | None = None  # of 255
    orientation: int | None = None  # 0, 90, 180, 270 degrees clockwise
    mirrored: bool | None = None
    skew_degrees: float | None = None
    style: str | None = None
    script: str | None = None
    stated_legible: bool | None = None
    # Of the line's own rectangle, the first letter's top first, along the
    # line and back; () for a box without a turn of its own.
    corners: tuple[tuple[float, float], ...] = ()

    @property
    def legible(self) -> bool:
        """Whether a person reads it without effort."""
        if self.stated_legible is not None:
            return self.stated_legible
        return (self.height_px is None or self.height_px >= LEGIBLE_HEIGHT_PX
                ) and (self.contrast is None
                       or self.contrast >= LEGIBLE_CONTRAST)

    @property
    def identifying(self) -> bool:
        """Whether the labels say that it can identify a person."""
        return self.category in IDENTIFYING


@dataclass(frozen=True)
class Labelled:
    """A file and what is known about it. `key` names it in results."""

    key: str
    path: str
    modality: str
    has_text: bool
    identifying: bool
    rows: int
    columns: int
    frames: int
    lines: tuple[Line, ...] = field(default=())
    # Whether the header holds whom the pixels show; None: not known.
    header_knows: bool | None = None

    @property
    def megapixels(self) -> float:
        """Of all frames together."""
        return self.rows * self.columns * self.frames / 1e6

    @property
    def harmless_only(self) -> bool:
        """Whether it shows text, and none that says anything about anybody:
        neither who it is nor an age, an institution or a comment."""
        return self.has_text and not self.identifying and all(
            line.category in (None, "BENIGN") for line in self.lines)

    def as_json(self) -> dict:
        """For a line of results; from_json() is the way back."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict) -> Labelled:
        """Makes it from what as_json() returned."""
        lines = tuple(Line(**line | {
            "box": tuple(line["box"]),
            "frames": line["frames"] and tuple(line["frames"]),
            "corners": tuple(map(tuple, line["corners"]))})
            for line in data["lines"])
        return Labelled(**data | {"lines": lines})


def _line_of_truth(line: dict) -> Line:
    box = line["box"]
    # A line is seen through the full range or through the header's window.
    contrasts = [abs(line[key]) for key in ("contrast", "window_contrast")
                 if line.get(key) is not None]
    frames = line.get("frames")
    return Line(
        # What the edge cut off cannot be read.
        text=line.get("visible_text") or line["text"],
        box=(box["x"], box["y"], box["width"], box["height"]),
        frames=tuple(frames) if frames else None,
        category=line.get("category"), height_px=line.get("height_px"),
        contrast=max(contrasts) * 255 if contrasts else None,
        orientation=line.get("orientation"), mirrored=line.get("mirrored"),
        skew_degrees=line.get("skew_degrees"), style=line.get("style"),
        script=line.get("script"), stated_legible=line.get("legible"),
        corners=tuple(map(tuple, line.get("corners", ()))))


def read_truth(path: pathlib.Path) -> list[Labelled]:
    """Reads the generator's truth.jsonl; files stand beside it."""
    labelled = []
    for text in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(text)
        labelled.append(Labelled(
            key=str(entry["index"]), path=str(path.parent / entry["path"]),
            modality=entry["modality"], has_text=entry["has_text"],
            identifying=entry["identifying"], rows=entry["rows"],
            columns=entry["columns"], frames=entry["frames"],
            lines=tuple(_line_of_truth(line) for line in entry["lines"]
                        if line["box"]),
            header_knows=entry.get("header_knows")))
    return labelled


def _line_of_manifest(text: dict) -> Line:
    return Line(text=text["text"],
                box=(text["x"], text["y"], text["w"], text["h"]),
                height_px=min(text["w"], text["h"]))


def _number(cell: str) -> int:
    return int(cell) if cell.isdigit() else 1


def read_manifest(path: pathlib.Path) -> list[Labelled]:
    """Reads a MANIFEST.tsv; `path` may be the folder that holds it.

    Rows whose has_text is neither "yes" nor "no" are left out: what is right
    for them is not known.
    """
    if path.is_dir():
        path = path / "MANIFEST.tsv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))
    labelled = []
    for row in rows:
        if row["has_text"] not in ("yes", "no"):
            continue
        texts = json.loads(row["texts"] or "[]")
        if row["has_text"] == "no":
            texts = []
        labelled.append(Labelled(
            key=row["path"], path=str(path.parent / row["path"]),
            modality=row["modality"] or "none",
            has_text=row["has_text"] == "yes",
            identifying=row["identifying"] == "yes",
            rows=_number(row["rows"]), columns=_number(row["cols"]),
            frames=_number(row["frames"]),
            lines=tuple(map(_line_of_manifest, texts))))
    return labelled
