"""train: trains the text network and writes it as ONNX.

Exit status: 0 done, 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import sys
import time

import numpy as np
import torch

from . import more_faces
from .crops import random_crop
from .evaluate import evaluate
from .export import export
from .loss import loss
from .network import TextMaps
from .pictures import ROOT, Picture, made

_VALIDATION_OFFSET = 1_000_000
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("train", description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--cache", type=pathlib.Path,
                        default=ROOT / "build" / "training")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=int, default=6000)
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--rate", type=float, default=3e-3,
                        help="the largest learning rate (default 3e-3)")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--side", type=int, default=320)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--backgrounds", type=pathlib.Path,
                        help="folder with clean DICOM files to write on")
    parser.add_argument("--start", type=pathlib.Path,
                        help="a checkpoint to go on from")
    return parser


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


def main() -> int:
    """Runs the command line and returns the exit status."""
    options = _parser().parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = train(options).eval()
    torch.save(network.state_dict(), options.out / "checkpoint.pt")
    export(network, options.out / "text_maps.onnx")
    checked = made(options.seed + _VALIDATION_OFFSET, 300, options.backgrounds,
                   options.cache, options.jobs)
    print(json.dumps(evaluate(network, checked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
