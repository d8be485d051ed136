"""Trains the network that finds text."""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
from torch import nn

from .. import more_faces
from ..export import export
from ..pictures import Picture, made
from .crops import random_crop
from .evaluate import evaluate
from .loss import loss
from .network import STRIDE, TextMaps

WEIGHTS = "text_maps.onnx"
RATE, STEPS = 3e-3, 6000
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 300
_WARM_STEPS, _DECAY = 300, 1e-4


class _Crops(torch.utils.data.IterableDataset):
    """Endless random crops; each loader process has its own random numbers."""

    def __init__(self, pictures: list[Picture], side: int, seed: int) -> None:
        self.pictures, self.side, self.seed = pictures, side, seed

    def __iter__(self):
        more_faces.add()
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([self.seed, worker.id if worker else 0])
        while True:
            picture = self.pictures[rng.integers(len(self.pictures))]
            crop = random_crop(rng, picture, self.side)
            yield torch.from_numpy(crop.pixels), torch.from_numpy(crop.kind)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what only this network has."""
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=320)


def _rate(step: int, options: argparse.Namespace) -> float:
    warm = min(1.0, (step + 1) / _WARM_STEPS)
    fall = .5 * (1 + math.cos(math.pi * step / options.steps))
    return options.rate * warm * fall


def train(options: argparse.Namespace) -> TextMaps:
    """Trains on generated pictures and returns the network."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    pictures = made(options.seed, options.samples, options.backgrounds,
                    options.cache, options.jobs)
    network = TextMaps()
    if options.start:
        network.load_state_dict(torch.load(options.start))
    loader = iter(torch.utils.data.DataLoader(
        _Crops(pictures, options.side, options.seed), options.batch,
        num_workers=1, prefetch_factor=8))
    optimizer = torch.optim.AdamW(network.parameters(), options.rate,
                                  weight_decay=_DECAY)
    network.train()
    start, total = time.monotonic(), 0.0
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = _rate(step, options)
        pixels, kind = next(loader)
        result = loss(network(pixels.float()), kind)
        optimizer.zero_grad(set_to_none=True)
        result.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimizer.step()
        total += result.item()
        if (step + 1) % 100 == 0:
            row = {"step": step + 1, "loss": round(total / 100, 4),
                   "seconds": round(time.monotonic() - start)}
            print(json.dumps(row), flush=True)
            total = 0.0
        if (step + 1) % 500 == 0:
            torch.save(network.state_dict(), options.out / "checkpoint.pt")
    return network


def write(network: TextMaps, path: pathlib.Path) -> None:
    """Writes the network as ONNX, for pictures of any size."""
    side = 4 * STRIDE
    export(network, nn.Sigmoid(), (1, 3, side, side),
           {"x": {2: "rows", 3: "columns"},
            "probability": {2: "map_rows", 3: "map_columns"}}, path)


def judged(network: TextMaps, options: argparse.Namespace) -> dict:
    """Returns how it does on pictures that it has not seen."""
    return evaluate(network, made(
        options.seed + _VALIDATION_OFFSET, _VALIDATION, options.backgrounds,
        options.cache, options.jobs))
