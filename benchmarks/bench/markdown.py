"""Pieces of Markdown pages."""

from __future__ import annotations

import json
import math
import pathlib
from collections.abc import Iterable, Sequence

from .statistics_of_rates import Rate


def percent(share: float) -> str:
    """Returns a share as a percentage; a dash for NaN. Never rounded to 0 or
    100 unless it is."""
    if math.isnan(share):
        return "–"
    for digits in (1, 2, 3):
        text = f"{100 * share:.{digits}f}"
        if (float(text) in (0, 100)) == (share in (0, 1)):
            break
    return f"{text} %"


def rate_cell(rate: Rate) -> str:
    """Returns "98.2 % (97.1–98.9; 982/1000)"; a dash for a rate of nothing."""
    if not rate.total:
        return "–"
    low, high = rate.interval
    return (f"{percent(rate.value)} ({100 * low:.1f}–{100 * high:.1f}; "
            f"{rate.hits}/{rate.total})")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Returns a table."""
    lines = ["| " + " | ".join(head) + " |",
             "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row)
              + " |" for row in rows]
    return "\n".join(lines) + "\n"


def write_with_summary(out: pathlib.Path, name: str, text: str,
                       summary: dict) -> pathlib.Path:
    """Writes a page as NAME.md and its summary as NAME.json into `out`, and
    returns the path of the page."""
    out.mkdir(parents=True, exist_ok=True)
    page = out / f"{name}.md"
    page.write_text(text, encoding="utf-8")
    page.with_suffix(".json").write_text(
        json.dumps(summary, indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8")
    return page
