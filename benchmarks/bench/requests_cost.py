"""What a request to burntind costs beside inspection: taking the file, handing
it to a decoder, answering."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile
from dataclasses import dataclass

from ..load.places import NO_CACHE, PROGRAMS, running_server, wait_until_serving
from ..load.processes import cpu_seconds
from .measuring import MeasureError

_SMALL, _LARGE = 200, 8
_LARGE_BYTES = 32 << 20
# The start of a DICOM file whose data set is no data set.
_HEAD = b"\0" * 128 + b"DICM"


@dataclass(frozen=True)
class RequestCost:
    """CPU ms of burntind and its decoders."""

    request_ms: float      # for an object of which nothing is to be inspected
    megabyte_ms: float     # for each 10^6 bytes of an object, beside that
    requests: int = _SMALL
    megabytes: float = _LARGE * _LARGE_BYTES / 1e6


def is_built() -> bool:
    """Whether there is a burntind to ask, and a burntin to ask with."""
    return all((PROGRAMS / name).exists()
               for name in ("burntin", "burntind", "burntin-decoder"))


def _write(folder: pathlib.Path, count: int, size: int) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.dcm").write_bytes(
            _HEAD + number.to_bytes(4, "little") + b"\xff" * size)


def _cpu_ms(address: str, process: int, folder: pathlib.Path) -> float:
    """Returns what burntind took for the files of a folder."""
    before = cpu_seconds(process)
    done = subprocess.run([PROGRAMS / "burntin", "scan", "--format", "jsonl",
                           "--server", address, folder], check=False,
                          capture_output=True, text=True)
    answers = done.stdout.count('"instance"')
    if answers != len(list(folder.iterdir())):
        raise MeasureError("burntind did not answer all requests: "
                           f"{done.stderr[-300:]}")
    return 1000 * (cpu_seconds(process) - before)


def measure_requests() -> dict:
    """Sends a server of its own small and large files that are no objects."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        _write(folder / "first", 20, 100)
        _write(folder / "small", _SMALL, 100)
        _write(folder / "large", _LARGE, _LARGE_BYTES)
        with running_server(folder, NO_CACHE) as server:
            wait_until_serving(server)
            process = server.process.pid
            _cpu_ms(server.address, process, folder / "first")
            small = _cpu_ms(server.address, process, folder / "small")
            large = _cpu_ms(server.address, process, folder / "large")
    request = small / _SMALL
    megabytes = _LARGE * _LARGE_BYTES / 1e6
    return {"request_ms": request,
            "megabyte_ms": max(0.0, large - _LARGE * request) / megabytes}
