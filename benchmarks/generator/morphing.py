"""A stream of random numbers that moves from one stream to another, so that
what is drawn from it moves with it."""

from __future__ import annotations

import numpy as np


class Between:
    """Stands for a generator where backgrounds draw their anatomy.

    Amounts and smooth noise lie between those of `start` and `end`: at `share`
    0 they are those of `start`, at 1 of `end`. How many of something there are
    comes from `decisions`; noise as large as `grain_shape`, which is that of
    single pixels, from `grain`. The same four streams, made anew, and the next
    share give the same anatomy, a little further on.
    """

    def __init__(self, decisions: np.random.Generator,
                 ends: tuple[np.random.Generator, np.random.Generator],
                 share: float, grain: np.random.Generator,
                 grain_shape: tuple[int, int]) -> None:
        self._decisions, self._ends, self._share = decisions, ends, share
        self._grain, self._grain_shape = grain, grain_shape

    def uniform(self, low: float, high: float) -> float:
        """Returns an amount in [low, high)."""
        start, end = (stream.uniform(low, high) for stream in self._ends)
        return start + self._share * (end - start)

    def random(self) -> float:
        """Returns a number in [0, 1) to decide on."""
        return self._decisions.random()

    def integers(self, low: int, high: int) -> int:
        """Returns a count in [low, high)."""
        return int(self._decisions.integers(low, high))

    def standard_normal(self, shape: tuple[int, int],
                        dtype: type = np.float32) -> np.ndarray:
        """Returns normal noise of deviation 1."""
        if tuple(shape) == self._grain_shape:
            return self._grain.standard_normal(shape, dtype=dtype)
        start, end = (stream.standard_normal(shape, dtype=dtype)
                      for stream in self._ends)
        left = dtype(1 - self._share)
        share = dtype(self._share)
        # Without the root, noise would fade between the two.
        return (left * start + share * end) / np.sqrt(left**2 + share**2)
