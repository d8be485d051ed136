"""The readers' page in Markdown, and its summary in JSON."""

from __future__ import annotations

import pathlib
import statistics
from collections.abc import Sequence

from .accuracy_page import Provenance
from .markdown import percent, rate_cell, table, write_with_summary
from .readers import ReadLine, compact
from .statistics_of_rates import Rate

_HEIGHTS = ((0, 10), (10, 16), (16, 25), (25, 1000))
_SURE = (0, .3, .5, .7, .8, .9, .95, 1.0001)


def _error_rate(lines: Sequence[ReadLine], reader: str) -> float:
    characters = sum(len(compact(line.text)) for line in lines)
    return sum(line.errors(reader) for line in lines) / max(characters, 1)


def summary(lines: Sequence[ReadLine]) -> dict:
    """Returns by reader: characters in error, lines without any, CPU time."""
    result = {}
    for reader in lines[0].answers:
        times = [line.answers[reader]["cpu_ms"] for line in lines]
        exact = Rate(sum(line.errors(reader) == 0 for line in lines),
                     len(lines))
        result[reader] = {
            "character_error_rate": _error_rate(lines, reader),
            "exact": exact.value, "lines": len(lines),
            "cpu_ms_median": statistics.median(times),
            "cpu_ms_mean": statistics.mean(times)}
    return result


def _overview(lines: Sequence[ReadLine]) -> str:
    figures = summary(lines)
    base = figures["pp-ocr"]["cpu_ms_mean"]
    rows = [(f"`{name}`", percent(one["character_error_rate"]),
             rate_cell(Rate(round(one["exact"] * len(lines)), len(lines))),
             f"{one['cpu_ms_median']:.1f}", f"{one['cpu_ms_mean']:.1f}",
             f"{one['cpu_ms_mean'] / base:.2f}")
            for name, one in figures.items()]
    return table(("reader", "characters wrong", "lines without a slip",
                  "CPU ms a line, median", "mean", "mean over `pp-ocr`"), rows)


def _by_height(lines: Sequence[ReadLine]) -> str:
    readers = [name for name in lines[0].answers if "opencv" not in name]
    rows = []
    for low, high in _HEIGHTS:
        some = [line for line in lines if low <= line.height_px < high]
        if some:
            rows.append((f"{low} to {high - 1}" if high < 1000 else f"≥ {low}",
                         str(len(some)), *(percent(_error_rate(some, name))
                                           for name in readers)))
    return table(("letter height, pixels", "lines",
                  *(f"`{name}`" for name in readers)), rows)


def _by_confidence(lines: Sequence[ReadLine], reader: str) -> str:
    """What share of characters is right where the reader is so sure."""
    rows = []
    for low, high in zip(_SURE, _SURE[1:]):
        some = [line for line in lines
                if low <= line.answers[reader]["confidence"] < high]
        if some:
            mean = statistics.mean(line.answers[reader]["confidence"]
                                   for line in some)
            rows.append((f"{low:g} to {min(high, 1):g}", str(len(some)),
                         f"{mean:.2f}",
                         percent(max(0, 1 - _error_rate(some, reader)))))
    return table(("confidence", "lines", "mean", "characters right"), rows)


def page_text(lines: Sequence[ReadLine], provenance: Provenance) -> str:
    """Returns the page."""
    return f"""# Readers: {provenance.images}

Made by `{provenance.command}` on commit {provenance.commit}, {provenance.machine}.
Each line was cut out by its label, with 0.12 of its height around it, and read
by all readers in turn. `own` and `pp-ocr` are burntin's two readers in ONNX
Runtime, `-opencv` the same in OpenCV. Spaces do not count.

{_overview(lines)}
## Characters wrong by letter height

{_by_height(lines)}
## What confidence means

Mean confidence of `own`, and the share of characters that it reads right:

{_by_confidence(lines, "own")}"""


def write_page(lines: Sequence[ReadLine], provenance: Provenance,
               out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md and NAME.json into `out` and returns the former."""
    return write_with_summary(out, provenance.name,
                              page_text(lines, provenance), summary(lines))
