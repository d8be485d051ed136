"""What the lines say that the reader learns from.

Names are those of the project's list (detector/phi/person_names.txt), harmless
words those of its vocabulary; most else is drawn letter by letter, so that the
reader trusts the letters and no dictionary: a number has none.
"""

from __future__ import annotations

import functools
import string
import unicodedata

import numpy as np

from benchmarks.generator.accuracy import wordings
from benchmarks.generator.accuracy.people import person
from benchmarks.generator.seeds import choose, pick
from benchmarks.generator.wording import patient_lines, technique_lines

from ..pictures import ROOT
from .alphabet import ACCENTED

_KINDS = {"letters": 5, "code": 5, "number": 4, "date": 3, "name": 6,
          "words": 5, "value": 5, "label": 4, "accents": 2, "generator": 5}
_MODALITIES = ("US", "CT", "MR", "CR", "DX", "MG", "XA", "SC")
_UNITS = ("cm", "mm", "%", "dB", "Hz", "kHz", "MHz", "s", "ms", "kV", "kVp",
          "mA", "mAs", "fps", "x", "cm²", "ml", "°", "mGy", "bpm", "HU", "")
_LABELS = ("Name", "Pat.", "Patient", "ID", "MRN", "DOB", "geb.", "Born", "Acc",
           "Study", "Date", "Ref", "Dr.", "Nom", "Né le", "Sex", "Age", "Se",
           "Im", "Apellidos", "Cognome", "Nome", "Födelsedatum", "Datum",
           "Geburtsdatum", "Naam", "Imię", "Jméno", "Születési", "Exam", "Inst")
_MONTHS = ("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC Januar Mai Juni "
           "Oct. févr. août Okt Dez dic ago").split()
_SIGNS = "-/.:#+_()%=*<>,;^&'\"[]@!?~|$\\{}`"


@functools.lru_cache(maxsize=2)
def _words_of(path: str) -> tuple[str, ...]:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith(("#", "["))
                 for word in line.split())


def _names() -> tuple[str, ...]:
    return _words_of("detector/phi/person_names.txt")


def _vocabulary() -> tuple[str, ...]:
    return _words_of("detector/phi/benign_vocabulary.txt")


def _cased(rng: np.random.Generator, word: str) -> str:
    return choose(rng, {word.upper(): 5, word.capitalize(): 4,
                        word.lower(): 2})


