"""load-test: a burntind under more load than it can serve, and under faults.

Writes load.json, beside.json or soak.json, and a page of them. Exit status: 0 everything is
as it has to be, 1 something is not, 2 could not be done.
"""

from __future__ import annotations

import argparse
import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile

from ..bench.measuring import REPOSITORY, MeasureError
from ..bench.provenance import commit, machine
from . import beside, corpus, load_page, results, soak, steps

_STANDARD_SECONDS = 40.0
_STANDARD_MINUTES = 30.0
_WARM_UP_SHARE = 1 / 6


def _say(text: str) -> None:
    print(f"load-test: {text}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("load-test", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    load = commands.add_parser(
        "steps", description="Offers calls at rising rates, to three times "
        "what the server can answer.")
    load.add_argument("--seconds", type=float, default=_STANDARD_SECONDS,
                      help="of each step (default %(default)g)")
    load.add_argument("--loads", type=float, nargs="+", default=steps.LOADS,
                      help="what is offered, over what can be answered, "
                      "ascending; at least two from 1.25 on")
    soaking = commands.add_parser(
        "soak", description="Mixed traffic of a whole site while clients "
        "leave, decoders are killed and the database crashes.")
    soaking.add_argument("--minutes", type=float, default=_STANDARD_MINUTES,
                         help="of traffic, the warm-up of a sixth included "
                         "(default %(default)g)")
    fair = commands.add_parser(
        "beside", description="Small requests by themselves, and beside a "
        f"cine of {beside.FRAMES} frames.")
    page = commands.add_parser(
        "page", description="Writes the page anew from the results in JSON.")
    for command in (load, soaking, fair, page):
        command.add_argument(
            "--out", type=pathlib.Path, metavar="DIR",
            default=REPOSITORY / "build/bench/load",
            help="where results are written (default build/bench/load)")
    return parser


def _run(options: argparse.Namespace, origin: dict[str, str],
         folder: pathlib.Path) -> dict[str, bool]:
    """Measures; returns what has to be true, and whether it is."""
    site = folder / "site"
    site.mkdir()
    if options.command == "beside":
        fair = results.beside_json(
            beside.measure(site, folder / "files", _say), origin)
        results.write_json(fair, options.out, results.BESIDE_FILE)
        return fair["checks"]
    mix = corpus.make_mix(folder / "files")
    if options.command == "steps":
        measured = steps.measure(site, mix, options.loads,
                                 options.seconds, _say)
        result = results.steps_json(measured, origin)
        results.write_json(result, options.out, results.STEPS_FILE)
    else:
        warm_up_s = options.minutes * 60 * _WARM_UP_SHARE
        soaked = soak.soak(site, mix, soak.Plan(
            warm_up_s, options.minutes * 60 - warm_up_s), _say)
        result = results.soak_json(soaked, origin)
        results.write_json(result, options.out, results.SOAK_FILE)
        print(load_page.soak_text(result))
    return result["checks"]


def main(argv: list[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    argv = sys.argv[1:] if argv is None else argv
    options = _parser().parse_args(argv)
    origin = {"command": shlex.join(["benchmarks/load-test", *argv]),
              "machine": machine(), "commit": commit()}
    checks: dict[str, bool] = {}
    # So that what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    try:
        if options.command != "page":
            with tempfile.TemporaryDirectory() as folder:
                checks = _run(options, origin, pathlib.Path(folder))
        _say(f"see {load_page.write_page(options.out)}")
    except (MeasureError, OSError, RuntimeError, ValueError,
            subprocess.CalledProcessError) as error:
        _say(str(error))
        return 2
    for what, met in checks.items():
        print(f"{'yes' if met else 'NO '} {what}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
