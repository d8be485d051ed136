"""Makes many small DICOM objects quickly, some with a name in the pixels.

An object is one of a few templates whose UIDs are replaced byte by byte, so
that making one costs no more than writing its file.
"""

from __future__ import annotations

import io
import random
from pathlib import Path

import numpy
import pydicom
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

SIDE = 64
TEMPLATES = 50
FILES_PER_FOLDER = 1000
INSTANCES_PER_STUDY = 100
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CR_IMAGE = "1.2.840.10008.5.1.4.1.1.1"
# 40 digits each; the last 12 are replaced.
STUDY_UID, SERIES_UID, INSTANCE_UID = (
    f"2.25.{first}" + "0" * 34 for first in "123")


def pixels(number: int, text: str) -> numpy.ndarray:
    """A soft gradient with noise, and `text` across its middle."""
    noise = numpy.random.default_rng(number)
    ramp = numpy.linspace(20, 60 + number % 40, SIDE)
    frame = ramp[:, None] + ramp[None, :] + noise.normal(0, 2, (SIDE, SIDE))
    image = Image.fromarray(frame.clip(0, 255).astype(numpy.uint8))
    if text:
        ImageDraw.Draw(image).text((4, 24), text, fill=255,
                                   font=ImageFont.truetype(FONT, 13))
    return numpy.asarray(image)


def template(number: int, text: str) -> bytes:
    """The bytes of one object."""
    data = pydicom.Dataset()
    data.SOPClassUID, data.SOPInstanceUID = CR_IMAGE, INSTANCE_UID
    data.StudyInstanceUID, data.SeriesInstanceUID = STUDY_UID, SERIES_UID
    data.PatientName, data.PatientID = "DOE^JANE", "4711"
    data.Modality = ("CR", "OT", "US")[number % 3]
    data.Manufacturer = "Burntin Sample Works"
    data.ManufacturerModelName = f"Model {number % 7}"
    data.ImageType = ["ORIGINAL", "PRIMARY"]
    data.Rows = data.Columns = SIDE
    data.SamplesPerPixel, data.PixelRepresentation = 1, 0
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit = 7
    data.PhotometricInterpretation = "MONOCHROME2"
    data.PixelData = pixels(number, text).tobytes()
    data["PixelData"].VR = "OB"
    data.file_meta = FileMetaDataset()
    data.file_meta.MediaStorageSOPClassUID = CR_IMAGE
    data.file_meta.MediaStorageSOPInstanceUID = INSTANCE_UID
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.is_little_endian, data.is_implicit_VR = True, False
    buffer = io.BytesIO()
    pydicom.dcmwrite(buffer, data, write_like_original=False)
    return buffer.getvalue()


def numbered(uid: str, number: int) -> tuple[bytes, bytes]:
    """What is replaced in a template, and by what."""
    return uid.encode(), f"{uid[:-12]}{number:012}".encode()


def make(folder: Path, count: int, text_share: float = 0.1,
         first: int = 0) -> None:
    """Makes `count` objects below `folder`, 1,000 a sub-folder.

    Their numbers begin with `first`, a multiple of 1,000.
    """
    with_text = round(TEMPLATES * text_share)
    templates = [template(number, "DOE JANE" if number < with_text else "")
                 for number in range(TEMPLATES)]
    order = random.Random(1)
    for number in range(first, first + count):
        if number % FILES_PER_FOLDER == 0:
            below = folder / f"{number // FILES_PER_FOLDER:04}"
            below.mkdir(parents=True, exist_ok=True)
        data = templates[order.randrange(TEMPLATES)]
        study = number // INSTANCES_PER_STUDY
        for old, new in (numbered(STUDY_UID, study),
                         numbered(SERIES_UID, study),
                         numbered(INSTANCE_UID, number)):
            data = data.replace(old, new)
        (below / f"{number:07}.dcm").write_bytes(data)
