"""The same crops seen from another side: turned, mirrored, in other tones."""

from __future__ import annotations

import numpy as np
import torch

from .. import tones
from .crops import FIRST_TURN

TONES = tones.Tones(inverted=.3, toned=.3, gains=(.75, 1.2), shift=25, noisy=.2,
                    noise=6)


def _kinds_turned(quarters: int, mirrored: bool) -> torch.Tensor:
    """Returns, by the value in a map of kinds, what it becomes in a crop that
    is turned clockwise by `quarters` and then mirrored left to right."""
    kinds = np.arange(FIRST_TURN + 8)
    turns = np.arange(8)
    ways, flipped = turns % 4, turns // 4
    # Directions in steps of 90 degrees, clockwise as y points down.
    ways = (ways + quarters) % 4
    if mirrored:
        ways, flipped = (2 - ways) % 4, 1 - flipped
    kinds[FIRST_TURN:] = FIRST_TURN + ways + 4 * flipped
    return torch.from_numpy(kinds.astype(np.uint8))


def _moved(maps: torch.Tensor, quarters: int, mirrored: bool) -> torch.Tensor:
    maps = torch.rot90(maps, -quarters, (-2, -1))
    return maps.flip(-1) if mirrored else maps


def turned(rng: np.random.Generator, pixels: torch.Tensor,
           kinds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns a batch of crops, (N, 3, side, side), and of maps, (N, side/2,
    side/2), turned all alike at random; tones change one by one."""
    quarters, mirrored = int(rng.integers(4)), bool(rng.random() < .15)
    table = _kinds_turned(quarters, mirrored).to(kinds.device)
    kinds = table[_moved(kinds, quarters, mirrored).long()]
    return (tones.changed(rng, _moved(pixels, quarters, mirrored), TONES),
            kinds.contiguous())
