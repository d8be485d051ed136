"""The figures of the accuracy page, as SVG."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

import matplotlib

matplotlib.use("Agg")
# pylint: disable=wrong-import-position
import matplotlib.pyplot as plt  # noqa: E402

from .accuracy import Accuracy, curve  # noqa: E402
from .answers import BURNTIN, THOROUGH  # noqa: E402
from .dimensions import DIMENSIONS, Dimension  # noqa: E402
from .judging import Judged  # noqa: E402

# The same measurements give the same bytes.
matplotlib.rcParams.update({
    "svg.hashsalt": "burntin", "font.size": 9, "axes.spines.top": False,
    "axes.spines.right": False, "axes.grid": True, "grid.alpha": .3})
_COLOURS = {BURNTIN: "#1b6ca8", THOROUGH: "#0b2f4a"}
_PEER_COLOURS = ("#d1495b", "#edae49", "#66a182", "#8d6a9f")


def colour_of(accuracy: Accuracy, method: str) -> str:
    """Returns the colour in which a method is drawn in every figure."""
    if method in _COLOURS:
        return _COLOURS[method]
    return _PEER_COLOURS[accuracy.peers.index(method) % len(_PEER_COLOURS)]


def short_name(method: str) -> str:
    """Returns a method's name for a legend."""
    return method if len(method) <= 32 else method[:29] + "..."


def save(figure: plt.Figure, out: pathlib.Path) -> None:
    """Writes a figure as SVG and closes it."""
    figure.savefig(out, format="svg", metadata={"Date": None})
    plt.close(figure)
    # Matplotlib leaves spaces at the ends of lines.
    text = out.read_text(encoding="utf-8")
    out.write_text("\n".join(map(str.rstrip, text.split("\n"))),
                   encoding="utf-8")


def _panel(axes: plt.Axes, accuracy: Accuracy, dimension: Dimension) -> None:
    """Draws line recall by a dimension, with 95 % intervals."""
    names = [group.name for group in accuracy.groups(dimension)]
    methods = [BURNTIN, *accuracy.peers]
    for place, method in enumerate(methods):
        found = {g.name: g.found for g in accuracy.groups(
            dimension, method, shared=method != BURNTIN)}
        shown = [(i, found[name]) for i, name in enumerate(names)
                 if name in found]
        shift = (place - (len(methods) - 1) / 2) * .12
        values = [100 * rate.value for _, rate in shown]
        errors = [[100 * (rate.value - rate.interval[0]) for _, rate in shown],
                  [100 * (rate.interval[1] - rate.value) for _, rate in shown]]
        axes.errorbar([i + shift for i, _ in shown], values, yerr=errors,
                      fmt="o", markersize=4, elinewidth=1, capsize=2,
                      color=colour_of(accuracy, method),
                      label=short_name(method))
    axes.set_xticks(range(len(names)), names, rotation=35, ha="right")
    axes.set_xlim(-.5, len(names) - .5)
    axes.set_ylim(-3, 103)
    axes.set_xlabel(dimension.title)
    axes.set_ylabel("lines found, %")


def known_dimensions(accuracy: Accuracy) -> list[Dimension]:
    """Returns the dimensions in which lines differ."""
    return [dimension for dimension in DIMENSIONS
            if len(accuracy.groups(dimension)) > 1]


def draw_recall(accuracy: Accuracy, out: pathlib.Path) -> None:
    """Draws line recall by every dimension that the labels know."""
    known = known_dimensions(accuracy)
    if not known:
        out.unlink(missing_ok=True)
        return
    rows = -(-len(known) // 2)
    figure, axes = plt.subplots(rows, 2, figsize=(10, 3.2 * rows),
                                squeeze=False, layout="constrained")
    flat = list(axes.flat)
    for panel, dimension in zip(flat, known):
        _panel(panel, accuracy, dimension)
    for unused in flat[len(known):]:
        unused.set_visible(False)
    flat[0].legend(loc="lower left", bbox_to_anchor=(0, 1.01), fontsize=8,
                   ncol=2)
    save(figure, out)


def _draw_curve(axes: plt.Axes, accuracy: Accuracy, method: str,
                judged: Sequence[Judged]) -> None:
    drawn = curve(judged)
    if not drawn.points:
        return
    axes.plot([100 * p.false_positives for p in drawn.points],
              [100 * p.true_positives for p in drawn.points],
              color=colour_of(accuracy, method),
              linestyle="--" if method == THOROUGH else "-",
              label=f"{short_name(method)}: area {drawn.area:.4f}, "
              f"{drawn.images} images")


def draw_roc(accuracy: Accuracy, out: pathlib.Path) -> None:
    """Draws the ROC curves of all methods on the same images, and the corner
    that matters of burntin's on all of its images."""
    figure, (together, corner) = plt.subplots(1, 2, figsize=(10, 4.4),
                                              layout="constrained")
    for method in accuracy.side_by_side:
        _draw_curve(together, accuracy, method, accuracy.shared(method))
    _draw_curve(corner, accuracy, BURNTIN, accuracy.judged[BURNTIN])
    for axes in (together, corner):
        axes.set_xlabel("images without text flagged, %")
        axes.set_ylabel("identifying images held, %")
        if axes.get_legend_handles_labels()[0]:
            axes.legend(loc="lower right", fontsize=8)
    together.plot([0, 100], [0, 100], color="grey", linewidth=.6)
    together.set_title("the images that all methods saw", fontsize=9)
    corner.set_xlim(-.2, 10)
    corner.set_ylim(90, 100.2)
    corner.set_title("all images, upper left corner", fontsize=9)
    save(figure, out)
