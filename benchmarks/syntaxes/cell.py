"""One cell of (transfer syntax x layout), and how its file is made."""

from __future__ import annotations

import pathlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pydicom.dataset import Dataset

from . import file_encoders
from .header import base_header, describe_pixels, per_frame_groups
from .layout import Layout, make_cells, pack
from .picture import Picture, make_picture
from .video import encode_video
from .writing import (BIG_ENDIAN, EXPLICIT, Encapsulation, encapsulate, even,
                      write_file, write_without_meta)

# Encodes one frame: (layout, cells, options, scratch folder) to bytes.
FrameEncoder = Callable[[Layout, np.ndarray, tuple, pathlib.Path], bytes]


@dataclass(frozen=True)
class Cell:
    """`syntax` is a name of SYNTAX_UIDS. `encoder` is None for native pixels,
    a FrameEncoder, or the name of a tool that compresses a whole file, or
    "video". `photometric` is what the header says of compressed pixels."""

    syntax: str
    uid: str
    layout: Layout
    encoder: FrameEncoder | str | None = None
    options: tuple = ()
    variant: str = ""
    how: Encapsulation = Encapsulation()
    photometric: str | None = None
    bits: int | None = None
    has_meta: bool = True
    is_lossy: bool = False

    @property
    def name(self) -> str:
        """The file's name less its suffix."""
        parts = [self.syntax, self.layout.name, self.variant]
        return "--".join(part for part in parts if part)


def picture_of(cell: Cell, seed: int) -> Picture:
    """Draws the cell's picture."""
    layout = cell.layout
    return make_picture(seed, cell.name, layout.rows, layout.columns,
                        layout.frames, layout.shown, layout.squeeze)


# Of the frames of an enhanced image: center, width, slope, intercept. The
# picture fills 2 % of the range, each frame's in another part.
_ENHANCED = ((4000., 1200., .5, 0.), (900., 600., .25, -3000.),
             (20000., 1200., 1., 0.))


def cells_of(cell: Cell, picture: Picture) -> np.ndarray:
    """Returns the stored cells, (frames, rows, columns, samples)."""
    cells = make_cells(cell.layout, picture)
    if not cell.layout.enhanced:
        return cells
    dim = np.empty_like(cells)
    for frame, (center, width, slope, intercept) in enumerate(_ENHANCED):
        low = (center - width / 2 - intercept) / slope
        dim[frame] = np.rint(low + cells[frame] / 65535 * width / slope)
    # A bright corner makes the window the only view with contrast.
    dim[:, -24:, -24:] = 65535
    return dim


def _data_set(cell: Cell, seed: int) -> Dataset:
    ds = base_header(seed, cell.name)
    describe_pixels(ds, cell.layout, cell.uid == BIG_ENDIAN)
    if cell.layout.enhanced:
        per_frame_groups(ds, list(_ENHANCED))
    return ds


def _set_native(ds: Dataset, cell: Cell, cells: np.ndarray,
                big_endian: bool) -> None:
    keyword = {"integer": "PixelData", "float": "FloatPixelData",
               "double": "DoubleFloatPixelData"}[cell.layout.kind]
    setattr(ds, keyword, even(pack(cell.layout, cells, big_endian)))
    wide = cell.layout.bits_allocated > 8
    if cell.layout.kind == "integer":
        ds[keyword].VR = "OW" if wide else "OB"


def write_cell(cell: Cell, seed: int, path: pathlib.Path,
               picture: Picture | None = None) -> Picture:
    """Writes the cell's file, of its own picture or of `picture`; returns
    the picture."""
    picture = picture or picture_of(cell, seed)
    cells = cells_of(cell, picture)
    ds = _data_set(cell, seed)
    with tempfile.TemporaryDirectory(prefix="burntin-syntaxes-") as folder:
        scratch = pathlib.Path(folder)
        if cell.encoder is None:
            _set_native(ds, cell, cells, cell.uid == BIG_ENDIAN)
            write = write_file if cell.has_meta else write_without_meta
            write(ds, path, cell.uid)
        elif cell.encoder == "video":
            _write_video(ds, cell, cells, scratch, path)
        elif isinstance(cell.encoder, str):
            _set_native(ds, cell, cells, big_endian=False)
            write_file(ds, scratch / "plain.dcm", EXPLICIT)
            _compress(cell, scratch / "plain.dcm", path)
        else:
            _write_frames(ds, cell, cells, scratch, path)
    return picture


def _write_frames(ds: Dataset, cell: Cell, cells: np.ndarray,
                  scratch: pathlib.Path, path: pathlib.Path) -> None:
    if cell.photometric:
        ds.PhotometricInterpretation = cell.photometric
    if cell.is_lossy:
        ds.LossyImageCompression = "01"
    encapsulate(ds, [cell.encoder(cell.layout, frame, cell.options, scratch)
                     for frame in cells], cell.how)
    write_file(ds, path, cell.uid)


def _write_video(ds: Dataset, cell: Cell, cells: np.ndarray,
                 scratch: pathlib.Path, path: pathlib.Path) -> None:
    codec, container, *options = cell.options
    stream = encode_video(cells.astype(np.uint8), codec, container, scratch,
                          tuple(options))
    ds.PhotometricInterpretation = cell.photometric
    ds.LossyImageCompression = "01"
    ds.CineRate, ds.FrameTime = 25, "40"
    ds.FrameIncrementPointer = 0x00181063
    if cell.bits:
        ds.BitsAllocated = 16 if cell.bits > 8 else 8
        ds.BitsStored, ds.HighBit = cell.bits, cell.bits - 1
    encapsulate(ds, [stream], cell.how)
    write_file(ds, path, cell.uid)


def _compress(cell: Cell, plain: pathlib.Path, path: pathlib.Path) -> None:
    if cell.encoder == "gdcmconv":
        file_encoders.gdcm(cell.options, plain, path)
    else:
        file_encoders.dcmtk(cell.encoder, cell.options, plain, path)
