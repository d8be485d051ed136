"""The options of burntin-bench."""

from __future__ import annotations

import argparse
import os
import pathlib

from . import __doc__ as title
from .answers import BURNTIN, EVERY_FRAME, ONLY_NEW
from .growth import LENGTHS
from .measuring import MODELS, REPOSITORY

STANDARD_COUNT = 3000
STANDARD_RISK_COUNT = 3000
# Of the pictures that `series` makes.
SERIES_SEED = 2
PARTS = ("cines", "series", "scaling", "growth")
_PEERS = ("tesseract-psm11", "tesseract-psm3")

ACCURACY = f"""\
Measures accuracy on the generator's test split, or on a labelled folder, and
writes NAME.md, NAME.json and figures. A run that was stopped goes on where it
was. The standard setting is {STANDARD_COUNT} samples; --count 20000 is the
full run. Exit status: 0 every target is met, 1 some are not, 2 could not be
done.
"""
RISK = f"""\
Measures how well text that identifies is told from harmless text, and writes
NAME.md, NAME.json and figures. Files are read once, by burntin-read; what was
read is matched anew each time, by burntin-match. A run that was stopped goes on
where it was. The standard setting is {STANDARD_RISK_COUNT} samples, which hold
more than 10,000 legible strings. Exit status: 0 every target is met, 1 some are
not, 2 could not be done.
"""
SPEED = """\
Measures CPU time by stage and by megapixel, all methods in turn on the same
files, and writes NAME.md and NAME.json. Exit status: 0 done, 2 could not be
done.
"""
READERS = """\
Compares the readers on lines cut out by their labels, all in turn on the same
lines, and writes NAME.md and NAME.json. Exit status: 0 done, 2 could not be
done.
"""
DETECTORS = """\
Compares the networks that find text on the first picture of each file, all in
turn on the same pictures, and writes NAME.md and NAME.json. Exit status: 0
done, 2 could not be done.
"""
CINES = """\
Compares the inspection of cines with its oracle, which looks at every frame in
full, and prints a table; each difference is told on stderr, with its text.
With --one-by-one the frames are a series of single pictures instead. Files of
one frame are left out. Exit status: 0 no verdict differs and no finding of the
oracle is missed, 1 some do or are, 2 could not be done.
"""
SERIES = """\
Measures long cines and a CT series, which it makes itself: their CPU time
beside decoding alone, looking at every frame and Tesseract, frames a second
with one and two workers, and how CPU time and memory grow with the frames; and
simulates many workers. Writes NAME.md, NAME.json and figures. The files stay in
the folder of --work, and a run that was stopped goes on where it was. The
standard setting takes hours on two processors, --quick some minutes. Exit
status: 0 every target is met, 1 some are not, 2 could not be done.
"""


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("a share is from 0 to 1")
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


def _add_source(parser: argparse.ArgumentParser, count: int,
                profile: str) -> None:
    add = parser.add_argument
    add("--manifest", type=pathlib.Path, metavar="FOLDER",
        help="a folder with MANIFEST.tsv, or that file, instead of the "
        "generator's samples")
    add("--count", type=_positive, default=count,
        help=f"samples of the generator (default {count})")
    add("--seed", type=int, default=1)
    add("--split", choices=("test", "train"), default="test")
    add("--profile", choices=("accuracy", "cines", "default"), default=profile,
        help=f"of the generator (default {profile})")
    add("--backgrounds", type=pathlib.Path, metavar="FOLDER",
        help="clean DICOM files for the generator to write on")
    add("--models", type=pathlib.Path, default=MODELS)
    add("--name", help="of the page (default: of the command, and of the "
        "folder)")
    add("--out", type=pathlib.Path, default=None, metavar="DIR",
        help="where the page is written (default build/bench/NAME/page)")
    add("--scratch", type=pathlib.Path, default=None,
        help="where samples are made for a while (default the system's "
        "folder for temporary files)")


def _add_peers(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--peer", action="append", metavar="METHOD",
        help="tesseract-psmN, burntin-own, or command:CMD, where CMD is given "
        "the path of a PNG and prints boxes; may be repeated (default "
        f"{' and '.join(_PEERS)})")
    add("--no-peers", action="store_true", help="ask burntin only")
    add("--languages", default="eng", help="Tesseract's, as in eng+deu")


def _add_run(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--jobs", type=_positive, default=os.cpu_count(),
        help="processes that measure (default: one for each processor)")
    _add_kept(parser)


def _add_kept(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--work", type=pathlib.Path, metavar="DIR",
        help="where measurements are kept (default build/bench/NAME)")
    add("--again", action="store_true",
        help="forget the measurements that are kept")


# Of each option: the standard setting, and that of --quick.
_SERIES = {"frames": (100, 24), "slices": (300, 16), "runs": (3, 1),
           "scaling_runs": (5, 2), "longest": (10_000, 100)}


