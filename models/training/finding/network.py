"""The network: where text is, and which way it runs."""

from __future__ import annotations

import torch
from torch import nn

# Sides of the input are multiples of this.
STRIDE = 16
# The maps come at a quarter of the input's size. The first four channels are
# the 2 x 2 points of text at half of it, in reading order; then four reading
# directions; then mirrored.
TEXT_CHANNELS, TURN_CHANNELS = 4, 4
CHANNELS = TEXT_CHANNELS + TURN_CHANNELS + 1


def _conv(before: int, after: int, kernel: int, stride: int = 1,
          groups: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, kernel // 2, groups=groups,
                  bias=False),
        nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class _Separable(nn.Module):
    """Depthwise, then pointwise, beside the input."""

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.depth = _conv(channels, channels, kernel, groups=channels)
        self.point = _conv(channels, channels, 1)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return values + self.point(self.depth(values))


class TextMaps(nn.Module):
    """(N, 3, rows, columns) in [0, 255] to (N, CHANNELS, rows/4, columns/4):
    logits."""

    def __init__(self, widths: tuple[int, int, int, int] = (8, 24, 40, 64)
                 ) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth = widths
        self.stem = _conv(3, half, 3, 2)
        self.quarter = nn.Sequential(_conv(half, quarter, 3, 2),
                                     _Separable(quarter, 3))
        self.eighth = nn.Sequential(_conv(quarter, eighth, 3, 2),
                                    _Separable(eighth, 3),
                                    _Separable(eighth, 5))
        self.sixteenth = nn.Sequential(
            _conv(eighth, sixteenth, 3, 2),
            *[_Separable(sixteenth, 5) for _ in range(4)])
        self.from_sixteenth = _conv(sixteenth, eighth, 1)
        self.at_eighth = _Separable(eighth, 3)
        self.from_eighth = _conv(eighth, quarter, 1)
        self.at_quarter = nn.Sequential(_Separable(quarter, 3),
                                        _Separable(quarter, 3))
        self.head = nn.Conv2d(quarter, CHANNELS, 1)
        self.twice = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        quarter = self.quarter(self.stem(pixels * (1 / 128) - 1))
        eighth = self.eighth(quarter)
        wide = self.from_sixteenth(self.sixteenth(eighth))
        eighth = self.at_eighth(eighth + self.twice(wide))
        quarter = quarter + self.twice(self.from_eighth(eighth))
        return self.head(self.at_quarter(quarter))


def text_of(maps: torch.Tensor) -> torch.Tensor:
    """Returns the text channels at half of the input's size, (N, r/2, c/2)."""
    return nn.functional.pixel_shuffle(maps[:, :TEXT_CHANNELS], 2)[:, 0]
