"""The files that calls are about: small, usual and large frames, cines, and
some that are no image at all."""

from __future__ import annotations

import pathlib
import random
from dataclasses import replace

from ..archive import small_instances
from ..generator.files import write_file
from ..generator.presets import DEMO
from ..generator.sample import make_sample
from ..generator.scenes import Scene
from .arrivals import Mix

WEIGHTS = {"small": .5, "usual": .25, "large": .05, "cine": .05,
           "malformed": .15}
_SMALL = 8
_USUAL = tuple(DEMO[index] for index in (0, 3, 4, 6, 14, 18, 22, 23))
_LARGE = (replace(DEMO[8], rows=2048, columns=2048),
          replace(DEMO[20], rows=2500, columns=2048))
_CINES = (DEMO[2], DEMO[10], DEMO[24])
_PIXEL_DATA = b"\xe0\x7f\x10\x00"


def write_small(folder: pathlib.Path, number: int) -> pathlib.Path:
    """Writes a small instance; the first two show a name."""
    data = small_instances.template(number, "DOE JANE" if number < 2 else "")
    for uid in (small_instances.STUDY_UID, small_instances.SERIES_UID,
                small_instances.INSTANCE_UID):
        data = data.replace(*small_instances.numbered(uid, number))
    path = folder / f"small-{number}.dcm"
    path.write_bytes(data)
    return path


def _write_scenes(folder: pathlib.Path, kind: str, scenes: tuple[Scene, ...],
                  first: int) -> list[pathlib.Path]:
    paths = []
    for number, scene in enumerate(scenes):
        path = folder / f"{kind}-{number}.dcm"
        write_file(make_sample(scene, 1, first + number, "train"), path)
        paths.append(path)
    return paths


def damage(data: bytes, dice: random.Random) -> dict[str, bytes]:
    """Returns `data`, an object, broken in several ways."""
    pixels = data.rfind(_PIXEL_DATA)
    flipped = bytearray(data)
    for _ in range(24):
        place = dice.randrange(132, len(flipped))
        flipped[place] ^= 1 << dice.randrange(8)
    noise = bytearray(data)
    for place in range(pixels + 64, len(noise)):
        noise[place] = dice.randrange(256)
    return {"cut-in-header": data[:min(400, pixels)],
            "cut-in-pixels": data[:pixels + (len(data) - pixels) * 6 // 10],
            "flipped": bytes(flipped), "noise": bytes(noise),
            "no-header": b"\0" * 128 + b"DICM" + dice.randbytes(4000),
            "no-dicom": dice.randbytes(4000)}


def _write_malformed(folder: pathlib.Path, whole: list[pathlib.Path],
                     seed: int) -> list[pathlib.Path]:
    paths = []
    for number, source in enumerate(whole):
        dice = random.Random(f"{seed}-{number}")
        for name, data in damage(source.read_bytes(), dice).items():
            path = folder / f"malformed-{number}-{name}.dcm"
            path.write_bytes(data)
            paths.append(path)
    return paths


def make_mix(folder: pathlib.Path, seed: int = 1) -> Mix:
    """Writes the files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"small": [write_small(folder, number)
                       for number in range(_SMALL)],
             "usual": _write_scenes(folder, "usual", _USUAL, 0),
             "large": _write_scenes(folder, "large", _LARGE, 100),
             "cine": _write_scenes(folder, "cine", _CINES, 200)}
    # A native image, a JPEG lossless one and an RLE cine.
    files["malformed"] = _write_malformed(
        folder, [files["usual"][1], files["usual"][0], files["cine"][0]], seed)
    return Mix(files, WEIGHTS)


def make_small_mix(folder: pathlib.Path) -> Mix:
    """Writes files that are quick to inspect, for tests."""
    folder.mkdir(parents=True, exist_ok=True)
    small = [write_small(folder, number) for number in range(_SMALL)]
    usual = _write_scenes(folder, "usual", (DEMO[3], DEMO[22]), 0)
    return Mix({"small": small, "usual": usual, "malformed": _write_malformed(
        folder, usual[:1], seed=1)},
               {"small": .6, "usual": .2, "malformed": .2})
