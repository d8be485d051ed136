"""Scenes: everything about one sample except its random details."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .seeds import choose, pick

# Transfer syntaxes by the short name used in scenes. "jpeg-pillow" is JPEG
# baseline by another encoder than "jpeg-baseline", which runs a DCMTK tool.
SYNTAXES = {
    "implicit": "1.2.840.10008.1.2",
    "explicit": "1.2.840.10008.1.2.1",
    "deflated": "1.2.840.10008.1.2.1.99",
    "big-endian": "1.2.840.10008.1.2.2",
    "jpeg-baseline": "1.2.840.10008.1.2.4.50",
    "jpeg-pillow": "1.2.840.10008.1.2.4.50",
    "jpeg-lossless": "1.2.840.10008.1.2.4.70",
    "jpeg-ls": "1.2.840.10008.1.2.4.80",
    "rle": "1.2.840.10008.1.2.5",
}


@dataclass(frozen=True)
class Scene:
    """A plan for one file.

    `background` names an entry of BACKGROUNDS. `colour` is grey, rgb or
    palette. `text` is none, benign or identifying. `ink` is how text stands
    out: normal, low (faint), or, for 16-bit images, top (top of the stored
    range), in-window, above-window or below-window (visible only outside the
    header's window). `text_frames` is (first, last), or None for all frames.
    `says` are the harmless lines; empty draws them at random.
    `group` names a study that several samples share; None for one of its own.
    """

    modality: str
    background: str
    rows: int = 512
    columns: int = 512
    frames: int = 1
    colour: str = "grey"
    photometric: str = "MONOCHROME2"
    bits_stored: int = 8
    signed: bool = False
    planar: int = 0
    syntax: str = "explicit"
    text: str = "identifying"
    ink: str = "normal"
    text_frames: tuple[int, int] | None = None
    header_knows: bool = True
    burned_in: str | None = None
    says: tuple[str, ...] = ()
    group: str | None = None

    @property
    def bits_allocated(self) -> int:
        """Bits a stored sample takes: 8 or 16."""
        return 8 if self.bits_stored <= 8 else 16


# The backgrounds that show a modality, by their shares.
MODALITY_BACKGROUNDS = {
    "US": {"us-sector": 3, "us-linear": 1.5, "us-doppler": 1.5},
    "CT": {"ct-head": 1, "ct-chest": 1, "ct-abdomen": 1},
    "MR": {"mr-brain": 2, "mr-thigh": 1},
    "CR": {"chest": 2, "hand": 1, "forearm": 1},
    "DX": {"chest": 2, "hand": 1, "forearm": 1},
    "MG": {"breast": 1},
    "XA": {"vessels": 1},
    "SC": {"screenshot": 2, "film": 1, "paper": 1},
}
_MODALITIES = {"US": 28, "CT": 16, "MR": 12, "CR": 9, "DX": 9, "MG": 6,
               "XA": 6, "SC": 14}
_SIZES = {
    "US": ((480, 640), (600, 800), (512, 512), (768, 1024)),
    "CT": ((512, 512),),
    "MR": ((256, 256), (320, 320), (512, 512), (512, 448)),
    "CR": ((640, 520), (880, 720), (1024, 840)),
    "DX": ((640, 640), (800, 960), (1024, 1024)),
    "MG": ((800, 640), (1024, 768)),
    "XA": ((512, 512), (768, 768)),
    "SC": ((512, 512), (600, 800), (768, 1024)),
}
_SYNTAX_SHARES = {"explicit": 50, "implicit": 18, "deflated": 4,
                  "big-endian": 3, "jpeg-baseline": 9, "jpeg-lossless": 7,
                  "jpeg-ls": 4, "rle": 5}


def _ultrasound(rng: np.random.Generator, scene: Scene) -> Scene:
    if scene.background == "us-doppler":
        colour = "rgb"
    else:
        colour = choose(rng, {"grey": 5, "rgb": 4, "palette": 1})
    frames = int(choose(rng, {1: 12, 4: 1, 8: 1}))
    return replace(scene, colour=colour, frames=frames)


def _deep(rng: np.random.Generator, scene: Scene) -> Scene:
    ink = choose(rng, {"top": 3, "in-window": 5, "above-window": 2, "low": 1,
                       "below-window": .5})
    signed = scene.modality == "CT" and rng.random() < .7
    bits = 16 if signed or scene.modality == "MR" else 12
    return replace(scene, bits_stored=bits, signed=signed, ink=ink)


def _xray(rng: np.random.Generator, scene: Scene) -> Scene:
    inverted = scene.modality in ("CR", "DX") and rng.random() < .4
    ink = choose(rng, {"top": 5, "normal": 4, "low": 1})
    bits = int(choose(rng, {12: 6, 10: 2, 14: 1, 8: 1}))
    return replace(scene, bits_stored=bits, ink=ink, photometric=(
        "MONOCHROME1" if inverted else "MONOCHROME2"))


def _angiogram(rng: np.random.Generator, scene: Scene) -> Scene:
    return replace(scene, frames=int(choose(rng, {1: 2, 6: 1, 10: 1})),
                   bits_stored=int(choose(rng, {8: 3, 10: 1})))


def _secondary(rng: np.random.Generator, scene: Scene) -> Scene:
    colour = "rgb" if scene.background == "screenshot" else "grey"
    return replace(scene, colour=colour)


_DETAILS = {"US": _ultrasound, "CT": _deep, "MR": _deep, "CR": _xray,
            "DX": _xray, "MG": _xray, "XA": _angiogram, "SC": _secondary}


def _fitting_syntax(rng: np.random.Generator, scene: Scene) -> str:
    """Draws a transfer syntax that can carry the scene's pixels."""
    shares = dict(_SYNTAX_SHARES)
    if scene.bits_stored > 8 or scene.colour == "palette":
        del shares["jpeg-baseline"]
    if scene.colour == "palette":
        for name in ("big-endian", "jpeg-lossless", "jpeg-ls"):
            del shares[name]
    return choose(rng, shares)


def random_scene(rng: np.random.Generator) -> Scene:
    """Draws a scene as varied as a hospital's archive."""
    modality = choose(rng, _MODALITIES)
    rows, columns = pick(rng, _SIZES[modality])
    background = choose(rng, MODALITY_BACKGROUNDS[modality])
    scene = Scene(modality, background, rows, columns,
                  ink=choose(rng, {"normal": 8, "low": 1}))
    scene = _DETAILS[modality](rng, scene)
    scene = replace(
        scene, text=choose(rng, {"identifying": 50, "benign": 25, "none": 25}),
        planar=int(scene.colour == "rgb" and rng.random() < .3),
        header_knows=bool(rng.random() < .85),
        burned_in=choose(rng, {None: 85, "YES": 7, "NO": 8}))
    if scene.text == "none" and scene.burned_in == "YES":
        scene = replace(scene, burned_in=None)
    if scene.frames > 2 and rng.random() < .3:
        first = int(rng.integers(0, scene.frames - 1))
        last = int(rng.integers(first, scene.frames - 1))
        scene = replace(scene, text_frames=(first, last))
    return replace(scene, syntax=_fitting_syntax(rng, scene))
