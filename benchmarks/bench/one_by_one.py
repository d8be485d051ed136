"""Cines as series: each frame as an object of its own."""

from __future__ import annotations

import pathlib
import random

import pydicom
from pydicom.encaps import encapsulate, generate_pixel_data_frame
from pydicom.pixel_data_handlers.util import get_expected_length
from pydicom.uid import generate_uid


class SplitError(Exception):
    """A file that cannot be taken apart: it is damaged, or a video."""


def split(path: str, folder: pathlib.Path) -> list[pathlib.Path]:
    """Writes each frame of an object into `folder`, as an object of the same
    series, and returns the files in an order that is not that of the frames,
    but always the same."""
    try:
        return _split(path, folder)
    except Exception as error:  # pydicom's are of all kinds
        raise SplitError(f"{path}: {error!r}") from error


def _split(path: str, folder: pathlib.Path) -> list[pathlib.Path]:
    cine = pydicom.dcmread(path)
    compressed = cine.file_meta.TransferSyntaxUID.is_compressed
    frames = _frames(cine)
    original, cine.NumberOfFrames = cine.SOPInstanceUID, 1
    paths = []
    for number, frame in enumerate(frames):
        uid = generate_uid(entropy_srcs=[original, str(number)])
        paths.append(folder / f"{uid}.dcm")
        cine.PixelData = encapsulate([frame]) if compressed else frame
        cine.SOPInstanceUID = cine.file_meta.MediaStorageSOPInstanceUID = uid
        cine.InstanceNumber = number + 1
        cine.save_as(paths[-1])
    random.Random(len(paths)).shuffle(paths)
    return paths


def _frames(cine: pydicom.Dataset) -> list[bytes]:
    count = int(cine.NumberOfFrames)
    if cine.file_meta.TransferSyntaxUID.is_compressed:
        return list(generate_pixel_data_frame(cine.PixelData, count))
    size = get_expected_length(cine) // count
    return [_even(cine.PixelData[at * size:(at + 1) * size])
            for at in range(count)]


def _even(data: bytes) -> bytes:
    return data + b"\0" * (len(data) % 2)
