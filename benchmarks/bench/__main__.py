"""burntin-bench: accuracy and speed, burntin's and its peers'."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import pathlib
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence

from . import (accuracy_page, detectors_page, readers_page, risk_command,
               risk_page, speed_page)
from . import cines as compared_cines
from .accuracy import Accuracy
from .command_line import parse
from .detectors import show_all
from .measuring import MeasureError, program
from .provenance import commit, machine
from .readers import read_all
from .results import OtherSettingsError, Results
from .running import Plan, measure_all
from .sources import (Batch, Recipe, SourceError, generated,
                      labelled_folder)
from .speed import time_files
from .targets import folder_targets, generator_targets


def _say(text: str) -> None:
    print(f"burntin-bench: {text}", file=sys.stderr, flush=True)


def _batches(options: argparse.Namespace) -> list[Batch]:
    if options.manifest:
        return labelled_folder(options.manifest)
    return generated(Recipe(options.split, options.profile, options.seed,
                            options.backgrounds), options.count)


def _provenance(options: argparse.Namespace, argv: Sequence[str],
                images: int) -> accuracy_page.Provenance:
    if options.manifest:
        what = (f"{images} files of the labelled folder "
                f"{options.manifest.resolve().name}")
    else:
        what = (f"{images} samples of the generator, profile "
                f"{options.profile}, split {options.split}, seed "
                f"{options.seed}")
    return accuracy_page.Provenance(
        options.name, what, shlex.join(["benchmarks/burntin-bench", *argv]),
        machine(), commit())


def _settings(options: argparse.Namespace, plan: Plan) -> dict:
    """What measurements depend on: they are not mixed with others'."""
    digest = hashlib.sha256(program().read_bytes()).hexdigest()
    return {"program_sha256": digest, "peers": list(plan.peers),
            "peer_share": plan.peer_share, "oracle_share": plan.oracle_share,
            "languages": plan.languages, "manifest": options.manifest and str(
                options.manifest.resolve()),
            "seed": options.seed, "split": options.split,
            "profile": options.profile, "backgrounds":
            options.backgrounds and str(options.backgrounds.resolve())}


def _measure_accuracy(options: argparse.Namespace) -> Accuracy:
    plan = Plan(options.peers, options.peer_share, options.oracle_share,
                options.models, options.languages)
    _say(f"peers are asked about {plan.peer_share:.0%} of the images, the "
         f"oracle about {plan.oracle_share:.0%}")
    batches = _batches(options)
    if options.again:
        shutil.rmtree(options.work, ignore_errors=True)
    results = Results(options.work, _settings(options, plan))
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        measure_all(batches, plan, results, options.jobs,
                    pathlib.Path(scratch))
    wanted = {key for batch in batches for key in batch.keys}
    measured = sorted((one for one in results.read()
                       if one.labelled.key in wanted),
                      key=lambda one: one.labelled.key)
    return Accuracy(measured)


def accuracy(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Measures accuracy and writes its page."""
    figures = _measure_accuracy(options)
    targets = (folder_targets if options.manifest
               else generator_targets)(figures)
    page = accuracy_page.write_page(
        figures, _provenance(options, argv, len(figures.images)), targets,
        options.work / "crops", options.out)
    print(accuracy_page.figures_text(figures, targets))
    _say(f"see {page}")
    return 1 if any(target.met is False for target in targets) else 0


def risk(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Measures how well identifying text is told from harmless text, or fits
    the model, and writes its page."""
    figures = risk_command.inspect_all(options, _batches(options))
    if options.fit:
        print(risk_command.fitted(figures))
        return 0
    targets = (risk_page.folder_targets(figures, options.scrubbed)
               if options.manifest else risk_page.generator_targets(figures))
    calibrated = options.manifest is None
    page = risk_page.write_page(
        figures, _provenance(options, argv, len(figures.files)), targets,
        calibrated, options.out)
    print(risk_page.targets_text(figures, targets, calibrated))
    _say(f"see {page}")
    missed = any(target.met is False for target in targets) or (
        calibrated and not risk_page.error_met(figures))
    return 1 if missed else 0


def speed(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Measures speed and writes its page."""
    plan = Plan(options.peers, 1, 0, options.models, options.languages)
    with contextlib.ExitStack() as kept:
        scratch = pathlib.Path(kept.enter_context(
            tempfile.TemporaryDirectory(dir=options.scratch)))
        files = [labelled for batch in _batches(options)
                 for labelled in kept.enter_context(batch.files(scratch))]
        if len(files) < 2:
            raise SourceError("at least 2 files are needed")
        timed = time_files(files, plan, options.runs, _say)
    page = speed_page.write_page(
        timed, plan.peers, options.runs,
        _provenance(options, argv, len(files)), options.out)
    print(page.read_text(encoding="utf-8"))
    _say(f"see {page}")
    return 0


def readers(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Compares the readers and writes their page."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        lines = read_all(_batches(options), options.models,
                         pathlib.Path(scratch))
    if not lines:
        raise SourceError("the labels name no line that counts")
    page = readers_page.write_page(
        lines, _provenance(options, argv, options.count), options.out)
    print(page.read_text(encoding="utf-8"))
    _say(f"see {page}")
    return 0


def detectors(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Compares the detectors and writes their page."""
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        seen = show_all(_batches(options), options.models,
                        pathlib.Path(scratch))
    if not seen.pictures:
        raise SourceError("no file has a picture")
    page = detectors_page.write_page(
        seen, _provenance(options, argv, len(seen.pictures)), options.out)
    print(page.read_text(encoding="utf-8"))
    _say(f"see {page}")
    return 0


def cines(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Compares the inspection of cines with its oracle."""
    del argv

    def said(one: compared_cines.Compared) -> None:
        if text := compared_cines.text_of(one):
            print(text, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        compared = compared_cines.compare_all(
            _batches(options), options.models, pathlib.Path(scratch),
            options.one_by_one, said)
    print(compared_cines.table(compared))
    return 1 if any(one.differs or one.missed or one.error
                    for one in compared) else 0


def series(options: argparse.Namespace, argv: Sequence[str]) -> int:
    """Measures cines and series and writes their page."""
    # They need packages that no other command does.
    # pylint: disable=import-outside-toplevel
    from . import series_command, series_page
    measured = series_command.measure_all(options, _say)
    what = (f"cines of {options.frames} frames, series of {options.slices} "
            f"slices, seed {options.seed}")
    page = series_page.write_page(
        measured, accuracy_page.Provenance(
            options.name, what,
            shlex.join(["benchmarks/burntin-bench", *argv]), machine(),
            commit()), options.out)
    print(series_page.targets_text(measured))
    _say(f"see {page}")
    return 0 if all(target.met for target in measured.checked) else 1


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    argv = sys.argv[1:] if argv is None else argv
    options = parse(argv)
    try:
        commands = {"accuracy": accuracy, "cines": cines,
                    "detectors": detectors, "readers": readers, "risk": risk,
                    "series": series, "speed": speed}
        return commands[options.command](options, argv)
    except (MeasureError, SourceError, OtherSettingsError, OSError) as error:
        _say(str(error))
        return 2
    except KeyboardInterrupt:
        _say("stopped; the same command goes on where it was")
        return 2


if __name__ == "__main__":
    sys.exit(main())
