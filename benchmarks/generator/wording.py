"""What machines burn into images: identifying lines and harmless ones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from .patients import Patient, ascii_only
from .seeds import choose, pick

PERSON_NAME, IDENTIFIER, DATE = "PERSON_NAME", "IDENTIFIER", "DATE"
INSTITUTION, OTHER, BENIGN = "INSTITUTION", "OTHER", "BENIGN"
IDENTIFYING = frozenset({PERSON_NAME, IDENTIFIER, DATE})


@dataclass(frozen=True)
class Line:
    """One line of text. `attribute` is the keyword of the header attribute
    whose value it shows, or None where the header does not hold that value."""

    text: str
    category: str
    attribute: str | None = None


MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def date_text(rng: np.random.Generator, date: datetime.date) -> str:
    """Returns a date in one of the spellings that scanners use."""
    y, m, d = date.year, date.month, date.day
    return pick(rng, (
        f"{d:02d}.{m:02d}.{y}", f"{y}-{m:02d}-{d:02d}", f"{d:02d}/{m:02d}/{y}",
        f"{m:02d}/{d:02d}/{y}", f"{d:02d} {MONTHS[m - 1]} {y}",
        f"{d:02d}-{MONTHS[m - 1].upper()}-{y}", f"{y}{m:02d}{d:02d}",
        f"{MONTHS[m - 1]} {d}, {y}", f"{d}.{m}.{y}",
        f"{d:02d}.{m:02d}.{y % 100:02d}"))


def name_text(rng: np.random.Generator, patient: Patient) -> str:
    """Returns the name in one of several orders and cases."""
    family, given = patient.family, patient.given
    if rng.random() < .5:
        family, given = ascii_only(family), ascii_only(given)
    text = choose(rng, {
        f"{family}, {given}": 4, f"{family.title()}, {given.title()}": 3,
        f"{given.title()} {family.title()}": 2, f"{given} {family}": 1,
        f"{family}^{given}": 3, f"{family} {given}": 2,
        f"{family}, {given[0]}.": 1, f"{family.title()} {given.title()}": 1})
    return choose(rng, {"": 6, "Name: ": 1, "Patient: ": 1, "Pat: ": .5,
                        "NAME ": .5}) + text


def _known(patient: Patient, keyword: str) -> str | None:
    return keyword if patient.header_knows else None


def _name(rng, patient) -> Line:
    return Line(name_text(rng, patient), PERSON_NAME,
                _known(patient, "PatientName"))


def _patient_id(rng, patient) -> Line:
    label = choose(rng, {"": 3, "ID: ": 4, "ID ": 1, "PID: ": 1, "MRN: ": 1,
                         "Pat-ID: ": 1})
    return Line(label + patient.patient_id, IDENTIFIER,
                _known(patient, "PatientID"))


def _birth_date(rng, patient) -> Line:
    label = choose(rng, {"": 2, "DOB: ": 4, "DOB ": 1, "*": 1, "Born: ": 1,
                         "geb. ": 1, "Birthdate: ": 1})
    return Line(label + date_text(rng, patient.birth_date), DATE,
                _known(patient, "PatientBirthDate"))


def _accession(rng, patient) -> Line:
    label = choose(rng, {"ACC# ": 3, "Acc: ": 2, "": 1, "Accession: ": 1,
                         "Acc No ": 1})
    return Line(label + patient.accession, IDENTIFIER,
                _known(patient, "AccessionNumber"))


def _study_date(rng, patient) -> Line:
    text = choose(rng, {"": 4, "Study: ": 1, "Exam date: ": 1, "Date ": 1})
    text += date_text(rng, patient.study_date)
    if rng.random() < .4:
        clock = patient.study_time
        text += f" {clock[:2]}:{clock[2:4]}:{clock[4:]}"
    return Line(text, DATE, _known(patient, "StudyDate"))


def _institution(rng, patient) -> Line:
    text = patient.institution
    return Line(text.upper() if rng.random() < .3 else text, INSTITUTION,
                _known(patient, "InstitutionName"))


def _sex_and_age(rng, patient) -> Line:
    return Line(pick(rng, (f"{patient.sex} {patient.age_years}Y",
                           f"{patient.age_years}Y/{patient.sex}",
                           f"Age: {patient.age_years} Sex: {patient.sex}")),
                OTHER, _known(patient, "PatientAge"))


def _physician(rng, patient) -> Line:
    return Line(pick(rng, ("Dr. ", "Ref: Dr ", "Phys: "))
                + patient.physician.title(), PERSON_NAME,
                _known(patient, "ReferringPhysicianName"))


def patient_lines(rng: np.random.Generator, patient: Patient) -> list[Line]:
    """Returns lines about a person; at least one is a name, a number or a
    date of birth, and they come in the order a machine stacks them."""
    strong = {_name: .85, _patient_id: .6, _birth_date: .5, _accession: .35}
    weak = {_study_date: .45, _sex_and_age: .25, _institution: .35,
            _physician: .12}
    makers = [maker for maker, share in strong.items() if rng.random() < share]
    makers = makers or [pick(rng, tuple(strong))]
    makers += [maker for maker, share in weak.items() if rng.random() < share]
    return [maker(rng, patient) for maker in makers]


def _ultrasound(rng) -> list[str]:
    depth = float(rng.integers(30, 220)) / 10
    return [f"MI {rng.uniform(.2, 1.5):.1f}", f"TIS {rng.uniform(.1, 1.2):.1f}",
            f"{rng.integers(8, 70)} Hz", f"{depth:.1f} cm",
            f"Gn {rng.integers(20, 95)}", f"DR {rng.integers(50, 90)} dB",
            f"{pick(rng, ('C5-1', 'L12-3', 'C9-2', 'S4-2'))}",
            f"FR {rng.integers(10, 60)}fps", f"{rng.integers(20, 99)}%",
            "2D", "Pen", "+", "Res", f"{rng.integers(2, 20)}", "Map 3",
            f"PRF {rng.integers(500, 5000)} Hz", "Abdomen", "1 L 2.4 cm"]


def _ct(rng) -> list[str]:
    return [f"kVp {pick(rng, (80, 100, 120, 140))}",
            f"mA {rng.integers(50, 600)}", f"{rng.integers(100, 900)} mAs",
            f"W {rng.integers(80, 2000)} L {rng.integers(-700, 300)}",
            f"SL {pick(rng, ('0.6', '1.0', '2.5', '5.0'))}",
            f"SP {rng.uniform(-900, 200):.1f}", "Axial", "FFS", "HFS",
            f"DFOV {rng.uniform(18, 50):.1f} cm", f"Im: {rng.integers(1, 400)}",
            f"Se: {rng.integers(1, 12)}", "STANDARD", "B30f", "Tilt 0.0"]


def _mr(rng) -> list[str]:
    return [f"TE {rng.uniform(2, 120):.1f}", f"TR {rng.integers(300, 6000)}",
            f"TI {rng.integers(100, 2500)}", f"FA {rng.integers(8, 180)}",
            f"{pick(rng, ('1.5T', '3.0T'))}", "T1 TSE", "T2 FLAIR", "tra",
            f"FoV {rng.integers(160, 420)}", f"SL {rng.integers(2, 8)}.0",
            f"ET:{rng.integers(1, 20)}", f"NEX {rng.integers(1, 5)}",
            f"Im {rng.integers(1, 60)}/{rng.integers(60, 90)}"]


def _xray(rng) -> list[str]:
    return ["PA", "AP", "LAT", "ERECT", "SUPINE", "PORTABLE",
            f"{rng.integers(50, 130)} kV", f"{rng.uniform(1, 40):.1f} mAs",
            f"EI {rng.integers(150, 2500)}", f"SID {rng.integers(100, 180)} cm",
            f"S={rng.integers(50, 900)}", "L=2.0"]


def _mammogram(rng) -> list[str]:
    return [f"{rng.integers(24, 34)} kVp", f"{rng.integers(30, 160)} mAs",
            f"{rng.integers(60, 180)} N", "Mo/Rh", f"{rng.integers(20, 80)} mm",
            f"AGD {rng.uniform(.6, 2.4):.2f} mGy"]


def _angiogram(rng) -> list[str]:
    return [f"{rng.integers(60, 120)} kV", f"{rng.integers(200, 900)} mA",
            f"LAO {rng.integers(0, 60)}", f"CRAN {rng.integers(0, 40)}",
            f"RAO {rng.integers(0, 60)}", f"FD {rng.integers(14, 48)} cm",
            f"{pick(rng, (7.5, 15, 30))} f/s", f"Run {rng.integers(1, 20)}"]


def _screen(rng) -> list[str]:
    return ["Zoom 1.0x", f"W {rng.integers(100, 900)}", "Measure", "File",
            "View", f"Area {rng.uniform(1, 30):.2f} cm2", "Page 1/2", "Tools",
            f"Dist {rng.uniform(1, 90):.1f} mm", "NOT FOR DIAGNOSIS", "Series"]


_TECHNIQUE = {"US": _ultrasound, "CT": _ct, "MR": _mr, "CR": _xray,
              "DX": _xray, "MG": _mammogram, "XA": _angiogram, "SC": _screen}


def technique_lines(rng: np.random.Generator, modality: str,
                    count: int) -> list[Line]:
    """Returns up to `count` different harmless lines fit for the modality."""
    texts = list(dict.fromkeys(_TECHNIQUE[modality](rng)))
    order = rng.permutation(len(texts))[:count]
    return [Line(texts[i], BENIGN) for i in order]


def depth_scale(rng: np.random.Generator, count: int) -> list[Line]:
    """Returns `count` numbers, evenly spaced from 0, as depth in cm."""
    step = pick(rng, (1, 2, 3, 4, 5))
    return [Line(str(step * number), BENIGN) for number in range(count)]


def marker(rng: np.random.Generator, modality: str) -> Line:
    """Returns a side or direction marker, such as a lead letter."""
    if modality in ("CT", "MR"):
        return Line(pick(rng, ("A", "P", "L", "R", "H", "F")), BENIGN)
    if modality == "MG":
        return Line(pick(rng, ("R CC", "L CC", "R MLO", "L MLO", "RCC",
                               "LMLO")), BENIGN)
    return Line(pick(rng, ("L", "R", "L", "R", "LEFT", "RIGHT")), BENIGN)
