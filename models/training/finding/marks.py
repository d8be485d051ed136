"""What a network's map marks, as burntin's detector makes lines of it."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch

from .network import TextMaps, text_of

# A point this likely belongs to a mark.
POINT = .4
# A mark this likely, and this many times as long as high, is taken for text
# even if nobody can read it.
SURE, LINE_SHAPE = .85, 2


@dataclass(frozen=True)
class Mark:
    """Points of a map that hang together. `outline` is theirs, (n, 1, 2) of
    (x, y); `likelihood` is their mean, with that of holes."""

    outline: np.ndarray
    likelihood: float

    @property
    def is_sure(self) -> bool:
        """Whether the detector needs no reader to call it text."""
        if self.likelihood < SURE:
            return False
        (_, size, _) = cv2.minAreaRect(self.outline)
        shorter, longer = sorted(length + 1 for length in size)
        return longer >= LINE_SHAPE * shorter

    def covered(self, shape: tuple[int, int]) -> np.ndarray:
        """Returns which points of a map of this shape it covers."""
        mask = np.zeros(shape, np.uint8)
        cv2.drawContours(mask, [self.outline], 0, 1, cv2.FILLED)
        return mask > 0


def text_map(network: TextMaps, shown: np.ndarray) -> np.ndarray:
    """Returns the probability of text at half of the size of `shown`, (rows,
    columns, 3) in [0, 255]."""
    where = next(network.parameters()).device
    values = torch.from_numpy(shown.transpose(2, 0, 1)[None].copy())
    with torch.no_grad():
        maps = network(values.to(where).float().contiguous(
            memory_format=torch.channels_last))
    return torch.sigmoid(text_of(maps))[0].cpu().numpy()


def marks(chance: np.ndarray, least_likelihood: float) -> list[Mark]:
    """Returns the marks of a map that are at least so likely."""
    outlines, levels = cv2.findContours(
        (chance > POINT).astype(np.uint8), cv2.RETR_CCOMP,
        cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for number, outline in enumerate(outlines):
        if levels[0][number][3] >= 0:  # A hole's.
            continue
        x, y, columns, rows = cv2.boundingRect(outline)
        part = Mark(outline - np.int32([x, y]), 0).covered((rows, columns))
        likelihood = float(chance[y:y + rows, x:x + columns][part].mean())
        if likelihood >= least_likelihood:
            found.append(Mark(outline, likelihood))
    return found
