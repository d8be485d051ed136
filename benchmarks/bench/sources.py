"""Where labelled files come from: the generator, in batches, or a folder."""

from __future__ import annotations

import contextlib
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .labels import Labelled, read_manifest, read_truth
from .measuring import REPOSITORY

BATCH = 20


class SourceError(Exception):
    """The files cannot be made or read."""


@dataclass(frozen=True)
class Recipe:
    """Which samples; see make-samples --help. `backgrounds` may be None."""

    split: str
    profile: str
    seed: int
    backgrounds: pathlib.Path | None = None

    @property
    def options(self) -> list[str]:
        """The options of make-samples."""
        given = ["--split", self.split, "--profile", self.profile, "--seed",
                 str(self.seed)]
        return given + (["--backgrounds", str(self.backgrounds)]
                        if self.backgrounds else [])


@dataclass(frozen=True)
class GeneratorBatch:
    """Samples [first, first + count), made when they are wanted."""

    recipe: Recipe
    first: int
    count: int

    @property
    def keys(self) -> list[str]:
        """The keys of its files."""
        return [str(self.first + i) for i in range(self.count)]

    @contextlib.contextmanager
    def files(self, scratch: pathlib.Path) -> Iterator[list[Labelled]]:
        """Makes the files below `scratch` and deletes them at the end."""
        with tempfile.TemporaryDirectory(dir=scratch) as name:
            made = subprocess.run(
                [sys.executable, REPOSITORY / "benchmarks/make-samples",
                 *self.recipe.options, "--out", name, "--first",
                 str(self.first), "--count", str(self.count)],
                check=False, capture_output=True, text=True)
            if made.returncode != 0:
                raise SourceError(made.stderr.strip()[-500:])
            yield read_truth(pathlib.Path(name) / "truth.jsonl")


@dataclass(frozen=True)
class FolderBatch:
    """Files of a labelled folder, which stay where they are."""

    labelled: Sequence[Labelled]

    @property
    def keys(self) -> list[str]:
        """The keys of its files."""
        return [one.key for one in self.labelled]

    @contextlib.contextmanager
    def files(self, scratch: pathlib.Path) -> Iterator[Sequence[Labelled]]:
        """Hands the files out; needs no scratch."""
        del scratch
        yield self.labelled


Batch = GeneratorBatch | FolderBatch


def each_file(batches: Sequence[Batch],
              scratch: pathlib.Path) -> Iterator[Labelled]:
    """Yields the files of all batches, each there until the next is asked
    for."""
    for batch in batches:
        with batch.files(scratch) as files:
            yield from files


def generated(recipe: Recipe, count: int) -> list[Batch]:
    """Returns the batches of the first `count` samples."""
    return [GeneratorBatch(recipe, first, min(BATCH, count - first))
            for first in range(0, count, BATCH)]


def labelled_folder(manifest: pathlib.Path) -> list[Batch]:
    """Returns the batches of a folder with a MANIFEST.tsv."""
    try:
        labelled = read_manifest(manifest)
    except (OSError, ValueError, KeyError) as error:
        raise SourceError(f"{manifest} cannot be read: {error!r}")
    return [FolderBatch(labelled[first:first + BATCH])
            for first in range(0, len(labelled), BATCH)]
