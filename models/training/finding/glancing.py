"""The network for a first glance: where text may be at all, in cells of 8 x 8
pixels, in a fraction of the time that the others take. Trained as they are."""

from __future__ import annotations

import argparse
import functools
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .. import pictures, running
from ..export import export
from . import crops, looks, train as finder
from .network import STRIDE, Separable, conv

WEIGHTS, RATE, DECAY, STEPS = "text_glance", 4e-3, 1e-4, 12000
add_options = finder.add_options
# Sides of a cell, in pixels.
CELL = 8
# Of a cell's points, which are two pixels apart, how many lie in text for the
# cell to be text.
_LEAST_POINTS = 3
_POINTS = (CELL // crops.MAP_STEP) ** 2
# Of the cells without text, the share that the network is most wrong about
# counts.
_HARD_SHARE = .15
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 300
THRESHOLDS = (.01, .02, .05, .1, .2, .3, .5, .7, .9)


class Glance(nn.Module):
    """(N, 3, rows, columns) in [0, 255] to (N, 1, rows/8, columns/8): logits.
    Nearly all is done at an eighth of the size."""

    def __init__(self) -> None:
        super().__init__()
        quarter, eighth, sixteenth = 16, 24, 40
        self.stem = conv(3, quarter, 4, 4, padding=0)
        self.eighth = nn.Sequential(
            conv(quarter, eighth, 3, 2),
            Separable(eighth, 5), Separable(eighth, 5))
        self.sixteenth = nn.Sequential(
            conv(eighth, sixteenth, 3, 2),
            Separable(sixteenth, 5), Separable(sixteenth, 5))
        self.from_sixteenth = conv(sixteenth, eighth, 1)
        self.at_eighth = Separable(eighth, 3)
        self.head = nn.Conv2d(eighth, 1, 1)
        self.twice = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        eighth = self.eighth(self.stem(pixels * (1 / 128) - 1))
        wide = self.from_sixteenth(self.sixteenth(eighth))
        return self.head(self.at_eighth(eighth + self.twice(wide)))


NETWORKS = {"glance": Glance}


def cells(kind: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns where cells are text and where they are surely none, (N, r, c),
    of maps of kinds (N, 4 r, 4 c). Cells beside text are neither."""
    points = CELL // crops.MAP_STEP
    text = functional.avg_pool2d((kind >= crops.TEXT).float()[:, None], points)
    touched = functional.max_pool2d((kind != crops.GROUND).float()[:, None],
                                    points)
    near = functional.max_pool2d(touched, 3, 1, 1)
    return ((text * _POINTS >= _LEAST_POINTS - .5)[:, 0], (near < .5)[:, 0])


def loss(logits: torch.Tensor, kind: torch.Tensor) -> torch.Tensor:
    """Returns what training makes small: text is missed as dearly as all of
    the ground that looks most like it is marked."""
    text, ground = cells(kind)
    of_text = functional.softplus(-logits[text])
    of_ground = functional.softplus(logits[ground])
    count = max(1, int(_HARD_SHARE * of_ground.numel()))
    hard = torch.topk(of_ground, min(count, of_ground.numel()),
                      sorted=False).values
    return of_text.sum() / max(1, of_text.numel()) + hard.mean()


def _loss(network: nn.Module, batch: tuple) -> torch.Tensor:
    pixels, kind = batch
    with running.in_short(pixels):
        logits = network(pixels.float())
    return loss(logits[:, 0].float(), kind)


def train(options: argparse.Namespace, pupils: list[running.Pupil],
          plan: running.Plan) -> None:
    """Trains on generated pictures."""
    running.run(pupils, plan, finder.batches(options), _loss)


def write(network: Glance, path: pathlib.Path) -> None:
    """Writes the network as ONNX, for pictures of any size."""
    side = 4 * STRIDE
    export(network, nn.Sigmoid(), (1, 3, side, side),
           {"x": {2: "rows", 3: "columns"},
            "probability": {2: "map_rows", 3: "map_columns"}}, path)


def _chances(network: Glance, shown: np.ndarray) -> np.ndarray:
    values = torch.from_numpy(shown.transpose(2, 0, 1)[None].copy()).float()
    with torch.no_grad():
        return torch.sigmoid(network(values))[0, 0].numpy()


def evaluate(network: Glance, shown: list[pictures.Picture]) -> dict:
    """Returns by threshold: the share of lines of which some cell is marked,
    and of those of which half of the cells are; the share of area marked, of
    all pictures and of those without text."""
    some, half, area, clean = [], [], [], []
    for picture in shown:
        looked_at = looks.padded(looks.scaled(picture,
                                              looks.first_scale(picture)))
        chance = _chances(network, looked_at.pixels)
        marked = [float((chance >= t).mean()) for t in THRESHOLDS]
        area.append(marked)
        if not picture.lines:
            clean.append(marked)
        for line in looked_at.lines:
            if not crops.is_known(line):
                continue
            core, _ = cells(torch.from_numpy(crops.kinds(
                [(line, line.corners, line.contrast)],
                looked_at.pixels.shape[:2]))[None])
            of_line = chance[core[0].numpy()]
            if of_line.size:
                some.append([bool((of_line >= t).any()) for t in THRESHOLDS])
                half.append([bool((of_line >= t).mean() >= .5)
                             for t in THRESHOLDS])
    return {"thresholds": THRESHOLDS, "lines": len(some),
            "some_recall": np.mean(some, 0).round(4).tolist(),
            "half_recall": np.mean(half, 0).round(4).tolist(),
            "area": np.mean(area, 0).round(4).tolist(),
            "clean_area": np.mean(clean, 0).round(4).tolist()}


def judged(network: Glance, options: argparse.Namespace) -> dict:
    """Returns how it does on pictures that it has not seen."""
    return evaluate(network, pictures.drawn(
        functools.partial(pictures.of_train, options.seed + _VALIDATION_OFFSET,
                          options.backgrounds), _VALIDATION, options.jobs))
