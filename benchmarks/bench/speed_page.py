"""The speed page in Markdown, and its summary in JSON."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from dataclasses import asdict

from .accuracy_page import Provenance
from .answers import BURNTIN
from .dimensions import bin_names
from .markdown import table, write_with_summary
from .speed import SIZES, STAGES, Timed, cost_of, ratio_to, size_of

# burntin's CPU time over that of Tesseract PSM 11, at most.
_TARGETS = {"with text": ("tesseract-psm11", 1.0),
            "without text": ("tesseract-psm11", .5)}


def _sets(timed: Sequence[Timed]) -> dict[str, list[Timed]]:
    sets = {"with text": [one for one in timed if one.labelled.has_text],
            "without text": [one for one in timed
                             if not one.labelled.has_text]}
    return {name: files for name, files in sets.items() if files}


def _ratios(timed: Sequence[Timed], peers: Sequence[str]) -> str:
    rows = []
    for name, files in _sets(timed).items():
        for peer in peers:
            ratio = ratio_to(peer, files)
            target, bound = _TARGETS[name]
            verdict = "–"
            if peer == target:
                met = "met" if ratio.median <= bound else "**not met**"
                verdict = f"≤ {bound:g}: {met}"
            rows.append((name, f"`{peer}`", f"{ratio.median:.2f}",
                         f"{ratio.of_sums:.2f}", f"{ratio.with_decoding:.2f}",
                         str(ratio.files), verdict))
    return table(("images", "burntin over", "median", "of sums",
                  "median with decoding", "files", "target (median)"), rows)


def _stages(timed: Sequence[Timed], methods: Sequence[str]) -> str:
    parts = []
    for name, files in _sets(timed).items():
        costs = {method: cost_of(files, method) for method in methods}
        stages = [stage for stage in STAGES if any(
            stage in cost.stages_per_megapixel for cost in costs.values())]
        rows = [(f"`{method}`", f"{cost.per_frame:.1f}",
                 f"{cost.per_megapixel:.0f}",
                 *(f"{cost.stages_per_megapixel[stage]:.1f}"
                   if stage in cost.stages_per_megapixel else "–"
                   for stage in stages)) for method, cost in costs.items()]
        parts.append(f"### Images {name}\n\n" + table(
            ("method", "CPU ms a frame (median)", "CPU ms a megapixel",
             *(f"{stage}, ms/MP" for stage in stages)), rows))
    return "\n".join(parts)


def _sizes(timed: Sequence[Timed], methods: Sequence[str]) -> str:
    rows = []
    for name, files in _sets(timed).items():
        for size in bin_names(SIZES):
            some = [one for one in files if size_of(one) == size]
            if not some:
                continue
            rows.append((name, size, str(len(some)), *(
                f"{cost_of(some, method).per_frame:.1f}"
                for method in methods)))
    return table(("images", "megapixels of a frame", "files",
                  *(f"`{method}`, CPU ms" for method in methods)), rows)


def page_text(timed: Sequence[Timed], peers: Sequence[str], runs: int,
              provenance: Provenance) -> str:
    """Returns the page."""
    methods = [BURNTIN, *peers]
    return f"""# Speed: {provenance.images}

Made by `burntin-bench`; do not edit. How to make it again stands in
[benchmarks/README.md](../benchmarks/README.md).

CPU time, not wall time: medians of {runs} runs on {len(timed)} files. All
methods are asked about a file in one process, one after the other; the first is
another one each time. Opening and decoding a file are left out of times and
ratios on both sides unless a column says otherwise: a peer would have to do
them too. burntin's decoding also makes the views that it looks at, and
Tesseract's is measured with the same decoder.

| | |
| --- | --- |
| command | `{provenance.command}` |
| commit | {provenance.commit} |
| machine | {provenance.machine} |

## burntin's CPU time over its peers'

{_ratios(timed, peers)}
## By stage

{_stages(timed, methods)}
## By size

Median for a frame, without opening and decoding.

{_sizes(timed, methods)}"""


def write_page(timed: Sequence[Timed], peers: Sequence[str], runs: int,
               provenance: Provenance, out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md and NAME.json into `out`."""
    summary = {**vars(provenance), "runs": runs, "images_by_kind": {
        name: {"files": len(files),
               "ratios": {peer: asdict(ratio_to(peer, files))
                          for peer in peers},
               "cpu_ms": {method: asdict(cost_of(files, method))
                          for method in [BURNTIN, *peers]}}
        for name, files in _sets(timed).items()}}
    return write_with_summary(
        out, provenance.name, page_text(timed, peers, runs, provenance),
        summary)
