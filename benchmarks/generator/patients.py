"""Made-up patients. Every name here was invented by us for test data."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass, replace

import numpy as np

from .seeds import pick

# Spelt to look like names of several European languages while being, as far as
# we know, nobody's: stems and endings were put together by hand.
FAMILY_NAMES = (
    "DOE MUSTERFRAU PROBANDT SAMPLEWOOD TESTERBY FALKENRAIN BRUNNWALD "
    "HOLZAPFLER KESSELBACHER STEINWIESER ALDERWICK HARTLEBURY PENWHISTLE "
    "MARSHCOMBE THORNEYCROSS DUVALIER-NEUF BELLEFONTAINE MONTREVILLE "
    "CHAMPVERT LAROCHELLIER FONTANARROSSA BIANCOVALLE MONTEROSINI "
    "CASTELFIORI VILLAMAYORA SANDOVALEZ PEÑARRUBIA QUINTANELLO ARROYUELOS "
    "LINDSTRÖMBERG BJÖRKDAHLEN ÅSGÅRDSEN HAVREKVIST KOWALINOWSKA "
    "ZIELONKIEWICZ BRZOZAWSKI NOVOTNIČEK DVOŘÁČKOVA SVĚTLÍKOVA "
    "SZABÓHEGYI KISVÖLGYI PAPADIMOULIS GEORGIAKOS VAN_DER_MEERSLOOT "
    "DE_WITTENBROEK TEN_HAVERKAMP KORHOLAINEN RANTAVUORI MÄKISELÄ "
    "OAKENSHAW GRIMBLETHWAITE POPESCURA IONESCUVA").split()

GIVEN_NAMES = {
    "F": ("JANE ANNELORE BRIGITTA CLAIRETTE DOROTEJA ELSBETH FIORELLA "
          "GUNILLE HELENKA INGRITH JOHANNEKE KATARZINA LUCIENNE MARISELA "
          "NOEMIE ODETTA PILARA RÓŽENA SIOBHANNE TÜNDELLA YSOLDA ZOÉLIE"
          ).split(),
    "M": ("JOHN ANSELMO BERTRANDO CASIMIRO DIETHARD EMERICK FLORIANO GÜNTHARD "
          "HENRICUS IGNAZIO JAROMIRO KRISTOFFEL LEOPOLDO MATTHIJS NIKOLASZ "
          "OTTOKAR PIERRICK RAFAELLO STANISLAO TORVALDUR UMBERTINO WENZELIN"
          ).split(),
}

INSTITUTIONS = (
    "Northfield General Hospital", "St. Aldric Clinic", "Klinikum Birkental",
    "Radiologie am Lindenhof", "Hopital Sainte-Ysolde", "Clinique du Val Clair",
    "Ospedale San Fiorenzo", "Hospital Virgen del Roble", "Szpital Zielona Gaj",
    "Universitetssjukhus Havredal", "Ziekenhuis De Meerhof",
    "Westmoor Imaging Centre", "Harbour Lane Medical", "Elmstead Infirmary")


@dataclass(frozen=True)
class Patient:
    """Who an image is of, as its header would say it.

    Dates are real dates; `family`, `given` and `physician` are upper case.
    `header_knows` is False when the header was replaced by a pseudonym while
    the pixels still show the person.
    """

    family: str
    given: str
    patient_id: str
    birth_date: datetime.date
    sex: str
    accession: str
    study_date: datetime.date
    study_time: str
    institution: str
    physician: str
    header_knows: bool = True

    @property
    def age_years(self) -> int:
        """Full years at the study date."""
        before = ((self.study_date.month, self.study_date.day)
                  < (self.birth_date.month, self.birth_date.day))
        return self.study_date.year - self.birth_date.year - before


def ascii_only(text: str) -> str:
    """Returns `text` without its accents, as many machines burn it."""
    text = text.replace("Ł", "L").replace("Ø", "O").replace("ß", "ss")
    return (unicodedata.normalize("NFKD", text)
            .encode("ascii", "ignore").decode())


def _identifier(rng: np.random.Generator) -> str:
    digits = "".join(map(str, rng.integers(0, 10, 10)))
    return pick(rng, (f"PID-{digits[:6]}", digits[:7], digits[:8],
                      f"MRN{digits[:7]}", f"H{digits[:6]}-{digits[6]}",
                      f"{digits[:3]}-{digits[3:5]}-{digits[5:9]}",
                      f"{digits[:6]}/{digits[6:10]}"))


def _accession(rng: np.random.Generator, year: int) -> str:
    number = int(rng.integers(100000, 999999))
    return pick(rng, (f"ACC{number}", f"A{year}{number}",
                      f"{year % 100:02d}-{number}", f"RAD{number}"))


def make_patient(rng: np.random.Generator) -> Patient:
    """Returns a patient and a study; two draws are practically never alike."""
    sex = pick(rng, "FM")
    family = pick(rng, FAMILY_NAMES).replace("_", " ")
    given = pick(rng, GIVEN_NAMES[sex])
    if rng.random() < .8:
        family, given = ascii_only(family), ascii_only(given)
    birth = datetime.date(1925, 1, 1) + datetime.timedelta(
        days=int(rng.integers(0, 31000)))
    study = datetime.date(2011, 1, 1) + datetime.timedelta(
        days=int(rng.integers(0, 4700)))
    clock = (int(rng.integers(7, 20)), *map(int, rng.integers(0, 60, 2)))
    return Patient(
        family, given, _identifier(rng), birth, sex,
        _accession(rng, study.year), study, "%02d%02d%02d" % clock,
        pick(rng, INSTITUTIONS), ascii_only(
            pick(rng, FAMILY_NAMES).replace("_", " ")))


def with_pseudonym(patient: Patient) -> Patient:
    """Returns the same person whose header no longer names them."""
    return replace(patient, header_knows=False)
