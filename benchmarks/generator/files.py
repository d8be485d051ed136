"""Writes samples as DICOM Part 10 files; DCMTK's tools do the compression,
except for "jpeg-pillow"."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import UID

from .header import make_header
from .jpeg import embed_jpeg
from .sample import Sample
from .scenes import SYNTAXES
from .seeds import uid

# Quality of the "jpeg-baseline" syntax, of 100.
JPEG_QUALITY = 90
# What makes each compressed syntax from an uncompressed file. "Never new UIDs"
# keeps a file a function of its seed even where JPEG is lossy.
_COMPRESSORS = {
    "jpeg-baseline": ("dcmcjpeg", "+eb", "+q", str(JPEG_QUALITY),
                      "+un"),
    "jpeg-lossless": ("dcmcjpeg", "+e1", "+un"),
    "jpeg-ls": ("dcmcjpls", "+el", "+un"),
    "rle": ("dcmcrle",),
}


class CompressionError(RuntimeError):
    """A DCMTK tool is missing or failed."""


def _pixel_bytes(sample: Sample, big_endian: bool) -> bytes:
    frames = sample.frames
    if sample.scene.colour == "rgb" and sample.scene.planar:
        frames = np.moveaxis(frames, -1, 1)
    if frames.dtype.itemsize == 2:
        frames = frames.astype(frames.dtype.newbyteorder(
            ">" if big_endian else "<"), copy=False)
    data = frames.tobytes()
    return data + b"\0" if len(data) % 2 else data


def _without_pixels(header: Dataset, syntax: str) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = header.SOPClassUID
    meta.MediaStorageSOPInstanceUID = header.SOPInstanceUID
    meta.TransferSyntaxUID = UID(SYNTAXES[syntax])
    meta.ImplementationClassUID = uid("burntin", "sample generator")
    meta.ImplementationVersionName = "BURNTIN_SAMPLES"
    ds = FileDataset("", header, preamble=b"\0" * 128, file_meta=meta)
    ds.is_little_endian = syntax != "big-endian"
    ds.is_implicit_VR = syntax == "implicit"
    return ds


def _data_set(sample: Sample, header: Dataset, syntax: str) -> FileDataset:
    ds = _without_pixels(header, syntax)
    ds.PixelData = _pixel_bytes(sample, syntax == "big-endian")
    if syntax == "jpeg-pillow":
        embed_jpeg(ds, sample.frames, sample.origin.jpeg_quality)
        return ds
    wide = sample.scene.bits_allocated > 8 or syntax == "implicit"
    ds["PixelData"].VR = "OW" if wide else "OB"
    return ds


def _compress(source: pathlib.Path, target: pathlib.Path,
              syntax: str) -> None:
    tool, *options = _COMPRESSORS[syntax]
    if shutil.which(tool) is None:
        raise CompressionError(f"{tool} is missing: install package dcmtk.")
    done = subprocess.run([tool, *options, str(source), str(target)],
                          capture_output=True, text=True)
    if done.returncode:
        raise CompressionError(f"{tool} failed: {done.stderr.strip()}")


def write_file(sample: Sample, path: pathlib.Path,
               header: Dataset | None = None) -> None:
    """Writes `sample` to `path`, which is replaced only when complete.

    `header` is used, and gets pixels, instead of make_header(sample).
    """
    syntax = sample.scene.syntax
    header = make_header(sample) if header is None else header
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".part-") as part:
        plain = pathlib.Path(part) / "plain.dcm"
        compressed = syntax in _COMPRESSORS
        ds = _data_set(sample, header, "explicit" if compressed else syntax)
        dcmwrite(plain, ds, write_like_original=False)
        if compressed:
            _compress(plain, pathlib.Path(part) / "small.dcm", syntax)
            plain = pathlib.Path(part) / "small.dcm"
        os.replace(plain, path)


def write_jpeg_cine(sample: Sample, frames: Iterable[np.ndarray],
                    path: pathlib.Path) -> None:
    """Writes a cine as JPEG baseline; of `sample` the frames are not used.

    `path` is replaced only when it is complete.
    """
    ds = _without_pixels(make_header(sample), "jpeg-pillow")
    embed_jpeg(ds, frames, JPEG_QUALITY)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".part-") as part:
        made = pathlib.Path(part) / "cine.dcm"
        dcmwrite(made, ds, write_like_original=False)
        os.replace(made, path)
