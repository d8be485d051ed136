"""The figures of the page about cines and series, as SVG."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np

from .answers import BURNTIN, DECODE, EVERY_FRAME
from .figures import save
from .growth import Grown, cpu_line
from .scaling import Scaled
from .series_costs import PSM11, Costs
from .series_targets import NAMES
from .simulation import Simulated

_COLOURS = {BURNTIN: "#1b6ca8", EVERY_FRAME: "#0b2f4a", PSM11: "#d1495b",
            DECODE: "#8c8c8c"}
_HOST_COLOURS = ("#1b6ca8", "#d1495b", "#66a182")
_MIB = 1 << 20


def draw_costs(costs: Sequence[Costs], out: pathlib.Path) -> None:
    """Draws the CPU time of a frame by method."""
    figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
    for place, method in enumerate((PSM11, EVERY_FRAME, BURNTIN, DECODE)):
        shown = [(number, one.per_frame_ms(
            lambda run, one=one, method=method: one.whole_ms(run, method)))
            for number, one in enumerate(costs) if method in one.runs[0]]
        bars = axes.bar([number + (place - 1.5) * .2 for number, _ in shown],
                        [taken for _, taken in shown], .19,
                        color=_COLOURS[method], label=NAMES[method])
        axes.bar_label(bars, fmt="%.3g", fontsize=7)
    axes.set_yscale("log")
    axes.set_xticks(range(len(costs)), [one.subject.name for one in costs])
    axes.set_ylabel("CPU ms a frame")
    axes.grid(axis="x", visible=False)
    axes.legend(fontsize=8, ncol=4, loc="lower left", bbox_to_anchor=(0, 1))
    save(figure, out)


def draw_growth(grown: Sequence[Grown], out: pathlib.Path) -> None:
    """Draws CPU time, with its line, and memory by the number of frames."""
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3.4),
                                          layout="constrained")
    lengths = [one.frames for one in grown]
    line = cpu_line(grown)
    x = np.geomspace(min(lengths), max(lengths), 50)
    y = line.slope * x + line.intercept
    time.plot(x[y > 0], y[y > 0] / 1000, color="grey", linewidth=.8,
              label=f"{line.slope:.2f} ms a frame {line.intercept:+.0f} ms, "
              f"R² {line.r_squared:.4f}")
    time.plot(lengths, [one.cpu_ms / 1000 for one in grown], "o",
              color=_COLOURS[BURNTIN])
    time.set_yscale("log")
    time.set_ylabel("CPU seconds")
    time.legend(fontsize=8)
    memory.plot(lengths, [one.peak_bytes / _MIB for one in grown], "o-",
                color=_COLOURS[BURNTIN], markersize=4)
    memory.set_ylim(bottom=0)
    memory.set_ylabel("resident memory at its peak, MiB")
    for axes in (time, memory):
        axes.set_xscale("log")
        axes.set_xlabel("frames of the cine")
    save(figure, out)


def _draw_kind(axes: plt.Axes, simulated: Sequence[Simulated],
               measured: Scaled | None) -> None:
    for colour, one in zip(_HOST_COLOURS, simulated):
        workers = list(one.rates)
        axes.plot(workers, [one.rates[count] for count in workers], "o-",
                  markersize=3, color=colour, label=f"{one.host}, simulated")
    first = simulated[0]
    most = max(first.rates)
    axes.plot([1, most], [first.rates[1], first.rates[1] * most], ":",
              color="grey", linewidth=.9, label="so many times one worker")
    if measured is not None:
        counts = sorted({one.workers for one in measured.passed})
        axes.plot(counts, [measured.best(count).frames_per_s
                           for count in counts], "s", color="black",
                  markersize=5, label="measured, best run")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log", base=2)
    axes.set_xticks(list(first.rates), list(map(str, first.rates)))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.4g}")
    axes.set_xlabel("workers, each on a processor of its own")
    axes.set_ylabel("frames a second")


def draw_throughput(simulated: dict[str, Sequence[Simulated]],
                    scaled: Sequence[Scaled], out: pathlib.Path) -> None:
    """Draws frames a second by workers, a panel for each kind of object."""
    figure, panels = plt.subplots(1, len(simulated), squeeze=False,
                                  figsize=(4.8 * len(simulated), 3.8),
                                  layout="constrained")
    measured = {one.subject.name: one for one in scaled}
    for axes, (name, some) in zip(panels.flat, simulated.items()):
        _draw_kind(axes, some, measured.get(name))
        axes.set_title(name, fontsize=9)
    panels.flat[0].legend(fontsize=7)
    save(figure, out)
