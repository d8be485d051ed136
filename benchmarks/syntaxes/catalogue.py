"""Every cell of (transfer syntax x layout) that has an encoder in Debian."""

from __future__ import annotations

from collections.abc import Iterator

from . import frame_encoders as frame
from .cell import Cell
from .layouts import LAYOUTS, VIDEO_LAYOUT
from .writing import Encapsulation

_ROOT = "1.2.840.10008.1.2"
_BASIC, _EMPTY = Encapsulation("basic"), Encapsulation("empty")
_EXTENDED = Encapsulation("extended")
_SPLIT = Encapsulation("basic", fragments=3)
_SPLIT_EMPTY = Encapsulation("empty", fragments=3)

_WHOLE_BITS = ("mono8 mono8-inverse mono8-signed mono8-odd mono8-frames "
               "mono10 mono12 mono12-inverse mono12-top mono12-signed "
               "mono12-signed-top mono14-odd mono16 mono16-signed palette8 "
               "palette16 rgb8 rgb8-planar rgb16").split()
_NATIVE = [name for name in LAYOUTS
           if name not in ("mono2", "mono4", "mono9", "mono13", "mono15",
                           "mono16-strip")]


def _cells(syntax: str, uid: str, names: str | list[str], encoder=None,
           options: tuple = (), **more) -> Iterator[Cell]:
    names = names.split() if isinstance(names, str) else names
    for name in names:
        yield Cell(syntax, _ROOT + uid, LAYOUTS[name], encoder, options, **more)


def _native() -> Iterator[Cell]:
    yield from _cells("explicit", ".1", _NATIVE)
    yield from _cells("implicit", "", (
        "mono8 mono1 mono12 mono16-signed mono16-enhanced mono32 float double "
        "palette8-segmented palette16 supplemental rgb8-planar rgb16 "
        "ybr-full-422"))
    yield from _cells("big-endian", ".2", (
        "mono8 mono1 mono12 mono12-signed-top mono16 mono32 float double "
        "palette8 palette16-segmented rgb8 rgb16-planar ybr-full"))
    yield from _cells("deflated", ".1.99", (
        "mono8 mono1 mono16-signed float palette8 rgb8 mono12-frames "
        "mono16-enhanced"))
    yield from _cells("implicit", "", "mono8 mono16", variant="no-meta",
                      has_meta=False)
    yield from _cells("explicit", ".1", "mono8 rgb8", variant="no-meta",
                      has_meta=False)


def _per_frame_native() -> Iterator[Cell]:
    names = ("mono8 mono12 mono16-signed mono16-strip rgb8 rgb8-planar "
             "rgb16 palette8 ybr-full")
    yield from _cells("encapsulated", ".1.98", names, frame.uncompressed)
    yield from _cells("encapsulated", ".1.98", "mono16-strip",
                      frame.uncompressed, how=_EXTENDED, variant="extended")
    yield from _cells("deflated-frame", ".8.1",
                      names + " mono1 mono1-odd-frames mono8-frames",
                      frame.deflated)
    yield from _cells("deflated-frame", ".8.1", "mono16-strip", frame.deflated,
                      how=_EXTENDED, variant="extended")


def _rle() -> Iterator[Cell]:
    yield from _cells("rle", ".5", [*_WHOLE_BITS, "ybr-full"], "dcmcrle")
    yield from _cells("rle", ".5", "mono16-strip", "dcmcrle", ("-ot",),
                      variant="no-table")
    yield from _cells("rle", ".5", "mono8 mono16 rgb8", "gdcmconv", ("--rle",),
                      variant="gdcm")


def _jpeg_lossy() -> Iterator[Cell]:
    baseline = ("+eb", "+q", "92")
    yield from _cells("jpeg-baseline", ".4.50", (
        "mono8 mono8-inverse mono8-odd mono8-frames mono8-last-frame "
        "mono8-oblong rgb8 rgb8-odd rgb8-frames ybr-full"), "dcmcjpeg",
        baseline, is_lossy=True)
    for variant, option in (("rgb", "+cr"), ("444", "+s4"), ("411", "+np"),
                            ("411-full", "+n1"), ("422-full", "+n2")):
        yield from _cells("jpeg-baseline", ".4.50", "rgb8", "dcmcjpeg",
                          (*baseline, option), variant=variant, is_lossy=True)
    yield from _cells("jpeg-baseline", ".4.50", "mono8-frames", "dcmcjpeg",
                      (*baseline, "-ot"), variant="no-table", is_lossy=True)
    yield from _cells("jpeg-baseline", ".4.50", "mono8-frames rgb8",
                      "dcmcjpeg", (*baseline, "+fs", "2"), variant="split",
                      is_lossy=True)
    yield from _cells("jpeg-baseline", ".4.50", "mono8", "gdcmconv",
                      ("--jpeg", "--lossy", "-q", "92"), variant="gdcm",
                      is_lossy=True)
    for syntax, uid, option in (("jpeg-extended", ".4.51", "+ee"),
                                ("jpeg-spectral", ".4.53", "+es"),
                                ("jpeg-progressive", ".4.55", "+ep")):
        yield from _cells(syntax, uid, "mono8 mono8-odd rgb8", "dcmcjpeg",
                          (option, "+q", "92", "+be"), is_lossy=True)
        yield from _cells(syntax, uid, "mono12 mono12-inverse mono12-frames",
                          "dcmcjpeg", (option, "+q", "92", "+bt"),
                          is_lossy=True)


