"""The picture that a file shows: a smooth background and one line of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from ..generator import fonts
from ..generator.layout import Box, Hand, letters
from ..generator.patients import Patient, ascii_only, make_patient
from ..generator.seeds import stream

# Height of a capital letter, in pixels.
LETTER_HEIGHT = 20
_SMALLEST_HEIGHT = 12
_LONGEST_NAME = 17
_MARGIN = 8


@dataclass(frozen=True)
class Picture:
    """`background` has shape (frames, rows, columns) and values in [0, 0.5];
    `ink` is the coverage of the letters in [0, 1], shape (rows, columns), on
    the frames `first` to `last`, both included."""

    background: np.ndarray
    ink: np.ndarray
    box: Box
    text: str
    height_px: int
    first: int
    last: int

    @property
    def levels(self) -> np.ndarray:
        """Grey in [0, 1], shape (frames, rows, columns); letters are 1."""
        levels = self.background.copy()
        shown = levels[self.first:self.last + 1]
        shown += self.ink * (1 - shown)
        return levels


def make_patient_for(seed: int, name: str) -> Patient:
    """Returns the made-up patient of the file `name`, whose own name is short
    enough for an icon."""
    rng = stream(seed, "syntaxes", name, "patient")
    while True:
        patient = make_patient(rng)
        if len(name_of(patient)) <= _LONGEST_NAME:
            return patient


def name_of(patient: Patient) -> str:
    """Returns the patient's name as machines burn it."""
    return f"{ascii_only(patient.family)}, {ascii_only(patient.given)}"


def write_line(text: str, rows: int, columns: int, seed_name: tuple,
               squeeze: float = 1.0) -> tuple[np.ndarray, Box, int]:
    """Returns (ink, box, height of a capital) of a line that fits.

    `squeeze` is the width of a letter beside its usual one, in (0, 1].
    """
    font = fonts.installed("train")[0]
    mask, height = _fitting_letters(font, text, rows, columns, squeeze)
    rng = stream(*seed_name, "place")
    free_x = columns - 2 * _MARGIN - mask.shape[1]
    free_y = rows - 2 * _MARGIN - mask.shape[0]
    box = Box(_MARGIN + int(rng.integers(max(free_x, 0) + 1)),
              _MARGIN + int(rng.integers(max(free_y, 0) + 1)),
              mask.shape[1], mask.shape[0])
    ink = np.zeros((rows, columns))
    ink[box.cut(rows, columns)] = mask
    return ink, box, height


def _fitting_letters(font: fonts.Font, text: str, rows: int, columns: int,
                     squeeze: float) -> tuple[np.ndarray, int]:
    for height in range(LETTER_HEIGHT, _SMALLEST_HEIGHT - 1, -1):
        hand = Hand(font, fonts.size_for(font, height), smooth=True)
        mask = letters(hand, text)[0]
        if squeeze != 1.0:
            narrow = (round(mask.shape[1] * squeeze), mask.shape[0])
            mask = np.asarray(Image.fromarray(mask).resize(
                narrow, Image.Resampling.BOX))
        if (mask.shape[1] <= columns - 2 * _MARGIN
                and mask.shape[0] <= rows - 2 * _MARGIN):
            return mask, height
    raise ValueError(f"No letters of {_SMALLEST_HEIGHT} pixels let the line "
                     f"fit into {columns} columns.")


def _background(rng: np.random.Generator, frames: int, rows: int,
                columns: int) -> np.ndarray:
    """Returns soft bright spots that drift from frame to frame."""
    y, x = np.mgrid[0:1:rows * 1j, 0:1:columns * 1j]
    spots = rng.uniform(size=(4, 4))
    drawn = np.zeros((frames, rows, columns))
    for frame in range(frames):
        for down, across, size, light in spots:
            distance = ((y - down) ** 2 + (x - across - .02 * frame) ** 2)
            drawn[frame] += light * np.exp(-distance / (.02 + .1 * size))
    return drawn * (.45 / max(drawn.max(), 1e-9)) + .02


def make_picture(seed: int, name: str, rows: int, columns: int,
                 frames: int = 1, shown: tuple[int, int] | None = None,
                 squeeze: float = 1.0) -> Picture:
    """Draws the picture of the file `name`. The text stands on the frames
    `shown`, first and last, or on all."""
    text = name_of(make_patient_for(seed, name))
    ink, box, height = write_line(text, rows, columns, (seed, name), squeeze)
    background = _background(stream(seed, name, "background"), frames, rows,
                             columns)
    first, last = shown or (0, frames - 1)
    return Picture(background, ink, box, text, height, first, last)
