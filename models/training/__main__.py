"""train: trains one of burntin's networks and writes it as ONNX.

Exit status: 0 done, 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys

import torch

from .export import restore
from .finding import glancing, train as finding
from .reading import train as reading
from .running import Plan, Pupil

_KINDS = {"finder": finding, "glancer": glancing, "reader": reading}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("train", description=__doc__)
    commands = parser.add_subparsers(dest="kind", required=True)
    for name, kind in _KINDS.items():
        command = commands.add_parser(name, help=kind.__doc__)
        command.add_argument("--out", type=pathlib.Path, required=True)
        command.add_argument("--seed", type=int, default=1,
                             help="of the data (default 1)")
        command.add_argument(
            "--networks", nargs="+", metavar="SIZE:SEED",
            default=[f"{next(iter(kind.NETWORKS))}:1"],
            help="sizes of the networks to train beside each other, "
            f"{' or '.join(kind.NETWORKS)}, each with the seed of its first "
            "weights (default %(default)s)")
        command.add_argument("--from", dest="begun", type=pathlib.Path,
                             help="to go on from: a folder with weights of "
                             "networks of the same names, or a network that "
                             "was written as ONNX; else weights are random")
        command.add_argument("--steps", type=int, default=kind.STEPS)
        command.add_argument("--minutes", type=float, default=0,
                             help="train that long instead of so many steps")
        command.add_argument("--rate", type=float, default=kind.RATE,
                             help="the largest learning rate")
        command.add_argument("--warm-steps", type=int, default=300,
                             help="steps to that rate (default 300)")
        command.add_argument("--save-steps", type=int, default=1000,
                             help="steps between checkpoints (default 1000)")
        command.add_argument("--workers", type=int, default=1,
                             help="processes that draw (default 1)")
        command.add_argument("--jobs", type=int, default=2,
                             help="processes that draw what is measured on")
        command.add_argument("--threads", type=int, default=1)
        command.add_argument("--backgrounds", type=pathlib.Path,
                             help="folder with clean DICOM files to write on")
        command.add_argument("--unjudged", action="store_true",
                             help="only train; measure and export elsewhere")
        command.add_argument("--trained", action="store_true",
                             help="only measure and export what is in --out")
        kind.add_options(command)
    return parser


def _pupils(kind, options: argparse.Namespace, plan: Plan) -> list[Pupil]:
    pupils = []
    for wanted in options.networks:
        size, _, seed = wanted.partition(":")
        torch.manual_seed(int(seed or 1))
        network, name = kind.NETWORKS[size](), f"{size}-{seed or 1}"
        if options.begun and options.begun.suffix == ".onnx":
            restore(network, options.begun)
        elif options.begun:
            network.load_state_dict(torch.load(options.begun / f"{name}.pt",
                                               map_location="cpu"))
        pupils.append(Pupil(name, network, plan, still=bool(options.begun)))
    return pupils


def main() -> int:
    """Runs the command line and returns the exit status."""
    parser = _parser()
    options = parser.parse_args()
    kind = _KINDS[options.kind]
    unknown = {name.partition(":")[0] for name in options.networks} - set(
        kind.NETWORKS)
    if unknown:
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    plan = Plan(options.steps, options.minutes, options.rate, kind.DECAY,
                options.out, options.warm_steps, options.save_steps)
    pupils = _pupils(kind, options, plan)
    if not options.trained:
        kind.train(options, pupils, plan)
    for pupil in [] if options.unjudged else pupils:
        network = pupil.mean.cpu()
        network.load_state_dict(torch.load(
            options.out / f"{pupil.name}.pt", map_location="cpu"))
        kind.write(network, options.out / f"{kind.WEIGHTS}-{pupil.name}.onnx")
        print(json.dumps({"network": pupil.name,
                          **kind.judged(network, options)}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
