"""The same pictures in other tones, changed where the network is, so that one
that took long to draw is another each time it is learnt from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch


@dataclass(frozen=True)
class Tones:
    """Which shares of the pictures are inverted, get another gain (uniform in
    `gains`, up to `shift` grey levels brighter or darker), and noise of a
    standard deviation of up to `noise` grey levels."""

    inverted: float
    toned: float
    gains: tuple[float, float]
    shift: float
    noisy: float
    noise: float


def changed(rng: np.random.Generator, pixels: torch.Tensor,
            tones: Tones) -> torch.Tensor:
    """Returns (N, channels, rows, columns) in [0, 255], each picture changed in
    its own way."""
    count = len(pixels)

    def each(values: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(np.float32(values)).to(
            pixels.device).view(-1, 1, 1, 1)

    values = pixels.float()
    invert = each(rng.random(count) < tones.inverted)
    values = values + invert * (255 - 2 * values)
    toned = rng.random(count) < tones.toned
    gain = np.where(toned, rng.uniform(*tones.gains, count), 1)
    shift = np.where(toned, rng.uniform(-tones.shift, tones.shift, count), 0)
    values = (values - 128) * each(gain) + 128 + each(shift)
    noise = np.where(rng.random(count) < tones.noisy,
                     rng.uniform(1, tones.noise, count), 0)
    grain = torch.randn((count, 1, *values.shape[2:]), device=values.device)
    return (values + each(noise) * grain).clamp_(0, 255)
