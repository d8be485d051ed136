"""The page about cines and series in Markdown, and its summary in JSON."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from . import growth, series_figures
from .accuracy_page import Provenance
from .answers import DECODE
from .growth import Grown
from .markdown import table, write_with_summary
from .requests_cost import RequestCost
from .scaling import Scaled
from .series_costs import PSM11, WAYS, Cost, Costs
from .series_targets import Checked, check_all, runs
from .simulation import Item, Simulated
from .speed import STAGES

_MIB = 1 << 20
_MISSING = "Not measured in this run.\n"


@dataclass
class Measured:
    """All of a run. What is empty was not measured."""

    costs: list[Costs] = field(default_factory=list)
    stride: int = 1  # Tesseract was asked about each so-manieth frame
    scaled: list[Scaled] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)
    requests: RequestCost | None = None
    simulated: dict[str, list[Simulated]] = field(default_factory=dict)
    grown: list[Grown] = field(default_factory=list)
    grown_method: str = ""

    @property
    def checked(self) -> list[Checked]:
        """The targets."""
        return check_all(self.costs, self.scaled, self.grown)


def targets_text(measured: Measured) -> str:
    """Returns the targets as a table."""
    return table(("target", "bound", "measured (lowest–highest run)", "on",
                  ""), [
        (one.name, f"{one.comparison} {one.bound:g}", one.text, one.cases,
         one.verdict) for one in measured.checked])


def _cost_row(costs: Costs, method: str) -> tuple[str, ...]:
    def stage_ms(run: dict[str, Cost], stage: str) -> float:
        cost = run[method]
        if stage == "open":
            return cost.open_ms
        if stage == "rest":
            return max(0, cost.cpu_ms - cost.open_ms
                       - sum(cost.stages_ms.values()))
        return cost.stages_ms.get(stage, 0)

    whole = costs.per_frame_ms(lambda run: costs.whole_ms(run, method))
    if method == PSM11:
        reading = costs.per_frame_ms(costs.reading_ms)
        cells = [f"{reading:.2f}" if stage == "recognize" else "–"
                 for stage in STAGES]
    else:
        cells = [f"{costs.per_frame_ms(lambda run: stage_ms(run, stage)):.2f}"
                 for stage in STAGES]
    return costs.subject.name, f"`{method}`", f"{whole:.2f}", *cells


def _costs_text(measured: Measured) -> str:
    if not measured.costs:
        return _MISSING
    rows = [_cost_row(costs, method) for costs in measured.costs
            for method in (PSM11, *WAYS, DECODE) if method in costs.runs[0]]
    return f"""![CPU ms a frame](figures/{{name}}-costs.svg)

CPU ms a frame, opening and decoding counted, median of
{runs(len(measured.costs[0].runs))}:

""" + table(("", "method", "all", *STAGES), rows)


def _subjects_text(measured: Measured) -> str:
    return table(("", "frames", "pixels", "bytes a frame"), [
        (one.subject.name, str(one.subject.frames),
         f"{one.subject.columns} x {one.subject.rows}",
         f"{one.subject.bytes / one.subject.frames:,.0f}")
        for one in measured.costs]) if measured.costs else _MISSING


def _answers_text(measured: Measured) -> str:
    if not measured.costs:
        return _MISSING
    rows = []
    for costs in measured.costs:
        for method in WAYS:
            cost = costs.runs[0][method]
            said = ", ".join(f"{count} {verdict}" for verdict, count
                             in sorted(cost.verdicts.items()))
            rows.append((costs.subject.name, f"`{method}`", said,
                         *map(str, (cost.findings, cost.differ, cost.lower,
                                    cost.missed, cost.added))))
    return table(("", "method", "verdicts", "findings", "verdicts that differ "
                  "from those of every frame in full", "of these lower",
                  "findings missed", "added"), rows)


def _scaling_text(measured: Measured) -> str:
    if not measured.scaled:
        return _MISSING
    rows = []
    for scaled in measured.scaled:
        for workers in sorted({one.workers for one in scaled.passed}):
            best = scaled.best(workers)
            rates = sorted(one.frames_per_s for one in scaled.of(workers))
            rows.append((
                scaled.subject.name, str(workers), f"{best.frames_per_s:.2f}",
                f"{rates[len(rates) // 2]:.2f}", str(len(rates)),
                f"{best.other_processors:.2f}",
                f"{scaled.speedup(workers):.2f}"))
    return table(("", "workers", "frames a second, best run", "middle run",
                  "runs", "processors that others had in the best run",
                  "best over that of 1 worker"), rows)


def _item_row(name: str, item: Item) -> tuple[str, ...]:
    return (name, *(f"{value:.2f}" for value in (
        item.upload_ms, item.open_ms, item.first_decode_ms,
        item.first_look_ms, item.decode_ms, item.look_ms)))


def _rate(per_s: float) -> str:
    return f"{per_s:.0f}" if per_s >= 100 else f"{per_s:.1f}"


def _simulation_text(measured: Measured) -> str:
    if not measured.simulated:
        return _MISSING
    rows = [(name, one.host, *map(_rate, one.rates.values()),
             "–" if one.stops_at is None else
             f"{one.bottleneck} (from {one.stops_at} workers; x "
             f"{one.gain:.2f} without)")
            for name, some in measured.simulated.items() for one in some]
    workers = list(next(iter(measured.simulated.values()))[0].rates)
    requests = measured.requests
    server = ("A server's own cost was not measured; it counts as nothing.\n"
              if requests is None else
              f"A request costs burntind {requests.request_ms:.2f} CPU ms "
              f"({requests.requests} requests) and "
              f"{requests.megabyte_ms:.2f} ms for each megabyte "
              f"({requests.megabytes:.0f} MB).\n")
    return f"""![Frames a second](figures/{{name}}-throughput.svg)

