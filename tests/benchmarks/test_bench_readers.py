"""burntin-bench readers: cutting lines out, counting slips, and the page."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import numpy as np
from PIL import Image

from benchmarks.bench.__main__ import main
from benchmarks.bench.accuracy_page import Provenance
from benchmarks.bench.labels import Line
from benchmarks.bench.measuring import program
from benchmarks.bench.reading import distance
from benchmarks.bench.readers import (ReadLine, compact, cut_out,
                                      is_readable)
from benchmarks.bench.readers_page import page_text, summary


def _line(**changes: object) -> Line:
    return Line(**{"text": "DOE 47", "box": (20, 30, 60, 12),
                   "stated_legible": True, **changes})


class SlipsTest(unittest.TestCase):
    def test_characters_changed_dropped_and_added_count(self):
        self.assertEqual(distance("DOE", "DOE"), 0)
        self.assertEqual(distance("DOE", "D0EX"), 2)
        self.assertEqual(distance("DOE", ""), 3)

    def test_spaces_and_ways_to_compose_letters_do_not(self):
        self.assertEqual(compact(" Z\u030cofie  47"), "Žofie47")


class CuttingTest(unittest.TestCase):
    def setUp(self) -> None:
        pixels = np.zeros((80, 120), np.uint8)
        pixels[30:42, 20:80] = 200
        pixels[30:42, 20:30] = 255  # where the line begins
        self.picture = Image.fromarray(pixels).convert("RGB")

    def _assert_upright(self, line: Line, picture: Image.Image) -> None:
        cut = np.asarray(cut_out(picture, line))[:, :, 0]
        self.assertEqual(cut.shape, (15, 63))
        self.assertGreater(cut[4:-4, 3:9].min(), 230)
        self.assertTrue((abs(cut[4:-4, 16:-4].astype(int) - 200) < 5).all())
        self.assertLess(cut[0].max(), 120)

    def test_a_box_is_cut_with_some_room(self):
        self._assert_upright(_line(), self.picture)

    def test_a_turned_line_is_set_upright(self):
        turned = self.picture.transpose(Image.Transpose.ROTATE_270)
        # Clockwise by 90 degrees: (x, y) goes to (80 - y, x).
        line = _line(corners=((50, 20), (50, 80), (38, 80), (38, 20)))
        self._assert_upright(line, turned)

    def test_what_is_no_line_of_latin_letters_does_not_count(self):
        self.assertTrue(is_readable(_line()))
        for other in ({"script": "greek"}, {"style": "stacked"},
                      {"style": "cut"}, {"mirrored": True}, {"text": " "},
                      {"stated_legible": False}):
            self.assertFalse(is_readable(_line(**other)), other)


def _read(own: str, other: str, height: float) -> ReadLine:
    answers = {name: {"text": text, "confidence": .9, "cpu_ms": cost}
               for name, text, cost in (("own", own, 2.0),
                                        ("pp-ocr", other, 10.0))}
    return ReadLine("DOE 47", height, 60, answers)


class PageTest(unittest.TestCase):
    lines = [_read("DOE 47", "D0E47", 12), _read("DE47", "DOE 47", 30)]

    def test_figures_are_of_all_lines(self):
        figures = summary(self.lines)
        self.assertEqual(figures["own"]["character_error_rate"], 1 / 10)
        self.assertEqual(figures["pp-ocr"]["exact"], .5)
        self.assertEqual(figures["own"]["cpu_ms_mean"], 2)

    def test_the_page_gives_them_with_their_number(self):
        page = page_text(self.lines, Provenance("readers", "2 samples", "cmd",
                                                "a machine", "abc"))
        self.assertIn("| `own` | 10.0 % | 50.0 % (9.5–90.5; 1/2) | 2.0 | 2.0 "
                      "| 0.20 |", page)
        self.assertIn("| 10 to 15 | 1 | 0.0 % | 20.0 % |", page)


@unittest.skipUnless((program().parent / "burntin-lines").exists(),
                     "burntin-lines is not built")
class EndToEndTest(unittest.TestCase):
    def test_a_run_reads_lines_and_writes_its_page(self):
        with tempfile.TemporaryDirectory() as folder:
            with contextlib.redirect_stdout(io.StringIO()), \
                    contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(main(["readers", "--count", "8", "--profile",
                                       "default", "--out", folder]), 0)
            figures = json.loads(
                (pathlib.Path(folder) / "readers.json").read_text())
        self.assertGreater(figures["pp-ocr"]["lines"], 2)
        self.assertLess(figures["pp-ocr"]["character_error_rate"], .3)
        self.assertLess(figures["own"]["character_error_rate"], .3)


if __name__ == "__main__":
    unittest.main()
