"""The lines of the accuracy profile: names, numbers, dates and harmless text
with the labels of each script and split."""

from __future__ import annotations

import numpy as np

from ..patients import Patient
from ..seeds import pick
from ..wording import (BENIGN, DATE, IDENTIFIER, INSTITUTION, OTHER,
                       PERSON_NAME, Line, date_text, name_text,
                       technique_lines)

# What stands before a name, a patient's number, a date of birth, an accession
# number and a study date.
_LABELS = {
    "latin": {
        "train": (("", "", "Name: ", "Patient: "), ("", "ID: ", "MRN: "),
                  ("", "DOB: ", "geb. "), ("", "Acc: ", "ACC# "),
                  ("", "Study: ")),
        "test": (("", "", "Pt. ", "Surname, first: ", "Nom "),
                 ("", "Pat.No. ", "Hosp # ", "NHC "),
                 ("", "Birth: ", "Né(e) ", "D.O.B. "),
                 ("", "Accn ", "Order: "), ("", "Performed ", "Exam "))},
    "cyrillic": {
        "train": (("", "Имя: "), ("", "№ "), ("Род. ",), ("Номер: ",),
                  ("Дата: ",)),
        "test": (("", "Пациент: ", "ФИО: "), ("", "Карта № "),
                 ("Дата рожд.: ", "Г.р. "), ("Заявка ",), ("Снимок от ",))},
    "greek": {
        "train": (("", "Όνομα: "), ("", "Αρ. "), ("Γεν. ",), ("Κωδ. ",),
                  ("Ημ. ",)),
        "test": (("", "Ασθενής: "), ("", "Μητρώο "), ("Γέννηση: ",),
                 ("Αίτημα ",), ("Εξέταση ",))},
    "arabic": {
        "train": (("", "الاسم: "), ("رقم ",), ("الولادة ",), ("طلب ",),
                  ("تاريخ ",)),
        "test": (("", "المريض: "), ("ملف ",), ("مواليد ",), ("فحص ",),
                 ("يوم ",))},
    "cjk": {
        "train": (("", "姓名 "), ("番号 ",), ("生日 ",), ("受付 ",), ("日付 ",)),
        "test": (("", "氏名 "), ("病歴号 ",), ("生年月日 ",), ("申込 ",),
                 ("検査日 ",))},
}


def _attribute(patient: Patient, keyword: str) -> str | None:
    return keyword if patient.header_knows else None


def _name(rng: np.random.Generator, patient: Patient, script: str) -> str:
    if script == "latin":
        return name_text(rng, patient).split(": ")[-1]
    if script == "cjk":
        return f"{patient.family}{pick(rng, ('', ' '))}{patient.given}"
    return pick(rng, (f"{patient.family} {patient.given}",
                      f"{patient.given} {patient.family}"))


def identifying_lines(rng: np.random.Generator, patient: Patient, script: str,
                      split: str) -> list[Line]:
    """Returns lines that a machine might stack, the strong ones first.

    The first is always a name; number, dates and the rest follow in a random
    order.
    """
    name, number, birth, accession, study = (
        pick(rng, labels) for labels in _LABELS[script][split])
    lines = [
        Line(number + patient.patient_id, IDENTIFIER,
             _attribute(patient, "PatientID")),
        Line(birth + date_text(rng, patient.birth_date), DATE,
             _attribute(patient, "PatientBirthDate")),
        Line(accession + patient.accession, IDENTIFIER,
             _attribute(patient, "AccessionNumber")),
        Line(study + date_text(rng, patient.study_date), DATE,
             _attribute(patient, "StudyDate"))]
    if script == "latin":
        lines += [
            Line(patient.institution, INSTITUTION,
                 _attribute(patient, "InstitutionName")),
            Line(f"{pick(rng, ('Dr. ', 'Ref. '))}{patient.physician.title()}",
                 PERSON_NAME, _attribute(patient, "ReferringPhysicianName")),
            Line(f"{patient.sex} {patient.age_years}Y", OTHER,
                 _attribute(patient, "PatientAge"))]
    first = Line(name + _name(rng, patient, script), PERSON_NAME,
                 _attribute(patient, "PatientName"))
    return [first, *(lines[i] for i in rng.permutation(len(lines)))]


def short_lines(patient: Patient) -> list[Line]:
    """Returns identifying lines of few characters, for letters too large for
    anything longer."""
    return [Line(patient.family.split(" ")[0].split("-")[0], PERSON_NAME,
                 _attribute(patient, "PatientName")),
            Line(patient.given, PERSON_NAME,
                 _attribute(patient, "PatientName")),
            Line(f"{patient.birth_date:%d.%m.%y}", DATE,
                 _attribute(patient, "PatientBirthDate"))]


def harmless_lines(rng: np.random.Generator, modality: str,
                   count: int) -> list[Line]:
    """Returns technique lines of at least three characters."""
    lines = technique_lines(rng, modality, 12)
    return [line for line in lines if len(line.text) >= 3][:count] or [
        Line("Image 1", BENIGN)]
