"""One sample in memory: stored pixels, the patient, and what was burnt in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .backgrounds import BACKGROUNDS, ultrasound
from .layout import Page, Placed, free_corners
from .levels import Levels, make_levels
from .painting import Style, choose_style, paint
from .patients import Patient, make_patient, with_pseudonym
from .scenes import Scene
from .seeds import stream
from .seeing import has_hidden_letter
from .wording import (BENIGN, IDENTIFYING, Line, depth_scale, marker,
                      patient_lines, technique_lines)


@dataclass(frozen=True)
class Origin:
    """How the picture around the text came to be; the README's table explains
    each field."""

    profile: str = "default"
    decoys: tuple[str, ...] = ()
    background_source: str = "drawn"
    jpeg_quality: int | None = None


@dataclass(frozen=True)
class Sample:
    """A finished image. `frames` has shape (frames, rows, columns[, 3]) and the
    values that a lossless file stores, MONOCHROME1 already inverted."""

    scene: Scene
    key: tuple[object, ...]
    patient: Patient
    levels: Levels
    frames: np.ndarray
    lines: list[tuple[Placed, Style]]
    origin: Origin = Origin()

    @property
    def text_frames(self) -> tuple[int, int]:
        """First and last frame that carry the text, from 0, both included."""
        return self.scene.text_frames or (0, self.scene.frames - 1)

    @property
    def identifying(self) -> bool:
        """Says whether a line names or can identify the person."""
        return any(placed.line.category in IDENTIFYING
                   for placed, _ in self.lines)


def _pixel_type(scene: Scene) -> np.dtype:
    if scene.bits_allocated == 8:
        return np.dtype(np.uint8)
    return np.dtype(np.int16 if scene.signed else np.uint16)


def _background(key: tuple[object, ...], scene: Scene,
                levels: Levels) -> np.ndarray:
    """Returns the frames as stored in MONOCHROME2, without text."""
    colours = (3,) if scene.colour == "rgb" else ()
    frames = np.empty((scene.frames, scene.rows, scene.columns, *colours),
                      _pixel_type(scene))
    drawn = BACKGROUNDS[scene.background](
        stream(*key, "background"), scene.rows, scene.columns, scene.frames)
    for stored, values in zip(frames, drawn, strict=True):
        if colours and values.ndim == 2:
            values = values[:, :, None]
        stored[...] = levels.store(values, stored.dtype)
    return frames


def _corner_blocks(rng: np.random.Generator,
                   lines: list[Line]) -> list[list[Line]]:
    """Splits a person's lines over one or two corners."""
    if len(lines) > 2 and rng.random() < .4:
        cut = int(rng.integers(1, len(lines)))
        return [lines[:cut], lines[cut:]]
    return [lines]


def _lay_out(key: tuple[object, ...], scene: Scene, patient: Patient,
             split: str) -> list[Placed]:
    if scene.text == "none":
        return []
    rng = stream(*key, "text")
    page = Page(rng, scene.rows, scene.columns, split)
    corners = free_corners(rng)
    if scene.text == "identifying":
        for block in _corner_blocks(rng, patient_lines(rng, patient)):
            page.block(block, corners.pop(0))
    if scene.text == "benign" or rng.random() < .6:
        benign = [Line(text, BENIGN) for text in scene.says] or (
            technique_lines(rng, scene.modality, int(rng.integers(1, 7))))
        page.block(benign, corners.pop(0))
    if rng.random() < .4 and not scene.says:
        page.mark(marker(rng, scene.modality))
    if scene.modality == "US" and (scene.says or rng.random() < .3):
        ticks = ultrasound.long_ticks(scene.rows, scene.columns)
        page.scale(depth_scale(rng, ultrasound.LONG_TICKS), *ticks)
    return page.placed


def _subject(seed: int, key: tuple[object, ...], scene: Scene) -> Patient:
    whose = (seed, "group", scene.group) if scene.group else key
    patient = make_patient(stream(*whose, "patient"))
    return patient if scene.header_knows else with_pseudonym(patient)


def _invert(frames: np.ndarray, levels: Levels) -> None:
    for frame in frames:
        np.subtract(frames.dtype.type(levels.high), frame, out=frame)


def _seen(placed: Placed, style: Style, frame: np.ndarray, scene: Scene,
          levels: Levels) -> Placed:
    """Returns a line, marked as drowned where a letter of it cannot be seen."""
    if not has_hidden_letter(frame, scene, levels, placed, style):
        return placed
    return replace(placed, pose=replace(placed.pose, drowned=True))


def make_sample(scene: Scene, seed: int, index: int,
                split: str = "train") -> Sample:
    """Draws sample `index`; equal arguments give equal pixels and headers."""
    key = (seed, split, index)
    levels = make_levels(stream(*key, "levels"), scene)
    patient = _subject(seed, key, scene)
    frames = _background(key, scene, levels)
    first, last = scene.text_frames or (0, scene.frames - 1)
    # Every line starts from the same random numbers, for a machine writes all
    # its lines alike; they differ only where the background makes them.
    lines = [(placed, choose_style(stream(*key, "style"), scene, levels,
                                   frames[first], placed))
             for placed in _lay_out(key, scene, patient, split)]
    for frame in frames[first:last + 1]:
        paint(frame, scene, lines)
    lines = [(_seen(placed, style, frames[first], scene, levels), style)
             for placed, style in lines]
    if scene.photometric == "MONOCHROME1":
        _invert(frames, levels)
    return Sample(scene, key, patient, levels, frames, lines)
