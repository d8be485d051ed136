"""burntin-bench detectors: what counts as found, costs, and the page."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

from PIL import Image

from benchmarks.bench.__main__ import main
from benchmarks.bench.accuracy_page import Provenance
from benchmarks.bench.detectors import (Seen, SeenPicture,
                                        in_fewest_channels, on_first_frame,
                                        working_point)
from benchmarks.bench.detectors_figures import (checked, cost, found,
                                                network_cost, surest)
from benchmarks.bench.detectors_page import page_text, summary
from benchmarks.bench.labels import Labelled, Line
from benchmarks.bench.measuring import program

_NAMES = ("quick", "careful", "own", "pp-ocr")
_COSTS = {"quick": 1.0, "careful": 4.0, "own": 2.0, "pp-ocr": 10.0}


def _line(**changes: object) -> Line:
    return Line(**{"text": "DOE 47", "box": (20, 30, 60, 12),
                   "stated_legible": True, **changes})


def _labelled(*lines: Line) -> Labelled:
    return Labelled("1", "1.dcm", "US", bool(lines), False, 100, 200, 1, lines)


def _answers(**boxes: list) -> dict:
    """Of all detectors; those that are not named find nothing. In OpenCV all
    cost thrice as much."""
    return {name + suffix: {
        "boxes": boxes.get(name.replace("-", "_"), []),
        "cpu_ms": scale * _COSTS[name] * .04, "network_pixels": 20_000,
        "network_ms": scale * _COSTS[name] * .02}
        for suffix, scale in (("", 1), ("-opencv", 3)) for name in _NAMES}


_COVERS = [20, 30, 60, 12, .9]
_BESIDE = [20, 60, 60, 12, .4]


def _seen() -> Seen:
    pictures = [
        SeenPicture(_labelled(_line()), .02,
                    _answers(own=[_COVERS], pp_ocr=[_COVERS])),
        SeenPicture(_labelled(), .02, _answers(own=[_BESIDE],
                                               pp_ocr=[_COVERS])),
        SeenPicture(_labelled(), .02, _answers(pp_ocr=[_COVERS]))]
    return Seen(pictures, {(512, 512): [_answers()]})


class FoundTest(unittest.TestCase):
    def test_a_line_is_covered_by_likely_boxes_over_half_of_it(self):
        for box, least, hits in ((_COVERS, .5, 1), (_COVERS, .95, 0),
                                 ([20, 30, 31, 12, .9], .5, 1),
                                 ([20, 30, 29, 12, .9], .5, 0)):
            seen = Seen([SeenPicture(_labelled(_line()), .02,
                                     _answers(own=[box]))])
            self.assertEqual(found(seen, "own", least).lines_found.hits, hits)

    def test_clean_pictures_with_a_box_count(self):
        seen = _seen()
        self.assertEqual(found(seen, "own", .25).clean_flagged.hits, 1)
        self.assertEqual(found(seen, "own", .5).clean_flagged.hits, 0)
        self.assertEqual(found(seen, "pp-ocr", .5).clean_flagged.hits, 2)

    def test_lines_of_later_frames_are_not_asked_for(self):
        labelled = _labelled(_line(), _line(frames=(0, 3)),
                             _line(frames=(2, 3)))
        self.assertEqual(len(on_first_frame(labelled).lines), 2)

    def test_a_line_counts_from_the_same_likelihood_in_both_runtimes(self):
        self.assertEqual(working_point("quick-opencv"),
                         working_point("quick"))


class SurestTest(unittest.TestCase):
    def test_it_is_the_highest_likelihood_that_covers_so_many(self):
        self.assertEqual(surest(_seen(), "own", 1), .9)
        self.assertIsNone(surest(_seen(), "careful", 1))


class ChannelsTest(unittest.TestCase):
    def test_a_picture_without_colour_has_one_channel(self):
        grey = Image.new("RGB", (6, 4), (7, 7, 7))
        self.assertEqual(in_fewest_channels(grey).mode, "L")
        grey.putpixel((2, 3), (7, 8, 7))
        self.assertEqual(in_fewest_channels(grey).mode, "RGB")


class CostTest(unittest.TestCase):
    def test_costs_are_by_megapixel_of_picture_and_of_what_was_shown(self):
        own = cost(_seen(), "own")
        self.assertAlmostEqual(own.total, 4)
        self.assertAlmostEqual(own.median, 4)
        self.assertAlmostEqual(own.network, 2)
        self.assertAlmostEqual(own.shown, 1)
        self.assertAlmostEqual(network_cost(_seen(), "quick", (512, 512)), 1)


class PageTest(unittest.TestCase):
    def test_what_was_asked_for_is_held_against_the_figures(self):
        met = {(one.name, one.bound): one.met for one in checked(_seen())}
        self.assertTrue(met["legible lines covered by `own`", "≥ 99.0 %"])
        alarms = [one for one in checked(_seen()) if "clean" in one.name]
        # At 0.25 and 0.5, and then where all lines are covered.
        self.assertEqual([one.met for one in alarms[:3]],
                         [False, True, True])
        self.assertIn("from 0.9, where it covers 99.0 %", alarms[2].name)
        of_cpu = {one.name: one.met for one in checked(_seen())
                  if "network `" in one.name}
        self.assertTrue(of_cpu["CPU a megapixel that the network `quick` is "
                               "shown, 512 x 512, ONNX Runtime"])
        self.assertFalse(of_cpu["CPU a megapixel that the network `careful` "
                                "is shown, 512 x 512, OpenCV"])

    def test_the_page_gives_figures_with_their_number(self):
        page = page_text(_seen(), Provenance("detectors", "3 samples", "cmd",
                                             "a machine", "abc"))
        self.assertIn("| `own` | 0.25 | 100.0 % (20.7–100.0; 1/1) | "
                      "100.0 % (20.7–100.0; 1/1) | 50.0 % (9.5–90.5; 1/2) |",
                      page)
        self.assertIn("| `own-opencv` | 12 | 12 | 0.20 | 1.00 | 6 | 0.20 |",
                      page)

    def test_the_summary_holds_both_likelihoods(self):
        figures = summary(_seen())
        self.assertEqual(set(figures["careful"]["found"]), {"0.25", "0.5"})


@unittest.skipUnless((program().parent / "burntin-boxes").exists(),
                     "burntin-boxes is not built")
class EndToEndTest(unittest.TestCase):
    def test_a_run_finds_lines_and_writes_its_page(self):
        with tempfile.TemporaryDirectory() as folder:
            with contextlib.redirect_stdout(io.StringIO()), \
                    contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(main(
                    ["detectors", "--count", "6", "--profile", "default",
                     "--out", folder]), 0)
            figures = json.loads(
                (pathlib.Path(folder) / "detectors.json").read_text())
        for name in _NAMES:
            lines = figures[name]["found"]["0.5"]["lines_found"]
            self.assertGreater(lines["total"], 2)
            self.assertGreater(lines["rate"], .7, name)
            same = figures[name + "-opencv"]["found"]
            for least, rates in same.items():
                self.assertEqual(rates["lines_found"],
                                 figures[name]["found"][least]["lines_found"])


if __name__ == "__main__":
    unittest.main()
