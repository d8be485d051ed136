"""Trains the network that finds text."""

from __future__ import annotations

import argparse
import functools
import pathlib
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from .. import fresh, pictures, running
from ..export import export
from . import turning
from .crops import MAP_STEP, random_crop
from .evaluate import evaluate
from .loss import loss
from .network import SIZES, STRIDE, TextMaps

WEIGHTS, RATE, DECAY, STEPS = "text_maps", 3e-3, 1e-4, 15000
NETWORKS = {name: functools.partial(TextMaps, size)
            for name, size in SIZES.items()}
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 300
_CHUNK, _USES = 8, 28


class _Crops(torch.utils.data.IterableDataset):
    """Endless chunks of random crops."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def __iter__(self):
        rng = fresh.generator(self._options.seed)
        shown = fresh.Fresh(functools.partial(
            pictures.of_train, self._options.seed, self._options.backgrounds),
            _USES)
        while True:
            crops = [random_crop(rng, shown.next(rng), self._options.side)
                     for _ in range(_CHUNK)]
            yield tuple(torch.from_numpy(np.stack(maps)) for maps in zip(
                *((crop.pixels, crop.kind) for crop in crops)))


class _Ring:
    """The latest crops, where the network is."""

    def __init__(self, room: int, side: int) -> None:
        self._pixels = torch.empty((room, 3, side, side), dtype=torch.uint8,
                                   device=running.device())
        maps = (room, side // MAP_STEP, side // MAP_STEP)
        self._kinds = torch.empty(maps, dtype=torch.uint8,
                                  device=running.device())
        self._room, self.added = room, 0

    def add(self, pixels: torch.Tensor, kinds: torch.Tensor) -> None:
        at = self.added % self._room
        self._pixels[at:at + len(pixels)].copy_(pixels)
        self._kinds[at:at + len(kinds)].copy_(kinds)
        self.added += len(pixels)

    def pick(self, rng: np.random.Generator,
             count: int) -> tuple[torch.Tensor, torch.Tensor]:
        chosen = torch.from_numpy(
            rng.integers(0, min(self.added, self._room), count))
        chosen = chosen.to(self._pixels.device)
        return self._pixels[chosen], self._kinds[chosen]


def batches(options: argparse.Namespace) -> Iterator:
    """Yields batches of crops and of maps of kinds, for ever."""
    chunks = fresh.endless(_Crops(options), options.workers)
    room = max(_CHUNK, options.room // _CHUNK * _CHUNK)
    ring = _Ring(room, options.side)
    rng = np.random.default_rng([options.seed, 1])
    wanted = 2.0 * options.batch
    while True:
        while ring.added < wanted:
            ring.add(*next(chunks))
        yield turning.turned(rng, *ring.pick(rng, options.batch))
        wanted += options.batch / options.reuse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what only this network has."""
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=320)
    parser.add_argument("--room", type=int, default=2000,
                        help="crops at hand at a time (default 2000)")
    parser.add_argument("--reuse", type=float, default=2,
                        help="how often a crop is learnt from, each time turned "
                        "another way (default 2)")


def _loss(network: nn.Module, batch: tuple) -> torch.Tensor:
    pixels, kind = batch
    with running.in_short(pixels):
        maps = network(pixels.float())
    return loss(maps.float(), kind)


def train(options: argparse.Namespace, pupils: list[running.Pupil],
          plan: running.Plan) -> None:
    """Trains on generated pictures."""
    running.run(pupils, plan, batches(options), _loss)


def write(network: TextMaps, path: pathlib.Path) -> None:
    """Writes the network as ONNX, for pictures of any size."""
    side = 4 * STRIDE
    export(network, nn.Sigmoid(), (1, 3, side, side),
           {"x": {2: "rows", 3: "columns"},
            "probability": {2: "map_rows", 3: "map_columns"}}, path)


def judged(network: TextMaps, options: argparse.Namespace) -> dict:
    """Returns how it does on pictures that it has not seen."""
    return evaluate(network, pictures.drawn(
        functools.partial(pictures.of_train, options.seed + _VALIDATION_OFFSET,
                          options.backgrounds), _VALIDATION, options.jobs))
