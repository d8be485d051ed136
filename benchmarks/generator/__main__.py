"""make-samples: writes DICOM files with known burnt-in text.

Writes DIR/*.dcm, DIR/truth.jsonl and DIR/MANIFEST.tsv. Exit status: 0 done,
2 could not be done (the reason is on stderr).
"""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import pathlib
import sys
import time

from . import fonts
from .accuracy import barcodes, faces, pixel_letters, real_frames
from .accuracy.compose import make_accuracy_sample
from .cines import make_cine_sample
from .files import CompressionError, write_file
from .presets import DEMO, cine
from .sample import Sample, make_sample
from .scenes import Scene, random_scene
from .seeds import stream
from .truth import manifest_row, truth_entry, write_truth


def planned_scene(arguments: argparse.Namespace, index: int) -> Scene:
    """Returns the scene of sample `index` under the given command line."""
    if arguments.preset == "demo":
        return DEMO[index]
    if arguments.preset == "cine":
        return cine(arguments.frames, arguments.rows, arguments.columns)
    return random_scene(stream(arguments.seed, arguments.split, index, "scene"))


def _sample(arguments: argparse.Namespace, index: int) -> Sample:
    if arguments.profile == "accuracy":
        return make_accuracy_sample(arguments.seed, index, arguments.split,
                                    arguments.backgrounds)
    if arguments.profile == "cines":
        return make_cine_sample(arguments.seed, index, arguments.split)
    return make_sample(planned_scene(arguments, index), arguments.seed, index,
                       arguments.split)


def _make_one(arguments: argparse.Namespace,
              index: int) -> tuple[dict, list[str]]:
    sample = _sample(arguments, index)
    name = f"sample-{index:06d}-{sample.scene.modality.lower()}.dcm"
    path = arguments.out / name
    write_file(sample, path)
    return truth_entry(sample, name), manifest_row(sample, name,
                                                   path.read_bytes())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("make-samples", description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True,
                        help="folder to write to; made if missing")
    parser.add_argument("--count", type=int, default=100,
                        help="how many random samples (default 100)")
    parser.add_argument("--first", type=int, default=0,
                        help="index of the first random sample (default 0)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=sorted(fonts.FONTS),
                        default="train", help="which fonts and random numbers")
    parser.add_argument("--jobs", type=int, default=1,
                        help="processes to use (default 1)")
    parser.add_argument("--profile", choices=("default", "accuracy",
                                                 "cines"),
                        default="default", help="which mixture of random "
                        "samples; accuracy has text in every look and hard "
                        "negatives, half and half; in cines, most of "
                        "them short, text comes, goes and moves")
    parser.add_argument("--backgrounds", type=pathlib.Path,
                        help="accuracy: folder with clean DICOM files to write "
                        "on (a MANIFEST.tsv says which are clean)")
    parser.add_argument("--preset", choices=("demo", "cine"),
                        help="a fixed catalogue instead of random samples")
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--rows", type=int, default=768)
    parser.add_argument("--columns", type=int, default=1024)
    return parser


def _indices(arguments: argparse.Namespace) -> range:
    if arguments.preset:
        return range(len(DEMO) if arguments.preset == "demo" else 1)
    return range(arguments.first, arguments.first + arguments.count)


def _make_all(arguments: argparse.Namespace) -> list[tuple[dict, list[str]]]:
    make = functools.partial(_make_one, arguments)
    if arguments.jobs <= 1:
        return [make(index) for index in _indices(arguments)]
    with multiprocessing.Pool(arguments.jobs) as pool:
        return list(pool.imap(make, _indices(arguments), chunksize=8))


class UsageError(RuntimeError):
    """Options that do not go together, or a folder that has nothing."""


def _check(arguments: argparse.Namespace) -> None:
    """Raises what would stop the run in its middle."""
    fonts.installed(arguments.split)
    if arguments.profile == "cines" and arguments.preset:
        raise UsageError("--profile cines takes no --preset.")
    if arguments.profile != "accuracy":
        if arguments.backgrounds:
            raise UsageError("--backgrounds needs --profile accuracy.")
        return
    if arguments.preset:
        raise UsageError("--profile accuracy takes no --preset.")
    faces.check_installed(arguments.split,
                          pixel_letters.DEBIAN_FONTS[arguments.split])
    barcodes.check_installed()
    if arguments.backgrounds and not real_frames.clean_files(
            arguments.backgrounds, arguments.split):
        raise UsageError(f"{arguments.backgrounds} has no clean frame of the "
                         f"{arguments.split} split.")


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    arguments = _parser().parse_args(argv)
    start = time.monotonic()
    try:
        _check(arguments)
        arguments.out.mkdir(parents=True, exist_ok=True)
        made = _make_all(arguments)
        write_truth(arguments.out, [entry for entry, _ in made],
                    [row for _, row in made])
    except (fonts.NoFontError, UsageError, CompressionError, OSError) as error:
        print(f"make-samples: {error}", file=sys.stderr)
        return 2
    seconds = max(time.monotonic() - start, 1e-6)
    print(f"{len(made)} files in {arguments.out}, {seconds:.1f} s "
          f"({len(made) / seconds:.1f} files/s)", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
