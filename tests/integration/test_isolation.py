"""Kills the processes that decode, and the one that started them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import programs
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

FRAMES, SIDE = 120, 1024
# Of processor time, in hundredths of a second: more than it takes to open the
# cine, less than to decode it.
BUSY_TICKS = 10
UPLOADS_ON_DISK = "upload: {{memory_bytes: 0, spool_directory: {folder}}}\n"


def write_cine(path: Path) -> None:
    """Writes an object that takes seconds to decode."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7.2"
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    cine = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    cine.is_little_endian, cine.is_implicit_VR = True, False
    cine.SOPClassUID = meta.MediaStorageSOPClassUID
    cine.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    cine.Modality, cine.NumberOfFrames = "OT", FRAMES
    cine.Rows = cine.Columns = SIDE
    cine.SamplesPerPixel, cine.PhotometricInterpretation = 1, "MONOCHROME2"
    cine.BitsAllocated = cine.BitsStored = 8
    cine.HighBit, cine.PixelRepresentation = 7, 0
    # Quick to read, so that most of the time goes into decoding.
    cine.PixelData = b"".join(bytes([frame]) * SIDE * SIDE
                              for frame in range(FRAMES))
    pydicom.dcmwrite(str(path), cine, write_like_original=False)


def workers_of(parent: int) -> list[int]:
    """The processes that decode for `parent`."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            name, facts = status.read_text().rsplit(")", 1)
            if (int(facts.split()[1]) == parent
                    and name.endswith("(burntin-decoder")):
                found.append(int(status.parent.name))
    return found


def ticks_of(process: int) -> int:
    """The processor time that a process has used; 0 once it is gone."""
    try:
        facts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    user, system = facts.split()[11:13]
    return int(user) + int(system)


def lives(process: int) -> bool:
    """Whether the process is there, and more than a line in a table."""
    try:
        facts = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return facts.split()[0] not in "ZX"


class KilledWorkerTest(unittest.TestCase):
    """burntind loses nothing but the answer that was in work."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def test_one_answer_is_lost_and_the_next_is_there(self) -> None:
        truth = programs.make_samples(self.root / "samples", "--preset", "demo")
        clean = next(s["path"] for s in truth if not s["has_text"])
        write_cine(self.root / "cine.dcm")
        spool = self.root / "spool"
        spool.mkdir()
        with programs.running_server(
                self.root, UPLOADS_ON_DISK.format(folder=spool)) as server:
            programs.wait_until_serving(server)
            scan = subprocess.Popen(
                [programs.PROGRAMS / "burntin", "scan", "--format", "jsonl",
                 "--server", server.address, self.root / "cine.dcm"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            self.kill_in_mid_frame(server.process.pid, scan)
            lost = scan.communicate()[0].decode()
            after = programs.scan("--server", server.address,
                                  self.root / "samples" / clean)
            workers = workers_of(server.process.pid)
        self.assertIn("DECODER_CRASHED", lost)
        self.assertIn("VERDICT_INDETERMINATE", lost)
        self.assertEqual(scan.returncode, 1)
        self.assertEqual(after.instances[0]["verdict"], "VERDICT_CLEAR")
        self.assertEqual(after.status, 0)
        self.assertEqual(list(spool.iterdir()), [])
        self.assertTrue(workers)
        self.assertFalse(any(map(lives, workers)))

    def kill_in_mid_frame(self, parent: int, scan: subprocess.Popen) -> None:
        """Kills each worker that has decoded a while, until the scan ends.

        A worker that is killed while it opens the cine has a successor.
        """
        start: dict[int, int] = {}
        while scan.poll() is None:
            for worker in workers_of(parent):
                used = ticks_of(worker)
                if used >= start.setdefault(worker, used) + BUSY_TICKS:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                scan.wait(timeout=0.01)


class KilledParentTest(unittest.TestCase):
    """Whoever dies first, the workers do not stay."""

    def test_workers_end_with_a_server_that_was_killed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            with (contextlib.suppress(RuntimeError),
                  programs.running_server(Path(folder)) as server):
                programs.wait_until_serving(server)
                workers = workers_of(server.process.pid)
                server.process.kill()
                server.process.wait()
            self.assertTrue(workers)
            deadline = time.monotonic() + programs.START_SECONDS
            while any(map(lives, workers)) and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertFalse(any(map(lives, workers)))


class ClientTest(unittest.TestCase):
    """`burntin scan` without a server."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def test_answers_are_the_same_in_one_process(self) -> None:
        samples = self.root / "samples"
        programs.make_samples(samples, "--preset", "demo")
        isolated = programs.scan(samples)
        alone = programs.scan("--in-process-decoding", samples)
        self.assertTrue(isolated.instances)
        self.assertEqual(
            [programs.without_timings(r) for r in isolated.instances],
            [programs.without_timings(r) for r in alone.instances])

    def test_without_the_decoder_it_says_what_to_do(self) -> None:
        burntin = shutil.copy(programs.PROGRAMS / "burntin", self.root)
        (self.root / "a.dcm").write_bytes(b"junk")
        done = subprocess.run(
            [burntin, "scan", "--models", programs.MODELS,
             self.root / "a.dcm"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--in-process-decoding", done.stderr)


if __name__ == "__main__":
    unittest.main()