def _accented(rng: np.random.Generator, word: str, share: float) -> str:
    """Puts accents on some letters, wherever."""
    if rng.random() > share:
        return word
    letters = list(word)
    for at in rng.integers(0, len(letters), 1 + len(letters) // 5):
        letter = letters[at]
        alike = [char for char in ACCENTED
                 if _base(char) == letter.upper()
                 and char.isupper() == letter.isupper()]
        if alike:
            letters[at] = pick(rng, alike)
    return "".join(letters)


@functools.lru_cache(maxsize=512)
def _base(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0].upper()


def _digits(rng: np.random.Generator, low: int, high: int) -> str:
    return "".join(map(str, rng.integers(0, 10, rng.integers(low, high + 1))))


def _letters(rng: np.random.Generator) -> str:
    pool = pick(rng, (string.ascii_uppercase, string.ascii_lowercase,
                      string.ascii_letters,
                      string.ascii_letters + string.digits))
    count = int(rng.integers(1, 4))
    return " ".join("".join(pick(rng, pool)
                            for _ in range(int(rng.integers(1, 9))))
                    for _ in range(count))


def _code(rng: np.random.Generator) -> str:
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        parts.append(choose(rng, {
            _digits(rng, 1, 8): 4,
            "".join(pick(rng, string.ascii_uppercase)
                    for _ in range(int(rng.integers(1, 4)))): 2,
            pick(rng, string.ascii_uppercase) + _digits(rng, 1, 6): 2,
            "".join(pick(rng, string.ascii_uppercase + string.digits)
                    for _ in range(int(rng.integers(2, 9)))): 1}))
    text = pick(rng, ("-", "/", ".", "", " ", ":", "_")).join(parts)
    return pick(rng, ("", "", "", "#", "*", "(")) + text


def _number(rng: np.random.Generator) -> str:
    number = _digits(rng, 1, 6)
    if rng.random() < .5:
        number += pick(rng, ".,") + _digits(rng, 1, 3)
    return pick(rng, ("", "", "", "-", "+")) + number


def _date(rng: np.random.Generator) -> str:
    y, m, d = (int(rng.integers(low, high)) for low, high in
               ((1920, 2030), (1, 13), (1, 32)))
    date = pick(rng, (
        f"{d:02d}.{m:02d}.{y}", f"{y}-{m:02d}-{d:02d}", f"{d:02d}/{m:02d}/{y}",
        f"{m}/{d}/{y}", f"{d:02d} {pick(rng, _MONTHS)} {y}", f"{y}{m:02d}{d:02d}",
        f"{d:02d}-{pick(rng, _MONTHS)}-{y % 100:02d}", f"{y}.{m:02d}.{d:02d}",
        f"{d}. {pick(rng, _MONTHS)} {y}", f"{y}/{m:02d}/{d:02d}"))
    clock = (f"{rng.integers(0, 24):02d}:{rng.integers(0, 60):02d}"
             + pick(rng, ("", f":{rng.integers(0, 60):02d}", " PM", " AM")))
    return choose(rng, {date: 5, f"{date} {clock}": 3, clock: 2})


def _name(rng: np.random.Generator) -> str:
    family, given = (_cased(rng, pick(rng, _names())) for _ in "ab")
    if rng.random() < .7:
        given = given.upper() if family.isupper() else given.capitalize()
    family = _accented(rng, family, .25)
    return choose(rng, {
        f"{family}, {given}": 4, f"{given} {family}": 3, f"{family}^{given}": 3,
        f"{family} {given}": 2, family: 2, f"{family}-{given}": 1,
        f"{given[0]}. {family}": 1, f"{family}, {given[0]}.": 1,
        f"{pick(rng, ('Dr.', 'Mr', 'Mrs.', 'Frau', 'Herr'))} {family}": 1})


def _words(rng: np.random.Generator) -> str:
    words = [pick(rng, _vocabulary()) for _ in range(int(rng.integers(1, 5)))]
    text = " ".join(words)
    return choose(rng, {text.upper(): 3, text.title(): 2, text.lower(): 1,
                        words[0]: 2})


def _value(rng: np.random.Generator) -> str:
    word = choose(rng, {_cased(rng, pick(rng, _vocabulary())): 3,
                        "".join(pick(rng, string.ascii_letters) for _ in
                                range(int(rng.integers(1, 5)))): 2, "": 2})
    number = _number(rng) + pick(rng, ("", " ")) + pick(rng, _UNITS)
    return (word + pick(rng, (" ", ": ", "=", "/", " = ", ":")) + number
            if word else number)


def _label(rng: np.random.Generator) -> str:
    label = pick(rng, _LABELS)
    if rng.random() < .3:
        label = label.upper()
    value = _KIND_MAKERS[pick(rng, ("name", "code", "date"))](rng)
    return label + pick(rng, (": ", " ", ":", "# ", " = ")) + value


def _accents(rng: np.random.Generator) -> str:
    pool = ACCENTED + string.ascii_letters
    return "".join(pick(rng, pool) for _ in range(int(rng.integers(2, 10))))


def _of_generator(rng: np.random.Generator) -> str:
    patient = person(rng, "latin", "train")
    kind = rng.random()
    if kind < .4:
        return pick(rng, technique_lines(rng, pick(rng, _MODALITIES), 12)).text
    if kind < .7:
        return pick(rng, patient_lines(rng, patient)).text
    return pick(rng, wordings.identifying_lines(rng, patient, "latin",
                                                "train")).text


_KIND_MAKERS = {"letters": _letters, "code": _code, "number": _number,
                "date": _date, "name": _name, "words": _words, "value": _value,
                "label": _label, "accents": _accents,
                "generator": _of_generator}


def random_text(rng: np.random.Generator, longest: int = 40) -> str:
    """Returns a line of 1 to `longest` characters, single spaces between its
    words."""
    text = _KIND_MAKERS[choose(rng, _KINDS)](rng)
    if rng.random() < .08:  # Signs stand anywhere.
        at = int(rng.integers(0, len(text) + 1))
        text = text[:at] + pick(rng, _SIGNS) + text[at:]
    return " ".join(text[:longest].split()) or "1"
