"""Cines, most of them short, whose text comes, goes and moves, for comparing an
inspection that looks at each frame only where it is new with one that looks at
all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .layout import Box, Placed
from .painting import Style, paint
from .sample import Origin, Sample, make_sample
from .scenes import Scene
from .seeds import choose, pick, stream

# What becomes of the text; sample i is of kind i modulo their number.
KINDS = ("static", "transient", "single", "flickering", "scrolling", "dark",
         "none")
# Small, but larger than what the detector doubles.
_SIZES = ((288, 400), (320, 416), (300, 448))
# Frames of most, and of some that are so long that they are inspected in
# several stretches; [first, last).
_SHORT, _LONG = (5, 11), (20, 41)
_LONG_SHARE = .15
_BACKGROUNDS = {"us-sector": 4, "us-linear": 2, "us-doppler": 2, "vessels": 2}
_SYNTAXES = {"explicit": 4, "jpeg-baseline": 4, "rle": 1}


def kind_of(index: int) -> str:
    """Returns what becomes of the text of sample `index`."""
    return KINDS[index % len(KINDS)]


def _frames(rng: np.random.Generator) -> int:
    return int(rng.integers(*(_LONG if rng.random() < _LONG_SHARE
                              else _SHORT)))


def cine_scene(rng: np.random.Generator, kind: str) -> Scene:
    """Draws a small cine."""
    background = choose(rng, _BACKGROUNDS)
    rows, columns = pick(rng, _SIZES)
    colour = "grey"
    if background == "us-doppler" or (
            background.startswith("us") and kind != "dark"
            and rng.random() < .4):
        colour = "rgb"
    if kind == "dark" and colour == "rgb":
        background, colour = "us-sector", "grey"
    return Scene(
        "XA" if background == "vessels" else "US", background, rows, columns,
        frames=_frames(rng), colour=colour,
        syntax=choose(rng, _SYNTAXES),
        text="none" if kind == "none" else choose(
            rng, {"identifying": 2, "benign": 1}))


def _brighten(frames: np.ndarray) -> None:
    """Turns a dark background that moves into a bright one."""
    np.subtract(255, frames // 2, out=frames)


def _moved(placed: Placed, step: int, scene: Scene) -> Placed:
    """Returns the line `step` pixels up or down, towards the middle."""
    box = placed.box
    down = box.y + box.height / 2 < scene.rows / 2
    y = int(np.clip(box.y + (step if down else -step), 0,
                    scene.rows - box.height))
    return replace(placed, box=Box(box.x, y, box.width, box.height))


def _frames_with_text(rng: np.random.Generator, kind: str,
                      frames: int) -> list[int]:
    if kind == "single":
        return [int(rng.integers(1, frames))]
    if kind == "transient":
        first = int(rng.integers(1, frames - 1))
        last = int(rng.integers(first + 1, min(first + 5, frames)))
        return list(range(first, last + 1))
    if kind == "flickering":
        period = int(rng.integers(1, 4))
        return [frame for frame in range(frames)
                if (frame // period) % 2 == 1]
    return list(range(frames))


def make_cine_sample(seed: int, index: int, split: str = "train") -> Sample:
    """Draws sample `index`; equal arguments give equal pixels and headers."""
    kind = kind_of(index)
    key = (seed, split, index)
    rng = stream(*key, "cine")
    scene = cine_scene(rng, kind)
    bare = make_sample(replace(scene, text="none"), seed, index, split)
    lined = make_sample(replace(scene, frames=1), seed, index, split)
    frames = bare.frames
    lines: list[tuple[Placed, Style]] = lined.lines
    if kind == "dark":
        _brighten(frames)
        lines = [(placed, replace(style, ink=int(rng.integers(0, 30)),
                                  backing="none"))
                 for placed, style in lines]
    shown = _frames_with_text(rng, kind, scene.frames)
    speed = int(rng.integers(1, 5))
    for frame in shown if lines else ():
        moved = [(_moved(placed, speed * frame, scene), style)
                 for placed, style in lines] if kind == "scrolling" else lines
        paint(frames[frame], scene, moved)
    if lines:
        scene = replace(scene, text_frames=(shown[0], shown[-1]))
    return Sample(scene, key, lined.patient, bare.levels, frames, lines,
                  Origin(profile=f"cines/{kind}"))
