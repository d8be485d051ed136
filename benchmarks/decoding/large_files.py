"""Large files to time decoders with: many pixels, as noisy as a scanner's."""

from __future__ import annotations

import pathlib
from dataclasses import replace

import numpy as np

from ..generator.seeds import stream
from ..syntaxes.catalogue import catalogue
from ..syntaxes.cell import Cell, picture_of, write_cell

ROWS = COLUMNS = 1024
# Standard deviation of the noise, in parts of the range.
_NOISE = .01
# Cells of the catalogue, and how many frames take a second or more to decode,
# beside which a program's start is little.
_TIMED = {
    "jpeg-baseline--mono8": 160, "jpeg-baseline--rgb8": 80,
    "jpeg-extended--mono12": 80, "jpeg-progressive--mono12": 40,
    "jpeg-lossless-sv1--mono16": 48, "jpeg-lossless--mono12": 48,
    "jpeg-ls--mono16": 40, "jpeg-ls--rgb8": 24, "jpeg-ls-near--mono12": 48,
    "rle--mono16": 160, "rle--rgb8": 160, "deflated--mono16-signed": 80,
    "jpeg2000-lossless--mono16": 24, "jpeg2000--rgb8": 24,
    "htj2k-lossless--mono16": 32, "htj2k--rgb8": 32,
    "jpegxl-lossless--mono8": 24, "jpegxl-lossless--rgb8": 16,
    "jpegxl--rgb8": 48, "jpegxl-recompressed--rgb8": 48,
    "mpeg2-main--video--es": 160, "h264-41--video--mp4": 160,
    "hevc-main--video--mp4": 120, "hevc-main10--video--mp4": 80,
}


def timed_cells() -> list[Cell]:
    """Returns the cells to time, made large."""
    cells = {cell.name: cell for cell in catalogue()}
    return [replace(cells[name], layout=replace(
        cells[name].layout, rows=ROWS, columns=COLUMNS, frames=frames,
        shown=None)) for name, frames in _TIMED.items()]


def write_large(cell: Cell, seed: int, path: pathlib.Path) -> None:
    """Writes the cell's file with noise, which compressors cannot foresee."""
    frames = cell.layout.frames
    still = replace(cell, layout=replace(cell.layout, frames=1))
    picture = picture_of(still, seed)
    rng = stream(seed, cell.name, "noise")
    background = rng.standard_normal((frames, ROWS, COLUMNS), np.float32)
    background *= _NOISE
    background += picture.background
    np.clip(background, 0, .6, out=background)
    write_cell(cell, seed, path,
               replace(picture, background=background, last=frames - 1))
