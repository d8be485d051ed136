"""Trains the reader."""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import time

import torch
from torch import nn

from ..export import export
from ..pictures import made as made_pictures
from . import seen
from .batches import Batches
from .evaluate import evaluate
from .lines import ROWS, CutOut, plain_cut_out
from .network import LineReader

WEIGHTS = "text_reader.onnx"
RATE, STEPS = 2e-3, 12000
_VALIDATION_OFFSET, _VALIDATION = 1_000_000, 400
_WARM_STEPS, _DECAY = 500, 5e-4


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds what only the reader has."""
    parser.add_argument("--lines", type=int, default=12000,
                        help="samples whose lines are cut out (default 12000)")
    parser.add_argument("--seen-share", type=float, default=.4,
                        help="share of the lines that samples show, the others "
                        "being drawn for the purpose (default 0.4)")
    parser.add_argument("--area", type=int, default=9600,
                        help="columns of a batch, over all its lines")


def _rate(step: int, options: argparse.Namespace) -> float:
    warm = min(1.0, (step + 1) / _WARM_STEPS)
    fall = .5 * (1 + math.cos(math.pi * step / options.steps))
    return options.rate * warm * max(fall, .01)


def _loss(logits: torch.Tensor, lengths: list[int],
          targets: torch.Tensor) -> torch.Tensor:
    """Returns the CTC loss per character; lines too short for their text
    count nothing."""
    steps = torch.full((len(logits),), logits.shape[1], dtype=torch.long)
    chances = logits.permute(1, 0, 2).log_softmax(2)
    loss = nn.functional.ctc_loss(chances, targets, steps,
                                  torch.tensor(lengths), reduction="sum",
                                  zero_infinity=True)
    return loss / max(1, sum(lengths) + len(lengths))


def _unseen(options: argparse.Namespace) -> list[CutOut]:
    return [plain_cut_out(patch) for patch in seen.made(
        options.seed + _VALIDATION_OFFSET, _VALIDATION, options.cache,
        options.jobs)]


def train(options: argparse.Namespace) -> LineReader:
    """Trains on drawn lines and returns the network."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    lines = seen.made(options.seed, options.lines, options.cache, options.jobs)
    pictures = made_pictures(options.seed, options.samples,
                             options.backgrounds, options.cache, options.jobs)
    checked = _unseen(options)
    network = LineReader()
    if options.start:
        network.load_state_dict(torch.load(options.start))
    loader = iter(torch.utils.data.DataLoader(
        Batches(pictures, lines, options.seen_share, options.area,
                options.seed),
        batch_size=None, num_workers=1, prefetch_factor=16))
    optimizer = torch.optim.AdamW(network.parameters(), options.rate,
                                  weight_decay=_DECAY)
    start, total, count = time.monotonic(), 0.0, 0
    for step in range(options.steps):
        for group in optimizer.param_groups:
            group["lr"] = _rate(step, options)
        pixels, lengths, targets = next(loader)
        loss = _loss(network(pixels), lengths, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5)
        optimizer.step()
        total, count = total + loss.item(), count + len(lengths)
        if (step + 1) % 100 == 0:
            row = {"step": step + 1, "loss": round(total / 100, 4),
                   "lines": count, "seconds": round(time.monotonic() - start)}
            print(json.dumps(row), flush=True)
            total = 0.0
        if (step + 1) % 1000 == 0 or step + 1 == options.steps:
            torch.save(network.state_dict(), options.out / "checkpoint.pt")
            network.eval()
            print(json.dumps(evaluate(network, checked)), flush=True)
            network.train()
    return network


def write(network: LineReader, path: pathlib.Path) -> None:
    """Writes the network as ONNX, for lines of any length."""
    export(network, nn.Softmax(2), (1, 3, ROWS, 64),
           {"x": {3: "columns"}, "probability": {1: "steps"}}, path)


def judged(network: LineReader, options: argparse.Namespace) -> dict:
    """Returns how it does on lines that it has not seen."""
    return evaluate(network, _unseen(options))
