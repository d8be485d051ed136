"""Fixed catalogues: the demo's files and the cine for memory measurements."""

from __future__ import annotations

from dataclasses import replace

from .scenes import Scene

_RADIOGRAPH = Scene("CR", "chest", 880, 720, bits_stored=12)
_SCAN = Scene("US", "us-sector", 600, 800, group="ultrasound")
_SLICE = Scene("CT", "ct-abdomen", bits_stored=16, signed=True,
               ink="in-window", group="abdomen")

# Each feature at least once: modalities, depths, polarities, colour models,
# planar layouts, cines, transfer syntaxes, kinds of text.
DEMO = (
    # Planted identifiers.
    replace(_SCAN, syntax="jpeg-lossless"),
    replace(_SCAN, colour="rgb", syntax="jpeg-baseline"),
    replace(_SCAN, frames=12, syntax="rle"),
    replace(_SLICE, syntax="explicit"),
    replace(_SLICE, ink="above-window", syntax="jpeg-ls"),
    replace(_SLICE, background="ct-head", ink="top", group=None,
            bits_stored=12, signed=False, syntax="implicit"),
    Scene("MR", "mr-brain", bits_stored=16, ink="in-window",
          syntax="big-endian"),
    replace(_RADIOGRAPH, photometric="MONOCHROME1", ink="top",
            syntax="implicit"),
    Scene("DX", "hand", 1024, 1024, bits_stored=12, burned_in="NO"),
    Scene("MG", "breast", 1024, 768, bits_stored=12, ink="top",
          syntax="jpeg-lossless"),
    Scene("XA", "vessels", frames=10, text_frames=(3, 5),
          syntax="explicit"),
    Scene("SC", "screenshot", 768, 1024, colour="rgb", planar=1,
          syntax="deflated"),
    Scene("SC", "paper", 800, 600, syntax="jpeg-baseline"),
    Scene("SC", "film", 800, 800, burned_in="YES"),
    Scene("US", "us-linear", 480, 640, colour="palette", syntax="implicit"),
    Scene("DX", "forearm", 800, 640, bits_stored=14, ink="low"),
    Scene("US", "us-doppler", 600, 800, colour="rgb", header_knows=False,
          syntax="rle"),
    # Harmless text only.
    replace(_RADIOGRAPH, text="benign", says=("R",)),
    Scene("CT", "ct-chest", bits_stored=16, signed=True, text="benign",
          ink="in-window", says=("kVp 120", "mA 250", "SL 2.5", "L")),
    Scene("US", "us-sector", 600, 800, text="benign",
          says=("MI 1.1", "TIS 0.4", "16.0 cm", "Gn 62")),
    # No text at all.
    replace(_RADIOGRAPH, background="hand", photometric="MONOCHROME1",
            text="none"),
    Scene("CT", "ct-head", bits_stored=16, signed=True, text="none",
          syntax="jpeg-ls"),
    Scene("MR", "mr-thigh", bits_stored=16, text="none"),
    Scene("US", "us-doppler", 480, 640, colour="rgb", text="none",
          syntax="jpeg-baseline"),
    Scene("XA", "vessels", frames=6, text="none", syntax="jpeg-lossless"),
)


def cine(frames: int, rows: int, columns: int) -> Scene:
    """Returns one long ultrasound loop with a name that stands still."""
    return Scene("US", "us-sector", rows, columns, frames=frames)
