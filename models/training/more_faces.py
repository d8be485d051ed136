"""Faces that training writes with besides the train split's, so that the
network does not learn a few alphabets by heart. None is of the test split."""

from __future__ import annotations

from benchmarks.generator.accuracy import faces
from benchmarks.generator.fonts import FONT_ROOT, Font, NoFontError

_LATIN = {
    "fonts-open-sans": ("truetype/open-sans/OpenSans-Bold.ttf",
                        "truetype/open-sans/OpenSans-CondBold.ttf",
                        "truetype/open-sans/OpenSans-Regular.ttf"),
    "fonts-lato": ("truetype/lato/Lato-Bold.ttf",
                   "truetype/lato/Lato-Regular.ttf"),
    "fonts-hack": ("truetype/hack/Hack-Bold.ttf",
                   "truetype/hack/Hack-Regular.ttf"),
    "fonts-cantarell": ("opentype/cantarell/Cantarell-Bold.otf",
                        "opentype/cantarell/Cantarell-Regular.otf"),
    "fonts-noto-core": ("truetype/noto/NotoSans-Regular.ttf",
                        "truetype/noto/NotoSans-Bold.ttf",
                        "truetype/noto/NotoSerif-Regular.ttf",
                        "truetype/noto/NotoSansDisplay-Regular.ttf"),
    "fonts-firacode": ("truetype/firacode/FiraCode-Bold.ttf",
                       "truetype/firacode/FiraCode-Regular.ttf"),
    "fonts-oxygen": ("truetype/oxygen/Oxygen-Sans.ttf",
                     "truetype/oxygen/OxygenMono-Regular.ttf"),
    "fonts-quicksand": ("truetype/quicksand/Quicksand-Regular.ttf",),
    "fonts-comfortaa": ("truetype/comfortaa/Comfortaa-Regular.ttf",),
    "fonts-linuxlibertine": ("opentype/linux-libertine/LinBiolinum_R.otf",
                             "opentype/linux-libertine/LinBiolinum_RB.otf"),
    "fonts-jura": ("opentype/jura/Jura-Regular.otf",),
    "fonts-play": ("opentype/play/Play-Bold.otf",
                   "opentype/play/Play-Regular.otf"),
    "fonts-courier-prime": ("opentype/courier-prime/Courier Prime Bold.otf",
                            "opentype/courier-prime/Courier Prime Code.otf"),
    "fonts-mononoki": ("truetype/mononoki/mononoki-Bold.ttf",
                       "truetype/mononoki/mononoki-Regular.ttf"),
    "fonts-cabin": ("opentype/cabin/Cabin-Bold.otf",
                    "opentype/cabin/Cabin-Regular.otf"),
}
# These have Cyrillic and Greek as well.
_WIDE = ("fonts-open-sans", "fonts-hack", "fonts-noto-core", "fonts-firacode")
_ARABIC = {
    "fonts-noto-core": ("truetype/noto/NotoKufiArabic-Bold.ttf",
                        "truetype/noto/NotoNaskhArabic-Regular.ttf",
                        "truetype/noto/NotoNaskhArabic-Bold.ttf",
                        "truetype/noto/NotoSansArabic-Regular.ttf"),
    "fonts-arabeyes": tuple(
        f"truetype/fonts-arabeyes/ae_{name}.ttf" for name in (
            "AlArabiya", "AlHor", "AlManzomah", "AlYarmook", "Dimnah", "Furat",
            "Hani", "Haramain", "Hor", "Khalid", "Nagham", "Nice", "Petra",
            "Salem", "Sindbad")),
    "fonts-farsiweb": tuple(f"truetype/farsiweb/{name}.ttf"
                            for name in ("homa", "nazli", "nazlib", "titr")),
    "fonts-kacst": tuple(f"truetype/kacst/Kacst{name}.ttf" for name in (
        "Book", "Farsi", "Letter", "Naskh", "Office", "Qurn", "Screen",
        "Title", "TitleL")),
    "fonts-kacst-one": ("truetype/kacst-one/KacstOne-Bold.ttf",
                        "truetype/kacst-one/KacstOne.ttf"),
    "fonts-lemonada": ("opentype/lemonada/Lemonada-Bold.otf",
                       "opentype/lemonada/Lemonada-Regular.otf"),
    "fonts-nafees": ("truetype/fonts-nafees/NafeesWeb.ttf",),
    "fonts-paktype": ("truetype/paktype/PakType Naqsh.ttf",
                      "truetype/paktype/PakType Naskh Basic SA.ttf",
                      "truetype/paktype/PakType Naskh Basic.ttf"),
    "fonts-sil-harmattan": ("truetype/harmattan/Harmattan-Bold.ttf",
                            "truetype/harmattan/Harmattan-Regular.ttf"),
    "fonts-sil-lateef": ("opentype/lateef/Lateef-Bold.ttf",
                         "opentype/lateef/Lateef-Regular.ttf"),
    "fonts-sil-scheherazade": (
        "truetype/scheherazade/Scheherazade-Bold.ttf",
        "truetype/scheherazade/Scheherazade-Regular.ttf"),
    "fonts-hosny-thabit": ("opentype/fonts-hosny-thabit/Thabit.ttf",),
}
_CJK = {"fonts-noto-cjk": ("opentype/noto/NotoSansCJK-Bold.ttc",
                           "opentype/noto/NotoSansCJK-Regular.ttc",
                           "opentype/noto/NotoSerifCJK-Regular.ttc")}
_HANDWRITING = {
    "fonts-lobstertwo": ("opentype/lobstertwo/LobsterTwo-Regular.otf",),
    "fonts-ecolier-court": ("truetype/ecolier-court/Ecolier-court.ttf",)}


def _fonts(table: dict[str, tuple[str, ...]]) -> list[Font]:
    return [Font(package, path) for package, paths in table.items()
            for path in paths]


def add() -> None:
    """Adds all to the train split of this process. Raises NoFontError, which
    names what to install, unless every one is there."""
    more = {"latin": _fonts(_LATIN), "arabic": _fonts(_ARABIC),
            "cjk": _fonts(_CJK), "handwriting": _fonts(_HANDWRITING)}
    more["cyrillic"] = more["greek"] = _fonts(
        {package: _LATIN[package] for package in _WIDE})
    missing = sorted({font.package for fonts in more.values() for font in fonts
                      if not (FONT_ROOT / font.path).is_file()})
    if missing:
        raise NoFontError("Training needs these Debian packages: "
                          + " ".join(missing))
    for script, fonts in more.items():
        known = faces.FACES["train"][script]
        faces.FACES["train"][script] = known + [
            font for font in fonts if font not in known]