def _add_series(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--quick", action="store_true",
        help="little of everything, to see that it works: ratios depend on "
        "how long cines are")
    for name, what in (
            ("frames", "frames of the cines"),
            ("slices", "slices of the series"),
            ("runs", "runs, each in a process of its own"),
            ("scaling_runs", "runs with each number of workers"),
            ("longest", "frames of the longest cine of the growth part")):
        standard, quick = _SERIES[name]
        add(f"--{name.replace('_', '-')}", type=_positive, metavar="N",
            help=f"{what} (default {standard}; {quick} with --quick)")
    add("--asked", type=_positive, default=10, metavar="N",
        help="frames of a cine that Tesseract is asked about, at least "
        "(default 10); its time is brought to all")
    add("--part", action="append", dest="parts", choices=PARTS,
        help="measure only this; may be repeated (default all)")
    add("--growth-method", choices=(BURNTIN, ONLY_NEW, EVERY_FRAME),
        default=BURNTIN, help="of the growth part (default burntin)")
    add("--seed", type=int, default=SERIES_SEED)
    add("--models", type=pathlib.Path, default=MODELS)
    add("--languages", default="eng", help="Tesseract's, as in eng+deu")
    add("--name", default="series", help="of the page (default series)")
    add("--out", type=pathlib.Path, default=None, metavar="DIR",
        help="where the page is written (default build/bench/NAME/page)")
    _add_kept(parser)


def _set_series(options: argparse.Namespace) -> None:
    """Fills in what --quick and the standard setting say."""
    for name, values in _SERIES.items():
        if getattr(options, name) is None:
            setattr(options, name, values[options.quick])
    options.parts = options.parts or list(PARTS)
    # Few frames, for --quick has to see a straight line as well.
    options.lengths = (10, 30, 100) if options.longest <= 100 else LENGTHS
    options.work = options.work or REPOSITORY / "build/bench" / options.name
    options.out = options.out or options.work / "page"


def parser() -> argparse.ArgumentParser:
    """Returns the parser."""
    top = argparse.ArgumentParser("burntin-bench", description=title)
    commands = top.add_subparsers(dest="command", required=True)
    accuracy = commands.add_parser("accuracy", description=ACCURACY)
    _add_source(accuracy, STANDARD_COUNT, "accuracy")
    _add_peers(accuracy)
    _add_run(accuracy)
    add = accuracy.add_argument
    add("--peer-share", type=_share, metavar="SHARE",
        help="of the images that peers are asked about (default 0.1; 1 with "
        "--manifest)")
    add("--oracle-share", type=_share, metavar="SHARE",
        help="of the images that burntin-thorough is asked about (default "
        "0.25; 1 with --manifest)")
    risk = commands.add_parser("risk", description=RISK)
    _add_source(risk, STANDARD_RISK_COUNT, "default")
    _add_run(risk)
    risk.add_argument("--scrubbed", action="store_true",
                      help="inspect copies from whose headers every "
                      "identifying attribute was removed")
    risk.add_argument("--fit", action="store_true",
                      help="print the weights that the train split gives, "
                      "instead of a page")
    speed = commands.add_parser("speed", description=SPEED)
    _add_source(speed, 60, "accuracy")
    _add_peers(speed)
    speed.add_argument("--runs", type=_positive, default=3,
                       help="each in a process of its own (default 3)")
    readers = commands.add_parser("readers", description=READERS)
    _add_source(readers, 1000, "accuracy")
    detectors = commands.add_parser("detectors", description=DETECTORS)
    _add_source(detectors, 500, "accuracy")
    cines = commands.add_parser("cines", description=CINES)
    _add_source(cines, 500, "cines")
    cines.add_argument("--one-by-one", action="store_true",
                       help="ask about each frame as an object of its own, of "
                       "one series, in no order")
    _add_series(commands.add_parser("series", description=SERIES))
    return top


def parse(argv: list[str]) -> argparse.Namespace:
    """Returns the options, with defaults that depend on others filled in."""
    options = parser().parse_args(argv)
    if options.command == "series":
        _set_series(options)
        return options
    if getattr(options, "fit", False):
        options.split = "train"
    if options.name is None:
        folder = options.manifest and (
            options.manifest if options.manifest.is_dir()
            else options.manifest.parent).resolve().name
        parts = [options.command, folder]
        if options.command == "risk":
            parts.append("scrubbed" if options.scrubbed else None)
            parts.append("fit" if options.fit else None)
        options.name = "-".join(part for part in parts if part)
    if options.command in ("accuracy", "speed"):
        options.peers = (() if options.no_peers
                         else tuple(options.peer or _PEERS))
    kept = REPOSITORY / "build/bench" / options.name
    if options.command == "accuracy":
        if options.peer_share is None:
            options.peer_share = 1.0 if options.manifest else .1
        if options.oracle_share is None:
            options.oracle_share = 1.0 if options.manifest else .25
    if options.command in ("accuracy", "risk"):
        options.work = kept = options.work or kept
    options.out = options.out or kept / "page"
    return options
