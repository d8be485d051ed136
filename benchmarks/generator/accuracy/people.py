"""Made-up people of the accuracy profile, by script and by split.

Families and given names were put together by hand. The train split writes
Latin names from ../patients.py, the test split those below.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np

from ..patients import (FAMILY_NAMES, GIVEN_NAMES, INSTITUTIONS, Patient,
                        ascii_only, make_patient)
from ..seeds import pick

_TEST_FAMILIES = (
    "NOX WIK LUMB ORTEG ASHBOURNLEY BLACKTHORNE-KAY CALDERWOODY DUNMERE "
    "EVERSLEIGHT FENWICKER GRANDMAISONET HOLLINGBERRY ILLMENAUER JUNKERSFELD "
    "KRANZBACHLER LORENGARD MIRAVALLEZ NETTLEFOLDER OBERWEILER PASTORELLIS "
    "QUERENBERG ROSSIGNOLLE STORMHAVEN TRAUNFELSER URQUHARTSON VESTERGADE "
    "WOLKENSTEINER XIMENDEZ YARROWDALE ZIMMERLEIN BÖHMWALDER CHÂTEAUNOIR "
    "GARCÍAMORA KOŁODZIEJAK NÚÑEZAL ŘEZNIČKA SØNDERVANG TÓTHFALVI ÖZDEMIRCI"
    ).split()
_TEST_GIVEN = (
    "ADA IVO ALBERTINE BENEDIKTA CORNELIO DAGOBERT ESTEFANA FRIDOLINE "
    "GWENDOLEN HILDEBRAND ISABEAU JEREMIAS KUNIGUNDE LADISLAV MARGARETHE "
    "NATANAEL OLYMPIA PHILIPPINE QUIRINUS ROSAMUNDE SERAPHIN THEODORA "
    "ULRICHA VALENTIJN WILHELMINE ÁGOTA ÉLODIE JÖRGEN MÁRTON ZUZANNKA").split()
_TEST_INSTITUTIONS = (
    "Eastbrook Memorial", "Lakeside Teaching Hospital", "St. Ottilia Infirmary",
    "Klinik am Sonnenhang", "Centre Medical des Tilleuls",
    "Policlinico Santa Brigida", "Hospital del Mirador", "Sykehuset Fjordby",
    "Przychodnia Pod Lipami", "Radiologisches Zentrum Auental")

# (families, given names) for each script and split.
_NAMES = {
    "cyrillic": {
        "train": ("БЕРЁЗКИНА ВЕТРОГОРСКИЙ ЗАРЕЧЕНСКАЯ ЛУГОВИЦКИЙ ОЗЕРНЯК "
                  "ПОДГОРНЕНКО", "АННА БОРИС ГАЛИНА ИГОРЬ ОЛЬГА ФЁДОР"),
        "test": ("ГОРНОСТАЕВСКИЙ ДУБРОВНАЯ КАМЕНЦЕВ МОРОШКИНА СНЕГИРЁВСКИЙ "
                 "ЧЕРНОЛЕСЕНКО ЮЖАНИНА ЯСЕНЕВ", "ВЕРА ГЛЕБ ЖАННА КИРИЛЛ "
                 "ЛЮДМИЛА ПЁТР СЕМЁН ЭЛЬВИРА")},
    "greek": {
        "train": ("ΑΝΕΜΟΠΟΥΛΟΣ ΒΡΑΧΙΔΗΣ ΘΑΛΑΣΣΙΝΟΥ ΛΙΒΑΔΑΚΗΣ ΠΕΤΡΑΤΟΣ",
                  "ΑΓΓΕΛΟΣ ΕΛΕΝΗ ΜΑΡΙΑ ΝΙΚΟΣ"),
        "test": ("ΓΑΛΗΝΟΠΟΥΛΟΥ ΔΑΣΙΩΤΗΣ ΚΑΜΠΟΥΡΙΔΗΣ ΜΥΡΩΔΑΚΗΣ ΡΕΜΑΤΙΑΝΟΣ "
                 "ΦΑΡΟΠΟΥΛΟΣ", "ΒΑΣΙΛΗΣ ΔΗΜΗΤΡΑ ΖΩΗ ΘΕΟΔΩΡΟΣ ΣΟΦΙΑ ΧΡΗΣΤΟΣ")},
    "arabic": {
        "train": ("النخلاوي الوادياني البحراوي الجبلاوي",
                  "أمينة حسان ليلى يوسف"),
        "test": ("الصحراني الزهراوي السهلاوي القمراني المرجاني",
                 "سلمى طارق نادية كريم هدى")},
    "cjk": {
        "train": ("山川野 林田木 王 李 김 박", "花代 小明 雪梅 민서 대현"),
        "test": ("高森沢 石浜崎 陳 周 최 정", "太郎 美咲 国華 子安 지우 서준")},
}


def _latin(rng: np.random.Generator, split: str) -> tuple[str, str, str, str]:
    if split == "train":
        families, given = FAMILY_NAMES, GIVEN_NAMES["F"] + GIVEN_NAMES["M"]
        places = INSTITUTIONS
    else:
        families, given = _TEST_FAMILIES, _TEST_GIVEN
        places = _TEST_INSTITUTIONS
    family = pick(rng, families).replace("_", " ")
    first = pick(rng, given)
    if rng.random() < .75:
        family, first = ascii_only(family), ascii_only(first)
    doctor = ascii_only(pick(rng, families).replace("_", " "))
    return family, first, doctor, pick(rng, places)


def person(rng: np.random.Generator, script: str, split: str) -> Patient:
    """Returns a patient whose name is written in `script`.

    Institution and physician stay Latin, as in most headers.
    """
    patient = make_patient(rng)
    family, given, doctor, place = _latin(rng, split)
    if script != "latin":
        families, firsts = _NAMES[script][split]
        family, given = pick(rng, families.split()), pick(rng, firsts.split())
    # Dates of birth and of study end on other days in each split.
    odd = datetime.timedelta(days=int(
        patient.birth_date.toordinal() % 2 != (split == "test")))
    return replace(patient, family=family, given=given, physician=doctor,
                   institution=place, birth_date=patient.birth_date + odd)
