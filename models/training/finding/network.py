"""The network: where text is, and which way it runs."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

# Sides of the input are multiples of this.
STRIDE = 16
# The maps come at a quarter of the input's size. The first four channels are
# the 2 x 2 points of text at half of it, in reading order; then four reading
# directions; then mirrored.
TEXT_CHANNELS, TURN_CHANNELS = 4, 4
CHANNELS = TEXT_CHANNELS + TURN_CHANNELS + 1


def conv(before: int, after: int, kernel: int, stride: int = 1,
         groups: int = 1, padding: int | None = None) -> nn.Sequential:
    """Returns a convolution with what follows it; where `padding` is None the
    picture keeps its size, but for the stride."""
    padding = kernel // 2 if padding is None else padding
    return nn.Sequential(
        nn.Conv2d(before, after, kernel, stride, padding, groups=groups,
                  bias=False),
        nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class Separable(nn.Module):
    """Depthwise, then pointwise, beside the input."""

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.depth = conv(channels, channels, kernel, groups=channels)
        self.point = conv(channels, channels, 1)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return values + self.point(self.depth(values))


@dataclass(frozen=True)
class Size:
    """Channels at a half, a quarter, an eighth and a sixteenth of the input's
    size, and how many separable layers work at each of these, the last two on
    the way back up."""

    widths: tuple[int, int, int, int]
    quarter: int
    eighth: int
    sixteenth: int
    back_at_eighth: int
    back_at_quarter: int


SIZES = {"quick": Size((8, 24, 40, 64), 1, 2, 4, 1, 2),
         "careful": Size((16, 32, 72, 144), 1, 2, 8, 2, 3)}


def _separables(channels: int, count: int,
                first_kernel: int, kernel: int) -> list[nn.Module]:
    return [Separable(channels, kernel if at else first_kernel)
            for at in range(count)]


class TextMaps(nn.Module):
    """(N, 3, rows, columns) in [0, 255] to (N, CHANNELS, rows/4, columns/4):
    logits."""

    def __init__(self, size: Size = SIZES["quick"]) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth = size.widths
        self.stem = conv(3, half, 3, 2)
        self.quarter = nn.Sequential(
            conv(half, quarter, 3, 2),
            *_separables(quarter, size.quarter, 3, 3))
        self.eighth = nn.Sequential(
            conv(quarter, eighth, 3, 2),
            *_separables(eighth, size.eighth, 3, 5))
        self.sixteenth = nn.Sequential(
            conv(eighth, sixteenth, 3, 2),
            *_separables(sixteenth, size.sixteenth, 5, 5))
        self.from_sixteenth = conv(sixteenth, eighth, 1)
        self.at_eighth = nn.Sequential(
            *_separables(eighth, size.back_at_eighth, 3, 3))
        self.from_eighth = conv(eighth, quarter, 1)
        self.at_quarter = nn.Sequential(
            *_separables(quarter, size.back_at_quarter, 3, 3))
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
