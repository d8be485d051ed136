"""Samples drawn while training goes on: none has to be kept, and none is seen
often enough to be learnt by heart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import cv2
import numpy as np
import torch

from . import more_faces

Thing = TypeVar("Thing")
# A process has what it made of so many samples at hand: the first ones to begin
# with, later the latest.
_FIRST, _KEPT = 8, 64


class Fresh(Generic[Thing]):
    """Gives what `draw` makes of samples in a loader's process; for `uses` things
    given it draws one more sample. Process k of n draws k, k + n, k + 2 n, ..."""

    def __init__(self, draw: Callable[[int], list[Thing]], uses: int) -> None:
        more_faces.add()
        worker = torch.utils.data.get_worker_info()
        self._index = worker.id if worker else 0
        self._step = worker.num_workers if worker else 1
        self._draw, self._uses, self._given = draw, uses, 0
        self._kept: list[list[Thing]] = []

    def next(self, rng: np.random.Generator) -> Thing:
        """Returns one of the things at hand."""
        while len(self._kept) < _FIRST or self._given >= self._uses:
            made = self._draw(self._index)
            self._index += self._step
            if made:
                self._kept = [*self._kept[1 - _KEPT:], made]
                self._given = 0
        self._given += 1
        some = self._kept[rng.integers(len(self._kept))]
        return some[rng.integers(len(some))]


def generator(seed: int) -> np.random.Generator:
    """Returns the random numbers of a loader's process, which has one thread."""
    cv2.setNumThreads(1)
    worker = torch.utils.data.get_worker_info()
    return np.random.default_rng([seed, worker.id if worker else 0, 7])


def endless(dataset: torch.utils.data.IterableDataset,
            workers: int) -> Iterator:
    """Yields what processes make of a dataset, in an order that depends on
    nothing but their number."""
    return iter(torch.utils.data.DataLoader(
        dataset, batch_size=None, num_workers=workers,
        **({"prefetch_factor": 8} if workers else {})))
