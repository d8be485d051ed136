"""The decoders that burntin is compared with, by transfer syntax."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile
import zlib
from collections.abc import Callable

import numpy as np
import pydicom
from pydicom.pixel_data_handlers import rle_handler

from . import data_sets
from .frames import Decoded

_ROOT = "1.2.840.10008.1.2"
_JPEG = tuple(f"{_ROOT}.4.{n}" for n in (50, 51, 53, 55, 57, 70))
_JPEG_LS = (_ROOT + ".4.80", _ROOT + ".4.81")
_JPEG2000 = (_ROOT + ".4.90", _ROOT + ".4.91")
_HIGH_THROUGHPUT = tuple(f"{_ROOT}.4.{n}" for n in (201, 202, 203))
_JPEG_XL = tuple(f"{_ROOT}.4.{n}" for n in (110, 111, 112))
_VIDEO = tuple(f"{_ROOT}.4.{n}{more}" for n in range(100, 109)
               for more in ("", ".1"))

# Decodes (path, data set, scratch folder) to frames and their photometric
# interpretation.
Answer = tuple[list[np.ndarray], str]
Reference = Callable[[pathlib.Path, pydicom.Dataset, pathlib.Path], Answer]


class UndecodedError(RuntimeError):
    """The reference could not decode the file."""


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], check=False,
                          capture_output=True)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise UndecodedError(said.splitlines()[-1][:90] if said
                              else f"exit status {done.returncode}")


def _native(_path, ds, _scratch) -> Answer:
    return data_sets.native_frames(ds), ds.PhotometricInterpretation


def _pydicom(_path, ds, _scratch) -> Answer:
    array = ds.pixel_array
    shape = (data_sets.count_frames(ds), ds.Rows, ds.Columns,
             ds.SamplesPerPixel)
    array = array.reshape(shape)
    if array.dtype.kind == "i":
        array = array.view(array.dtype.str.replace("i", "u"))
    return list(array), ds.PhotometricInterpretation


def _frame_by_frame(decode: Callable[[bytes], bytes]) -> Reference:
    def reference(_path, ds, _scratch) -> Answer:
        frames = []
        count, ds.NumberOfFrames = data_sets.count_frames(ds), 1
        parts = list(pydicom.encaps.generate_pixel_data_fragment(
            _after_table(ds)))
        for part in parts[:count]:
            frames += data_sets.native_frames(ds, decode(part))
        ds.NumberOfFrames = count
        return frames, ds.PhotometricInterpretation
    return reference


def _after_table(ds: pydicom.Dataset) -> pydicom.filebase.DicomBytesIO:
    buffer = pydicom.filebase.DicomBytesIO(ds.PixelData)
    buffer.is_little_endian = True
    pydicom.encaps.get_frame_offsets(buffer)
    return buffer


def _whole_file(command: Callable[..., list]) -> Reference:
    """A tool that writes an uncompressed DICOM file."""
    def reference(path, _ds, scratch) -> Answer:
        target = scratch / "plain.dcm"
        target.unlink(missing_ok=True)
        _run(*command(path, target))
        plain = data_sets.read(target)
        return data_sets.native_frames(plain), plain.PhotometricInterpretation
    return reference


def _rle_by_pydicom(_path, ds, _scratch) -> Answer:
    array = rle_handler.get_pixeldata(ds)
    samples, frames = ds.SamplesPerPixel, data_sets.count_frames(ds)
    planes = array.reshape(frames, samples, ds.Rows, ds.Columns)
    planes = planes.view(planes.dtype.str.replace("i", "u"))
    return list(np.moveaxis(planes, 1, -1)), ds.PhotometricInterpretation


def _read_pnm(path: pathlib.Path) -> np.ndarray:
    data = path.read_bytes()
    kind, size, most = b"", [], 0
    at = 0
    tokens = []
    while len(tokens) < 4:
        end = at
        while data[end:end + 1] not in (b" ", b"\n", b"\t"):
            end += 1
        if data[at:at + 1] == b"#":
            end = data.index(b"\n", at)
        elif end > at:
            tokens.append(data[at:end])
        at = end + 1
    kind, size, most = tokens[0], [int(t) for t in tokens[1:3]], int(tokens[3])
    dtype = ">u2" if most > 255 else "u1"
    channels = 3 if kind == b"P6" else 1
    cells = np.frombuffer(data, dtype, size[0] * size[1] * channels, at)
    return cells.astype("<u2" if most > 255 else "u1").reshape(
        size[1], size[0], channels)


def _streams(suffix: str,
             decode: Callable[[pathlib.Path, pydicom.Dataset], np.ndarray],
             model: str | None = None) -> Reference:
    """A tool that decodes one bare stream."""
    def reference(_path, ds, scratch) -> Answer:
        frames = []
        for stream in data_sets.streams(ds):
            is_jp2 = stream[4:8] == b"jP  "
            source = scratch / f"frame{'.jp2' if is_jp2 else suffix}"
            source.write_bytes(stream)
            frames.append(decode(source, ds))
        photometric = ds.PhotometricInterpretation
        if model and ds.SamplesPerPixel == 3:
            photometric = model
        return frames, photometric
    return reference


def _raw_planes(path: pathlib.Path, ds: pydicom.Dataset) -> np.ndarray:
    """Planes one after another, of one byte a sample or of two; chroma of
    half the size is brought to full size by repetition."""
    data = path.read_bytes()
    rows, columns, samples = ds.Rows, ds.Columns, int(ds.SamplesPerPixel)
    half = ((rows + 1) // 2, (columns + 1) // 2)
    full = rows * columns
    for size in (1, 2):
        flat = np.frombuffer(data, f"<u{size}") if len(data) % size == 0 else []
        if len(flat) == samples * full:
            return np.moveaxis(flat.reshape(samples, rows, columns), 0, -1)
        if samples == 3 and len(flat) == full + 2 * half[0] * half[1]:
            chroma = flat[full:].reshape(2, *half)
            chroma = chroma.repeat(2, 1).repeat(2, 2)[:, :rows, :columns]
            luma = flat[:full].reshape(1, rows, columns)
            return np.moveaxis(np.concatenate([luma, chroma]), 0, -1)
    raise UndecodedError("the stream has another size than the header")


def _by_openjpeg(source: pathlib.Path, ds: pydicom.Dataset) -> np.ndarray:
    target = source.with_name("frame.rawl")
    if ds.PhotometricInterpretation == "YBR_FULL":
        # One component at a time, else it makes RGB of shared chroma.
        planes = []
        for number in "012":
            _run("opj_decompress", "-i", source, "-o", target, "-c", number)
            planes.append(target.read_bytes())
        target.write_bytes(b"".join(planes))
    else:
        _run("opj_decompress", "-i", source, "-o", target)
    cells = _raw_planes(target, ds)
    precision, is_signed = _precision(source.read_bytes())
    if is_signed:  # opj_decompress leaves out the sign above the precision
        free = cells.dtype.type(8 * cells.itemsize - precision)
        signed = (cells << free).view(cells.dtype.str.replace("u", "i"))
        cells = (signed >> free).view(cells.dtype)
    return cells


def _precision(stream: bytes) -> tuple[int, bool]:
    """Bits of the first component and whether it is signed (T.800 A.5.1)."""
    ssiz = stream[stream.index(b"\xff\x4f\xff\x51") + 42]
    return (ssiz & 127) + 1, ssiz > 127


def _by_ffmpeg_jpeg2000(source: pathlib.Path,
                        ds: pydicom.Dataset) -> np.ndarray:
    """FFmpeg's own JPEG 2000 decoder, without any conversion of colour."""
    precision, is_signed = _precision(source.read_bytes())
    deep = precision > 8
    pixels = {(1, 8): "gray", (1, 9): "gray9le", (1, 10): "gray10le",
              (1, 12): "gray12le", (1, 14): "gray14le", (1, 16): "gray16le",
              (3, 8): "rgb24", (3, 16): "rgb48le"}.get(
        (int(ds.SamplesPerPixel), precision))
    if ds.PhotometricInterpretation == "YBR_FULL":
        pixels = "yuv420p"
    if pixels is None or is_signed:
        raise UndecodedError("FFmpeg has no picture format for it")
    target = source.with_name("frame.raw")
    _run("ffmpeg", "-v", "error", "-y", "-c:v", "jpeg2000", "-i", source,
         "-f", "rawvideo", "-pix_fmt", pixels, target)
    data = np.fromfile(target, "<u2" if deep else "u1")
    if pixels == "yuv420p":
        return _raw_planes(target, ds)
    return data.reshape(ds.Rows, ds.Columns, int(ds.SamplesPerPixel))


