"""Scans a labelled corpus, where one is at hand; skips otherwise.

BURNTIN_CORPUS names a folder with a MANIFEST.tsv in the form of
benchmarks/README.md. The bounds are those that the detector promises.
"""

from __future__ import annotations

import csv
import os
import sys
import unittest
from pathlib import Path

import programs

CORPUS = Path(os.environ.get("BURNTIN_CORPUS", ""))
HELD = {"VERDICT_REVIEW", "VERDICT_IDENTIFYING", "VERDICT_INDETERMINATE"}


@unittest.skipUnless(os.environ.get("BURNTIN_CORPUS"),
                     "BURNTIN_CORPUS names no labelled corpus")
class CorpusTest(unittest.TestCase):
    """One scan of the corpus; one question each."""

    @classmethod
    def setUpClass(cls) -> None:
        csv.field_size_limit(sys.maxsize)
        with (CORPUS / "MANIFEST.tsv").open(newline="") as manifest:
            cls.rows = list(csv.DictReader(manifest, delimiter="\t",
                                           quoting=csv.QUOTE_NONE))
        reports = programs.scan(CORPUS).instances
        cls.verdicts = {os.path.relpath(report["path"], CORPUS):
                        report["verdict"] for report in reports}

    def share(self, label: str, value: str, verdicts: set[str]) -> float:
        """The part of the files so labelled that got one of `verdicts`."""
        files = [row["path"] for row in self.rows if row[label] == value
                 and not row["path"].startswith("malformed/")]
        answered = [path for path in files
                    if self.verdicts.get(path) in verdicts]
        return len(answered) / len(files)

    def test_every_dicom_file_is_answered(self) -> None:
        missing = [row["path"] for row in self.rows
                   if row["path"] not in self.verdicts]
        self.assertEqual(missing, [])

    def test_identifying_files_are_held(self) -> None:
        self.assertGreaterEqual(self.share("identifying", "yes", HELD), 0.95)

    def test_clean_files_are_cleared(self) -> None:
        self.assertGreaterEqual(
            self.share("has_text", "no", {"VERDICT_CLEAR"}), 0.8)


if __name__ == "__main__":
    unittest.main()
