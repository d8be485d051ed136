"""Clean DICOM frames of a folder, as backgrounds."""

from __future__ import annotations

import csv
import functools
import hashlib
import pathlib
import warnings

import numpy as np
import pydicom
from pydicom.pixel_data_handlers.util import convert_color_space

_KNOWN = ("CR", "CT", "DX", "MG", "MR", "SC", "US", "XA")
# Pictures are kept in memory; in pixels, the longest side they need.
_LARGEST = 1024


def _labelled_clean(folder: pathlib.Path) -> list[pathlib.Path] | None:
    """Returns the files that MANIFEST.tsv, in the folder or the one above,
    labels has_text=no; None where there is no such table."""
    for home in (folder, folder.parent):
        table = home / "MANIFEST.tsv"
        if table.is_file():
            with open(table, encoding="utf-8") as rows:
                names = [row["path"] for row in csv.DictReader(
                    rows, delimiter="\t", quoting=csv.QUOTE_NONE)
                    if row["has_text"] == "no"]
            return [home / name for name in names
                    if folder in (home / name).parents
                    and (home / name).is_file()]
    return None


@functools.lru_cache(maxsize=4)
def clean_files(folder: pathlib.Path, split: str) -> tuple[pathlib.Path, ...]:
    """Returns the usable clean files of a split, in a fixed order.

    Without a MANIFEST.tsv all files count as clean. A file belongs to one
    split, by the hash of its path.
    """
    files = _labelled_clean(folder)
    if files is None:
        files = [path for path in folder.rglob("*") if path.is_file()]
    return tuple(path for path in sorted(files)
                 if _split_of(path.relative_to(folder)) == split
                 and picture(path) is not None)


def _split_of(path: pathlib.Path) -> str:
    digest = hashlib.sha256(path.as_posix().encode()).digest()
    return "test" if digest[0] % 2 else "train"


@functools.lru_cache(maxsize=512)
def picture(path: pathlib.Path) -> tuple[str, np.ndarray] | None:
    """Returns (modality, brightness in [0, 1]) of a file's middle frame; None
    where the file is no picture that pydicom can decode."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ds = pydicom.dcmread(path)
            pixels = _middle_frame(ds)
    except Exception:  # Whatever a damaged or foreign file makes pydicom raise.
        return None
    if pixels is None or min(pixels.shape[:2]) < 64:
        return None
    low, high = np.percentile(pixels, (.1, 99.9))
    if high <= low:
        return None
    shown = np.clip((pixels - low) / (high - low), 0, 1)
    if ds.PhotometricInterpretation == "MONOCHROME1":
        shown = 1 - shown
    modality = ds.get("Modality", "SC")
    return (modality if modality in _KNOWN else "SC",
            _reduced(shown).astype(np.float16))


def _reduced(shown: np.ndarray) -> np.ndarray:
    """Returns every n-th pixel so that no side is over _LARGEST."""
    step = -(-max(shown.shape[:2]) // _LARGEST)
    return shown[::step, ::step]


def _middle_frame(ds: pydicom.Dataset) -> np.ndarray | None:
    pixels = ds.pixel_array
    if int(ds.get("NumberOfFrames", 1) or 1) > 1:
        pixels = pixels[len(pixels) // 2]
    kind = ds.PhotometricInterpretation
    if pixels.ndim == 3:
        if kind != "RGB":
            pixels = convert_color_space(pixels, kind, "RGB")
        return pixels.astype(np.float32)
    return (pixels.astype(np.float32) if kind.startswith("MONOCHROME")
            else None)