def _by_openjph(source: pathlib.Path, ds: pydicom.Dataset) -> np.ndarray:
    if ds.PixelRepresentation:
        target = source.with_name("frame.yuv")
        _run("ojph_expand", "-i", source, "-o", target)
        return _raw_planes(target, ds)
    suffix = ".ppm" if ds.SamplesPerPixel == 3 else ".pgm"
    target = source.with_name("frame" + suffix)
    _run("ojph_expand", "-i", source, "-o", target)
    return _read_pnm(target)


def _by_djxl(source: pathlib.Path, ds: pydicom.Dataset) -> np.ndarray:
    suffix = ".ppm" if ds.SamplesPerPixel == 3 else ".pgm"
    target = source.with_name("frame" + suffix)
    _run("djxl", source, target)
    cells, bits = _read_pnm(target), int(ds.BitsStored)
    if 8 < bits < 16:
        # djxl 0.7 writes words that are stretched to 16 bits all the same.
        cells = np.rint(cells * ((2 ** bits - 1) / 65535)).astype("<u2")
    return cells


def _by_ffmpeg(_path, ds, scratch) -> Answer:
    stream = scratch / "video.bin"
    stream.write_bytes(b"".join(pydicom.encaps.generate_pixel_data_fragment(
        _after_table(ds))))
    deep = int(ds.BitsStored) > 8
    target = scratch / "video.raw"
    _run("ffmpeg", "-v", "error", "-y", "-i", stream, "-fps_mode",
         "passthrough", "-sws_flags", "bilinear+accurate_rnd",
         "-f", "rawvideo", "-pix_fmt", "rgb48le" if deep else "rgb24", target)
    cells = np.fromfile(target, "<u2" if deep else "u1")
    return list(cells.reshape(-1, ds.Rows, ds.Columns, 3)), "RGB"


