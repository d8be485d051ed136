"""The network: a picture of a line in, characters by column out."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from .alphabet import CHARACTERS

# One step of the output is so many columns of the input.
STEP = 4


def _conv(before: int, after: int, kernel: tuple[int, int],
          stride: tuple[int, int] = (1, 1),
          padding: tuple[int, int] | None = None) -> nn.Sequential:
    if padding is None:
        padding = (kernel[0] // 2, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Residual(nn.Module):
    """Some convolutions beside the input."""

    def __init__(self, *layers: nn.Module) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return values + self.layers(values)


@dataclass(frozen=True)
class Size:
    """Channels at a half, a quarter, an eighth and a sixteenth of the input's
    height and of the row that is left; residual pairs at a quarter and at an
    eighth, and residual layers along the row."""

    widths: tuple[int, int, int, int, int]
    quarter: int
    eighth: int
    row: int


SIZES = {"quick": Size((16, 32, 64, 96, 160), 1, 1, 3),
         "careful": Size((24, 48, 80, 144, 224), 2, 2, 5)}


def _pairs(channels: int, count: int) -> list[nn.Module]:
    return [_Residual(_conv(channels, channels, (3, 3)),
                      _conv(channels, channels, (3, 3)))
            for _ in range(count)]


class LineReader(nn.Module):
    """(N, 3, 32, columns) in [0, 255] to (N, columns / 4, classes): logits.
    `columns` is a multiple of 4."""

    def __init__(self, size: Size = SIZES["quick"]) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth, row = size.widths
        self.body = nn.Sequential(
            _conv(3, half, (3, 3), (2, 2)),
            _conv(half, quarter, (3, 3), (2, 2)),
            *_pairs(quarter, size.quarter),
            _conv(quarter, eighth, (3, 3), (2, 1)),
            *_pairs(eighth, size.eighth),
            _conv(eighth, sixteenth, (3, 3), (2, 1)),
            _conv(sixteenth, row, (2, 1), padding=(0, 0)),
            *[_Residual(_conv(row, row, (1, 5))) for _ in range(size.row)])
        self.head = nn.Conv2d(row, len(CHARACTERS), 1)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        maps = self.head(self.body(pixels * (1 / 128) - 1))
        return maps.squeeze(2).permute(0, 2, 1)
