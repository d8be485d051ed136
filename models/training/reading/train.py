"""Trains the reader."""

from __future__ import annotations

import argparse
import functools
import pathlib

import torch
from torch import nn

from .. import pictures, running
from ..export import export
from . import batches, seen
from .evaluate import evaluate
from .lines import ROWS, plain_cut_out
from .network import SIZES, LineReader

WEIGHTS, RATE, DECAY, STEPS = "text_reader", 2e-3, 5e-4, 12000
NETWORKS = {name: functools.partial(LineReader, size)
            for name, size in SIZES.items()}
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 400


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what only the reader has."""
    parser.add_argument("--seen-share", type=float, default=.4,
                        help="share of the lines that samples show, the others "
                        "being drawn for the purpose (default 0.4)")
    parser.add_argument("--area", type=int, default=9600,
                        help="columns of a batch, over all its lines")
    parser.add_argument("--room", type=int, default=20000,
                        help="lines at hand at a time (default 20000)")
    parser.add_argument("--reuse", type=float, default=2,
                        help="how often a line is learnt from, each time in "
                        "other tones (default 2)")


def _loss(network: nn.Module, batch: tuple) -> torch.Tensor:
    """Returns the CTC loss per character; lines too short for their text
    count nothing."""
    pixels, lengths, targets = batch
    with running.in_short(pixels):
        logits = network(pixels)
    chances = logits.float().permute(1, 0, 2).log_softmax(2)
    steps = torch.full((chances.shape[1],), chances.shape[0],
                       dtype=torch.long)
    loss = nn.functional.ctc_loss(chances, targets, steps,
                                  torch.tensor(lengths), reduction="sum",
                                  zero_infinity=True)
    return loss / max(1, sum(lengths) + len(lengths))


def train(options: argparse.Namespace, pupils: list[running.Pupil],
          plan: running.Plan) -> None:
    """Trains on drawn lines."""
    running.run(pupils, plan, batches.batches(options, running.device()), _loss)


def write(network: LineReader, path: pathlib.Path) -> None:
    """Writes the network as ONNX, for lines of any length."""
    export(network, nn.Softmax(2), (1, 3, ROWS, 64),
           {"x": {3: "columns"}, "probability": {1: "steps"}}, path)


def judged(network: LineReader, options: argparse.Namespace) -> dict:
    """Returns how it does on lines that it has not seen."""
    patches = pictures.drawn(functools.partial(
        seen.of_train, options.seed + _VALIDATION_OFFSET), _VALIDATION,
        options.jobs)
    return evaluate(network, [plain_cut_out(patch) for patch in patches])
