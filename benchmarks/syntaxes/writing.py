"""Writes Part 10 files, with native or with encapsulated pixel data."""

from __future__ import annotations

import io
import pathlib
import struct
import zlib
from dataclasses import dataclass

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filebase import DicomFileLike
from pydicom.filewriter import write_dataset, write_file_meta_info
from pydicom.uid import UID

from ..generator.seeds import uid

IMPLICIT, EXPLICIT = "1.2.840.10008.1.2", "1.2.840.10008.1.2.1"
BIG_ENDIAN, DEFLATED = "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"


@dataclass(frozen=True)
class Encapsulation:
    """How compressed frames are stored (PS3.5 A.4).

    `table` is "basic", "empty" or "extended" (which leaves the basic one
    empty); each frame is cut into `fragments` pieces.
    """

    table: str = "basic"
    fragments: int = 1


def even(data: bytes) -> bytes:
    """Returns `data` padded to an even length."""
    return data + b"\0" if len(data) % 2 else data


def _pieces(data: bytes, count: int) -> list[bytes]:
    size = -(-len(data) // count)
    size += size % 2
    return [even(data[at:at + size]) for at in range(0, len(data), size)]


def encapsulate(ds: Dataset, frames: list[bytes],
                how: Encapsulation = Encapsulation()) -> None:
    """Sets Pixel Data to the compressed `frames`."""
    items, offsets, at = [], [], 0
    for frame in frames:
        offsets.append(at)
        for piece in _pieces(frame, how.fragments):
            items.append(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(piece))
                         + piece)
            at += len(items[-1])
    table = b""
    if how.table == "basic":
        table = struct.pack(f"<{len(offsets)}I", *offsets)
    elif how.table == "extended":
        ds.ExtendedOffsetTable = struct.pack(f"<{len(offsets)}Q", *offsets)
        ds.ExtendedOffsetTableLengths = struct.pack(
            f"<{len(offsets)}Q", *(len(even(frame)) for frame in frames))
    # pydicom writes the delimiter at the end.
    ds.PixelData = (b"\xfe\xff\x00\xe0" + struct.pack("<I", len(table)) + table
                    + b"".join(items))
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True


def _data_set_bytes(ds: Dataset, syntax_uid: str) -> bytes:
    buffer = DicomFileLike(io.BytesIO())
    buffer.is_little_endian = ds.is_little_endian = syntax_uid != BIG_ENDIAN
    buffer.is_implicit_VR = ds.is_implicit_VR = syntax_uid == IMPLICIT
    write_dataset(buffer, ds)
    return buffer.parent.getvalue()


def write_file(ds: Dataset, path: pathlib.Path, syntax_uid: str) -> None:
    """Writes `ds` as a Part 10 file. pydicom's own writer refuses the transfer
    syntaxes that it does not know."""
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\0\1"
    meta.MediaStorageSOPClassUID = ds.SOPClassUID
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    meta.TransferSyntaxUID = UID(syntax_uid)
    meta.ImplementationClassUID = uid("burntin", "sample generator")
    meta.ImplementationVersionName = "BURNTIN_SAMPLES"
    head = DicomFileLike(io.BytesIO())
    head.is_little_endian, head.is_implicit_VR = True, False
    head.write(b"\0" * 128 + b"DICM")
    write_file_meta_info(head, meta)
    data = _data_set_bytes(ds, syntax_uid)
    if syntax_uid == DEFLATED:
        packer = zlib.compressobj(wbits=-15)
        data = even(packer.compress(data) + packer.flush())
    path.write_bytes(head.parent.getvalue() + data)


def write_without_meta(ds: Dataset, path: pathlib.Path,
                       syntax_uid: str) -> None:
    """Writes the data set alone: no preamble, no file meta information."""
    path.write_bytes(_data_set_bytes(ds, syntax_uid))
