"""Batches that are killed, and that several servers work on."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import programs

sys.path.insert(0, str(programs.REPOSITORY))

from benchmarks.archive import small_instances  # noqa: E402

INSTANCES = 240
KINDS = ("jsonl", "csv", "summary")


def batch(*arguments: str | Path) -> subprocess.CompletedProcess:
    """Runs `burntin batch` to its end."""
    return subprocess.run([programs.PROGRAMS / "burntin", "batch", *arguments],
                          capture_output=True, text=True, check=False)


def log_bytes(folder: Path) -> int:
    """How much of a batch is written."""
    return sum(entry.stat().st_size for entry in os.scandir(folder / "parts"))


@contextlib.contextmanager
def mortal_server(folder: Path):
    """Runs a burntind that the test may kill."""
    folder.mkdir()
    address, log = folder / "address", folder / "burntind.log"
    with log.open("w") as log_file:
        process = subprocess.Popen(
            [programs.PROGRAMS / "burntind", "--listen", "127.0.0.1:0",
             "--models", programs.MODELS, "--address-file", address],
            stderr=log_file)
    try:
        server = programs.Server(
            process, programs.wait_for_address(process, address), log)
        programs.wait_until_serving(server)
        yield server
    finally:
        process.kill()
        process.wait()


class BatchTest(unittest.TestCase):
    """One batch without a stop, and others that have to export the same."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.data = cls.root / "data"
        small_instances.make(cls.data, INSTANCES)
        cls.whole = cls.plan("whole")
        done = batch("run", cls.whole)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        cls.expected = cls.export(cls.whole)

    @classmethod
    def plan(cls, name: str) -> Path:
        folder = cls.root / name
        done = batch("plan", "--part-size", "50", folder, cls.data)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return folder

    @classmethod
    def export(cls, folder: Path) -> list[bytes]:
        files = [cls.root / f"{folder.name}.{kind}" for kind in KINDS]
        done = batch("export", folder, *(f"--{kind}={file}" for kind, file
                                         in zip(KINDS, files)))
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return [file.read_bytes() for file in files]

    def wait_until_written(self, folder: Path, part: float,
                           process: subprocess.Popen) -> None:
        goal = log_bytes(self.whole) * part
        deadline = time.monotonic() + 300
        while log_bytes(folder) < goal:
            self.assertIsNone(process.poll(), "it ended too early")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def start(self, folder: Path, *options: str) -> subprocess.Popen:
        return subprocess.Popen(
            [programs.PROGRAMS / "burntin", "batch", "run", "-q", folder,
             *options], start_new_session=True)

    def test_the_export_has_every_instance(self) -> None:
        text = self.expected[0].decode()
        self.assertEqual(text.count('"instance"'), INSTANCES)
        self.assertEqual(self.expected[1].count(b"\n"), INSTANCES + 1)
        self.assertIn("VERDICT_IDENTIFYING", text)
        self.assertIn("VERDICT_CLEAR", text)

    def test_killed_twice_it_exports_the_same(self) -> None:
        folder = self.plan("killed")
        for part in (0.2, 0.6):
            process = self.start(folder)
            self.wait_until_written(folder, part, process)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            self.assertEqual(batch("status", folder).returncode, 1)
        self.assertEqual(batch("run", folder).returncode, 0)
        self.assertEqual(batch("status", folder).returncode, 0)
        self.assertEqual(self.export(folder), self.expected)

    def test_two_tasks_export_the_same(self) -> None:
        folder = self.plan("shards")
        tasks = [self.start(folder, "--shard", f"{i}/2", "--workers", "1")
                 for i in range(2)]
        self.assertEqual([task.wait() for task in tasks], [0, 0])
        self.assertEqual(self.export(folder), self.expected)

    def test_of_two_servers_one_may_be_killed(self) -> None:
        folder = self.plan("servers")
        with mortal_server(self.root / "first") as first, mortal_server(
                self.root / "second") as second:
            process = self.start(
                folder, "--server", f"{first.address},{second.address}")
            self.wait_until_written(folder, 0.3, process)
            first.process.kill()
            self.assertEqual(process.wait(timeout=300), 0)
        self.assertEqual(self.export(folder), self.expected)


if __name__ == "__main__":
    unittest.main()
