"""Batches of cut-outs of about equal length."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import torch

from .. import more_faces
from ..pictures import Picture
from . import alphabet
from .drawn import random_patch
from .lines import ROWS, CutOut, Patch, cut_out

# Widths are multiples of this, as the pipeline's are.
WIDTH_STEP = 32
_SHELF = 24  # batches that are sorted by length together


def width_of(cut: CutOut) -> int:
    """Returns the width of the input that a cut-out needs."""
    return -(-cut.pixels.shape[1] // WIDTH_STEP) * WIDTH_STEP


def padded(cuts: list[CutOut]) -> torch.Tensor:
    """Returns (N, 3, ROWS, columns), black to the right of shorter ones."""
    width = max(map(width_of, cuts))
    pixels = np.zeros((len(cuts), 3, ROWS, width), np.float32)
    for row, cut in zip(pixels, cuts):
        row[:, :, :cut.pixels.shape[1]] = cut.pixels.transpose(2, 0, 1)
    return torch.from_numpy(pixels)


class Batches(torch.utils.data.IterableDataset):
    """Endless; `area` bounds the columns of a batch, over all its lines."""

    def __init__(self, pictures: list[Picture], seen: list[Patch],
                 seen_share: float, area: int, seed: int) -> None:
        self.pictures, self.seen, self.seed = pictures, seen, seed
        self.seen_share, self.area = seen_share, area

    def _cut_outs(self, rng: np.random.Generator) -> Iterator[CutOut]:
        while True:
            if rng.random() < self.seen_share:
                yield cut_out(rng, self.seen[rng.integers(len(self.seen))])
                continue
            patch = random_patch(rng, self.pictures)
            if patch is not None:  # Drawing it took longer than cutting.
                yield cut_out(rng, patch)
                yield cut_out(rng, patch)

    def __iter__(self):
        more_faces.add()
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        order = random.Random(self.seed)
        cuts = self._cut_outs(rng)
        while True:
            shelf: list[CutOut] = []
            while sum(map(width_of, shelf)) < _SHELF * self.area:
                shelf.append(next(cuts))
            shelf.sort(key=width_of)
            batches, batch = [], []
            for cut in shelf:
                if batch and (len(batch) + 1) * width_of(cut) > self.area:
                    batches.append(batch)
                    batch = []
                batch.append(cut)
            batches.append(batch)
            order.shuffle(batches)
            for batch in batches:
                classes = [alphabet.classes_of(cut.text) for cut in batch]
                yield (padded(batch), [len(one) for one in classes],
                       torch.tensor(sum(classes, []), dtype=torch.long))
