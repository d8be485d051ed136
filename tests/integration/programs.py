"""Runs the built programs as their users do."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
# Where the build put burntin and burntind.
PROGRAMS = Path(os.environ.get("BURNTIN_BIN",
                               REPOSITORY / "build/release/bin"))
MODELS = REPOSITORY / "models/cache"
START_SECONDS = 120


@dataclass
class Scan:
    """What one `burntin scan` printed, and its exit status."""

    status: int
    events: list[dict]
    errors: str

    @property
    def instances(self) -> list[dict]:
        """The instance reports, in the order printed."""
        return [event["instance"] for event in self.events
                if "instance" in event]


@dataclass
class Server:
    """A running burntind."""

    process: subprocess.Popen
    address: str
    log: Path

    def log_events(self) -> list[dict]:
        """The lines logged so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def make_samples(folder: Path, *options: str) -> list[dict]:
    """Makes sample files in `folder`; returns their truth."""
    subprocess.run([REPOSITORY / "benchmarks/make-samples", "--out", folder,
                    *options], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    lines = (folder / "truth.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def scan(*arguments: str | Path) -> Scan:
    """Runs `burntin scan --format jsonl`."""
    done = subprocess.run([PROGRAMS / "burntin", "scan", "--format", "jsonl",
                           *arguments], capture_output=True, text=True,
                          check=False)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return Scan(done.returncode, events, done.stderr)


def wait_for_address(process: subprocess.Popen, file: Path) -> str:
    """Returns the address that the server bound, once it did."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("burntind ended at its start")
        with contextlib.suppress(FileNotFoundError):
            if text := file.read_text().strip():
                return text
        time.sleep(0.05)
    raise RuntimeError("burntind did not listen in time")


def wait_until_serving(server: Server) -> None:
    """Waits until the models are loaded, for clients that do not retry."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(event["event"] == "serving" for event in server.log_events()):
            return
        time.sleep(0.05)
    raise RuntimeError("burntind did not serve in time")


def start_server(folder: Path, config: str = "",
                 log_level: str = "trace") -> Server:
    """Starts burntind on a free port with `config` (YAML). Its files are in
    `folder`. Who starts it ends it."""
    address, log = folder / "address", folder / "burntind.log"
    address.unlink(missing_ok=True)
    (folder / "burntind.yaml").write_text(config or "log: {level: info}\n")
    with log.open("w") as log_file:
        process = subprocess.Popen(
            [PROGRAMS / "burntind", "--config", folder / "burntind.yaml",
             "--listen", "127.0.0.1:0", "--models", MODELS, "--log-level",
             log_level, "--address-file", address], stderr=log_file)
    try:
        return Server(process, wait_for_address(process, address), log)
    except RuntimeError:
        process.kill()
        process.wait()
        raise


@contextlib.contextmanager
def running_server(folder: Path, config: str = "",
                   log_level: str = "trace") -> Iterator[Server]:
    """Runs burntind as start_server does until the block ends. On the way out
    it is asked to stop, and must stop with status 0."""
    server = start_server(folder, config, log_level)
    process = server.process
    try:
        yield server
        process.send_signal(signal.SIGTERM)
        if status := process.wait(timeout=START_SECONDS):
            raise RuntimeError(f"burntind stopped with status {status}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def without_timings(instance: dict) -> dict:
    """The report less what differs from run to run."""
    return {key: value for key, value in instance.items()
            if key not in ("timings", "fromCache")}
