"""The detectors' page in Markdown, and its summary in JSON."""

from __future__ import annotations

import pathlib

from .accuracy_page import Provenance
from .detectors import GENERAL, OPENCV, OWN, Seen, working_point
from .detectors_figures import checked, cost, found, network_cost
from .markdown import percent, rate_cell, table, write_with_summary

_SURE = (.1, .25, .5, .7, .75, .8, .85, .9)


def _names(seen: Seen) -> list[str]:
    return list(seen.pictures[0].answers)


def _points(detector: str) -> list[float]:
    """Returns the likelihoods that the overview shows."""
    own = working_point(detector)
    return [own] if OPENCV in detector else sorted({own, .5})


def _overview(seen: Seen) -> str:
    rows = []
    for name in _names(seen):
        for least in _points(name):
            figures = found(seen, name, least)
            rows.append((f"`{name}`", f"{least:g}",
                         rate_cell(figures.lines_found),
                         rate_cell(figures.text_found),
                         rate_cell(figures.clean_flagged)))
    return table(("detector", "lines from", "legible lines covered",
                  "pictures with legible text: a line is",
                  "clean pictures with any box"), rows)


def _by_likelihood(seen: Seen) -> str:
    names = [name for name in _names(seen) if OPENCV not in name]
    rows = []
    for least in _SURE:
        cells = []
        for name in names:
            if least < working_point(name):
                cells.append("–")
                continue
            figures = found(seen, name, least)
            cells.append(f"{percent(figures.lines_found.value)}, "
                         f"{percent(figures.clean_flagged.value)}")
        rows.append((f"{least:g}", *cells))
    return table(("lines from", *(f"`{name}`" for name in names)), rows)


def _costs(seen: Seen) -> str:
    rows = []
    for name in _names(seen):
        own = cost(seen, name)
        other = cost(seen, GENERAL + (OPENCV if OPENCV in name else ""))
        rows.append((f"`{name}`", f"{own.median:.0f}", f"{own.total:.0f}",
                     f"{own.total / other.total:.2f}", f"{own.shown:.2f}",
                     f"{own.network:.0f}",
                     f"{own.network / other.network:.2f}"))
    return table(("detector", "CPU ms a megapixel, median", "of all together",
                  f"over `{GENERAL}`", "megapixels shown a megapixel",
                  "network's CPU ms a megapixel shown", f"over `{GENERAL}`"),
                 rows)


def _sized(seen: Seen) -> str:
    names = [name for name in _names(seen)
             if name.removesuffix(OPENCV) != OWN]
    rows = []
    for name in names:
        general = GENERAL + (OPENCV if OPENCV in name else "")
        cells = []
        for size in seen.sized:
            own = network_cost(seen, name, size)
            other = network_cost(seen, general, size)
            cells += [f"{own:.0f}", f"{own / other:.2f}"]
        rows.append((f"`{name}`", *cells))
    heads = [head for columns, height in seen.sized
             for head in (f"{columns} x {height}, CPU ms a megapixel shown",
                          f"over `{GENERAL}`")]
    return table(("network", *heads), rows)


def _targets(seen: Seen) -> str:
    return table(("asked for", "bound", "measured", ""),
                 [(one.name, one.bound, one.value, one.verdict)
                  for one in checked(seen)])


def page_text(seen: Seen, provenance: Provenance) -> str:
    """Returns the page."""
    return f"""# Detectors: {provenance.images}

Made by `{provenance.command}` on commit {provenance.commit}, {provenance.machine}.
{len(seen.pictures)} first frames in their first view, {sum(one.grey for one in seen.pictures)} of them grey, each shown whole to all in
turn, in one process. `quick` and `careful` are burntin's networks by themselves,
`own` is what the detector does with them: `careful` looks where `quick` suspects.
`pp-ocr` is PP-OCRv4's detector. All have what they need: doubled small pictures,
second looks, borders. ONNX Runtime; `-opencv` is OpenCV. `lines from` is the least
likelihood of a line that counts. A line is covered where boxes cover half of it.

## What was asked for

{_targets(seen)}
Likelihoods where so much is covered are found on these pictures themselves.

## What they find

{_overview(seen)}
Legible lines covered, and clean pictures with any box, by the least likelihood:

{_by_likelihood(seen)}
## What they cost

Of the whole detector a megapixel of the picture, and of its networks alone a
megapixel that they were shown; ratios are within one runtime.

{_costs(seen)}
Networks alone on a grey picture of one size, shown again and again; medians:

{_sized(seen)}"""


def _rates(seen: Seen, name: str, least: float) -> dict:
    figures = found(seen, name, least)
    return {rate: getattr(figures, rate).as_json()
            for rate in ("lines_found", "text_found", "clean_flagged")}


def summary(seen: Seen) -> dict:
    """Returns what was found, by detector and likelihood, and the costs."""
    result = {}
    for name in _names(seen):
        result[name] = {
            "found": {f"{least:g}": _rates(seen, name, least)
                      for least in _points(name)},
            "cost": cost(seen, name).as_json(),
            "network_ms_a_megapixel_by_size": {
                f"{columns}x{rows}": network_cost(seen, name, (columns, rows))
                for columns, rows in seen.sized}}
    return result


def write_page(seen: Seen, provenance: Provenance,
               out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md and NAME.json into `out` and returns the former."""
    return write_with_summary(out, provenance.name,
                              page_text(seen, provenance), summary(seen))
