"""The accuracy page in Markdown, with its figures and its summary in JSON."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass

from .accuracy import Accuracy, Rates, curve, rates
from .answers import BURNTIN
from .crops import contact_sheet
from .dimensions import ALL_LINES, DIMENSIONS
from .figures import draw_recall, draw_roc, known_dimensions
from .labels import LEGIBLE_CONTRAST, LEGIBLE_HEIGHT_PX
from .markdown import percent, rate_cell, table, write_with_summary
from .targets import Target

_SHEET_LIMIT = 60
_SHEETS = (("leak", "Identifying images that were cleared"),
           ("miss", "Lines that were missed"),
           ("alarm", "Images without text that were flagged"))


@dataclass(frozen=True)
class Provenance:
    """Where the figures come from."""

    name: str      # of the page, as in "accuracy"
    images: str    # what was measured, a sentence
    command: str   # that makes the page again
    machine: str
    commit: str


_METHOD_ROWS = (
    ("identifying images held", "identifying_held"),
    ("images with text: a line is found", "text_found"),
    ("images without text: flagged", "clean_flagged"),
    ("images with harmless text only: cleared", "harmless_cleared"),
    ("lines found", "lines_found"),
    ("characters read", "characters_read"),
    ("words read without a mistake", "words_read"))


def _targets(targets: Sequence[Target]) -> str:
    return table(("target", "bound", "measured (95 % interval; count)", ""), [
        (t.name, f"{t.comparison} {t.percent:g} %", rate_cell(t.rate),
         t.verdict) for t in targets])


def _own_rates(accuracy: Accuracy) -> str:
    own: dict[str, Rates] = {
        "all": rates(accuracy.judged[BURNTIN]),
        "legible": rates(accuracy.judged[BURNTIN], legible=True)}
    rows = [(title, *(rate_cell(getattr(r, field)) for r in own.values()))
            for title, field in (*_METHOD_ROWS, (
                "identifying lines covered by boxes that are not called "
                "harmless", "identifying_lines_suspect"))]
    rows.append(("images", *(str(r.images) for r in own.values())))
    rows.append(("held for want of an answer (INDETERMINATE)",
                 *(str(r.indeterminate) for r in own.values())))
    return table(("burntin", "all text", "legible text"), rows)


def _area(area: float) -> str:
    return "–" if math.isnan(area) else f"{area:.4f}"


def _side_by_side(accuracy: Accuracy) -> str:
    methods = accuracy.side_by_side
    shared = {m: rates(accuracy.shared(m)) for m in methods}
    rows = [(title, *(rate_cell(getattr(shared[m], field)) for m in methods))
            for title, field in _METHOD_ROWS]
    rows.append(("area under the ROC curve", *(
        _area(curve(accuracy.shared(m)).area) for m in methods)))
    rows.append(("images", *(str(shared[m].images) for m in methods)))
    rows.append(("no answer", *(str(shared[m].unanswered) for m in methods)))
    return table(("", *(f"`{m}`" for m in methods)), rows)


def _dimension_tables(accuracy: Accuracy) -> str:
    parts = []
    for dimension in DIMENSIONS:
        own = accuracy.groups(dimension)
        if not own:
            continue
        peers = {peer: {g.name: g.found for g in accuracy.groups(
            dimension, peer, shared=True)} for peer in accuracy.peers}
        rows = [(g.name, rate_cell(g.found), percent(g.characters.value),
                 *(percent(found[g.name].value) if g.name in found else "–"
                   for found in peers.values())) for g in own]
        which = ("all lines" if dimension.title in ALL_LINES
                 else "legible lines")
        parts.append(f"### By {dimension.title} ({which})\n\n" + table(
            ("", "burntin: lines found", "characters read",
             *(f"`{peer}`: lines found" for peer in peers)), rows))
    return "\n".join(parts)


def _agreement(accuracy: Accuracy) -> str:
    compared = accuracy.agreement
    if compared is None:
        return ("The oracle (`burntin-thorough`) was not asked; "
                "`--oracle-share` does.\n")
    text = table(("cascade beside oracle", "of the images both saw"), [
        ("verdict differs", rate_cell(compared.different)),
        ("cleared by the cascade, held by the oracle",
         rate_cell(compared.wrongly_cleared))])
    if compared.keys:
        text += ("\nFiles whose verdicts differ: "
                 + ", ".join(f"`{key}`" for key in compared.keys[:40]) + ".\n")
    return text


def _sheet(page: str, crops: pathlib.Path, out: pathlib.Path, kind: str,
           title: str) -> str:
    name = f"{page}-{kind}.png"
    shown, saved = contact_sheet(crops, kind, out / "figures" / name,
                                 _SHEET_LIMIT)
    if not saved:
        return f"### {title}\n\nNone.\n"
    return (f"### {title}\n\n{shown} of {saved}, legible ones first.\n\n"
            f"![{title}](figures/{name})\n")


_INTRODUCTION = f"""\
Made by `burntin-bench`; do not edit. How to make it again, and what each word
means exactly, stands in [benchmarks/README.md](../benchmarks/README.md).

