"""Batches of cut-outs of about equal length."""

from __future__ import annotations

import argparse
import functools
import itertools
import typing
from collections.abc import Iterator

import numpy as np
import torch

from .. import fresh, tones
from ..pictures import Picture, of_train
from . import alphabet, seen
from .drawn import random_patch
from .lines import ROWS, CutOut, cut_out

# Widths are multiples of this, as the pipeline's are.
WIDTH_STEP = 32
_CHUNK, _GROUND_USES, _SEEN_USES = 32, 240, 20
TONES = tones.Tones(inverted=.3, toned=.4, gains=(.6, 1.25), shift=35, noisy=.15,
                    noise=7)


def width_of(cut: CutOut) -> int:
    """Returns the width of the input that a cut-out needs."""
    return -(-cut.pixels.shape[1] // WIDTH_STEP) * WIDTH_STEP


def padded(cuts: list[CutOut]) -> np.ndarray:
    """Returns (N, 3, ROWS, columns), 8 bit, black to the right of shorter
    ones."""
    width = max(map(width_of, cuts))
    pixels = np.zeros((len(cuts), 3, ROWS, width), np.uint8)
    for row, cut in zip(pixels, cuts):
        row[:, :, :cut.pixels.shape[1]] = cut.pixels.transpose(2, 0, 1)
    return pixels


class _CutOuts(torch.utils.data.IterableDataset):
    """Endless chunks of cut-outs."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def _cut_outs(self, rng: np.random.Generator) -> Iterator[CutOut]:
        options = self._options
        grounds: fresh.Fresh[Picture] = fresh.Fresh(functools.partial(
            of_train, options.seed, options.backgrounds), _GROUND_USES)
        lines = fresh.Fresh(functools.partial(seen.of_train, options.seed),
                            _SEEN_USES)
        while True:
            if rng.random() < options.seen_share:
                yield cut_out(rng, lines.next(rng))
                continue
            patch = random_patch(rng, grounds)
            if patch is not None:  # Drawing it took longer than cutting.
                yield cut_out(rng, patch)
                yield cut_out(rng, patch)

    def __iter__(self):
        cuts = self._cut_outs(fresh.generator(self._options.seed))
        while True:
            yield [next(cuts) for _ in range(_CHUNK)]


class _Kept(typing.NamedTuple):
    """`columns` of `pixels` are the line's, the rest is black."""

    pixels: np.ndarray
    columns: int
    classes: list[int]


class _Shelves:
    """The latest cut-outs as pixels and classes, by width."""

    def __init__(self, room: int) -> None:
        self._room, self.added = room, 0
        self._shelves: dict[int, list[_Kept]] = {}
        self._next: dict[int, int] = {}

    def add(self, cut: CutOut) -> None:
        """Puts a cut-out on the shelf of its width; when all are full, in the
        place of the oldest there."""
        width = width_of(cut)
        shelf = self._shelves.setdefault(width, [])
        one = _Kept(padded([cut])[0], cut.pixels.shape[1],
                    alphabet.classes_of(cut.text))
        self.added += 1
        if not shelf or self.added <= self._room:
            shelf.append(one)
            return
        at = self._next.get(width, 0) % len(shelf)
        shelf[at] = one
        self._next[width] = at + 1

    def pick(self, rng: np.random.Generator, area: int) -> list[_Kept]:
        """Returns lines of one width, as many as `area` columns take; every
        line is as likely as any other."""
        widths = sorted(self._shelves)
        counts = np.array([len(self._shelves[width]) for width in widths])
        shares = counts * widths / (counts * widths).sum()
        width = widths[rng.choice(len(widths), p=shares)]
        shelf = self._shelves[width]
        return [shelf[at] for at in rng.integers(
            0, len(shelf), max(1, area // width))]


def batches(options: argparse.Namespace,
            device: torch.device) -> Iterator[tuple]:
    """Yields pixels, (N, 3, ROWS, columns) in [0, 255], the lengths of the
    texts and the classes of all their characters; without end."""
    chunks = fresh.endless(_CutOuts(options), options.workers)
    shelves = _Shelves(options.room)
    rng = np.random.default_rng([options.seed, 1])
    wanted = min(options.room, 4000.0)
    while True:
        while shelves.added < wanted:
            for cut in next(chunks):
                shelves.add(cut)
        cuts = shelves.pick(rng, options.area)
        pixels = torch.from_numpy(np.stack([cut.pixels for cut in cuts]))
        columns = torch.tensor([cut.columns for cut in cuts], device=device)
        shown = torch.arange(pixels.shape[3], device=device) < columns[:, None]
        classes = list(itertools.chain.from_iterable(
            cut.classes for cut in cuts))
        toned = tones.changed(rng, pixels.to(device), TONES)
        yield (toned * shown[:, None, None], [len(cut.classes) for cut in cuts],
               torch.tensor(classes, dtype=torch.long, device=device))
        wanted += len(cuts) / options.reuse
