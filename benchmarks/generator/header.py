"""Headers: the attributes of each image's IOD, filled from a sample."""

from __future__ import annotations

import datetime

import numpy as np
from pydicom.dataset import Dataset

from .levels import PALETTE_INKS, PALETTE_WHITE
from .patients import Patient
from .sample import Sample
from .scenes import Scene
from .seeds import stream, uid

_STORAGE = "1.2.840.10008.5.1.4.1.1."
_SOP_CLASSES = {"US": "6.1", "CT": "2", "MR": "4", "CR": "1", "DX": "1.1",
                "MG": "1.2", "XA": "12.1", "SC": "7"}
_MULTI_FRAME = {"US": "3.1", "XA": "12.1"}
_BODY_PARTS = {"head": "HEAD", "brain": "HEAD", "chest": "CHEST",
               "abdomen": "ABDOMEN", "thigh": "THIGH", "hand": "HAND",
               "forearm": "FOREARM", "breast": "BREAST", "vessels": "HEART"}


def sop_class(scene: Scene) -> str:
    """Returns the SOP Class UID that fits the scene (PS3.4 B.5)."""
    if scene.frames > 1:
        return _STORAGE + _MULTI_FRAME[scene.modality]
    return _STORAGE + _SOP_CLASSES[scene.modality]


def _date(date: datetime.date) -> str:
    return date.strftime("%Y%m%d")


def _character_set(text: str) -> str | None:
    if text.isascii():
        return None
    try:
        text.encode("latin-1")
        return "ISO_IR 100"
    except UnicodeEncodeError:
        return "ISO_IR 192"


def _patient(ds: Dataset, patient: Patient, key: tuple) -> None:
    name = f"{patient.family}^{patient.given}"
    if not patient.header_knows:
        number = int(stream(*key, "pseudonym").integers(1000, 9999))
        ds.PatientName, ds.PatientID = f"SUBJECT^{number}", f"SUBJ{number}"
        ds.PatientBirthDate, ds.PatientSex = "", patient.sex
        ds.AccessionNumber, ds.InstitutionName = "", ""
        ds.ReferringPhysicianName = ""
        ds.PatientIdentityRemoved = "YES"
        ds.DeidentificationMethod = "Header attributes replaced"
        return
    charset = _character_set(name)
    if charset:
        ds.SpecificCharacterSet = charset
    ds.PatientName, ds.PatientID = name, patient.patient_id
    ds.PatientBirthDate, ds.PatientSex = _date(patient.birth_date), patient.sex
    ds.PatientAge = f"{patient.age_years:03d}Y"
    ds.AccessionNumber = patient.accession
    ds.InstitutionName = patient.institution
    ds.ReferringPhysicianName = patient.physician


def _study(ds: Dataset, sample: Sample) -> None:
    patient, key, scene = sample.patient, sample.key, sample.scene
    # A pseudonymised header keeps its shape but moves the dates.
    date = patient.study_date if patient.header_knows else (
        datetime.date(patient.study_date.year, 1, 1))
    study = (key[0], "group", scene.group) if scene.group else key
    ds.StudyInstanceUID, ds.SeriesInstanceUID = (
        uid(*study, "study"), uid(*key, "series"))
    ds.SOPClassUID, ds.SOPInstanceUID = sop_class(scene), uid(*key, "instance")
    ds.StudyID = str(1 + int(stream(*study, "number").integers(9999)))
    ds.SeriesNumber, ds.InstanceNumber = 1, int(key[2]) + 1
    ds.StudyDate = ds.SeriesDate = ds.AcquisitionDate = ds.ContentDate = _date(
        date)
    ds.StudyTime = ds.SeriesTime = patient.study_time
    ds.AcquisitionTime = ds.ContentTime = patient.study_time
    ds.Modality, ds.Manufacturer = scene.modality, "Burntin Sample Works"
    ds.ManufacturerModelName = f"Sampler {scene.modality}"
    ds.DeviceSerialNumber, ds.SoftwareVersions = "0001", "1.0"
    part = _BODY_PARTS.get(scene.background.split("-")[-1])
    if part:
        ds.BodyPartExamined = part
    if (part in (None, "HAND", "FOREARM", "THIGH")
            and scene.modality not in ("DX", "MG")):
        ds.Laterality = ""
    ds.PatientOrientation = ""
    if scene.burned_in:
        ds.BurnedInAnnotation = scene.burned_in