def _jpeg_lossless() -> Iterator[Cell]:
    names = [name for name in _WHOLE_BITS if name != "palette16"]
    yield from _cells("jpeg-lossless-sv1", ".4.70", names, "dcmcjpeg",
                      ("+e1",))
    yield from _cells("jpeg-lossless-sv1", ".4.70", "mono16-strip", "dcmcjpeg",
                      ("+e1", "-ot"), variant="no-table")
    yield from _cells("jpeg-lossless-sv1", ".4.70", "mono16-strip", "dcmcjpeg",
                      ("+e1", "+fs", "4", "-ot"), variant="split")
    yield from _cells("jpeg-lossless-sv1", ".4.70", "mono8 mono12 mono16 rgb8",
                      "gdcmconv", ("--jpeg",), variant="gdcm")
    for value in range(1, 8):
        yield from _cells("jpeg-lossless", ".4.57", "mono8 mono16", "dcmcjpeg",
                          ("+el", "+sv", str(value)), variant=f"sv{value}")
    yield from _cells("jpeg-lossless", ".4.57", (
        "mono12 mono16-signed rgb8 palette8 rgb16"), "dcmcjpeg", ("+el",))


def _jpeg_ls() -> Iterator[Cell]:
    yield from _cells("jpeg-ls", ".4.80", _WHOLE_BITS, "dcmcjpls", ("+el",))
    for option, variant in (("+il", "line"), ("+is", "sample"),
                            ("+in", "none")):
        yield from _cells("jpeg-ls", ".4.80", "rgb8", "dcmcjpls",
                          ("+el", option), variant=variant)
    yield from _cells("jpeg-ls", ".4.80", "mono16-strip", "dcmcjpls",
                      ("+el", "-ot", "+fs", "4"), variant="split")
    yield from _cells("jpeg-ls", ".4.80", "mono8 mono16 rgb8", "gdcmconv",
                      ("--jpegls",), variant="gdcm")
    yield from _cells("jpeg-ls-near", ".4.81", (
        "mono8 mono8-inverse mono12 mono16 rgb8"), "dcmcjpls", ("+en",),
        is_lossy=True)


_LOSSLESS_COLOUR = {"photometric": "YBR_RCT"}
_LOSSY_COLOUR = {"photometric": "YBR_ICT", "is_lossy": True}


def _jpeg2000() -> Iterator[Cell]:
    encoder = frame.jpeg2000
    yield from _cells("jpeg2000-lossless", ".4.90", (
        "mono8 mono8-inverse mono8-signed mono8-odd mono8-frames mono2 mono4 "
        "mono9 mono10 mono12 mono12-signed mono13 mono14-odd mono15 mono16 "
        "mono16-signed palette8 palette16"), encoder)
    yield from _cells("jpeg2000-lossless", ".4.90",
                      "rgb8 rgb8-odd rgb8-frames rgb12 rgb16", encoder,
                      **_LOSSLESS_COLOUR)
    yield from _cells("jpeg2000-lossless", ".4.90", "rgb8", encoder,
                      ("-mct", "0"), variant="no-transform")
    yield from _cells("jpeg2000-lossless", ".4.90", "ybr-full", encoder,
                      ("-mct", "0"))
    yield from _cells("jpeg2000-lossless", ".4.90", "ybr-full", encoder,
                      ("-mct", "0", "420"), variant="420", is_lossy=True)
    for variant, options in (
            ("jp2", ("jp2",)), ("tiles", ("-t", "128,96")),
            ("tile-parts", ("-t", "128,96", "-TP", "R", "-SOP", "-EPH")),
            ("rpcl", ("-p", "RPCL", "-n", "4", "-b", "32,32")),
            ("bypass", ("-M", "1"))):
        yield from _cells("jpeg2000-lossless", ".4.90", "mono16", encoder,
                          options, variant=variant)
    for variant, how in (("empty", _EMPTY), ("extended", _EXTENDED),
                         ("split", _SPLIT), ("split-empty", _SPLIT_EMPTY)):
        yield from _cells("jpeg2000-lossless", ".4.90", "mono16-strip",
                          encoder, how=how, variant=variant)
    lossy = ("-I", "-r", "8")
    yield from _cells("jpeg2000", ".4.91",
                      "mono8 mono12 mono12-signed mono16", encoder, lossy,
                      is_lossy=True)
    yield from _cells("jpeg2000", ".4.91", "rgb8 rgb16", encoder, lossy,
                      **_LOSSY_COLOUR)
    yield from _cells("jpeg2000", ".4.91", "ybr-full", encoder,
                      ("-mct", "0", "-I", "-r", "8", "420"), variant="420",
                      is_lossy=True)
    yield from _cells("jpeg2000", ".4.91", "rgb8", encoder, ("jp2", *lossy),
                      variant="jp2", **_LOSSY_COLOUR)
    yield from _cells("jpeg2000-lossless", ".4.90", "mono8 mono16 rgb8",
                      "gdcmconv", ("--j2k",), variant="gdcm")


