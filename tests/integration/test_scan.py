"""Scans generated samples in-process and through burntind, end to end."""

from __future__ import annotations

import re
import tempfile
import unittest
from pathlib import Path

import programs

TEXT_ALLOWED = "detector: {include_text: true}\n"


class ScanOfSamplesTest(unittest.TestCase):
    """One scan each way of the demo's samples; many questions to both."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        root = Path(cls.folder.name)
        cls.samples = root / "samples"
        cls.truth = programs.make_samples(cls.samples, "--preset", "demo")
        (cls.samples / "notes.txt").write_text("Not a DICOM object.\n")
        (cls.samples / "empty.dcm").touch()
        (cls.samples / "junk.dcm").write_bytes(b"\x00\xff junk" * 100)
        whole = (cls.samples / cls.truth[0]["path"]).read_bytes()
        (cls.samples / "cut.dcm").write_bytes(whole[:len(whole) * 9 // 10])
        cls.report = root / "report.html"
        with programs.running_server(root, TEXT_ALLOWED) as server:
            cls.remote = programs.scan(
                "--server", server.address, "--text", "--report", cls.report,
                cls.samples)
        cls.log_text = server.log.read_text()
        cls.local = programs.scan("--text", cls.samples)
        cls.by_name = {Path(report["path"]).name: report
                       for report in cls.local.instances}

    def test_both_ways_give_the_same_answers(self) -> None:
        self.assertEqual(
            [programs.without_timings(r) for r in self.local.instances],
            [programs.without_timings(r) for r in self.remote.instances])
        self.assertEqual(
            [e for e in self.local.events if "session" in e],
            [e for e in self.remote.events if "session" in e])

    def test_every_dicom_file_is_answered(self) -> None:
        names = {sample["path"] for sample in self.truth}
        names |= {"empty.dcm", "junk.dcm", "cut.dcm"}
        self.assertEqual(set(self.by_name), names)

    def test_other_files_are_named_as_skipped(self) -> None:
        self.assertIn("notes.txt", self.local.errors)

    def test_what_cannot_be_read_is_indeterminate(self) -> None:
        for name, reason in (("empty.dcm", "FILE_EMPTY"),
                             ("cut.dcm", "FILE_TRUNCATED")):
            report = self.by_name[name]
            self.assertEqual(report["verdict"], "VERDICT_INDETERMINATE", name)
            self.assertEqual(report["reasons"][0]["code"], reason)
        self.assertEqual(self.by_name["junk.dcm"]["verdict"],
                         "VERDICT_INDETERMINATE")

    def test_no_file_with_an_identifier_is_cleared(self) -> None:
        for sample in self.truth:
            if sample["identifying"]:
                self.assertNotEqual(self.by_name[sample["path"]]["verdict"],
                                    "VERDICT_CLEAR", sample["path"])

    def test_most_files_without_text_are_cleared(self) -> None:
        clean = [s for s in self.truth if not s["has_text"]]
        cleared = [s for s in clean if self.by_name[s["path"]]["verdict"]
                   == "VERDICT_CLEAR"]
        self.assertGreater(2 * len(cleared), len(clean))

    def test_every_frame_is_inspected(self) -> None:
        for sample in self.truth:
            report = self.by_name[sample["path"]]
            self.assertEqual(report["framesTotal"], sample["frames"])
            self.assertEqual(report["framesInspected"], sample["frames"])

    def test_held_files_make_status_1(self) -> None:
        self.assertEqual(self.local.status, 1)
        self.assertEqual(self.remote.status, 1)

    def test_the_servers_log_holds_no_name(self) -> None:
        for sample in self.truth:
            for line in sample["lines"]:
                if line["category"] != "PERSON_NAME":
                    continue
                for word in re.findall(r"[^\W\d_]{4,}", line["text"]):
                    if word.upper() == "NAME":  # a label, and a key of the log
                        continue
                    self.assertNotIn(word.upper(), self.log_text.upper())
            self.assertNotIn(sample["path"], self.log_text)

    def test_the_report_is_one_private_page(self) -> None:
        page = self.report.read_text()
        self.assertIn("data:image/png;base64,", page)
        self.assertNotRegex(page, r'(?:src|href)="(?!data:|#)')
        self.assertEqual(self.report.stat().st_mode & 0o077, 0)


class ExitStatusTest(unittest.TestCase):
    """The statuses that scripts rely on."""

    def test_clean_files_make_status_0(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            truth = programs.make_samples(root / "all", "--preset", "demo")
            clean = [s["path"] for s in truth if not s["has_text"]]
            result = programs.scan(root / "all" / clean[0])
            self.assertEqual(result.status, 0, result.errors)

    def test_a_missing_path_makes_status_2(self) -> None:
        self.assertEqual(programs.scan("/no/such/file.dcm").status, 2)

    def test_an_unreachable_server_makes_status_2(self) -> None:
        with tempfile.NamedTemporaryFile(suffix=".dcm") as file:
            file.write(b"x")
            file.flush()
            result = programs.scan("--server", "127.0.0.1:1", file.name)
        self.assertEqual(result.status, 2)

    def test_text_that_the_server_does_not_allow_makes_status_2(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "a.dcm").write_bytes(b"junk")
            with programs.running_server(root) as server:
                result = programs.scan("--server", server.address, "--text",
                                       root / "a.dcm")
        self.assertEqual(result.status, 2)


if __name__ == "__main__":
    unittest.main()