def _plane(ds: Dataset, sample: Sample) -> None:
    ds.FrameOfReferenceUID = uid(*sample.key, "frame of reference")
    ds.PositionReferenceIndicator = ""
    spacing = 400 / sample.scene.columns
    ds.PixelSpacing = [f"{spacing:.4f}"] * 2
    ds.ImagePositionPatient = ["-200", "-200", "0"]
    ds.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    ds.SliceThickness, ds.PatientPosition = "5", "HFS"
    ds.AcquisitionNumber = 1


def _ct(ds: Dataset, sample: Sample) -> None:
    _plane(ds, sample)
    ds.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    ds.KVP, ds.XRayTubeCurrent, ds.ConvolutionKernel = "120", 250, "STANDARD"
    ds.RescaleType = "HU"


def _mr(ds: Dataset, sample: Sample) -> None:
    _plane(ds, sample)
    ds.ImageType = ["ORIGINAL", "PRIMARY", "M"]
    ds.ScanningSequence, ds.SequenceVariant = "SE", "NONE"
    ds.ScanOptions, ds.MRAcquisitionType = "", "2D"
    ds.EchoTime, ds.RepetitionTime = "90", "3000"
    ds.EchoTrainLength, ds.MagneticFieldStrength = 8, "1.5"


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator = value, scheme
    item.CodeMeaning = meaning
    return item


def _digital_xray(ds: Dataset, sample: Sample) -> None:
    inverted = sample.scene.photometric == "MONOCHROME1"
    ds.ImageType = ["ORIGINAL", "PRIMARY", ""]
    ds.PresentationIntentType = "FOR PRESENTATION"
    ds.PixelIntensityRelationship = "LOG"
    ds.PixelIntensityRelationshipSign = -1 if inverted else 1
    ds.PresentationLUTShape = "INVERSE" if inverted else "IDENTITY"
    ds.RescaleIntercept, ds.RescaleSlope, ds.RescaleType = "0", "1", "US"
    ds.LossyImageCompression = "00"
    ds.DetectorType = "DIRECT"
    ds.ImagerPixelSpacing = ["0.2", "0.2"]
    ds.ImageLaterality = "U"
    ds.PatientOrientation = ["L", "F"]
    ds.AcquisitionContextSequence = []
    region, meaning = {"chest": ("51185008", "Chest"),
                       "hand": ("85562004", "Hand"),
                       "breast": ("76752008", "Breast")}.get(
        sample.scene.background, ("14975008", "Forearm"))
    ds.AnatomicRegionSequence = [_code(region, "SCT", meaning)]
    ds.BurnedInAnnotation = sample.scene.burned_in or (
        "YES" if sample.lines else "NO")


def _mammogram(ds: Dataset, sample: Sample) -> None:
    _digital_xray(ds, sample)
    ds.ImageLaterality = "L"
    ds.PositionerType, ds.OrganExposed = "MAMMOGRAPHIC", "BREAST"
    ds.ViewPosition = "CC"
    ds.PatientOrientation = ["A", "R"]
    view = _code("399162004", "SCT", "cranio-caudal")
    view.ViewModifierCodeSequence = []
    ds.ViewCodeSequence = [view]


def _computed(ds: Dataset, sample: Sample) -> None:
    ds.ImageType = ["ORIGINAL", "PRIMARY"]
    ds.ViewPosition = "PA"


