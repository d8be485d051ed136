"""The page about risk in Markdown, with its figure and its summary in JSON."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence
from dataclasses import asdict

import matplotlib

matplotlib.use("Agg")
# pylint: disable=wrong-import-position
import matplotlib.pyplot as plt  # noqa: E402

from .accuracy_page import Provenance  # noqa: E402
from .markdown import rate_cell, table, write_with_summary  # noqa: E402
from .risk import (MODEL, RUNGS, Bin, Inspected, Risk,  # noqa: E402
                   calibration_error)
from .statistics_of_rates import Rate, rate_of  # noqa: E402
from .targets import Target  # noqa: E402

MOST_ERROR = .03
_CATEGORIES = ("PERSON_NAME", "IDENTIFIER", "DATE", "INSTITUTION", "OTHER",
               "BENIGN")
_LISTED = 40


def _has_lines(risk: Risk) -> bool:
    return bool(risk.strings())


def generator_targets(risk: Risk) -> list[Target]:
    """The targets for samples of the generator."""
    rates = risk.rates(MODEL)
    return [Target("identifying strings called identifying",
                   rates.strings_named, "≥", 99.5),
            Target("identifying strings at least held", rates.strings_held,
                   "≥", 99.9),
            Target("images with harmless legible text only: cleared",
                   rates.benign_cleared, "≥", 97)]


def folder_targets(risk: Risk, scrubbed: bool) -> list[Target]:
    """The targets for a labelled folder, as it is or without its headers."""
    rates = risk.rates(MODEL)
    targets = [Target("identifying files held", rates.images_held, "≥", 100),
               Target("identifying files called IDENTIFYING",
                      rates.images_named, "≥", 75 if scrubbed else 90)]
    if not scrubbed:
        cleared = [one for one in risk.files if one.verdict == "CLEAR"]
        targets += [
            Target("files with harmless text only: CLEAR",
                   rates.benign_cleared, "≥", 60),
            Target("CLEAR files that identify",
                   rate_of(one.labelled.identifying for one in cleared),
                   "≤", 0)]
    return targets


def draw_reliability(risk: Risk, out: pathlib.Path) -> None:
    """Draws risk against what came true, for images and for regions."""
    figure, panels = plt.subplots(1, 2, figsize=(10, 4.6),
                                  layout="constrained")
    named = [("images", risk.image_bins)]
    if _has_lines(risk):
        named.append(("regions", risk.region_bins))
    for axes, (name, bins) in zip(panels, named):
        _draw_bins(axes, name, bins)
    for unused in panels[len(named):]:
        unused.set_visible(False)
    figure.savefig(out, format="png", dpi=120, metadata={"Software": None})
    plt.close(figure)


def _draw_bins(axes: plt.Axes, name: str, bins: Sequence[Bin]) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linewidth=.8, linestyle="--")
    for one in bins:
        low, high = Rate(round(one.share * one.count), one.count).interval
        axes.plot([one.risk, one.risk], [low, high], color="#1b6ca8")
        axes.annotate(str(one.count), (one.risk, one.share), fontsize=7,
                      textcoords="offset points", xytext=(5, -9))
    axes.plot([b.risk for b in bins], [b.share for b in bins], "o",
              color="#1b6ca8")
    axes.set_xlabel("mean risk of a bin")
    axes.set_ylabel("share that identifies a person")
    axes.set_title(f"{sum(b.count for b in bins)} {name}, expected "
                   f"calibration error {calibration_error(bins):.4f}",
                   fontsize=9)
    axes.grid(alpha=.3)


def _left_out(risk: Risk) -> str:
    obscured = risk.rates(MODEL).obscured_cleared
    strings = risk.obscured_strings()
    text = ""
    if strings:
        named = sum(any(map(MODEL.names, one.regions_of(line)))
                    for one, line in strings)
        held = sum(MODEL.held(one) for one, _ in strings)
        text = (f"\n{len(strings)} identifying strings of which something "
                "cannot be made out are not among the targets': "
                f"{named} of them are named, {held} are held.\n")
    if not obscured.total:
        return text
    return text + (
        f"\n{obscured.total} images with harmless text are left out, since "
        "some of it cannot be made out: it is too faint, or a letter looks "
        "like what is behind it. Such text has to be held; "
        f"{obscured.hits} of them were cleared.\n")


def _ablation(risk: Risk) -> str:
    rows = []
    for rung in RUNGS:
        rates = risk.rates(rung)
        strings = ((rate_cell(rates.strings_named),
                    rate_cell(rates.strings_held)) if _has_lines(risk) else ())
        rows.append((rung.title, *strings, rate_cell(rates.images_named),
                     rate_cell(rates.images_held),
                     rate_cell(rates.benign_cleared),
                     rate_cell(rates.benign_named),
                     rate_cell(rates.empty_cleared)))
    strings_head = (("identifying strings named", "their images held")
                    if _has_lines(risk) else ())
    return table(("", *strings_head, "identifying images named",
                  "identifying images held", "harmless text: cleared",
                  "harmless text: named", "no text: cleared"), rows)


def _by_category(risk: Risk) -> str:
    rows = []
    for category in _CATEGORIES:
        rates = risk.rates(MODEL, category)
        if rates.strings_named.total:
            rows.append((category, *(
                rate_cell(part.rates(MODEL, category).strings_named)
                for part in (risk, risk.known(True), risk.known(False))),
                rate_cell(rates.strings_held)))
    return table(("legible strings", "called identifying",
                  "the header knows the patient", "it holds a pseudonym",
                  "in held images"), rows)


def _calibration(risk: Risk) -> str:
    rows = [("images whose text can be read",
             str(sum(b.count for b in risk.image_bins)),
             f"{calibration_error(risk.image_bins):.4f}")]
    if _has_lines(risk):
        rows.append(("regions", str(sum(b.count for b in risk.region_bins)),
                     f"{calibration_error(risk.region_bins):.4f}"))
    cleared = rate_of(one.labelled.identifying for one in risk.files
                      if one.verdict == "CLEAR")
    return (table(("risk of", "count", "expected calibration error"), rows)
            + f"\nIdentifying images among those that are CLEAR: "
            f"{rate_cell(cleared)}. A miss that costs 1,000 false alarms "
            "allows for 0.1 %.\n")


def _files(title: str, files: Sequence[Inspected]) -> str:
    if not files:
        return f"{title}: none.\n"
    keys = ", ".join(f"`{one.labelled.key}`" for one in files[:_LISTED])
    return f"{title} ({len(files)}): {keys}.\n"


def _misses(risk: Risk) -> str:
    return "\n".join((
        _files("Identifying and CLEAR", [
            one for one in risk.identifying if one.verdict == "CLEAR"]),
        _files("Identifying, held but not called IDENTIFYING", [
            one for one in risk.identifying
            if one.verdict in ("REVIEW", "INDETERMINATE")]),
        _files("Harmless text only, called IDENTIFYING", [
            one for one in risk.benign if one.verdict == "IDENTIFYING"]),
        _files("Harmless text only, REVIEW", [
            one for one in risk.benign if one.verdict == "REVIEW"])))


def error_met(risk: Risk) -> bool:
    """Whether the risk of images is calibrated well enough."""
    return calibration_error(risk.image_bins) <= MOST_ERROR


def targets_text(risk: Risk, targets: Sequence[Target],
                 with_error: bool) -> str:
    """Returns the table of targets."""
    rows = [(t.name, f"{t.comparison} {t.percent:g} %", rate_cell(t.rate),
             t.verdict) for t in targets]
    if with_error:
        rows.append(("expected calibration error of images",
                     f"≤ {MOST_ERROR}",
                     f"{calibration_error(risk.image_bins):.4f} "
                     f"({sum(b.count for b in risk.image_bins)} images)",
                     "met" if error_met(risk) else "**not met**"))
    return table(("target", "bound", "measured (95 % interval; count)", ""),
                 rows)


def page_text(risk: Risk, provenance: Provenance, targets: Sequence[Target],
              with_error: bool) -> str:
    """Returns the page."""
    strings = (f"\n### Strings by category\n\n{_by_category(risk)}"
               if _has_lines(risk) else "")
    return f"""# Risk: {provenance.images}

