"""What the generator's tests share: the import path and small samples."""

import functools
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pydicom

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.generator.__main__ import main  # noqa: E402
from benchmarks.generator.files import write_file  # noqa: E402
from benchmarks.generator.sample import Sample, make_sample  # noqa: E402
from benchmarks.generator.scenes import Scene  # noqa: E402

COMPRESSED = ("jpeg-baseline", "jpeg-lossless", "jpeg-ls", "rle")
_DECODERS = {"jpeg-baseline": "dcmdjpeg", "jpeg-lossless": "dcmdjpeg",
             "jpeg-ls": "dcmdjpls", "rle": "dcmdrle"}


def run(folder: pathlib.Path, *arguments: object) -> int:
    """Runs make-samples in this process and returns its exit status."""
    return main(["--out", str(folder), *map(str, arguments)])


def contents(folder: pathlib.Path) -> dict[str, bytes]:
    """Returns every file of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def decoded(path: pathlib.Path, syntax: str) -> pydicom.Dataset:
    """Returns the file with its pixels decompressed by DCMTK."""
    if syntax not in _DECODERS:
        return pydicom.dcmread(path)
    with tempfile.TemporaryDirectory() as folder:
        plain = pathlib.Path(folder) / "plain.dcm"
        subprocess.run([_DECODERS[syntax], str(path), str(plain)], check=True)
        return pydicom.dcmread(plain)


def round_trip(scene: Scene, seed: int = 3) -> tuple[Sample, np.ndarray]:
    """Writes one sample and returns it with the pixels a reader gets, both
    shaped (frames, rows, columns[, 3])."""
    sample = make_sample(scene, seed, 0)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "one.dcm"
        write_file(sample, path)
        pixels = decoded(path, scene.syntax).pixel_array
    return sample, pixels.reshape(sample.frames.shape)


@functools.lru_cache(maxsize=1)
def demo_folder() -> pathlib.Path:
    """Returns a folder with the demo preset, made once for all tests."""
    keeper = tempfile.TemporaryDirectory()
    _KEEPERS.append(keeper)
    folder = pathlib.Path(keeper.name)
    assert run(folder, "--preset", "demo") == 0
    return folder


_KEEPERS: list[tempfile.TemporaryDirectory] = []
