"""The networks that find text, side by side: what each finds on the same
pictures, and what that costs."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from .answers import Answer, Found
from .judging import Judged, judge
from .labels import Labelled
from .measuring import Measurer
from .picture_program import PictureProgram
from .sources import Batch, each_file

QUICK, CAREFUL, OWN, GENERAL = "quick", "careful", "own", "pp-ocr"
OPENCV = "-opencv"
# How likely a line must be to count for what comes after, as
# detector/text/line_detectors.cc and dnn_text_detector.cc have it.
WORKING = {QUICK: .1, CAREFUL: .25, OWN: .25, GENERAL: .5}

# Of pictures that are shown at one size again and again: columns, rows.
SIZES = ((512, 512), (1024, 768))
_SIZED_TIMES = 7


@dataclass(frozen=True)
class SeenPicture:
    """What the detectors found on the first frame of a file, in its first
    view. `answers` are by detector, as burntin-boxes prints them."""

    labelled: Labelled  # with that frame's lines alone
    megapixels: float   # of the picture
    answers: dict[str, dict]
    grey: bool = True   # shown as one channel

    def judged(self, detector: str, least: float) -> Judged:
        """Holds what a detector finds so likely against the labels."""
        texts = tuple(Found(box=tuple(box), confidence=likelihood)
                      for *box, likelihood in self.answers[detector]["boxes"]
                      if likelihood >= least)
        return judge(self.labelled, Answer(method=detector, texts=texts))


@dataclass(frozen=True)
class Seen:
    """A run."""

    pictures: list[SeenPicture] = field(default_factory=list)
    # By size, what each answer about a grey picture cost; the first of each
    # size is not among them.
    sized: dict[tuple[int, int], list[dict[str, dict]]] = field(
        default_factory=dict)


def working_point(detector: str) -> float:
    """Returns how likely a line must be, in either runtime."""
    return WORKING[detector.removesuffix(OPENCV)]


def on_first_frame(labelled: Labelled) -> Labelled:
    """Returns the file with the lines that stand on its first frame."""
    return replace(labelled, lines=tuple(
        line for line in labelled.lines
        if line.frames is None or line.frames[0] == 0))


def in_fewest_channels(picture: Image.Image) -> Image.Image:
    """Returns the picture with one channel where it has no colour, as the
    detector has grey frames."""
    pixels = np.asarray(picture.convert("RGB"))
    if (pixels == pixels[:, :, :1]).all():
        return Image.fromarray(pixels[:, :, 0])
    return Image.fromarray(pixels)


def _show(labelled: Labelled, measurer: Measurer, detectors: PictureProgram,
          scratch: pathlib.Path) -> Iterator[tuple[pathlib.Path, SeenPicture]]:
    """Yields the picture and what was found; nothing where the file cannot be
    decoded."""
    for drawn in measurer.draw(labelled.path, scratch, [0]):
        with Image.open(drawn.file) as file:
            picture = in_fewest_channels(file)
        picture.save(drawn.file)
        yield drawn.file, SeenPicture(
            on_first_frame(labelled), picture.width * picture.height / 1e6,
            detectors.ask(drawn.file), picture.mode == "L")


def _show_sized(picture: pathlib.Path, detectors: PictureProgram,
                seen: Seen) -> None:
    """Shows a picture at one size several times, so that no network has to
    get ready for another size."""
    for size in SIZES:
        sized = picture.with_name("sized.png")
        with Image.open(picture) as image:
            image.convert("L").resize(
                size, Image.Resampling.BICUBIC).save(sized)
        answers = [detectors.ask(sized) for _ in range(_SIZED_TIMES + 1)]
        seen.sized[size] = answers[1:]


def show_all(batches: Sequence[Batch], models: pathlib.Path,
             scratch: pathlib.Path) -> Seen:
    """Shows every file's first picture to all detectors."""
    seen = Seen()
    with Measurer(models) as measurer, \
            PictureProgram("burntin-boxes", models) as detectors:
        for labelled in each_file(batches, scratch):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                for path, one in _show(labelled, measurer, detectors,
                                       pathlib.Path(folder)):
                    if not seen.pictures:
                        _show_sized(path, detectors, seen)
                    seen.pictures.append(one)
    return seen
