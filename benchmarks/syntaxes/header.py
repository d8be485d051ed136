"""Headers: who the picture is of, and what its layout says about its pixels."""

from __future__ import annotations

import numpy as np
from pydicom.dataset import Dataset

from ..generator.patients import Patient, ascii_only
from ..generator.seeds import uid
from .layout import Layout
from .picture import make_patient_for

STORAGE = "1.2.840.10008.5.1.4.1.1."
SECONDARY_CAPTURE = STORAGE + "7"
_COLOURS = ("Red", "Green", "Blue")


def identity(ds: Dataset, patient: Patient) -> None:
    """Fills in the patient and the study."""
    ds.PatientName = (f"{ascii_only(patient.family)}^"
                      f"{ascii_only(patient.given)}")
    ds.PatientID = patient.patient_id
    ds.PatientBirthDate = patient.birth_date.strftime("%Y%m%d")
    ds.PatientSex = patient.sex
    ds.AccessionNumber = patient.accession
    ds.StudyDate = patient.study_date.strftime("%Y%m%d")
    ds.StudyTime = patient.study_time
    ds.ReferringPhysicianName, ds.StudyID = "", "1"


def base_header(seed: int, name: str, sop_class: str = SECONDARY_CAPTURE,
                modality: str = "OT") -> Dataset:
    """Returns the header of the file `name`, without any pixels."""
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID = sop_class, uid(seed, name, "instance")
    ds.StudyInstanceUID = uid(seed, name, "study")
    ds.SeriesInstanceUID = uid(seed, name, "series")
    ds.Modality, ds.ConversionType = modality, "WSD"
    ds.Manufacturer = "Burntin Sample Works"
    ds.SeriesNumber = ds.InstanceNumber = 1
    identity(ds, make_patient_for(seed, name))
    return ds


def describe_pixels(ds: Dataset, layout: Layout,
                    big_endian: bool = False) -> None:
    """Fills in the Image Pixel module, and what belongs to it."""
    ds.Rows, ds.Columns = layout.rows, layout.columns
    ds.SamplesPerPixel = layout.samples
    ds.PhotometricInterpretation = layout.photometric
    ds.BitsAllocated = layout.bits_allocated
    if layout.kind == "integer":
        ds.BitsStored, ds.HighBit = layout.bits_stored, layout.top_bit
        ds.PixelRepresentation = int(layout.signed)
    if layout.samples > 1:
        ds.PlanarConfiguration = layout.planar
    if layout.frames > 1 or layout.enhanced:
        ds.NumberOfFrames = layout.frames
    if layout.squeeze != 1.0:
        ds.PixelAspectRatio = [round(10 / layout.squeeze), 10]
    if layout.palette is not None:
        _describe_palette(ds, layout, big_endian)


def _describe_palette(ds: Dataset, layout: Layout, big_endian: bool) -> None:
    palette = layout.palette
    for channel, colour in enumerate(_COLOURS):
        prefix = f"{colour}PaletteColorLookupTable"
        setattr(ds, f"{prefix}Descriptor", palette.descriptor())
        ds[f"{prefix}Descriptor"].VR = "US"
        data = f"{prefix}Data"
        if palette.segmented:
            data = f"Segmented{data}"
        words = np.frombuffer(palette.data(channel), "<u2")
        setattr(ds, data, words.astype(">u2" if big_endian else "<u2")
                .tobytes())
        ds[data].VR = "OW"
    if palette.supplemental:
        ds.PixelPresentation = "COLOR"


def per_frame_groups(ds: Dataset, windows: list[tuple[float, float, float,
                                                      float]]) -> None:
    """Adds functional groups with a window and a rescale for each frame:
    (center, width, slope, intercept)."""
    ds.SharedFunctionalGroupsSequence = [Dataset()]
    ds.PerFrameFunctionalGroupsSequence = []
    for center, width, slope, intercept in windows:
        window, rescale, group = Dataset(), Dataset(), Dataset()
        window.WindowCenter, window.WindowWidth = center, width
        rescale.RescaleSlope, rescale.RescaleIntercept = slope, intercept
        rescale.RescaleType = "US"
        group.FrameVOILUTSequence = [window]
        group.PixelValueTransformationSequence = [rescale]
        ds.PerFrameFunctionalGroupsSequence.append(group)
