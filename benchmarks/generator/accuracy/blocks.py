"""Chooses what a block says so that it fits, and draws its lines upright."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ..patients import Patient
from ..seeds import choose, pick
from ..wording import IDENTIFIER, Line
from . import barcodes, wordings
from .cases import Look
from .drawings import Drawing, Pen, choose_pen, draw

# Widths per height of a capital that no face falls below.
_NARROWEST = .5


def room(look: Look, rows: int, columns: int) -> tuple[int, int]:
    """Returns the greatest (length, height) of a block before it is turned."""
    length, height = ((columns, rows) if look.orientation % 180 == 0
                      else (rows, columns))
    slant = math.radians(abs(look.skew_degrees))
    # The corners of what is turned need some room, too.
    return (int((.95 * length - math.sin(slant) * .15 * height)
                * math.cos(slant)), int(.8 * height))


def _candidates(rng: np.random.Generator, patient: Patient, look: Look,
                split: str, identifying: bool, modality: str) -> list[Line]:
    if not identifying:
        return wordings.harmless_lines(rng, modality, look.lines + 3)
    lines = wordings.identifying_lines(rng, patient, look.script, split)
    if look.lines == 1 and rng.random() < .5:
        lines = lines[1:] + lines[:1]
    return lines + wordings.short_lines(patient)


def _fitting(rng: np.random.Generator, pen: Pen, lines: list[Line], count: int,
             length: int, height: int) -> list[tuple[Line, Drawing]]:
    """Draws the first lines that fit, up to `count` and to the height."""
    chosen, used = [], 0
    for line in lines:
        if pen.style != "stacked" and (
                len(line.text) * pen.height_px * _NARROWEST > length):
            continue
        drawing = draw(rng, pen, line.text)
        rows, columns = drawing.ink.shape
        used += rows + pen.height_px
        if columns <= length and used <= height and columns:
            chosen.append((line, drawing))
        else:
            used -= rows + pen.height_px
        if len(chosen) == count:
            break
    return chosen


def text_block(rng: np.random.Generator, patient: Patient, look: Look,
               split: str, identifying: bool, modality: str, rows: int,
               columns: int) -> list[tuple[Line, Drawing]]:
    """Returns the lines of a block, at least one; letters that are too large
    for the shortest line shrink, by steps that keep to the split's sizes."""
    length, height = room(look, rows, columns)
    lines = _candidates(rng, patient, look, split, identifying, modality)
    pen = choose_pen(rng, look.style, look.script, look.height_px, split)
    while True:
        chosen = _fitting(rng, pen, lines, look.lines, length, height)
        if chosen or pen.height_px <= 6:
            return chosen
        smaller = pen.height_px - 2 * max(1, pen.height_px // 12)
        pen = replace(pen, height_px=smaller)


def barcode_block(rng: np.random.Generator, patient: Patient, look: Look,
                  rows: int, columns: int
                  ) -> tuple[str, list[tuple[Line, Drawing]]] | None:
    """Returns a symbology and one symbol that carries a number or the person;
    None where not even the smallest fits."""
    length, height = room(look, rows, columns)
    known = patient.header_knows
    number = Line(*pick(rng, (
        (patient.patient_id, IDENTIFIER, "PatientID" if known else None),
        (patient.accession, IDENTIFIER, "AccessionNumber" if known else None))))
    long = Line(f"{patient.patient_id}|{patient.birth_date:%Y%m%d}",
                IDENTIFIER, "PatientID" if known else None)
    line = number if rng.random() < .5 else long
    bars = max(14, min(int(rng.integers(20, 60)), height // 2))
    largest = int(rng.integers(2, 6))
    for kind in _kinds(rng, look):
        linear = kind in barcodes.LINEAR
        text = number if linear else line
        smallest = (1 if linear and not look.skew_degrees
                    else 2 if kind == "qr" and not look.skew_degrees else 3)
        for module_px in range(max(smallest, largest), smallest - 1, -1):
            drawing = barcodes.draw(kind, text.text, module_px, bars)
            if (drawing.ink.shape[1] <= length
                    and drawing.ink.shape[0] <= height):
                return kind, [(text, drawing)]
    return None


def _kinds(rng: np.random.Generator, look: Look) -> list[str]:
    """Returns the symbologies to try, the likelier ones mostly first."""
    left, order = dict(_SYMBOLOGIES), []
    if look.mirrored:
        # No reader knows a Data Matrix from behind.
        del left["datamatrix"]
    while left:
        order.append(choose(rng, left))
        del left[order[-1]]
    return order


_SYMBOLOGIES = {"code128": 4, "code39": 2, "qr": 2, "datamatrix": 1.5}
