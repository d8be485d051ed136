"""Encoders that make one compressed frame from one frame's cells.

Each takes (layout, cells of shape (rows, columns, samples), options, scratch
folder) and returns the compressed bytes.
"""

from __future__ import annotations

import pathlib
import zlib
from dataclasses import replace

import numpy as np
from PIL import Image

from .layout import Layout, pack
from .tools import read_output, run_tool


def uncompressed(layout: Layout, cells: np.ndarray, _options: tuple,
                 _scratch: pathlib.Path) -> bytes:
    """A fragment of native pixels (1.2.840.10008.1.2.1.98)."""
    return pack(layout, cells[None])


def deflated(layout: Layout, cells: np.ndarray, _options: tuple,
             _scratch: pathlib.Path) -> bytes:
    """Native pixels, deflated without a zlib header (PS3.5 A.4.13)."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(pack(layout, cells[None])) + packer.flush()


def _big_endian_samples(layout: Layout, cells: np.ndarray) -> bytes:
    wide = layout.bits_stored > 8
    return cells.astype(">u2" if wide else "u1").tobytes()


def _write_pnm(layout: Layout, cells: np.ndarray,
               path: pathlib.Path) -> pathlib.Path:
    """PGM or PPM with as many bits as are stored."""
    kind = "P6" if layout.samples == 3 else "P5"
    path = path.with_suffix(".ppm" if layout.samples == 3 else ".pgm")
    head = f"{kind}\n{layout.columns} {layout.rows}\n" \
           f"{2 ** layout.bits_stored - 1}\n"
    path.write_bytes(head.encode() + _big_endian_samples(layout, cells))
    return path


def jpeg2000(layout: Layout, cells: np.ndarray, options: tuple,
             scratch: pathlib.Path) -> bytes:
    """A codestream, or with the option "jp2" a JP2 file, by opj_compress.

    With the option "420" the chroma has half the rows and columns.
    """
    wide = layout.bits_stored > 8
    planes = np.moveaxis(cells, -1, 0).astype("<u2" if wide else "u1")
    halved = "420" in options
    parts = [plane[::2, ::2] if halved and number else plane
             for number, plane in enumerate(planes)]
    source = scratch / "frame.rawl"
    source.write_bytes(b"".join(part.tobytes() for part in parts))
    target = scratch / ("frame.jp2" if "jp2" in options else "frame.j2k")
    target.unlink(missing_ok=True)
    steps = "@1x1:2x2:2x2" if halved else ""
    shape = (f"{layout.columns},{layout.rows},{layout.samples},"
             f"{layout.bits_stored},{'s' if layout.signed else 'u'}{steps}")
    rest = [option for option in options if option not in ("jp2", "420")]
    run_tool("opj_compress", "-i", source, "-o", target, "-F", shape, *rest)
    return read_output(target)


def high_throughput(layout: Layout, cells: np.ndarray, options: tuple,
                    scratch: pathlib.Path) -> bytes:
    """An HTJ2K codestream by ojph_compress."""
    target = scratch / "frame.j2c"
    target.unlink(missing_ok=True)
    if layout.samples == 3 or not layout.signed:
        source, shape = _write_pnm(layout, cells, scratch / "frame"), []
    else:
        source = scratch / "frame.yuv"
        source.write_bytes(cells.astype("<u2").tobytes())
        shape = ["-dims", f"{{{layout.columns},{layout.rows}}}", "-num_comps",
                 "1", "-signed", "true", "-bit_depth", layout.bits_stored,
                 "-downsamp", "{1,1}"]
    run_tool("ojph_compress", "-i", source, "-o", target, *shape, *options)
    return read_output(target)


def jpeg_xl(layout: Layout, cells: np.ndarray, options: tuple,
            scratch: pathlib.Path) -> bytes:
    """A JPEG XL codestream or container by cjxl.

    cjxl 0.7 takes each word for 16 bits, whatever the PGM file says.
    """
    bits, depth = layout.bits_stored, ()
    if bits not in (8, 16):
        cells = np.rint(cells * (65535 / (2 ** bits - 1)))
        layout, depth = replace(layout, bits_stored=16), (
            f"--override_bitdepth={bits}",)
    source = _write_pnm(layout, cells, scratch / "frame")
    target = scratch / "frame.jxl"
    run_tool("cjxl", source, target, *options, *depth)
    return read_output(target)


def jpeg_xl_from_jpeg(layout: Layout, cells: np.ndarray, options: tuple,
                      scratch: pathlib.Path) -> bytes:
    """A JPEG stream, recompressed so that it can be had back."""
    source, target = scratch / "frame.jpg", scratch / "frame.jxl"
    mode = "RGB" if layout.samples == 3 else "L"
    pixels = cells.astype(np.uint8)
    if mode == "L":
        pixels = pixels[..., 0]
    Image.fromarray(pixels, mode).save(source, quality=92)
    run_tool("cjxl", source, target, "--lossless_jpeg=1", *options)
    return read_output(target)
