"""burntin-bench risk: exact matching, judging, calibration, the fit, and both
programs end to end."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import numpy as np
import pydicom

from support import run
from benchmarks.bench import risk_fit
from benchmarks.bench.__main__ import main
from benchmarks.bench.exact_match import matches, values_of
from benchmarks.bench.labels import Labelled, Line
from benchmarks.bench.measuring import MODELS, Measurer, program
from benchmarks.bench.reading_files import Reader, match_all
from benchmarks.bench.risk import (MODEL, RUNGS, Inspected, Region, Risk,
                                   calibration_error, reliability)
from benchmarks.bench.risk_page import generator_targets, page_text
from benchmarks.bench.accuracy_page import Provenance
from benchmarks.bench.scrubbing import identifying_tags, scrubbed


_BOX = (10, 10, 100, 20)


def region(category: str, **changes: object) -> Region:
    """A region in the place of the line of an image."""
    return Region(**{"box": _BOX, "texts": ("X",), "category": category,
                     "score": .5, "risk": .2, "identifying": False,
                     "signs": (), "factors": {}, "exact": False, **changes})


def image(category: str | None, regions: tuple[Region, ...], verdict: str,
          risk: float = .5, legible: bool = True) -> Inspected:
    """An image with one line of text, or none."""
    lines = () if category is None else (
        Line("TEXT", _BOX, category=category, stated_legible=legible),)
    return Inspected(
        Labelled("0", "0.dcm", "US", bool(lines),
                 category in ("PERSON_NAME", "DATE"), 64, 256, 1, lines),
        regions, verdict, risk, {})


SIGN = {"kind": "HEADER", "category": "PERSON_NAME", "score": .9, "slips": 1,
        "attribute": "PatientName"}


class ExactMatchTest(unittest.TestCase):

    WANTED = values_of([("PatientName", "Doe^Jane^Q"), ("PatientID", "P-12"),
                        ("PatientSex", "F"), ("StationName", "ROOM ONE")])

    def test_parts_of_names_are_looked_for_and_short_values_are_not(self):
        self.assertEqual(self.WANTED, {"doe^jane^q", "doe", "jane", "p-12",
                                       "room one"})

    def test_whole_words_match_in_any_case(self):
        self.assertTrue(matches(["Name: DOE, J."], self.WANTED))
        self.assertTrue(matches(["", "id P-12"], self.WANTED))

    def test_a_part_of_a_word_or_one_slip_does_not(self):
        self.assertFalse(matches(["DOES", "D0E", "P-123"], self.WANTED))


class RungTest(unittest.TestCase):

    def test_each_rung_sees_what_the_one_before_missed(self):
        found = image("PERSON_NAME", (region("PERSON_NAME", signs=(SIGN,),
                                             identifying=True),),
                      "IDENTIFYING")
        rates = [Risk([found]).rates(rung) for rung in RUNGS]
        self.assertEqual([rate.strings_named.hits for rate in rates],
                         [0, 1, 1, 1, 1])
        self.assertEqual([rate.images_held.hits for rate in rates],
                         [0, 1, 1, 1, 1])

    def test_only_the_vocabulary_holds_text_without_a_sign(self):
        unread = image("PERSON_NAME", (region("UNREADABLE"),), "REVIEW")
        rates = [Risk([unread]).rates(rung) for rung in RUNGS]
        self.assertEqual([rate.strings_held.hits for rate in rates],
                         [0, 0, 0, 1, 1])
        self.assertEqual(rates[-1].strings_named.hits, 0)

    def test_text_elsewhere_does_not_name_a_string(self):
        far = region("PERSON_NAME", box=(300, 300, 20, 20), identifying=True)
        rates = Risk([image("DATE", (far,), "IDENTIFYING")]).rates(MODEL)
        self.assertEqual(rates.strings_named.hits, 0)
        self.assertEqual(rates.images_named.hits, 1)

    def test_a_file_without_an_answer_is_held(self):
        lost = image("DATE", (), "INDETERMINATE")
        for rung in RUNGS:
            self.assertEqual(Risk([lost]).rates(rung).images_held.hits, 1)

    def test_illegible_strings_are_not_counted(self):
        faint = image("DATE", (), "CLEAR", legible=False)
        rates = Risk([faint]).rates(MODEL)
        self.assertEqual(rates.strings_named.total, 0)
        self.assertEqual(rates.images_held.total, 0)

    def test_strings_that_cannot_be_made_out_are_said_apart(self):
        page = page_text(
            Risk([image("PERSON_NAME", (region("PERSON_NAME",
                                               identifying=True),),
                        "IDENTIFYING", legible=False),
                  image("DATE", (), "CLEAR", legible=False)]),
            Provenance("risk", "2 samples", "command", "machine", "commit"),
            [], True)
        self.assertIn("2 identifying strings", page)
        self.assertIn("1 of them are named, 1 are held", page)

    def test_harmless_text_that_cannot_be_made_out_is_no_false_alarm(self):
        rates = Risk([image("BENIGN", (), "CLEAR"),
                      image("BENIGN", (region("OTHER"),), "REVIEW"),
                      image("BENIGN", (region("OTHER"),), "REVIEW",
                            legible=False)]).rates(MODEL)
        self.assertEqual((rates.benign_cleared.hits,
                          rates.benign_cleared.total), (1, 2))
        self.assertEqual((rates.obscured_cleared.hits,
                          rates.obscured_cleared.total), (0, 1))


class CalibrationTest(unittest.TestCase):

    def test_risks_that_come_true_as_often_have_no_error(self):
        pairs = [(.25, i % 4 == 0) for i in range(100)]
        self.assertAlmostEqual(calibration_error(reliability(pairs)), 0)

    def test_the_error_is_the_mean_distance(self):
        pairs = [(1.0, False)] * 10 + [(0.0, False)] * 30
        self.assertAlmostEqual(calibration_error(reliability(pairs)), .25)

    def test_every_risk_is_in_one_bin(self):
        pairs = [(i / 20, True) for i in range(21)]
        self.assertEqual(sum(b.count for b in reliability(pairs)), 21)


class FitTest(unittest.TestCase):

    def draw(self) -> tuple[np.ndarray, np.ndarray]:
        """Objects of which a half has a sign that is true for nine in ten."""
        rng = np.random.default_rng(5)
        sign = rng.random(4000) < .5
        labels = np.where(sign, rng.random(4000) < .9, rng.random(4000) < .02)
        return risk_fit.strengths([{"HEADER": 1.0} if one else {}
                                   for one in sign]), labels.astype(float)

    def test_finds_the_risks_that_were_drawn(self):
        base, weights = risk_fit.fit(*self.draw())
        self.assertAlmostEqual(1 / (1 + np.exp(-base)), .02, delta=.01)
        self.assertAlmostEqual(1 / (1 + np.exp(-base - weights[0])), .9,
                               delta=.03)

    def test_what_was_never_seen_keeps_its_prior(self):
        _, weights = risk_fit.fit(*self.draw())
        place = risk_fit.FACTORS.index("NATIONAL_NUMBER")
        self.assertAlmostEqual(weights[place], risk_fit.PRIOR[place])

    def test_no_weight_is_negative_and_facts_double_the_odds_at_least(self):
        rows = risk_fit.strengths([{"BURNED_IN": 1.0, "DATE": 1.0}] * 500
                                  + [{}] * 500)
        _, weights = risk_fit.fit(rows, np.array([0.0] * 500 + [1.0] * 500))
        self.assertTrue((weights >= risk_fit.LEAST - 1e-12).all())

    def test_equal_data_give_equal_weights(self):
        first, second = (risk_fit.as_code(*[risk_fit.fit(*self.draw())] * 2)
                         for _ in range(2))
        self.assertEqual(first, second)


class PageTest(unittest.TestCase):

    def test_says_counts_and_what_went_wrong(self):
        risk = Risk([image("PERSON_NAME", (), "CLEAR", .0),
                     image("BENIGN", (region("BENIGN"),), "CLEAR", .0)])
        text = page_text(risk, Provenance("risk", "2 samples", "c", "m", "0"),
                         generator_targets(risk), with_error=True)
        self.assertIn("Identifying and CLEAR (1): `0`", text)
        self.assertIn("**not met**", text)
        self.assertIn("0/1", text)


class ScrubbingTest(unittest.TestCase):

    def test_no_identifying_attribute_is_left(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            run(folder, "--count", 1)
            (path,) = folder.glob("*.dcm")
            before = pydicom.dcmread(path)
            self.assertIn("PatientName", before)
            with scrubbed(str(path), folder) as copy:
                after = pydicom.dcmread(copy)
            self.assertFalse([e for e in after.iterall()
                              if e.tag in identifying_tags()])
            self.assertEqual(after.PixelData, before.PixelData)


@unittest.skipUnless((program().parent / "burntin-read").exists(),
                     "burntin-read is not built")
class EndToEndTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def test_matching_readings_gives_the_detectors_answer(self):
        run(self.folder, "--count", 6, "--split", "test")
        paths = sorted(map(str, self.folder.glob("*.dcm")))
        with Reader(MODELS) as reader:
            readings = [reader.read(path) for path in paths]
        matched = match_all(readings, self.folder)
        with Measurer(MODELS) as measurer:
            for path, read, again in zip(paths, readings, matched):
                (answer,) = measurer.ask(path, ["burntin"])
                self.assertEqual(read["verdict"], answer["verdict"])
                self.assertEqual(again["verdict"], answer["verdict"])
                self.assertAlmostEqual(again["risk"], answer["risk"])

    def test_a_run_writes_its_page_and_goes_on_where_it_was(self):
        command = ["risk", "--count", "4", "--jobs", "1", "--work",
                   str(self.folder / "work"), "--out",
                   str(self.folder / "page")]
        for _ in range(2):
            with contextlib.redirect_stdout(io.StringIO()), \
                    contextlib.redirect_stderr(io.StringIO()):
                self.assertIn(main(command), (0, 1))
            lines = (self.folder / "work/measured.jsonl").read_text(
                encoding="utf-8").splitlines()
            self.assertEqual(len(lines), 4)
        self.assertTrue((self.folder / "page/risk.md").exists())
        self.assertTrue(
            (self.folder / "page/figures/risk-reliability.png").exists())
        summary = json.loads((self.folder / "page/risk.json").read_text())
        self.assertEqual(len(summary["rungs"]), 5)


if __name__ == "__main__":
    unittest.main()