Times in CPU ms: uploading and opening an object, and decoding in a process of
its own and looking, of each of a cine's first frames and of each other frame.

""" + table(("", "upload", "open", "decode, first", "look, first", "decode",
             "look"), [_item_row(name, item)
                       for name, item in measured.items.items()]) + f"""
{server}
Frames a second by workers, and what holds them back first: the limit whose
lifting helps most where workers bring less than 90 % of what they should.

""" + table(("", "host", *map(str, workers), "first bottleneck"), rows)


def _growth_text(measured: Measured) -> str:
    if len(measured.grown) < 2:
        return _MISSING
    line = growth.cpu_line(measured.grown)
    memory = growth.memory_line(measured.grown)
    kib = round(memory.slope / 1024, 2) + 0.0  # never -0.00
    return f"""![Growth](figures/{{name}}-growth.svg)

`{measured.grown_method}` on cines of {growth.COLUMNS} x {growth.ROWS} pixels
with text, each in a process of its own.

""" + table(("frames", "CPU s", "CPU ms a frame", "peak memory, MiB", "runs"),
            [(f"{one.frames:,}", f"{one.cpu_ms / 1000:.2f}",
              f"{one.cpu_ms / one.frames:.2f}",
              f"{one.peak_bytes / _MIB:.0f}", str(one.runs))
             for one in measured.grown]) + f"""
CPU time: {line.slope:.3f} ms a frame and {line.intercept:.0f} ms, R²
{line.r_squared:.5f}. Memory: {kib:.2f} KiB a frame and
{memory.intercept / _MIB:.0f} MiB.
"""


def page_text(measured: Measured, provenance: Provenance) -> str:
    """Returns the page."""
    text = f"""# Cines and series: {provenance.images}

Made by `burntin-bench`; do not edit. How to make it again stands in
[benchmarks/README.md](../benchmarks/README.md), with what each word means.

Ratios are of CPU time, not wall time, unless they say "by the clock": all
methods are asked about a file in one process, one after the other, the first is
another one each time, and each run has a process of its own. Opening and
decoding count on both sides. Medians of the runs, with the lowest and the
highest. Tesseract was asked about each frame whose number divides by
{measured.stride}, and its time brought to all; its decoding counts as DCMTK
alone takes.

| | |
| --- | --- |
| command | `{provenance.command}` |
| commit | {provenance.commit} |
| machine | {provenance.machine}, shared with other work |

{targets_text(measured)}
## What is inspected

{_subjects_text(measured)}
Ultrasound in which tissue and speckle move, as JPEG baseline, with a screen of
20 lines that stand still or with none; CT slices whose anatomy changes from one
to the next, in 16 bits as JPEG lossless, with 15 lines or none.

## What it costs

{_costs_text(measured)}
## Is the answer the same?

Of the first run. [detection.md](detection.md#how-it-compares-with-its-oracle) has
cines whose text comes, goes and moves (`burntin-bench cines`).

{_answers_text(measured)}
## With more workers

By the clock, with decoders in processes of their own, as it is shipped. The
machine is shared, so that the best of several runs in turn counts.

{_scaling_text(measured)}
## With many workers: a simulation

The executor, replayed event by event with the times below
(`benchmarks/bench/simulation.py` says what it knows and what it does not). It
knows nothing of memory bandwidth, caches, disk and network: what it says is the
most that can be hoped for.

{_simulation_text(measured)}
## How it grows

{_growth_text(measured)}"""
    return text.replace("{name}", provenance.name)


def _draw(measured: Measured, name: str, folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if measured.costs:
        series_figures.draw_costs(measured.costs, folder / f"{name}-costs.svg")
    if measured.simulated:
        series_figures.draw_throughput(measured.simulated, measured.scaled,
                                       folder / f"{name}-throughput.svg")
    if len(measured.grown) > 1:
        series_figures.draw_growth(measured.grown,
                                   folder / f"{name}-growth.svg")


def write_page(measured: Measured, provenance: Provenance,
               out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md, NAME.json and figures into `out`."""
    _draw(measured, provenance.name, out / "figures")
    summary = {**vars(provenance), **asdict(measured), "targets": [
        {**asdict(one), "met": one.met} for one in measured.checked]}
    for costs in summary["costs"]:
        # Where the files lay is of no use to a reader.
        del costs["subject"]["paths"]
    for scaled in summary["scaled"]:
        del scaled["subject"]["paths"]
    return write_with_summary(out, provenance.name,
                              page_text(measured, provenance), summary)
