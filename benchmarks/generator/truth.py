"""Ground truth beside the files: truth.jsonl and MANIFEST.tsv."""

from __future__ import annotations

import hashlib
import json
import pathlib

from .files import JPEG_QUALITY
from .header import sop_class
from .layout import Placed
from .painting import Style
from .pose import is_legible
from .sample import Sample
from .scenes import SYNTAXES, Scene

TRUTH_NAME, MANIFEST_NAME = "truth.jsonl", "MANIFEST.tsv"
MANIFEST_COLUMNS = (
    "path source_repo path_in_repo licence sha256 bytes modality sop_class "
    "transfer_syntax photometric samples bits_alloc bits_stored pixel_rep "
    "planar rows cols frames overlay burned_in_annotation_tag has_text "
    "identifying label_basis texts notes").split()


def photometric(scene: Scene) -> str:
    """Returns the photometric interpretation in the file, after compression."""
    if scene.colour == "palette":
        return "PALETTE COLOR"
    if scene.colour == "rgb":
        lossy = SYNTAXES[scene.syntax] == SYNTAXES["jpeg-baseline"]
        return "YBR_FULL_422" if lossy else "RGB"
    return scene.photometric


def planar(scene: Scene) -> int:
    """Returns the planar configuration in the file; JPEG's is always 0."""
    return 0 if scene.syntax.startswith("jpeg") else scene.planar


def _corners(placed: Placed) -> list[list[float]]:
    """Returns the line's own rectangle, from its first letter's top."""
    if placed.pose.corners:
        return [[round(x, 1), round(y, 1)] for x, y in placed.pose.corners]
    box = placed.box
    right, foot = box.x + box.width, box.y + box.height
    return [[box.x, box.y], [right, box.y], [right, foot], [box.x, foot]]


def _pose(placed: Placed, style: Style) -> dict:
    """Returns the keys of a line that tell how it stands in the image."""
    pose, text = placed.pose, placed.line.text
    boxed = pose.style == "plain" and style.backing == "box"
    contrast = max(abs(style.contrast), abs(style.window_contrast))
    return {
        "style": "boxed" if boxed else pose.style, "script": pose.script,
        "orientation": pose.orientation, "mirrored": pose.mirrored,
        "skew_degrees": pose.skew_degrees, "corners": _corners(placed),
        "visible": round(pose.visible, 3),
        "visible_text": text if pose.visible_text is None
        else pose.visible_text,
        "symbology": pose.symbology,
        "legible": is_legible(pose, text, placed.height_px, contrast),
    }


def _lines(sample: Sample) -> list[dict]:
    first, last = sample.text_frames
    return [{
        "text": placed.line.text,
        "category": placed.line.category,
        "attribute": placed.line.attribute,
        "box": {"x": placed.box.x, "y": placed.box.y,
                "width": placed.box.width, "height": placed.box.height},
        "frames": [first, last],
        "height_px": placed.height_px,
        "contrast": round(style.contrast, 3),
        "window_contrast": round(style.window_contrast, 3),
        "backing": style.backing,
        "font": placed.font,
        **_pose(placed, style),
    } for placed, style in sample.lines]


def truth_entry(sample: Sample, path: str) -> dict:
    """Returns what is known about one file; the README explains each key."""
    scene, origin, lines = sample.scene, sample.origin, _lines(sample)
    quality = origin.jpeg_quality
    if quality is None and scene.syntax == "jpeg-baseline":
        quality = JPEG_QUALITY
    return {
        "path": path, "index": sample.key[2], "modality": scene.modality,
        "background": scene.background, "has_text": bool(sample.lines),
        "identifying": sample.identifying,
        "header_knows": scene.header_knows, "ink": scene.ink,
        "legible": any(line["legible"] for line in lines), "lines": lines,
        "profile": origin.profile, "decoys": list(origin.decoys),
        "background_source": origin.background_source,
        "jpeg_quality": quality, "rows": scene.rows,
        "columns": scene.columns, "frames": scene.frames,
        "transfer_syntax_uid": SYNTAXES[scene.syntax],
        "photometric": photometric(scene), "planar": planar(scene),
        "bits_allocated": scene.bits_allocated,
        "bits_stored": scene.bits_stored, "signed": scene.signed,
    }


def manifest_row(sample: Sample, path: str, data: bytes) -> list[str]:
    """Returns the file's row, in the order of MANIFEST_COLUMNS."""
    scene = sample.scene
    texts = [{"text": p.line.text, "x": p.box.x, "y": p.box.y,
              "w": p.box.width, "h": p.box.height} for p, _ in sample.lines]
    burned_in = scene.burned_in or ""
    if scene.modality in ("DX", "MG") and not burned_in:
        burned_in = "YES" if sample.lines else "NO"
    rgb = scene.colour == "rgb"
    cells = (
        path, "", "", "own, free to use", hashlib.sha256(data).hexdigest(),
        len(data), scene.modality, sop_class(scene), SYNTAXES[scene.syntax],
        photometric(scene), 3 if rgb else 1, scene.bits_allocated,
        scene.bits_stored, int(scene.signed), planar(scene) if rgb else "",
        scene.rows, scene.columns, scene.frames, "", burned_in,
        "yes" if sample.lines else "no",
        "yes" if sample.identifying else "no", "generator",
        json.dumps(texts, ensure_ascii=False),
        f"background {scene.background}; ink {scene.ink}")
    return [str(cell) for cell in cells]


def write_truth(folder: pathlib.Path, entries: list[dict],
                rows: list[list[str]]) -> None:
    """Writes both files of ground truth into `folder`."""
    with open(folder / TRUTH_NAME, "w", encoding="utf-8") as out:
        for entry in entries:
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
    with open(folder / MANIFEST_NAME, "w", encoding="utf-8") as out:
        for row in [list(MANIFEST_COLUMNS), *rows]:
            out.write("\t".join(row) + "\n")