def _high_throughput() -> Iterator[Cell]:
    # Without signed values: ojph_compress takes them for unsigned ones.
    encoder = frame.high_throughput
    grey = "mono8 mono8-inverse mono8-odd mono8-frames mono12 mono16 palette8"
    for syntax, uid, options in (
            ("htj2k-lossless", ".4.201", ("-reversible", "true")),
            ("htj2k-lossless-rpcl", ".4.202",
             ("-reversible", "true", "-prog_order", "RPCL"))):
        yield from _cells(syntax, uid, grey, encoder, options)
        yield from _cells(syntax, uid, "rgb8 rgb16", encoder, options,
                          **_LOSSLESS_COLOUR)
    yield from _cells("htj2k-lossless", ".4.201", "rgb8", encoder,
                      ("-reversible", "true", "-colour_trans", "false"),
                      variant="no-transform")
    lossy = ("-qstep", "0.005")
    yield from _cells("htj2k", ".4.203", "mono8 mono12 mono16", encoder, lossy,
                      is_lossy=True)
    yield from _cells("htj2k", ".4.203", "rgb8", encoder, lossy,
                      **_LOSSY_COLOUR)


def _jpeg_xl() -> Iterator[Cell]:
    lossless = ("-d", "0", "-e", "3")
    yield from _cells("jpegxl-lossless", ".4.110", (
        "mono8 mono8-inverse mono8-odd mono8-frames mono12 mono16 palette8 "
        "rgb8 rgb16"), frame.jpeg_xl, lossless)
    yield from _cells("jpegxl-lossless", ".4.110", "rgb8", frame.jpeg_xl,
                      (*lossless, "--container=1"), variant="container")
    yield from _cells("jpegxl-recompressed", ".4.111", "mono8 mono8-frames",
                      frame.jpeg_xl_from_jpeg, is_lossy=True)
    yield from _cells("jpegxl-recompressed", ".4.111", "rgb8 rgb8-odd",
                      frame.jpeg_xl_from_jpeg, photometric="YBR_FULL_422",
                      is_lossy=True)
    yield from _cells("jpegxl", ".4.112", "mono8 mono12 mono16", frame.jpeg_xl,
                      ("-d", "1", "-e", "3"), is_lossy=True)
    yield from _cells("jpegxl", ".4.112", "rgb8 rgb16", frame.jpeg_xl,
                      ("-d", "1", "-e", "3"), photometric="XYB",
                      is_lossy=True)


def _video() -> Iterator[Cell]:
    def cell(syntax: str, uid: str, codec: str, container: str,
             how: Encapsulation = _EMPTY, variant: str = "",
             bits: int | None = None, options: tuple = ()) -> Cell:
        return Cell(syntax, _ROOT + uid, VIDEO_LAYOUT, "video",
                    (codec, container, *options), variant or container, how,
                    "YBR_PARTIAL_420", bits, is_lossy=True)

    split = Encapsulation("empty", fragments=4)
    for container in ("es", "ts", "ps"):
        yield cell("mpeg2-main", ".4.100", "mpeg2", container)
    yield cell("mpeg2-high", ".4.101", "mpeg2", "es")
    yield cell("mpeg2-main", ".4.100.1", "mpeg2", "es", split, "split")
    yield cell("mpeg2-high", ".4.101.1", "mpeg2", "ts", split, "split")
    for container in ("es", "ts", "mp4"):
        yield cell("h264-41", ".4.102", "h264", container)
    yield cell("h264-41", ".4.102.1", "h264", "ts", split, "split")
    for syntax, uid, codec, container in (
            ("h264-41-bd", ".4.103", "h264", "ts"),
            ("h264-42-2d", ".4.104", "h264-42", "es"),
            ("h264-42-3d", ".4.105", "h264-3d", "mp4")):
        yield cell(syntax, uid, codec, container)
        yield cell(syntax, uid + ".1", codec, container, split, "split")
    for container in ("es", "ts", "mp4"):
        yield cell("hevc-main", ".4.107", "hevc", container)
    yield cell("hevc-main10", ".4.108", "hevc10", "es", bits=10)
    yield cell("hevc-main10", ".4.108", "hevc10", "mp4", bits=10)


def catalogue() -> list[Cell]:
    """Returns every cell; no two have the same name."""
    cells = [*_native(), *_per_frame_native(), *_rle(), *_jpeg_lossy(),
             *_jpeg_lossless(), *_jpeg_ls(), *_jpeg2000(), *_high_throughput(),
             *_jpeg_xl(), *_video()]
    names = [cell.name for cell in cells]
    assert len(set(names)) == len(names)
    return cells
