"""Draws a case: ground, decoys, text, and the truth about it."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import numpy as np

from .. import jpeg
from ..layout import Box, Placed
from ..levels import Levels, make_levels
from ..painting import Style
from ..patients import with_pseudonym
from ..sample import Origin, Sample
from ..scenes import Scene
from ..seeds import pick, stream
from . import blocks, decoys, grounds, inks, real_frames
from .cases import Case, Look, random_case
from .people import person
from .placing import arranged, cut_place, extent, find_place
from .turning import Turn
from .writing import Burnt, burn, measured

# Share of the images that get a real background where the caller has some.
REAL_SHARE = .4


def _ground(rng: np.random.Generator, case: Case, split: str,
            folder: pathlib.Path | None
            ) -> tuple[np.ndarray, Scene, str]:
    """Returns brightness, the scene with the modality it shows, its source.

    A real frame of another modality than planned becomes a secondary capture.
    """
    scene, picture, source = case.scene, None, "drawn"
    if case.ground == "real":
        path = pick(rng, real_frames.clean_files(folder, split))
        modality, picture = real_frames.picture(path)
        source = path.relative_to(folder).as_posix()
        if modality != scene.modality:
            # Any depth and colour may be a secondary capture.
            scene = replace(scene, modality="SC", signed=False)
    values = grounds.ground(rng, split, case.ground, scene.rows,
                            scene.columns, picture)
    if scene.colour == "rgb" and values.ndim == 2:
        values = np.repeat(values[:, :, None], 3, 2)
    elif scene.colour != "rgb":
        values = np.ascontiguousarray(inks.grey(values))
    return values, scene, source


def _stored(values: np.ndarray, scene: Scene, levels: Levels) -> np.ndarray:
    """Returns brightness as float32 in stored units of MONOCHROME2."""
    if scene.modality == "CT":
        values = values * np.float32(grounds.CT_SPAN) + np.float32(
            grounds.CT_LOW)
    stored = values * np.float32(levels.scale) + np.float32(levels.offset)
    np.rint(stored, out=stored)
    return np.clip(stored, np.float32(levels.low), np.float32(levels.high),
                   out=stored)


def _ink_range(frame: np.ndarray, scene: Scene, levels: Levels) -> inks.Range:
    """Returns the greys that text may have: all of an 8-bit image's, what the
    picture and its window use of a deeper one's."""
    if scene.bits_stored <= 8:
        return inks.Range(float(levels.low), float(levels.high))
    low = min(float(frame.min()), max(levels.low, levels.window_low))
    high = max(float(frame.max()), levels.window_high)
    return inks.Range(low, min(float(levels.high), high))


def _block(rng: np.random.Generator, frame: np.ndarray, look: Look, case: Case,
           patient, split: str, taken: list[Box],
           range_: inks.Range) -> list[tuple[Burnt, str | None]]:
    """Draws, places and paints one block; empty where no place is left."""
    rows, columns = frame.shape[:2]
    symbology = None
    if look.style == "barcode":
        found = blocks.barcode_block(rng, patient, look, rows, columns)
        if found is None:
            look = replace(look, style="plain")
        else:
            symbology, drawn = found
    if symbology is None:
        drawn = blocks.text_block(
            rng, patient, look, split, case.scene.text == "identifying",
            case.scene.modality, rows, columns)
    turn = Turn(look.orientation // 90, look.mirrored, look.skew_degrees)
    while drawn:
        pieces = arranged(rng, drawn, turn)
        centre = (cut_place(rng, pieces, rows, columns)
                  if look.style == "cut"
                  else find_place(rng, pieces, rows, columns, taken))
        if centre:
            left, top, right, bottom = extent(pieces)
            taken.append(Box(centre[0] + left, centre[1] + top, right - left,
                             bottom - top))
            return [(burnt, symbology) for burnt in burn(
                rng, frame, look, pieces, centre, range_)]
        drawn = drawn[:-1]
    return []


def _write(rng: np.random.Generator, frame: np.ndarray, case: Case, patient,
           split: str, levels: Levels) -> list[tuple[Placed, Style]]:
    """Burns all blocks of a case into `frame` and returns the lines."""
    if not case.looks:
        return []
    range_ = _ink_range(frame, case.scene, levels)
    taken: list[Box] = []
    burnt = [item for look in case.looks
             for item in _block(rng, frame, look, case, patient, split, taken,
                                range_)]
    grey = inks.grey(frame)
    span = max(float(grey.max() - grey.min()), 1.0)
    if case.scene.bits_stored <= 8:
        span = float(levels.high - levels.low)
    lines = [measured(item, levels, span, symbology)
             for item, symbology in burnt]
    return [line for line in lines if line]


def make_accuracy_sample(seed: int, index: int, split: str,
                         folder: pathlib.Path | None = None) -> Sample:
    """Draws image `index` of the accuracy profile; equal arguments, and equal
    frames in `folder`, give equal pixels and headers."""
    key = (seed, f"accuracy-{split}", index)
    case = random_case(stream(*key, "case"), index, split,
                       REAL_SHARE if folder else 0.0)
    script = case.looks[0].script if case.looks else "latin"
    patient = person(stream(*key, "patient"), script, split)
    if not case.scene.header_knows:
        patient = with_pseudonym(patient)
    values, scene, source = _ground(stream(*key, "ground"), case, split,
                                    folder)
    case = replace(case, scene=scene)
    rng = stream(*key, "decoys")
    for name in case.decoys:
        decoys.add(rng, name, values)
    levels = make_levels(stream(*key, "levels"), scene)
    frame = _stored(values, scene, levels)
    lines = _write(stream(*key, "text"), frame, case, patient, split, levels)
    if scene.photometric == "MONOCHROME1":
        frame = levels.high - frame
    stored = np.rint(frame).astype(
        np.uint8 if scene.bits_allocated == 8
        else np.int16 if scene.signed else np.uint16)
    if case.jpeg_quality and scene.syntax != "jpeg-pillow":
        stored = jpeg.with_artefacts(stored, case.jpeg_quality)
    return Sample(scene, key, patient, levels, stored[None], lines,
                  Origin("accuracy", case.decoys, source, case.jpeg_quality))
