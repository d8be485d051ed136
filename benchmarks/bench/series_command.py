"""burntin-bench series: measures cines and series, and writes their page."""

from __future__ import annotations

import argparse
import functools
import hashlib
from collections.abc import Callable

from . import requests_cost
from .answers import BURNTIN
from .growth import measure_growth
from .kept import Kept
from .long_files import LongFiles, Subject, generator_digest
from .measuring import Measurer, program
from .requests_cost import RequestCost
from .scaling import Scaled, measure_scaling
from .series_costs import Cost, Costs, measure_costs
from .series_page import Measured
from .simulation import HOSTS, Executor, Item, simulate

ROWS, COLUMNS = 768, 1024
WORKERS = (1, 2)
Said = Callable[[str], None]


class _Run:
    """A run with its files, its measurements and its settings."""

    def __init__(self, options: argparse.Namespace, said: Said) -> None:
        if options.again:
            for name in ("measured.jsonl", "settings.json"):
                (options.work / name).unlink(missing_ok=True)
        self.options, self.said = options, said
        digest = hashlib.sha256(program().read_bytes()).hexdigest()
        self.kept = Kept(options.work, {
            "program_sha256": digest, "generator": generator_digest(),
            "seed": options.seed,
            "languages": options.languages})
        self.files = LongFiles(options.work / "files", options.seed)
        self.make_measurer = functools.partial(Measurer, options.models,
                                               options.languages)

    def cine(self, text: bool, frames: int | None = None) -> Subject:
        """Returns a cine of the usual length, or of another."""
        return self.files.cine(frames or self.options.frames, ROWS, COLUMNS,
                               text)

    def series(self, text: bool) -> Subject:
        """Returns a series of the usual length."""
        return self.files.series(self.options.slices, text)

    def costs(self, subject: Subject, stride: int | None) -> Costs:
        """Measures what a subject costs."""
        return measure_costs(subject, stride, self.options.runs, self.kept,
                             self.make_measurer, self.files.warm_up(),
                             self.said)

    def scaled(self, subject: Subject, workers=WORKERS) -> Scaled:
        """Measures a subject with several workers."""
        return measure_scaling(subject, workers, self.options.scaling_runs,
                               self.kept, self.make_measurer,
                               self.files.warm_up(), self.said)


def _once_ms(costs: Costs) -> float:
    """Returns the CPU ms of opening an object and of what has no stage."""
    def taken(run: dict[str, Cost]) -> float:
        cost = run[BURNTIN]
        return max(cost.open_ms, cost.cpu_ms - sum(cost.stages_ms.values()))
    return (costs.per_frame_ms(taken) * costs.subject.frames
            / len(costs.subject.paths))


def _look_ms(scaled: Scaled) -> float:
    return sum(scaled.stage_ms(stage)
               for stage in ("candidates", "detect", "recognize", "match"))


def make_item(whole: Scaled, head: Scaled | None, costs: Costs,
              requests: RequestCost | None) -> Item:
    """Returns an object of the simulation from what was measured.

    `head` is the beginning of the cine `whole`, as long as is inspected frame
    after frame; None for a series.
    """
    objects = len(whole.subject.paths)
    first = head.subject.frames if head else 0
    later = max(1, whole.subject.frames - first)

    def split(cost: Callable[[Scaled], float]) -> tuple[float, float]:
        begin = cost(head) if head else 0.0
        return (begin / max(1, first), max(0.0, cost(whole) - begin) / later)

    first_decode, decode = split(lambda one: one.stage_ms("decode"))
    first_look, look = split(_look_ms)
    megabytes = whole.subject.bytes / objects / 1e6
    return Item(whole.subject.frames // objects, _once_ms(costs),
                0 if requests is None else requests.request_ms
                + requests.megabyte_ms * megabytes,
                decode, look, first_decode, first_look)


def _simulate(run: _Run, measured: Measured) -> None:
    if requests_cost.is_built():
        found = run.kept.get("requests", requests_cost.measure_requests)
        measured.requests = RequestCost(**found)
    else:
        run.said("burntind is not built: requests are not measured")
    heads = {}
    first = Executor().first_frames
    if run.options.frames > first:
        heads["cine with text"] = run.scaled(run.cine(True, first), (1,))
    costs = {one.subject.name: one for one in measured.costs}
    for scaled in measured.scaled:
        name = scaled.subject.name
        if name not in costs:
            continue
        item = make_item(scaled, heads.get(name), costs[name],
                         measured.requests)
        measured.items[name] = item
        measured.simulated[name] = [simulate(item, host) for host in HOSTS]
        run.said(f"{name} simulated")


def measure_all(options: argparse.Namespace, said: Said) -> Measured:
    """Measures what the options ask for."""
    run = _Run(options, said)
    measured = Measured(stride=max(1, options.frames // options.asked))
    for text in (True, False):
        if "cines" in options.parts:
            measured.costs.append(run.costs(run.cine(text), measured.stride))
    for text in (False, True):
        if "series" in options.parts:
            measured.costs.append(run.costs(run.series(text), None))
    if "scaling" in options.parts:
        measured.scaled = [run.scaled(run.cine(True)),
                           run.scaled(run.series(True))]
        _simulate(run, measured)
    if "growth" in options.parts:
        measured.grown_method = options.growth_method
        measured.grown = measure_growth(
            run.files, [length for length in options.lengths
                        if length <= options.longest],
            options.growth_method, options.runs, run.kept, run.make_measurer,
            said)
    return measured
