"""Generated pictures as the detector sees them, with the lines they show."""

from __future__ import annotations

import multiprocessing
import pathlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.generator.accuracy.compose import make_accuracy_sample
from benchmarks.generator.levels import PALETTE_INKS, PALETTE_WHITE
from benchmarks.generator.sample import Sample
from benchmarks.generator.truth import truth_entry

from . import more_faces, more_grounds

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Line:
    """`corners` are (x, y) in pixels, clockwise from the first letter's top for
    text that is not mirrored. `contrast` is a part of the range, in [0, 1].
    `turns` says whether the reading direction can be told from the corners."""

    corners: np.ndarray
    contrast: float
    legible: bool
    turns: bool


@dataclass(frozen=True)
class Picture:
    """`pixels` has shape (rows, columns[, 3]), 8 bit."""

    pixels: np.ndarray
    lines: tuple[Line, ...]


def in_colour(pixels: np.ndarray) -> np.ndarray:
    """Returns (rows, columns, 3) of a grey picture or one in colour."""
    return np.repeat(pixels[:, :, None], 3, 2) if pixels.ndim == 2 else pixels


def _shown(frame: np.ndarray, low: float, high: float) -> np.ndarray:
    scaled = (frame.astype(np.float32) - low) * (255 / max(high - low, 1))
    return np.clip(np.rint(scaled), 0, 255).astype(np.uint8)


def _palette(frame: np.ndarray) -> np.ndarray:
    greys = np.arange(PALETTE_WHITE + 1) * 255 // PALETTE_WHITE
    table = np.zeros((256, 3), np.uint8)
    table[:PALETTE_WHITE + 1] = greys[:, None]
    table[PALETTE_WHITE + 1:PALETTE_WHITE + 1 + len(PALETTE_INKS)] = (
        PALETTE_INKS)
    return table[frame]


def _lines(entry: dict, key: str) -> tuple[Line, ...]:
    return tuple(Line(
        np.float32(line["corners"]), abs(line[key]), line["legible"],
        line["style"] not in ("stacked", "barcode"))
        for line in entry["lines"])


def views(sample: Sample) -> list[Picture]:
    """Returns what the pipeline's views show: all of the range, and the
    header's window where it names one."""
    entry = truth_entry(sample, "")
    scene, levels, frame = sample.scene, sample.levels, sample.frames[0]
    if scene.colour == "palette":
        return [Picture(_palette(frame), _lines(entry, "contrast"))]
    if scene.bits_stored <= 8:
        return [Picture(np.ascontiguousarray(
            255 - frame if scene.photometric == "MONOCHROME1" else frame),
            _lines(entry, "contrast"))]
    if scene.photometric == "MONOCHROME1":
        frame = levels.high - frame.astype(np.int32)
    seen = [Picture(_shown(frame, float(frame.min()), float(frame.max())),
                    _lines(entry, "contrast"))]
    if levels.has_window:
        seen.append(Picture(
            _shown(frame, levels.window_low, levels.window_high),
            _lines(entry, "window_contrast")))
    return seen


def of_train(seed: int, folder: pathlib.Path | None,
             index: int) -> list[Picture]:
    """Returns the views of a sample of the train split, every other of which
    is clean. Real clean frames of `folder` serve as grounds, where given."""
    more_faces.add()
    more_grounds.add()
    return views(make_accuracy_sample(seed, index, "train", folder))


def drawn(draw: Callable[[int], list], count: int, jobs: int) -> list:
    """Returns all that `draw` makes of 0 to `count` - 1."""
    with multiprocessing.Pool(jobs) as pool:
        return [one for some in pool.imap(draw, range(count), 16)
                for one in some]
