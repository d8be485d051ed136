"""Reads the pixels of a data set without decoding: bytes, or streams."""

from __future__ import annotations

import pathlib
import struct

import numpy as np
import pydicom
from pydicom.encaps import generate_pixel_data_fragment, get_frame_offsets
from pydicom.filebase import DicomBytesIO

KEYWORDS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")


def read(path: pathlib.Path) -> pydicom.Dataset:
    """Returns the data set, also of a file without meta information."""
    ds = pydicom.dcmread(path, force=True)
    if not any(keyword in ds for keyword in KEYWORDS):
        raise ValueError("no pixels")
    return ds


def syntax_of(ds: pydicom.Dataset) -> str:
    """Returns the transfer syntax UID."""
    meta = getattr(ds, "file_meta", None)
    uid = getattr(meta, "TransferSyntaxUID", None)
    if uid is None:
        uid = "1.2.840.10008.1.2" + ("" if ds.is_implicit_VR else ".1")
    return str(uid).strip("\0 ")


def count_frames(ds: pydicom.Dataset) -> int:
    """Returns the number of frames."""
    return int(ds.get("NumberOfFrames", None) or 1)


def streams(ds: pydicom.Dataset) -> list[bytes]:
    """Returns the compressed stream of each frame."""
    buffer = DicomBytesIO(ds.PixelData)
    buffer.is_little_endian = True
    _, offsets = get_frame_offsets(buffer)
    fragments = list(generate_pixel_data_fragment(buffer))
    frames = count_frames(ds)
    if "ExtendedOffsetTable" in ds:
        table = ds.ExtendedOffsetTable
        offsets = struct.unpack(f"<{len(table) // 8}Q", table)
    if frames == 1:
        return [b"".join(fragments)]
    if len(fragments) == frames:
        return fragments
    if len(offsets) != frames:
        offsets = _starts(fragments)
    ends, joined, at = set(offsets), [], 0
    for fragment in fragments:
        if at in ends:
            joined.append(b"")
        joined[-1] += fragment
        at += len(fragment) + 8
    return joined


def _starts(fragments: list[bytes]) -> list[int]:
    """Where a frame starts, by the first bytes of its codec."""
    first, starts, at = fragments[0][:3], [], 0
    for fragment in fragments:
        if fragment[:3] == first:
            starts.append(at)
        at += len(fragment) + 8
    return starts


def native_frames(ds: pydicom.Dataset,
                  data: bytes | None = None) -> list[np.ndarray]:
    """Unpacks native pixel data (PS3.5 clause 8); `data` stands for it."""
    keyword = next(keyword for keyword in KEYWORDS if keyword in ds)
    words = _words(ds, keyword, data)
    frames, rows, columns = count_frames(ds), ds.Rows, ds.Columns
    samples = int(ds.SamplesPerPixel)
    halved = ds.PhotometricInterpretation in ("YBR_FULL_422",
                                              "YBR_PARTIAL_422")
    size = rows * columns * (2 if halved else samples)
    if words.size < frames * size:
        raise ValueError("too few pixels")
    unpacked = []
    for frame in words[:frames * size].reshape(frames, size):
        if halved:
            y1, y2, cb, cr = frame.reshape(-1, 4).T
            pairs = np.stack([y1, cb, cr, y2, cb, cr], -1)
            unpacked.append(pairs.reshape(rows, columns, 3))
        elif samples > 1 and ds.get("PlanarConfiguration", 0) == 1:
            unpacked.append(np.moveaxis(
                frame.reshape(samples, rows, columns), 0, -1))
        else:
            unpacked.append(frame.reshape(rows, columns, samples))
    return unpacked


def _words(ds: pydicom.Dataset, keyword: str,
           data: bytes | None) -> np.ndarray:
    bits, big = int(ds.BitsAllocated), not ds.is_little_endian
    order = ">" if big and data is None else "<"
    if data is None:
        data = ds[keyword].value
        if big and bits < 16 and ds[keyword].VR == "OW":
            data = np.frombuffer(data, ">u2").astype("<u2").tobytes()
    if keyword != "PixelData":
        return np.frombuffer(data, f"{order}f{bits // 8}")
    if bits in (8, 16, 32, 64):
        whole = data[:len(data) // (bits // 8) * (bits // 8)]
        return np.frombuffer(whole, f"{order}u{bits // 8}")
    each = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
    each = each[:each.size // bits * bits].reshape(-1, bits)
    size = next(n for n in (1, 2, 4) if 8 * n >= bits)
    wide = np.zeros((each.shape[0], 8 * size), np.uint8)
    wide[:, :bits] = each
    return np.packbits(wide, axis=1, bitorder="little").view(
        f"<u{size}").reshape(-1)
