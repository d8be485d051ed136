"""Steps of training that both kinds of network share: several networks, each
from its own random weights, learn from the same fresh things at the same
time, since drawing those takes longer than learning from them."""

from __future__ import annotations

import copy
import json
import math
import pathlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import nn

_LEAST_RATE, _LARGEST_GRADIENT = .01, 5
_REPORT_STEPS = 100
# How much of the mean of the weights a step leaves as it was, at the end.
_INERTIA = .999


def device() -> torch.device:
    """Returns the GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def in_short(pixels: torch.Tensor) -> torch.autocast:
    """Returns the context in which a GPU computes with half the digits, since
    that is quicker and enough; a processor does not."""
    return torch.autocast(pixels.device.type, torch.bfloat16,
                          enabled=pixels.is_cuda)


@dataclass(frozen=True)
class Plan:
    """How long: `steps`, or `minutes` where they are not 0, however many steps
    those are. `rate` is the largest learning rate, reached after `warm_steps`;
    `decay` is that of the weights. They are saved every `save_steps`."""

    steps: int
    minutes: float
    rate: float
    decay: float
    out: pathlib.Path
    warm_steps: int = 300
    save_steps: int = 1000

    def done(self, step: int, seconds: float) -> float:
        """Returns how much of the training is over, in [0, 1]."""
        part = seconds / (60 * self.minutes) if self.minutes else (
            step / self.steps)
        return min(1.0, part)

    def rate_at(self, step: int, done: float) -> float:
        """Returns the learning rate: a cosine, after a short rise."""
        fall = max(_LEAST_RATE, .5 * (1 + math.cos(math.pi * done)))
        return self.rate * fall * min(1.0, (step + 1) / self.warm_steps)


class Pupil:
    """A network in training, and the mean of its latest weights, which is what
    is kept: it does better than any of them. `name` names its checkpoint.
    Norms that are `still` keep the statistics they have: those of few crops,
    many of them odd ones, would make them worse."""

    def __init__(self, name: str, network: nn.Module, plan: Plan,
                 still: bool = False) -> None:
        self.name = name
        self.network = network.to(
            device(), memory_format=torch.channels_last).train()
        for module in self.network.modules() if still else ():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        self.mean = copy.deepcopy(self.network).eval().requires_grad_(False)
        self._optimizer = torch.optim.AdamW(self.network.parameters(),
                                            plan.rate,
                                            weight_decay=plan.decay)
        self._total = torch.zeros((), device=device())

    def learn(self, loss_of: Callable[[nn.Module], torch.Tensor],
              rate: float, step: int) -> None:
        """Takes one step downhill."""
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        loss = loss_of(self.network)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _LARGEST_GRADIENT)
        self._optimizer.step()
        self._total += loss.detach()
        keep = min(_INERTIA, (step + 1) / (step + 10))
        with torch.no_grad():
            for mean, now in zip(self.mean.state_dict().values(),
                                 self.network.state_dict().values()):
                if mean.is_floating_point():
                    mean.lerp_(now, 1 - keep)
                else:
                    mean.copy_(now)

    def mean_loss(self) -> float:
        """Returns the mean loss since the last report."""
        mean = float(self._total) / _REPORT_STEPS
        self._total.zero_()
        if not math.isfinite(mean):
            raise FloatingPointError(
                f"{self.name} no longer learns; lower --rate.")
        return round(mean, 4)

    def save(self, folder: pathlib.Path) -> None:
        """Writes the mean weights, and only whole files."""
        weights = {name: values.cpu()
                   for name, values in self.mean.state_dict().items()}
        unfinished = folder / f"{self.name}.pt.new"
        torch.save(weights, unfinished)
        unfinished.rename(folder / f"{self.name}.pt")


def run(pupils: list[Pupil], plan: Plan, batches: Iterator,
        loss_of: Callable[[nn.Module, tuple], torch.Tensor]) -> None:
    """Trains all; each step every one of them sees a batch of its own."""
    start, waited, step = time.monotonic(), 0.0, 0
    while (done := plan.done(step, time.monotonic() - start)) < 1:
        rate = plan.rate_at(step, done)
        for pupil in pupils:
            before = time.monotonic()
            batch = next(batches)
            waited += time.monotonic() - before
            pupil.learn(lambda network: loss_of(network, batch), rate, step)
        step += 1
        if step % _REPORT_STEPS == 0:
            seconds = time.monotonic() - start
            print(json.dumps({
                "step": step, "seconds": round(seconds),
                "waited": round(waited, 1), "rate": float(f"{rate:.2g}"),
                "loss": {one.name: one.mean_loss() for one in pupils}}),
                flush=True)
        if step % plan.save_steps == 0:
            for pupil in pupils:
                pupil.save(plan.out)
    for pupil in pupils:
        pupil.save(plan.out)