def _angiogram(ds: Dataset, sample: Sample) -> None:
    ds.ImageType = ["ORIGINAL", "PRIMARY", "SINGLE PLANE"]
    ds.PixelIntensityRelationship = "LIN"
    ds.KVP, ds.RadiationSetting = "80", "GR"
    ds.XRayTubeCurrent, ds.ExposureTime = 400, 100
    ds.PositionerMotion = "STATIC"
    ds.PositionerPrimaryAngle = ds.PositionerSecondaryAngle = "0"


def _ultrasound(ds: Dataset, sample: Sample) -> None:
    ds.ImageType = ["ORIGINAL", "PRIMARY", "ABDOMINAL"]
    ds.LossyImageCompression = "00"


def _secondary(ds: Dataset, sample: Sample) -> None:
    ds.ImageType = ["DERIVED", "SECONDARY"]
    ds.ConversionType = ("WSD" if sample.scene.background == "screenshot"
                         else "DF")


_MODULES = {"CT": _ct, "MR": _mr, "CR": _computed, "DX": _digital_xray,
            "MG": _mammogram, "XA": _angiogram, "US": _ultrasound,
            "SC": _secondary}


def _window(ds: Dataset, sample: Sample) -> None:
    levels, scene = sample.levels, sample.scene
    if scene.modality == "CT":
        ds.RescaleIntercept, ds.RescaleSlope = str(levels.intercept), "1"
    if not levels.has_window:
        if scene.modality in ("DX", "MG"):
            ds.WindowCenter = str(2**scene.bits_stored // 2)
            ds.WindowWidth = str(2**scene.bits_stored)
        return
    center = (levels.window_low + levels.window_high) / 2
    if scene.photometric == "MONOCHROME1":
        center = levels.high - center
    ds.WindowCenter = str(round(center * levels.slope + levels.intercept))
    ds.WindowWidth = str(max(1, round(levels.window_range)))


def palette() -> np.ndarray:
    """Returns the 256 colours of palette images, shape (256, 3), 8 bits."""
    colours = np.zeros((256, 3), np.uint16)
    greys = np.arange(PALETTE_WHITE + 1)
    colours[greys] = np.rint(greys * (255 / PALETTE_WHITE))[:, None]
    start = PALETTE_WHITE + 1
    colours[start:start + len(PALETTE_INKS)] = PALETTE_INKS
    return colours


def _colour(ds: Dataset, scene: Scene) -> None:
    ds.SamplesPerPixel = 3 if scene.colour == "rgb" else 1
    ds.PhotometricInterpretation = {
        "grey": scene.photometric, "rgb": "RGB",
        "palette": "PALETTE COLOR"}[scene.colour]
    if scene.colour == "rgb":
        ds.PlanarConfiguration = scene.planar
    if scene.colour != "palette":
        return
    for channel, name in enumerate(("Red", "Green", "Blue")):
        table = (palette()[:, channel] * 257).astype("<u2").tobytes()
        setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(ds, f"{name}PaletteColorLookupTableData", table)


def _shape(ds: Dataset, scene: Scene) -> None:
    ds.Rows, ds.Columns = scene.rows, scene.columns
    ds.BitsAllocated, ds.BitsStored = scene.bits_allocated, scene.bits_stored
    ds.HighBit = scene.bits_stored - 1
    ds.PixelRepresentation = int(scene.signed)
    if scene.frames > 1:
        ds.NumberOfFrames, ds.FrameTime = scene.frames, "40"
        ds.FrameIncrementPointer = 0x00181063


def make_header(sample: Sample) -> Dataset:
    """Returns the data set of `sample`, complete except for its pixels."""
    ds = Dataset()
    _patient(ds, sample.patient, sample.key)
    _study(ds, sample)
    _colour(ds, sample.scene)
    _shape(ds, sample.scene)
    _window(ds, sample)
    _MODULES[sample.scene.modality](ds, sample)
    return ds
