"""The cines and series that burntin-bench series measures, made once and found
again."""

from __future__ import annotations

import hashlib
import pathlib
import shutil
import tempfile
from dataclasses import dataclass

from ..generator import moving
from .measuring import REPOSITORY


@dataclass(frozen=True)
class Subject:
    """What is inspected as a whole: a cine of one file, or a series."""

    name: str
    paths: tuple[str, ...]
    frames: int  # of all files together
    rows: int
    columns: int
    bytes: int   # of all files together


def generator_digest() -> str:
    """Returns a name for what the generator makes: that of its sources."""
    digest = hashlib.sha256()
    for file in sorted((REPOSITORY / "benchmarks/generator").rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


class LongFiles:
    """The folder with the files. What another generator made is in another
    folder, and is not used."""

    def __init__(self, folder: pathlib.Path, seed: int = 1) -> None:
        self._folder = folder / f"{generator_digest()}-{seed}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._seed = seed

    def cine(self, frames: int, rows: int, columns: int,
             text: bool) -> Subject:
        """Returns an ultrasound cine, JPEG baseline."""
        name = f"cine {'with' if text else 'without'} text"
        path = self._folder / (f"cine-{frames}-{rows}x{columns}"
                               f"{'-text' if text else ''}.dcm")
        if not path.exists():
            moving.write_cine(moving.ultrasound_cine(
                frames, rows, columns, text, self._seed), path)
        return Subject(name, (str(path),), frames, rows, columns,
                       path.stat().st_size)

    def series(self, slices: int, text: bool) -> Subject:
        """Returns a CT series, JPEG lossless."""
        name = f"series {'with' if text else 'without'} text"
        folder = self._folder / f"ct-{slices}{'-text' if text else ''}"
        if not folder.exists():
            part = pathlib.Path(tempfile.mkdtemp(dir=self._folder,
                                                 prefix=".part-"))
            try:
                moving.write_series(moving.ct_series(text, seed=self._seed),
                                    slices, part)
                part.replace(folder)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
        paths = sorted(folder.glob("*.dcm"))
        return Subject(name, tuple(map(str, paths)), len(paths), 512, 512,
                       sum(path.stat().st_size for path in paths))

    def warm_up(self) -> str:
        """Returns a small cine with text: whoever inspects it has loaded all
        that it needs."""
        return self.cine(9, 384, 512, True).paths[0]
