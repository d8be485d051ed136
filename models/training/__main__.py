"""train: trains one of burntin's networks and writes it as ONNX.

Exit status: 0 done, 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys

import torch

from .finding import train as finding
from .pictures import ROOT
from .reading import train as reading

_NETWORKS = {"finder": finding, "reader": reading}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("train", description=__doc__)
    commands = parser.add_subparsers(dest="network", required=True)
    for name, network in _NETWORKS.items():
        command = commands.add_parser(name, help=network.__doc__)
        command.add_argument("--out", type=pathlib.Path, required=True)
        command.add_argument("--cache", type=pathlib.Path,
                             default=ROOT / "build" / "training")
        command.add_argument("--seed", type=int, default=1)
        command.add_argument("--samples", type=int, default=6000)
        command.add_argument("--steps", type=int, default=network.STEPS)
        command.add_argument("--rate", type=float, default=network.RATE,
                             help="the largest learning rate")
        command.add_argument("--jobs", type=int, default=2)
        command.add_argument("--threads", type=int, default=1)
        command.add_argument("--backgrounds", type=pathlib.Path,
                             help="folder with clean DICOM files to write on")
        command.add_argument("--start", type=pathlib.Path,
                             help="a checkpoint to go on from")
        network.add_options(command)
    return parser


def main() -> int:
    """Runs the command line and returns the exit status."""
    options = _parser().parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    kind = _NETWORKS[options.network]
    network = kind.train(options).eval()
    torch.save(network.state_dict(), options.out / "checkpoint.pt")
    kind.write(network, options.out / kind.WEIGHTS)
    print(json.dumps(kind.judged(network, options)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