A line counts as found when boxes cover at least half of it. An image is held,
or flagged, when burntin's verdict is not CLEAR; for a peer, when it reports a
box. Legible is text at least {LEGIBLE_HEIGHT_PX} pixels high with a contrast of
at least {LEGIBLE_CONTRAST} of 255. Intervals are Wilson's, of 95 %.
"""


def figures_text(accuracy: Accuracy, targets: Sequence[Target]) -> str:
    """Returns the main figures, for the terminal."""
    parts = [_targets(targets), _own_rates(accuracy)]
    if accuracy.peers:
        parts.append(_side_by_side(accuracy))
    return "\n".join(parts)


def page_text(accuracy: Accuracy, provenance: Provenance,
              targets: Sequence[Target], sheets: str) -> str:
    """Returns the page."""
    name = provenance.name
    peers = (f"\n## Beside peers\n\nAsked in the same run about the same "
             f"images, in turn.\n\n{_side_by_side(accuracy)}"
             if accuracy.peers else "")
    recall = (f"![Lines found](figures/{name}-recall.svg)\n\n"
              if known_dimensions(accuracy) else "")
    return f"""# Accuracy: {provenance.images}

{_INTRODUCTION}
| | |
| --- | --- |
| command | `{provenance.command}` |
| commit | {provenance.commit} |
| machine | {provenance.machine} |

## Targets

{_targets(targets)}
## burntin

{_own_rates(accuracy)}{peers}
## Cascade and oracle

{_agreement(accuracy)}
## ROC

Identifying images against images without text. The threshold is set on
burntin's risk, and on a peer's surest word. To the right, burntin on all of its
images.

![ROC curves](figures/{name}-roc.svg)

## Lines found

{recall}{_dimension_tables(accuracy)}
## Misses

{sheets}"""


def write_page(accuracy: Accuracy, provenance: Provenance,
               targets: Sequence[Target], crops: pathlib.Path,
               out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md, NAME.json and figures/NAME-* into `out`."""
    name = provenance.name
    (out / "figures").mkdir(parents=True, exist_ok=True)
    draw_roc(accuracy, out / "figures" / f"{name}-roc.svg")
    draw_recall(accuracy, out / "figures" / f"{name}-recall.svg")
    sheets = "\n".join(_sheet(name, crops, out, kind, title)
                       for kind, title in _SHEETS)
    summary = {**vars(provenance), "targets": [
        {"name": t.name, "bound": f"{t.comparison} {t.percent:g} %",
         "met": t.met, **t.rate.as_json()} for t in targets],
        **accuracy.as_json()}
    return write_with_summary(
        out, name, page_text(accuracy, provenance, targets, sheets), summary)
