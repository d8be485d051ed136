"""Pictures of what went wrong: a crop for each, and sheets of crops."""

from __future__ import annotations

import json
import pathlib
import tempfile
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont, ImageOps

from .geometry import Box
from .judging import Judged, JudgedLine
from .measuring import Measurer

_CELL = (232, 150)   # columns, rows of a crop on a sheet
_CAPTION = 30        # rows below it
_PER_ROW = 5
_MARK = (255, 160, 0)
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def caption_of(judged: Judged, line: JudgedLine | None) -> str:
    """Says what a crop shows, in two short lines."""
    name = pathlib.Path(judged.labelled.key).name[-28:]
    first = f"{name} {judged.labelled.modality}"
    if line is None:
        answer = judged.answer
        return f"{first}\n{answer.verdict} risk {answer.risk:.2f}"
    known = line.line
    parts = []
    if known.height_px is not None:
        parts.append(f"{known.height_px:.0f} px")
    if known.contrast is not None:
        parts.append(f"c {known.contrast:.0f}")
    parts.append(f"r {known.orientation or 0}"
                 + (" m" if known.mirrored else ""))
    if known.skew_degrees:
        parts.append(f"s {known.skew_degrees:+.0f}")
    return f"{first}\n{' '.join(parts)} {known.style or ''}"


def _surroundings(box: Box, size: tuple[int, int]) -> Box:
    """Returns the part of the picture to show around a box, as corners."""
    margin = max(24, box[3] if box[2] >= box[3] else box[2])
    return (max(0, box[0] - margin), max(0, box[1] - margin),
            min(size[0], box[0] + box[2] + margin),
            min(size[1], box[1] + box[3] + margin))


def _crop(picture: Image.Image, boxes: Sequence[Box],
          around: Box | None) -> Image.Image:
    """Returns the picture, or its part around a box, with boxes marked."""
    marked = ImageOps.autocontrast(picture.convert("RGB"))
    area = _surroundings(around, marked.size) if around else (
        0, 0, *marked.size)
    crop = marked.crop(area)
    scale = min(_CELL[0] / crop.width, _CELL[1] / crop.height, 4)
    crop = crop.resize((max(1, round(crop.width * scale)),
                        max(1, round(crop.height * scale))),
                       Image.LANCZOS if scale < 1 else Image.BICUBIC)
    draw = ImageDraw.Draw(crop)
    for x, y, width, height in boxes:
        left, top = (x - area[0]) * scale - 2, (y - area[1]) * scale - 2
        draw.rectangle((left, top, left + width * scale + 4,
                        top + height * scale + 4), outline=_MARK)
    return crop


def _save(judged: Judged, line: JudgedLine | None, kind: str,
          folder: pathlib.Path, measurer: Measurer) -> None:
    frames = (line.line.frames if line else None) or (0, 0)
    if line:
        boxes = [line.line.box]
    elif kind == "leak":
        boxes = [one.line.box for one in judged.lines]
        frames = (judged.lines and judged.lines[0].line.frames) or frames
    else:
        boxes = [found.box for found in judged.answer.boxes
                 if found.shares_frame(frames)]
    with tempfile.TemporaryDirectory() as scratch:
        drawn = measurer.draw(judged.labelled.path, pathlib.Path(scratch),
                              [frames[0]])
        if not drawn:
            return
        picture = Image.open(drawn[0].file)
        crop = _crop(picture, boxes, line.line.box if line else None)
    safe = judged.labelled.key.replace("/", "+")
    number = judged.lines.index(line) if line else 0
    stem = folder / f"{kind}--{safe}--{number}"
    crop.save(f"{stem}.png")
    pathlib.Path(f"{stem}.json").write_text(
        json.dumps({"caption": caption_of(judged, line),
                    "legible": bool(line and line.line.legible)}))


def save_misses(judged: Judged, folder: pathlib.Path,
                measurer: Measurer) -> None:
    """Saves a crop of each line that was missed ("miss"), and the picture of
    a file that identifies and was cleared ("leak"), or has no text and was
    flagged ("alarm")."""
    for line in judged.lines:
        if not line.found:
            _save(judged, line, "miss", folder, measurer)
    if not judged.labelled.has_text and judged.answer.flagged:
        _save(judged, None, "alarm", folder, measurer)
    if judged.labelled.identifying and not judged.answer.flagged:
        _save(judged, None, "leak", folder, measurer)


def contact_sheet(folder: pathlib.Path, kind: str, out: pathlib.Path,
                  limit: int) -> tuple[int, int]:
    """Draws the crops of one kind (see save_misses) as one PNG, legible ones
    first; returns how many it shows and how many there are. No file if none.
    """
    captions = [(json.loads(path.read_text()), path.with_suffix(".png"))
                for path in sorted(folder.glob(f"{kind}--*.json"))]
    captions.sort(key=lambda item: not item[0]["legible"])
    shown = captions[:limit]
    out.unlink(missing_ok=True)
    if not shown:
        return 0, 0
    width, height = _CELL[0] + 8, _CELL[1] + _CAPTION + 8
    rows = -(-len(shown) // _PER_ROW)
    sheet = Image.new("RGB", (min(_PER_ROW, len(shown)) * width,
                              rows * height), "white")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(_FONT, 11)
    for i, (entry, path) in enumerate(shown):
        left, top = i % _PER_ROW * width + 4, i // _PER_ROW * height + 4
        crop = Image.open(path)
        sheet.paste(crop, (left + (_CELL[0] - crop.width) // 2,
                           top + (_CELL[1] - crop.height) // 2))
        draw.multiline_text((left, top + _CELL[1] + 2), entry["caption"],
                            font=font, fill="black", spacing=2)
    sheet.save(out, optimize=True)
    return len(shown), len(captions)
