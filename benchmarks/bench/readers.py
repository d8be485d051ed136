"""The readers side by side: what each makes of the same lines, cut out by
their labels, so that no detector is measured with them."""

from __future__ import annotations

import pathlib
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from .labels import Labelled, Line
from .measuring import Measurer
from .picture_program import PictureProgram
from .reading import distance
from .sources import Batch, each_file

# Around a line, as a part of its height: what a detector's box leaves.
_ROOM = .12
_OTHER_WAYS = frozenset({"stacked", "barcode", "cut"})


@dataclass(frozen=True)
class ReadLine:
    """What the readers made of a line: by reader, text, confidence in [0, 1]
    and CPU milliseconds."""

    text: str
    height_px: float
    columns: int
    answers: dict[str, dict]

    def errors(self, reader: str) -> int:
        """Returns how many characters to change, drop or add, spaces aside."""
        return distance(compact(self.text),
                        compact(self.answers[reader]["text"]))


def compact(text: str) -> str:
    """Returns a text without spaces, composed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _corners(line: Line) -> np.ndarray:
    """Returns the first three corners: start, end, and end below."""
    if line.corners:
        return np.float64(line.corners[:3])
    x, y, width, height = line.box
    return np.float64([[x, y], [x + width, y], [x + width, y + height]])


def is_readable(line: Line) -> bool:
    """Tells whether a line counts here: Latin letters in a row, legible, and
    all of them known."""
    return (line.legible and bool(compact(line.text))
            and line.script in (None, "latin") and not line.mirrored
            and line.style not in _OTHER_WAYS)


def cut_out(picture: Image.Image, line: Line) -> Image.Image:
    """Returns a line upright at its own size, with a little room around."""
    start, end, below = _corners(line)
    along, down = end - start, below - end
    length, height = np.hypot(*along), np.hypot(*down)
    x = along / max(length, 1e-6) * height * _ROOM
    y = down / max(height, 1e-6) * height * _ROOM
    start, end, below = start - x - y, end + x - y, below + x + y
    corner = below - end + start
    size = (max(4, round(float(np.hypot(*(end - start))))),
            max(4, round(float(np.hypot(*(below - end))))))
    # Upper left, lower left, lower right, upper right.
    quad = [float(v) for point in (start, corner, below, end) for v in point]
    return picture.transform(size, Image.Transform.QUAD, quad,
                             Image.Resampling.BILINEAR)


def _lines_of(labelled: Labelled, measurer: Measurer, readers: PictureProgram,
              scratch: pathlib.Path) -> Iterator[ReadLine]:
    lines = [line for line in labelled.lines if is_readable(line)]
    frames = sorted({(line.frames or (0, 0))[0] for line in lines})
    drawn = {one.frame: one.file for one in measurer.draw(
        labelled.path, scratch, frames)} if lines else {}
    for line in lines:
        frame = (line.frames or (0, 0))[0]
        if frame not in drawn:
            continue
        cut = cut_out(Image.open(drawn[frame]).convert("RGB"), line)
        path = scratch / "line.png"
        cut.save(path)
        yield ReadLine(line.text, line.height_px or cut.height / 1.24,
                       cut.width, readers.ask(path))


def read_all(batches: Sequence[Batch], models: pathlib.Path,
             scratch: pathlib.Path) -> list[ReadLine]:
    """Reads every line of all files that counts."""
    found = []
    with Measurer(models) as measurer, \
            PictureProgram("burntin-lines", models) as readers:
        for labelled in each_file(batches, scratch):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                found += _lines_of(labelled, measurer, readers,
                                   pathlib.Path(folder))
    return found
