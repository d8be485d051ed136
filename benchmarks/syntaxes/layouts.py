"""The pixel layouts that files are made in, by name."""

from __future__ import annotations

from .layout import Layout
from .palettes import Palette

_ODD = {"rows": 241, "columns": 397}
_WORDS = {"bits_allocated": 16}

LAYOUTS = {layout.name: layout for layout in (
    Layout("mono8"),
    Layout("mono8-inverse", "MONOCHROME1"),
    Layout("mono8-signed", signed=True),
    Layout("mono8-of-7", bits_stored=7),
    Layout("mono8-odd", **_ODD),
    Layout("mono8-frames", frames=3),
    Layout("mono8-last-frame", frames=5, shown=(4, 4)),
    Layout("mono8-oblong", squeeze=.6),
    Layout("mono1", bits_allocated=1, bits_stored=1),
    Layout("mono1-odd-frames", bits_allocated=1, bits_stored=1, frames=3,
           shown=(1, 2), **_ODD),
    Layout("mono12-packed", bits_allocated=12, bits_stored=12),
    Layout("mono12-packed-odd-frames", bits_allocated=12, bits_stored=12,
           frames=3, shown=(1, 2), **_ODD),
    Layout("mono10", bits_stored=10, **_WORDS),
    Layout("mono12", bits_stored=12, **_WORDS),
    Layout("mono12-inverse", "MONOCHROME1", bits_stored=12, **_WORDS),
    Layout("mono12-top", bits_stored=12, high_bit=15, **_WORDS),
    Layout("mono12-signed", bits_stored=12, signed=True, **_WORDS),
    Layout("mono12-signed-top", bits_stored=12, high_bit=15, signed=True,
           **_WORDS),
    Layout("mono12-frames", bits_stored=12, frames=3, **_WORDS),
    Layout("mono14-odd", bits_stored=14, **_WORDS, **_ODD),
    Layout("mono16", bits_stored=16, **_WORDS),
    Layout("mono16-signed", bits_stored=16, signed=True, **_WORDS),
    Layout("mono16-enhanced", bits_stored=16, frames=3, shown=(1, 1),
           enhanced=True, **_WORDS),
    Layout("mono24", bits_allocated=24, bits_stored=24),
    Layout("mono32", bits_allocated=32, bits_stored=32),
    Layout("mono32-signed", bits_allocated=32, bits_stored=32, signed=True),
    Layout("mono64", bits_allocated=64, bits_stored=64),
    Layout("float", bits_allocated=32, kind="float"),
    Layout("float-frames", bits_allocated=32, kind="float", frames=3,
           shown=(2, 2)),
    Layout("double", bits_allocated=64, kind="double"),
    Layout("palette8", "PALETTE COLOR", palette=Palette()),
    Layout("palette8-of-8-bits", "PALETTE COLOR", palette=Palette(bits=8)),
    Layout("palette8-segmented", "PALETTE COLOR",
           palette=Palette(segmented=True)),
    Layout("palette16", "PALETTE COLOR", bits_stored=16, **_WORDS,
           palette=Palette(entries=65536)),
    Layout("palette16-first", "PALETTE COLOR", bits_stored=16, **_WORDS,
           palette=Palette(entries=4096, first=1000)),
    Layout("palette16-segmented", "PALETTE COLOR", bits_stored=16, **_WORDS,
           palette=Palette(entries=4096, first=500, segmented=True)),
    Layout("supplemental", bits_stored=12, **_WORDS,
           palette=Palette(entries=2048, first=2048, supplemental=True)),
    Layout("rgb8", "RGB"),
    Layout("rgb8-planar", "RGB", planar=1),
    Layout("rgb8-odd", "RGB", **_ODD),
    Layout("rgb8-frames", "RGB", frames=3, shown=(1, 2)),
    Layout("rgb8-planar-frames", "RGB", planar=1, frames=3, shown=(1, 2)),
    Layout("rgb12", "RGB", bits_stored=12, **_WORDS),
    Layout("rgb16", "RGB", bits_stored=16, **_WORDS),
    Layout("rgb16-planar", "RGB", bits_stored=16, planar=1, **_WORDS),
    Layout("rgb32", "RGB", bits_allocated=32, bits_stored=32),
    Layout("ybr-full", "YBR_FULL"),
    Layout("ybr-full-planar", "YBR_FULL", planar=1),
    Layout("ybr-full-422", "YBR_FULL_422"),
    Layout("ybr-full-422-frames", "YBR_FULL_422", frames=3, shown=(2, 2)),
    Layout("ybr-partial-422", "YBR_PARTIAL_422"),
)}
LAYOUTS |= {f"mono{bits}": Layout(f"mono{bits}", bits_stored=bits,
                                  bits_allocated=8 if bits <= 8 else 16)
            for bits in (2, 4, 9, 13, 15)}
# A film strip of eleven frames, so that a basic offset table matters.
LAYOUTS["mono16-strip"] = Layout(
    "mono16-strip", bits_stored=16, rows=64, columns=384, frames=11,
    shown=(10, 10), **_WORDS)
VIDEO_LAYOUT = Layout("video", "RGB", rows=256, columns=384, frames=5)
