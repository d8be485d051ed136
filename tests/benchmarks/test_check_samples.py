"""check-samples: what counts as found, and what fails."""

from __future__ import annotations

import json
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "benchmarks/check-samples"


def box(x: int, width: int) -> dict:
    """A box of 10 rows."""
    return {"x": x, "y": 0, "width": width, "height": 10}


def region(**fields: object) -> dict:
    """A suspect region of the first frame."""
    return {"category": "CATEGORY_OTHER", "source": "SOURCE_FRAME",
            "frameRanges": [{"first": 0, "last": 0}]} | fields


class CheckSamplesTest(unittest.TestCase):

    def check(self, lines: list[dict], regions: list[dict]) -> int:
        """The exit status for one held file with these lines and regions."""
        truth = {"path": "a", "identifying": bool(lines), "lines": lines}
        event = {"instance": {"path": "/in/a", "regions": regions,
                              "verdict": "VERDICT_REVIEW"}}
        with tempfile.TemporaryDirectory() as folder:
            files = [pathlib.Path(folder) / name for name in ("t", "e")]
            files[0].write_text(json.dumps(truth) + "\n")
            files[1].write_text(json.dumps(event) + "\n")
            return subprocess.run([PROGRAM, *files], check=False,
                                  stdout=subprocess.DEVNULL).returncode

    line = {"category": "PERSON_NAME", "box": box(0, 100), "frames": [0, 0]}

    def test_two_parts_that_make_half_are_found(self) -> None:
        parts = [region(box=box(0, 25)), region(box=box(50, 25))]
        self.assertEqual(self.check([self.line], parts), 0)

    def test_the_same_part_twice_counts_once(self) -> None:
        parts = [region(box=box(0, 30)), region(box=box(0, 30))]
        self.assertEqual(self.check([self.line], parts), 1)

    def test_a_region_without_a_box_covers_nothing(self) -> None:
        self.assertEqual(self.check([self.line], [region()]), 1)

    def test_nothing_planted_is_nothing_checked(self) -> None:
        self.assertEqual(self.check([], []), 1)


if __name__ == "__main__":
    unittest.main()
