"""The text of a whole screen: all lines that a machine keeps in view."""

from __future__ import annotations

import numpy as np

from .backgrounds import ultrasound
from .layout import Page, Placed
from .patients import Patient
from .seeds import stream
from .wording import (DATE, IDENTIFIER, INSTITUTION, OTHER, PERSON_NAME, Line,
                      depth_scale, technique_lines)

# Capitals that leave room for a screen's lines, in pixels.
_SMALLEST_PX, _LARGEST_PX = 10, 15
_ATTEMPTS = 200
# A lower picture shows a name and a number only.
_WHOLE_ROWS = 480


def _who(patient: Patient) -> list[Line]:
    born, studied = patient.birth_date, patient.study_date
    clock = patient.study_time
    return [
        Line(f"{patient.family}, {patient.given}", PERSON_NAME, "PatientName"),
        Line(f"ID: {patient.patient_id}", IDENTIFIER, "PatientID"),
        Line(f"DOB: {born:%d.%m.%Y}", DATE, "PatientBirthDate"),
        Line(f"ACC# {patient.accession}", IDENTIFIER, "AccessionNumber"),
        Line(f"{studied:%d.%m.%Y} {clock[:2]}:{clock[2:4]}:{clock[4:6]}", DATE,
             "StudyDate")]


def _where(patient: Patient) -> list[Line]:
    return [
        Line(patient.institution, INSTITUTION, "InstitutionName"),
        Line(f"Dr. {patient.physician.title()}", PERSON_NAME,
             "ReferringPhysicianName"),
        Line(f"{patient.sex} {patient.age_years}Y", OTHER, "PatientAge")]


def _written(page: Page, rng: np.random.Generator, patient: Patient,
             modality: str, rows: int) -> int:
    """Writes on the page and returns how many lines there should be."""
    who, where = _who(patient), _where(patient)
    if rows < _WHOLE_ROWS:
        page.block(who[:2], "top-left")
        return 2
    technique = technique_lines(rng, modality, 7)
    page.block(who, "top-left")
    page.block(where, "top-right")
    page.block(technique, "bottom-left")
    return len(who) + len(where) + len(technique)


def busy_screen(key: tuple[object, ...], rows: int, columns: int,
                patient: Patient, modality: str,
                split: str = "test") -> list[Placed]:
    """Returns 15 lines about a person and the technique, and of ultrasound
    (`modality` "US") five numbers of its depth scale as well; of a picture of
    less than 480 rows, two lines about the person.

    The first of `key`'s pages on which all of them have room is taken. Raises
    ValueError where none has: the picture is too small.
    """
    for attempt in range(_ATTEMPTS):
        rng = stream(*key, "screen", attempt)
        page = Page(rng, rows, columns, split)
        wanted = _written(page, rng, patient, modality, rows)
        if modality == "US" and rows >= _WHOLE_ROWS:
            scale = depth_scale(rng, ultrasound.LONG_TICKS)
            page.scale(scale, *ultrasound.long_ticks(rows, columns))
            wanted += len(scale)
        heights = {placed.height_px for placed in page.placed}
        if (len(page.placed) == wanted and min(heights) >= _SMALLEST_PX
                and max(heights) <= _LARGEST_PX):
            return page.placed
    raise ValueError(f"{columns} x {rows} pixels have no room for a screen")
