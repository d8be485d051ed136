"""burntin-bench risk and fit-risk: read once, match, judge."""

from __future__ import annotations

import argparse
import pathlib
import shutil
import tempfile
from collections.abc import Sequence

import numpy as np

from . import risk_fit
from .labels import Labelled
from .reading_files import match_all, read_all
from .results import Results
from .risk import Inspected, Risk, inspected, lies_on_identifying
from .sources import Batch


def settings(options: argparse.Namespace) -> dict:
    """What readings depend on. The program is left out: readings stay good
    while only matching and policy change. --again reads anew."""
    return {"kind": "readings", "scrubbed": options.scrubbed,
            "manifest": options.manifest and str(options.manifest.resolve()),
            "seed": options.seed, "split": options.split,
            "profile": options.profile, "backgrounds":
            options.backgrounds and str(options.backgrounds.resolve())}


def inspect_all(options: argparse.Namespace,
                batches: Sequence[Batch]) -> Risk:
    """Reads what was not read before, matches everything, joins both with the
    labels."""
    if options.again:
        shutil.rmtree(options.work, ignore_errors=True)
    results = Results(options.work, settings(options))
    with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
        scratch = pathlib.Path(folder)
        read_all(batches, results, options.models, options.jobs, scratch,
                 options.scrubbed)
        wanted = {key for batch in batches for key in batch.keys}
        stored = sorted((line for line in results.lines()
                         if line["labelled"]["key"] in wanted),
                        key=lambda line: line["labelled"]["key"])
        matched = iter(match_all([one["answers"][0] for one in stored
                                  if one["answers"]], scratch))
    return Risk([_joined(one, matched) for one in stored])


def _joined(stored: dict, matched) -> Inspected:
    labelled = Labelled.from_json(stored["labelled"])
    if not stored["answers"]:
        return inspected(labelled, None, None)
    return inspected(labelled, stored["answers"][0], next(matched))


def fitted(risk: Risk) -> str:
    """Returns the table of risk.cc that the files give."""
    texts = risk_fit.SIGNS + risk_fit.TEXTS
    files = [one for one in risk.files if one.legible]
    pairs = [(region.factors, lies_on_identifying(one, region))
             for one in files for region in one.regions]
    regions = risk_fit.fit(
        risk_fit.strengths([factors for factors, _ in pairs]),
        np.array([label for _, label in pairs], float), texts)
    whole = risk_fit.fit(
        risk_fit.strengths([one.factors for one in files]),
        np.array([one.labelled.identifying for one in files], float))
    return (f"// {len(pairs)} regions, {len(files)} images\n"
            + risk_fit.as_code(regions, whole))
