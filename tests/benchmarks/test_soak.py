"""load-test soak: what counts as growth, as a failure and as an answer."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

import grpc
import pydicom
import support  # noqa: F401
from benchmarks.load import processes
from benchmarks.load.notes import BUSY, Notes, end_of
from benchmarks.load.soak import growth_checks, slope_per_hour
from benchmarks.load.traffic import Named, judge_report, write_session


class FakeError(grpc.RpcError):
    """An error as gRPC raises it."""

    def __init__(self, code: grpc.StatusCode, details: bytes = b"") -> None:
        super().__init__()
        self._code, self._details = code, details

    def code(self) -> grpc.StatusCode:
        return self._code

    def details(self) -> str:
        return "a sentence"

    def trailing_metadata(self) -> list[tuple[str, bytes]]:
        return [("grpc-status-details-bin", self._details)]


TOO_MANY = FakeError(grpc.StatusCode.RESOURCE_EXHAUSTED,
                     b"\x08\x08\x12\x05words\n\x11TOO_MANY_REQUESTS\x12\x07")


class FakeReport:
    """Enough of a report to judge it."""

    def __init__(self, value: str = "", reasons: tuple[str, ...] = (),
                 verdict: int = 1, inspected_in_full: bool = True) -> None:
        self.value, self.path, self.verdict = value, "a path", verdict
        self.reasons = [types.SimpleNamespace(code=code) for code in reasons]
        self.inspected_in_full = inspected_in_full

    # pylint: disable=invalid-name
    def CopyFrom(self, other: FakeReport) -> None:
        self.value = other.value

    def ClearField(self, name: str) -> None:
        assert name in ("timings", "from_cache")

    def SerializeToString(self, deterministic: bool) -> bytes:
        assert deterministic
        return self.value.encode() + self.path.encode()


class SlopeTest(unittest.TestCase):

    def test_a_line_has_its_slope(self) -> None:
        self.assertAlmostEqual(slope_per_hour(
            [(at, 100 + 2 * at) for at in (0, 1, 5, 7)]), 7200)

    def test_noise_around_a_level_has_none(self) -> None:
        self.assertAlmostEqual(slope_per_hour(
            [(0, 1), (1, -1), (2, -1), (3, 1)]), 0)

    def test_one_moment_has_none(self) -> None:
        self.assertEqual(slope_per_hour([(1, 1)]), 0)
        self.assertEqual(slope_per_hour([]), 0)


class GrowthTest(unittest.TestCase):

    def reading(self, **changes: int) -> processes.Reading:
        """A server as it was, but for the changes."""
        return processes.Reading(**{
            "at_s": 0, "rss_bytes": 1000, "children_rss_bytes": 10,
            "children": 2, "threads": 20, "files": 12} | changes)

    def test_each_thing_that_grows_is_told(self) -> None:
        before = self.reading()
        self.assertTrue(all(growth_checks(before, before).values()))
        for changes in ({"rss_bytes": 1300}, {"files": 30}, {"threads": 40},
                        {"children": 80}):
            checks = growth_checks(before, self.reading(**changes))
            self.assertEqual(list(checks.values()).count(False), 1, changes)


class NotesTest(unittest.TestCase):

    def test_an_error_has_its_reason(self) -> None:
        self.assertEqual(end_of(TOO_MANY), BUSY)
        self.assertEqual(end_of(FakeError(grpc.StatusCode.CANCELLED)),
                         ("CANCELLED", ""))

    def test_only_what_is_allowed_is_no_violation(self) -> None:
        notes = Notes()
        self.assertTrue(notes.failed("Call", TOO_MANY, {BUSY}))
        self.assertEqual(notes.violations, [])
        self.assertFalse(notes.failed(
            "Call", FakeError(grpc.StatusCode.INTERNAL), {BUSY}))
        self.assertEqual(notes.violations_total, 1)


class ReportTest(unittest.TestCase):

    def test_the_quiet_answer_is_right(self) -> None:
        self.assertIsNotNone(judge_report(FakeReport("same"), b"same"))

    def test_a_killed_decoder_excuses_only_what_says_so(self) -> None:
        crashed = ("DECODER_CRASHED",)
        for right, report in (
                (True, FakeReport("x", crashed, 4, inspected_in_full=False)),
                (True, FakeReport("x", crashed, 3, inspected_in_full=False)),
                (False, FakeReport("x", crashed, 4, inspected_in_full=True)),
                (False, FakeReport("x", crashed, 1, inspected_in_full=False)),
                (False, FakeReport("x", (), 4, inspected_in_full=False)),
                (False, FakeReport("x"))):
            self.assertEqual(judge_report(report, b"same") is not None, right)


class SessionTest(unittest.TestCase):

    def test_a_session_is_named_as_its_files_say(self) -> None:
        for number in (1, 20_000_003):
            with tempfile.TemporaryDirectory() as folder:
                files = list(write_session(pathlib.Path(folder), number, 2,
                                           named=True))
                for index, file in enumerate(files):
                    data, name = pydicom.dcmread(file), Named(number, index)
                    self.assertEqual(data.StudyInstanceUID,
                                     name.study_instance_uid)
                    self.assertEqual(data.SOPInstanceUID,
                                     name.sop_instance_uid)
                    self.assertLessEqual(len(name.sop_instance_uid), 64)
                self.assertNotEqual(files[0].read_bytes(),
                                    files[1].read_bytes())


class ProcessesTest(unittest.TestCase):

    def test_a_child_is_seen_while_it_runs(self) -> None:
        before = set(processes.children_of(os.getpid()))
        with subprocess.Popen([sys.executable, "-c", "input()"],
                              stdin=subprocess.PIPE) as child:
            self.assertIn(child.pid, processes.children_of(os.getpid()))
            reading = processes.read(os.getpid())
            child.communicate(b"\n")
        self.assertEqual(set(processes.children_of(os.getpid())), before)
        self.assertGreater(reading.rss_bytes, 1 << 20)
        self.assertGreaterEqual(reading.children, 1)
        self.assertGreaterEqual(reading.threads, 1)
        self.assertGreaterEqual(reading.files, 3)

    def test_processor_time_only_grows(self) -> None:
        first = processes.cpu_seconds(os.getpid())
        sum(range(10 ** 6))
        self.assertGreaterEqual(processes.cpu_seconds(os.getpid()), first)
        self.assertGreater(processes.machine_busy_seconds(), first)


if __name__ == "__main__":
    unittest.main()