Made by `burntin-bench risk`; do not edit. How to make it again, and what each
word means, stands in [benchmarks/README.md](../benchmarks/README.md).

| | |
| --- | --- |
| command | `{provenance.command}` |
| commit | {provenance.commit} |
| machine | {provenance.machine} |

## Targets

{targets_text(risk, targets, with_error)}{_left_out(risk)}
## One step after another

Every row decides about the same readings.

{_ablation(risk)}{strings}
## Calibration

{_calibration(risk)}
![Reliability](figures/{provenance.name}-reliability.png)

## What went wrong

{_misses(risk)}"""


def write_page(risk: Risk, provenance: Provenance, targets: Sequence[Target],
               with_error: bool, out: pathlib.Path) -> pathlib.Path:
    """Writes NAME.md, NAME.json and figures/NAME-reliability.png."""
    name = provenance.name
    (out / "figures").mkdir(parents=True, exist_ok=True)
    draw_reliability(risk, out / "figures" / f"{name}-reliability.png")
    summary = {**vars(provenance), "targets": [
        {"name": t.name, "bound": f"{t.comparison} {t.percent:g} %",
         "met": t.met, **t.rate.as_json()} for t in targets],
        "calibration_error": calibration_error(risk.image_bins),
        "rungs": {rung.title: {
            key: rate.as_json()
            for key, rate in vars(risk.rates(rung)).items()}
            for rung in RUNGS},
        "bins": [asdict(one) for one in risk.image_bins]}
    return write_with_summary(
        out, name, page_text(risk, provenance, targets, with_error), summary)
