"""Trains the network that finds text."""

from __future__ import annotations

import argparse
import functools
import pathlib
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import nn

from .. import fresh, pictures, running
from ..export import export
from . import mining, turning
from .crops import MAP_STEP, random_crop
from .evaluate import evaluate
from .loss import loss
from .network import SIZES, STRIDE, TextMaps

WEIGHTS, RATE, DECAY, STEPS = "text_maps", 3e-3, 1e-4, 15000
NETWORKS = {name: functools.partial(TextMaps, size)
            for name, size in SIZES.items()}
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 300
_CHUNK, _USES = 8, 28
# Samples that are mined are others than those trained on and judged by.
_MINING_OFFSET = 2_000_000


def _mined_samples(options: argparse.Namespace) -> mining.Draw:
    return functools.partial(pictures.of_train, options.seed + _MINING_OFFSET,
                             options.backgrounds)


def _mined(options: argparse.Namespace,
           network: nn.Module) -> list[mining.Place]:
    """Returns where the network is wrong, from the file that says so if there
    is one."""
    path = options.mined or options.out / "mined.jsonl"
    if not path.is_file():
        mining.write(list(mining.mine(network, _mined_samples(options),
                                      range(options.mine))), path)
    return mining.read(path)


class _Crops(torch.utils.data.IterableDataset):
    """Endless chunks of random crops, some of them around places that are
    mined."""

    def __init__(self, options: argparse.Namespace,
                 places: list[mining.Place]) -> None:
        self._options, self._places = options, places

    def __iter__(self):
        options = self._options
        rng = fresh.generator(options.seed)
        shown = fresh.Fresh(functools.partial(
            pictures.of_train, options.seed, options.backgrounds), _USES)
        mined = mining.MinedCrops(self._places, _mined_samples(options),
                                  options.side)
        share = options.mined_share if self._places else 0
        while True:
            crops = [mined.next(rng) if rng.random() < share else
                     random_crop(rng, shown.next(rng), options.side,
                                 options.reduced_share)
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


def batches(options: argparse.Namespace,
            places: Sequence[mining.Place] = ()) -> Iterator:
    """Yields batches of crops and of maps of kinds, for ever; a share of them
    of `places`."""
    chunks = fresh.endless(_Crops(options, list(places)), options.workers)
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
    parser.add_argument("--reduced-share", type=float, default=0,
                        help="share of the crops that show reduced pictures, "
                        "as the detector's look for high letters does "
                        "(default 0)")
    parser.add_argument("--mined-share", type=float, default=0,
                        help="share of the crops that show what the first "
                        "network is wrong about when training starts "
                        "(default 0)")
    parser.add_argument("--mine", type=int, default=2000,
                        help="samples to look for that on (default 2000)")
    parser.add_argument("--mined", type=pathlib.Path,
                        help="file of what was found, which is read if it is "
                        "there and written if not (default: in --out)")


def _loss(network: nn.Module, batch: tuple) -> torch.Tensor:
    pixels, kind = batch
    with running.in_short(pixels):
        maps = network(pixels.float())
    return loss(maps.float(), kind)


def train(options: argparse.Namespace, pupils: list[running.Pupil],
          plan: running.Plan) -> None:
    """Trains on generated pictures."""
    places = _mined(options, pupils[0].mean) if options.mined_share else []
    running.run(pupils, plan, batches(options, places), _loss)


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
