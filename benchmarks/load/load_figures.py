"""The figures of the load page, as SVG."""

from __future__ import annotations

import pathlib

import matplotlib.pyplot as plt

from ..bench.figures import save

_ANSWERED, _REFUSED, _OFFERED = "#1b6ca8", "#d1495b", "#8c8c8c"
_MIB = 1 << 20


def _axes(label: str) -> tuple[plt.Figure, plt.Axes]:
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    axes.set_xlabel("calls offered, of those that can be answered")
    axes.set_ylabel(label)
    axes.axvline(1, color="grey", linewidth=.6, linestyle=":")
    return figure, axes


def draw_latency(result: dict, out: pathlib.Path) -> None:
    """Draws how long calls take, by the load."""
    figure, axes = _axes("seconds from the moment that it was due")
    steps = result["steps"]
    for kind, quantile, style, colour, name in (
            ("instance", "p50_s", "o-", _ANSWERED, "answered, median"),
            ("instance", "p99_s", "s--", _ANSWERED, "answered, p99"),
            ("refusals", "p99_s", "^-", _REFUSED, "refused, p99")):
        shown = [(step["load"], step["calls"][kind][quantile])
                 for step in steps if step["calls"][kind]["count"]]
        axes.plot([load for load, _ in shown], [wait for _, wait in shown],
                  style, color=colour, markersize=4, label=name)
    axes.set_yscale("log")
    axes.legend(fontsize=8)
    save(figure, out)


def draw_throughput(result: dict, out: pathlib.Path) -> None:
    """Draws what comes of the calls, by the load. Both are shares of what can
    be answered, which is not the same at every step."""
    figure, axes = _axes("calls, of those that can be answered")
    steps = result["steps"]
    loads = [step["load"] for step in steps]
    for field, style, colour, name in (
            ("offered_per_s", ":", _OFFERED, "offered"),
            ("answered_calls_per_s", "o-", _ANSWERED, "answered"),
            ("refused_per_s", "^-", _REFUSED, "refused")):
        axes.plot(loads, [step["calls"][field] / step["capacity_calls_per_s"]
                          for step in steps], style,
                  color=colour, markersize=4, label=name)
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8)
    save(figure, out)


def draw_memory(result: dict, out: pathlib.Path) -> None:
    """Draws the memory that the server takes, by the load."""
    figure, axes = _axes("resident memory at its peak, MiB")
    steps = result["steps"]
    loads = [step["load"] for step in steps]
    axes.plot(loads, [step["peak_rss_bytes"] / _MIB for step in steps], "o-",
              color=_ANSWERED, markersize=4, label="burntind")
    axes.plot(loads, [step["peak_children_rss_bytes"] / _MIB
                      for step in steps], "s-", color="#66a182", markersize=4,
              label="its decoders")
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8)
    save(figure, out)


def draw_soak(result: dict, out: pathlib.Path) -> None:
    """Draws the memory of the soak run, by the time."""
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    minutes = [one["at_s"] / 60 for one in result["readings"]]
    for field, colour, name in (
            ("rss_bytes", _ANSWERED, "burntind"),
            ("children_rss_bytes", "#66a182", "its decoders")):
        axes.plot(minutes, [one[field] / _MIB for one in result["readings"]],
                  color=colour, linewidth=1, label=name)
    axes.set_xlabel("minutes after the warm-up")
    axes.set_ylabel("resident memory, MiB")
    axes.set_ylim(bottom=0)
    axes.legend(fontsize=8)
    save(figure, out)
