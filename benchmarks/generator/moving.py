"""Cines and series of any length, made a frame at a time: the picture moves,
the text of the screen, if there is one, stands still."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset

from .backgrounds import BACKGROUNDS
from .files import write_file, write_jpeg_cine
from .header import make_header
from .layout import Placed
from .levels import make_levels
from .morphing import Between
from .painting import Style, choose_style, paint
from .patients import make_patient
from .sample import Sample
from .scenes import Scene
from .screens import busy_screen
from .seeds import stream, uid

# Slices from one drawn anatomy to the next; those between lie between.
SLICES_TO_NEXT = 20
_SLICE_MM = 5


@dataclass(frozen=True)
class Moving:
    """A cine, or a series of single frames, without its frames."""

    scene: Scene  # one of a single frame is a series
    seed: int
    split: str = "test"

    @property
    def key(self) -> tuple[object, ...]:
        """What all of its random numbers are drawn by; not its length, so
        that a short one is the beginning of a longer one."""
        scene = self.scene
        return (self.seed, self.split, 0, scene.modality, scene.rows,
                scene.columns)

    @property
    def has_text(self) -> bool:
        """Whether a screen's text stands on it."""
        return self.scene.text != "none"

    def empty(self) -> Sample:
        """Returns all of it but frames and lines."""
        patient = make_patient(stream(*self.key, "patient"))
        levels = make_levels(stream(*self.key, "levels"), self.scene)
        return Sample(self.scene, self.key, patient, levels,
                      np.empty((0, 0, 0), np.uint8), [])


def ultrasound_cine(frames: int, rows: int, columns: int, text: bool,
                    seed: int = 1) -> Moving:
    """Returns a fan in which tissue and speckle move, JPEG baseline."""
    return Moving(Scene("US", "us-sector", rows, columns, frames=frames,
                        syntax="jpeg-baseline",
                        text="identifying" if text else "none"), seed)


def ct_series(text: bool, rows: int = 512, columns: int = 512,
              seed: int = 1) -> Moving:
    """Returns axial slices of a belly, 16 bits, JPEG lossless."""
    return Moving(Scene("CT", "ct-abdomen", rows, columns, bits_stored=16,
                        signed=True, syntax="jpeg-lossless", ink="in-window",
                        text="identifying" if text else "none"), seed)


def _lines(moving: Moving, sample: Sample,
           frame: np.ndarray) -> list[tuple[Placed, Style]]:
    if not moving.has_text:
        return []
    scene = moving.scene
    placed = busy_screen(moving.key, scene.rows, scene.columns,
                         sample.patient, scene.modality, moving.split)
    return [(line, choose_style(stream(*moving.key, "style"), scene,
                                sample.levels, frame, line))
            for line in placed]


def cine_frames(moving: Moving) -> Iterator[np.ndarray]:
    """Yields the stored frames of a cine."""
    sample, lines = moving.empty(), None
    scene = moving.scene
    for values in BACKGROUNDS[scene.background](
            stream(*moving.key, "background"), scene.rows, scene.columns,
            scene.frames):
        frame = sample.levels.store(values, np.dtype(np.uint8))
        if lines is None:
            lines = _lines(moving, sample, frame)
        paint(frame, scene, lines)
        yield frame


def write_cine(moving: Moving, path: pathlib.Path) -> None:
    """Writes a cine; one frame is in memory at a time, and all JPEG data."""
    write_jpeg_cine(moving.empty(), cine_frames(moving), path)


def _slice(moving: Moving, sample: Sample, number: int) -> np.ndarray:
    """Returns slice `number` without text, as stored."""
    scene, key = moving.scene, moving.key
    place, share = divmod(number / SLICES_TO_NEXT, 1)
    rng = Between(
        stream(*key, "decisions"),
        (stream(*key, "anatomy", int(place)),
         stream(*key, "anatomy", int(place) + 1)),
        share, stream(*key, "grain", number), (scene.rows, scene.columns))
    (values,) = BACKGROUNDS[scene.background](rng, scene.rows, scene.columns,
                                              1)
    return sample.levels.store(values, np.dtype(np.int16))


def _slice_header(sample: Sample, number: int) -> Dataset:
    header = make_header(sample)
    header.SOPInstanceUID = uid(*sample.key, "instance", number)
    header.InstanceNumber = number + 1
    header.ImagePositionPatient = ["-200", "-200", str(-_SLICE_MM * number)]
    return header


def write_series(moving: Moving, slices: int,
                 folder: pathlib.Path) -> list[pathlib.Path]:
    """Writes `slices` files and returns them in order."""
    sample, lines, paths = moving.empty(), None, []
    for number in range(slices):
        frame = _slice(moving, sample, number)
        if lines is None:
            lines = _lines(moving, sample, frame)
        paint(frame, moving.scene, lines)
        paths.append(folder / f"slice-{number:05d}.dcm")
        write_file(Sample(sample.scene, sample.key, sample.patient,
                          sample.levels, frame[None], lines), paths[-1],
                   _slice_header(sample, number))
    return paths
