"""How many characters a network gets wrong."""

from __future__ import annotations

import numpy as np
import torch

from benchmarks.bench.reading import distance

from . import alphabet
from .batches import padded
from .lines import CutOut
from .network import LineReader


def read(network: LineReader, cut_outs: list[CutOut]) -> list[tuple[str, float]]:
    """Returns each line's text and the mean probability of its characters."""
    results = []
    with torch.no_grad():
        for cut in cut_outs:
            pixels = torch.from_numpy(padded([cut])).float()
            steps = torch.softmax(network(pixels), 2)[0]
            best, classes = steps.max(1)
            classes = classes.tolist()
            sure = [float(chance) for chance, one, before in zip(
                best, classes, [0, *classes]) if one and one != before]
            results.append((alphabet.text_of(classes),
                            float(np.mean(sure)) if sure else 0.0))
    return results


def evaluate(network: LineReader, cut_outs: list[CutOut]) -> dict:
    """Returns rates over lines with text, spaces aside, and what is made of
    cut-outs without any."""
    wrong = total = exact = lines = 0
    loud = nothings = 0
    for cut, (text, sure) in zip(cut_outs, read(network, cut_outs)):
        if not cut.text:
            nothings += 1
            loud += sure >= .5 and len(text.replace(" ", "")) >= 2
            continue
        known, seen = cut.text.replace(" ", ""), text.replace(" ", "")
        if alphabet.UNKNOWN in known:
            continue
        errors = distance(known, seen)
        wrong, total = wrong + errors, total + len(known)
        exact, lines = exact + (errors == 0), lines + 1
    return {"lines": lines, "character_error_rate": round(wrong / max(total, 1), 4),
            "exact": round(exact / max(lines, 1), 4), "nothings": nothings,
            "nothings_read": round(loud / max(nothings, 1), 4)}
