"""The faces that the accuracy profile writes with, by split and by script."""

from __future__ import annotations

import functools

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ..fonts import FONT_ROOT, FONTS, Font, NoFontError
from ..layout import DRAWN
from ..patients import ascii_only

_DEJAVU, _LIBERATION = "truetype/dejavu", "truetype/liberation"
_FREE, _ROBOTO = "truetype/freefont", "truetype/roboto/unhinted"


def _faces(package: str, folder: str, *names: str) -> list[Font]:
    return [Font(package, f"{folder}/{name}") for name in names]


_TRAIN_SANS = (_faces("fonts-dejavu-core", _DEJAVU, "DejaVuSans.ttf",
                      "DejaVuSans-Bold.ttf")
               + _faces("fonts-liberation", _LIBERATION,
                        "LiberationSans-Regular.ttf"))
_TEST_SANS = (_faces("fonts-freefont-ttf", _FREE, "FreeSans.ttf",
                     "FreeSansBold.ttf")
              + _faces("fonts-roboto-unhinted", _ROBOTO,
                       "RobotoTTF/Roboto-Regular.ttf"))

FACES = {
    "train": {
        "latin": [f for f in FONTS["train"] if not f.sizes],
        "cyrillic": _TRAIN_SANS, "greek": _TRAIN_SANS,
        "arabic": _TRAIN_SANS[:2],
        "cjk": _faces("fonts-wqy-microhei", "truetype/wqy",
                      "wqy-microhei.ttc"),
        "handwriting": (
            _faces("fonts-dkg-handwriting", "truetype/fifthhorseman",
                   "dkg.ttf", "dkgBd.ttf")
            + _faces("fonts-breip", "truetype/breip", "Breip.ttf")),
    },
    "test": {
        "latin": list(FONTS["test"]),
        "cyrillic": _TEST_SANS, "greek": _TEST_SANS,
        "arabic": (_faces("fonts-hosny-amiri", "opentype/fonts-hosny-amiri",
                          "Amiri-Regular.ttf", "Amiri-Bold.ttf")
                   + _faces("fonts-freefont-ttf", _FREE, "FreeSerif.ttf")),
        "cjk": _faces("fonts-wqy-zenhei", "truetype/wqy", "wqy-zenhei.ttc"),
        "handwriting": (
            _faces("fonts-bwht", "opentype/bwht",
                   "BecauseWeLearn-Regular.otf",
                   "BecauseWeOrganize-Regular.otf")
            + _faces("fonts-humor-sans", "truetype/humor-sans",
                     "Humor-Sans.ttf")
            + _faces("fonts-rufscript", "truetype/rufscript",
                     "Rufscript010.ttf")),
    },
}
# What is measured as the height of a letter; H elsewhere.
_TALL = {"arabic": "ا", "cjk": "国"}


def check_installed(split: str, extra: tuple[Font, ...] = ()) -> None:
    """Raises NoFontError unless every face of the split is installed: with a
    part of them the documented mixture would be another."""
    wanted = [*sum(FACES[split].values(), []), *extra]
    missing = sorted({face.package for face in wanted
                      if not (FONT_ROOT / face.path).is_file()})
    if missing:
        raise NoFontError("The accuracy profile needs these Debian packages: "
                          + " ".join(missing))


@functools.lru_cache(maxsize=512)
def load(face: Font, size: int, shaped: bool) -> ImageFont.FreeTypeFont:
    """Returns a face at a pixel size; `shaped` joins letters as Arabic does."""
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(FONT_ROOT / face.path), size,
                              layout_engine=engine)


@functools.lru_cache(maxsize=2048)
def letter_height(face: Font, size: int, script: str) -> int:
    """Returns the height in pixels of a capital at a size."""
    font = load(face, size, script == "arabic")
    _, top, _, bottom = font.getmask(_TALL.get(script, "H")).getbbox() or (
        0, 0, 0, 1)
    return bottom - top


@functools.lru_cache(maxsize=2048)
def size_for(face: Font, height: int, script: str) -> int:
    """Returns the size whose capitals come nearest to `height` pixels."""
    guess = height * 200 / letter_height(face, 200, script)
    near = range(max(4, round(guess) - 2), round(guess) + 3)
    return min(near, key=lambda size: abs(
        letter_height(face, size, script) - height))


@functools.lru_cache(maxsize=8192)
def _has(face: Font, char: str) -> bool:
    """Tells whether a face has a character: what it has not looks like one
    that nobody has."""
    font = load(face, 40, False)
    return bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))


def spelt(face: Font, text: str) -> str:
    """Returns `text` as the face can write it: without accents where it lacks
    some, without characters that it lacks even so."""
    if not all(char.isspace() or _has(face, char) for char in text):
        text = ascii_only(text) if text.isascii() or _is_latin(text) else text
        text = "".join(char if char.isspace() or _has(face, char) else " "
                       for char in text)
    return " ".join(text.split())


def _is_latin(text: str) -> bool:
    return script_of(text) == "latin"


# First and last code point of the blocks that a script's letters come from.
_BLOCKS = {"greek": ((0x370, 0x3ff),), "cyrillic": ((0x400, 0x4ff),),
           "arabic": ((0x600, 0x6ff),),
           "cjk": ((0x3040, 0x30ff), (0x4e00, 0x9fff), (0xac00, 0xd7a3))}


def script_of(text: str) -> str:
    """Returns the script of the first letter that is not Latin; "latin" for
    digits and signs."""
    for char in text:
        for script, blocks in _BLOCKS.items():
            if any(low <= ord(char) <= high for low, high in blocks):
                return script
    return "latin"


def cropped(mask: np.ndarray) -> np.ndarray:
    """Returns the part of a coverage mask in which something is drawn."""
    drawn = mask >= DRAWN
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    if not rows.size:
        return np.zeros((0, 0), np.float32)
    return mask[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]


def written(face: Font, size: int, text: str, script: str,
            smooth: bool) -> np.ndarray:
    """Returns the coverage of a line, cut to what is drawn."""
    font = load(face, size, script == "arabic")
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (right - min(left, 0) + 4, bottom - min(top, 0) + 4))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "L" if smooth else "1"
    draw.text((2 - min(left, 0), 2 - min(top, 0)), text, fill=255, font=font)
    return cropped(np.asarray(image, np.float32) / 255)


def starts(face: Font, size: int, text: str) -> np.ndarray:
    """Returns where each character of a line from left to right begins, as
    parts of its length, with 1 behind the last."""
    font = load(face, size, False)
    ends = np.array([0.0, *(font.getlength(text[:n + 1])
                            for n in range(len(text)))])
    return ends / max(ends[-1], 1.0)
