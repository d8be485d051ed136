"""JPEG inside this process: as a file's transfer syntax, or as damage only."""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
from PIL import Image
from pydicom.dataset import FileDataset
from pydicom.encaps import encapsulate


def _encoded(frame: np.ndarray, quality: int) -> bytes:
    stream = io.BytesIO()
    # 4:2:2, the sampling of YBR_FULL_422.
    Image.fromarray(frame).save(stream, "JPEG", quality=quality, subsampling=1)
    return stream.getvalue()


def with_artefacts(frame: np.ndarray, quality: int) -> np.ndarray:
    """Returns an 8-bit frame as it looks after JPEG of a quality, 1 to 100."""
    with Image.open(io.BytesIO(_encoded(frame, quality))) as image:
        return np.array(image)


def embed_jpeg(ds: FileDataset, frames: Iterable[np.ndarray],
               quality: int) -> None:
    """Puts 8-bit grey or RGB frames into `ds` as JPEG baseline and says so in
    its header. Of `frames` one is in memory at a time."""
    parts, plain_bytes, is_colour = [], 0, False
    for frame in frames:
        parts.append(_encoded(frame, quality))
        plain_bytes += frame.nbytes
        is_colour = frame.ndim == 3
    ds.PixelData = encapsulate(parts)
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    ds.LossyImageCompression = "01"
    ds.LossyImageCompressionRatio = (
        f"{plain_bytes / max(1, sum(map(len, parts))):.2f}")
    ds.LossyImageCompressionMethod = "ISO_10918_1"
    if is_colour:
        ds.PhotometricInterpretation, ds.PlanarConfiguration = (
            "YBR_FULL_422", 0)
