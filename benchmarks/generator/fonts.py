"""The fonts that text is drawn with, and the Debian packages they come from.

The train and the test split share no font family, so that a model trained on
one split is measured on letters it has not seen.
"""

from __future__ import annotations

import functools
import pathlib
from dataclasses import dataclass

from PIL import ImageFont

FONT_ROOT = pathlib.Path("/usr/share/fonts")
# Heights, in pixels, at which a bitmap font exists.
_TERMINUS_SIZES = (12, 14, 16, 18, 20, 22, 24, 28, 32)


@dataclass(frozen=True)
class Font:
    """One font file below FONT_ROOT.

    `sizes` lists the only pixel sizes of a bitmap font; empty for outlines.
    """

    package: str
    path: str
    sizes: tuple[int, ...] = ()


def _family(package: str, folder: str, names: str,
            sizes: tuple[int, ...] = ()) -> list[Font]:
    return [Font(package, f"{folder}/{name}", sizes) for name in names.split()]


TRAIN_FONTS = (
    _family("fonts-dejavu-core", "truetype/dejavu",
            "DejaVuSans.ttf DejaVuSans-Bold.ttf DejaVuSansMono.ttf "
            "DejaVuSansMono-Bold.ttf DejaVuSerif.ttf")
    + _family("fonts-liberation", "truetype/liberation",
              "LiberationSans-Regular.ttf LiberationSans-Bold.ttf "
              "LiberationMono-Regular.ttf LiberationMono-Bold.ttf "
              "LiberationSansNarrow-Regular.ttf")
    + _family("fonts-terminus-otb", "opentype/terminus",
              "terminus-normal.otb terminus-bold.otb", _TERMINUS_SIZES))

TEST_FONTS = (
    _family("fonts-freefont-ttf", "truetype/freefont",
            "FreeSans.ttf FreeSansBold.ttf FreeMonoBold.ttf FreeSerif.ttf")
    + _family("fonts-inconsolata", "truetype/inconsolata", "Inconsolata.otf")
    + _family("fonts-b612", "opentype/b612",
              "B612-Regular.otf B612Mono-Regular.otf B612Mono-Bold.otf")
    + _family("fonts-roboto-unhinted", "truetype/roboto/unhinted",
              "RobotoTTF/Roboto-Regular.ttf RobotoTTF/Roboto-Bold.ttf "
              "RobotoCondensed-Regular.ttf"))

FONTS = {"train": tuple(TRAIN_FONTS), "test": tuple(TEST_FONTS)}


class NoFontError(RuntimeError):
    """None of a split's fonts is installed."""


def packages(split: str) -> list[str]:
    """Returns the Debian packages that hold the fonts of `split`."""
    return sorted({font.package for font in FONTS[split]})


@functools.lru_cache(maxsize=None)
def installed(split: str) -> tuple[Font, ...]:
    """Returns the fonts of `split` that this machine has, in a fixed order.

    Raises NoFontError, which names the packages to install, when there is
    none. Samples repeat exactly only where the same packages are installed.
    """
    found = tuple(font for font in FONTS[split]
                  if (FONT_ROOT / font.path).is_file())
    if not found:
        raise NoFontError(
            f"None of the {split} fonts is installed. Install at least one of "
            f"these Debian packages: {' '.join(packages(split))}")
    return found


@functools.lru_cache(maxsize=512)
def load(font: Font, size: int) -> ImageFont.FreeTypeFont:
    """Returns `font` at a pixel size, laid out alike on every machine."""
    return ImageFont.truetype(str(FONT_ROOT / font.path), size,
                              layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=512)
def capital_height(font: Font, size: int) -> int:
    """Returns the height in pixels of a capital H."""
    _, top, _, bottom = load(font, size).getmask("H").getbbox() or (0, 0, 0, 1)
    return bottom - top


@functools.lru_cache(maxsize=512)
def size_for(font: Font, height: int) -> int:
    """Returns the size whose capitals come nearest to `height` pixels."""
    sizes = font.sizes or range(height, 2 * height + 6)
    return min(sizes, key=lambda size: abs(capital_height(font, size) - height))
