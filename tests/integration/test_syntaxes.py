"""Scans one file for each transfer syntax, layout and place of text."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

import programs


def make_files(folder: Path) -> list[dict]:
    """Makes the files in `folder`; returns their truth."""
    subprocess.run([programs.REPOSITORY / "benchmarks/make-syntaxes", "--out",
                    folder], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    lines = (folder / "truth.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def overlaps(line: dict, region: dict) -> bool:
    """Whether the region shares a pixel with the line, on one of its frames;
    True for a line without a place in pixels."""
    first, last = line["frames"]
    ranges = region.get("frameRanges", [])
    if ranges and not any(part.get("first", 0) <= last
                          and part.get("last", 0) >= first for part in ranges):
        return False
    want, have = line["box"], region.get("box", {})
    if want is None:
        return True
    x, y = have.get("x", 0), have.get("y", 0)
    return (x < want["x"] + want["width"]
            and want["x"] < x + have.get("width", 0)
            and y < want["y"] + want["height"]
            and want["y"] < y + have.get("height", 0))


def is_found(line: dict, instance: dict) -> bool:
    """Whether a region says that this line is there."""
    return any(region["source"] == line["source"]
               and region.get("sourceIndex", 0) == line["source_index"]
               and region["category"] != "CATEGORY_BENIGN"
               and overlaps(line, region)
               for region in instance.get("regions", []))


class ScanOfSyntaxesTest(unittest.TestCase):
    """One scan of all files; a subtest for each file."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.truth = make_files(Path(folder.name))
        (Path(folder.name) / "truth.jsonl").unlink()
        cls.reports = {Path(report["path"]).stem: report for report in
                       programs.scan("--text", folder.name).instances}

    def test_the_planted_text_is_found_in_every_file(self) -> None:
        for sample in self.truth:
            name = Path(sample["path"]).stem
            with self.subTest(name):
                report = self.reports[name]
                for line in sample["lines"]:
                    self.assertTrue(is_found(line, report),
                                    self.outline(line, report))

    def test_every_file_is_inspected_in_full_and_held(self) -> None:
        for sample in self.truth:
            name = Path(sample["path"]).stem
            with self.subTest(name):
                report = self.reports[name]
                self.assertIn(report["verdict"],
                              ("VERDICT_IDENTIFYING", "VERDICT_REVIEW"),
                              self.reasons(report))

    @staticmethod
    def reasons(report: dict) -> list[str]:
        return [reason["code"] for reason in report.get("reasons", [])]

    @classmethod
    def outline(cls, line: dict, report: dict) -> str:
        """What was planted and what was found, without any text."""
        regions = [(region["source"], region.get("sourceIndex", 0),
                    region.get("frameRanges"), region.get("box"))
                   for region in report.get("regions", [])]
        return (f"{line['source']} {line['source_index']} {line['frames']} "
                f"{line['box']}: {regions[:8]} {report['verdict']} "
                f"{cls.reasons(report)}")


if __name__ == "__main__":
    unittest.main()