def _dcmtk(tool: str, *options: str) -> Reference:
    return _whole_file(lambda source, target: [tool, *options, source, target])


_GDCM = _whole_file(lambda source, target: [
    "gdcmconv", "--raw", "-i", source, "-o", target])


def references_for(uid: str) -> dict[str, Reference]:
    """Returns the decoders for a transfer syntax by name, the first first."""
    if uid in _JPEG:
        return {"dcmdjpeg": _dcmtk("dcmdjpeg", "+px"),
                "dcmdjpeg +cn": _dcmtk("dcmdjpeg", "+px", "+cn"),
                "gdcmconv": _GDCM}
    if uid in _JPEG_LS:
        return {"dcmdjpls": _dcmtk("dcmdjpls", "+px"), "gdcmconv": _GDCM}
    if uid == _ROOT + ".5":
        return {"dcmdrle": _dcmtk("dcmdrle"), "pydicom": _rle_by_pydicom,
                "gdcmconv": _GDCM}
    if uid in _JPEG2000:
        return {"opj_decompress": _streams(".j2k", _by_openjpeg),
                "ffmpeg": _streams(".j2k", _by_ffmpeg_jpeg2000),
                "gdcmconv": _GDCM}
    if uid in _HIGH_THROUGHPUT:
        return {"ojph_expand": _streams(".j2c", _by_openjph),
                "opj_decompress": _streams(".j2k", _by_openjpeg)}
    if uid in _JPEG_XL:
        return {"djxl": _streams(".jxl", _by_djxl, "RGB")}
    if uid in _VIDEO:
        return {"ffmpeg": _by_ffmpeg}
    if uid == _ROOT + ".1.98":
        return {"numpy": _frame_by_frame(lambda part: part)}
    if uid == _ROOT + ".8.1":
        return {"zlib": _frame_by_frame(
            lambda part: zlib.decompressobj(-15).decompress(part))}
    return {"numpy": _native, "pydicom": _pydicom, "gdcmconv": _GDCM}


def decode_by_references(path: pathlib.Path,
                         ds: pydicom.Dataset) -> list[Decoded]:
    """Returns what each reference makes of the file."""
    answers = []
    with tempfile.TemporaryDirectory(prefix="burntin-decode-") as folder:
        for name, reference in references_for(
                data_sets.syntax_of(ds)).items():
            try:
                frames, model = reference(path, ds, pathlib.Path(folder))
                answers.append(Decoded(name, frames, model))
            except Exception as error:  # whatever a foreign decoder raises
                answers.append(Decoded(name, error=str(error) or repr(error)))
    return answers
