"""burntin-bench: intervals, ROC curves and how they are printed."""

from __future__ import annotations

import math
import unittest

import support  # noqa: F401
from benchmarks.bench.markdown import percent, rate_cell, table
from benchmarks.bench.statistics_of_rates import (Rate, area_under, rate_of,
                                                  roc)

# R. G. Newcombe, "Two-sided confidence intervals for the single proportion",
# Statistics in Medicine 17 (1998), table I, method 3.
PUBLISHED = (((81, 263), (.2553, .3662)), ((15, 148), (.0624, .1605)),
             ((0, 20), (0, .1611)), ((1, 29), (.0061, .1718)))


class RateTest(unittest.TestCase):

    def test_intervals_are_those_that_were_published(self) -> None:
        for counts, published in PUBLISHED:
            for mine, theirs in zip(Rate(*counts).interval, published):
                self.assertAlmostEqual(mine, theirs, places=4)

    def test_all_is_as_sure_as_none(self) -> None:
        low, high = Rate(20, 20).interval
        self.assertEqual(high, 1)
        self.assertAlmostEqual(low, 1 - .1611, places=4)

    def test_nothing_has_no_share_and_the_widest_interval(self) -> None:
        self.assertTrue(math.isnan(Rate(0, 0).value))
        self.assertEqual(Rate(0, 0).interval, (0, 1))
        self.assertIsNone(Rate(0, 0).as_json()["rate"])

    def test_answers_are_counted(self) -> None:
        self.assertEqual(rate_of([True, False, True]), Rate(2, 3))


class RocTest(unittest.TestCase):

    def test_scores_that_separate_have_all_the_area(self) -> None:
        self.assertEqual(area_under(roc([.9, .8], [.1, .2])), 1)

    def test_equal_scores_have_half_of_it(self) -> None:
        self.assertEqual(area_under(roc([.5, .5], [.5])), .5)

    def test_the_area_is_the_share_of_pairs_in_order(self) -> None:
        positives, negatives = [.9, .4, .4, .1], [.5, .4, .0]
        pairs = [(a > b) + .5 * (a == b) for a in positives for b in negatives]
        self.assertAlmostEqual(area_under(roc(positives, negatives)),
                               sum(pairs) / len(pairs))

    def test_the_curve_runs_from_corner_to_corner(self) -> None:
        points = roc([.9, .2], [.1, .8])
        self.assertEqual((points[0].false_positives,
                          points[0].true_positives), (0, 0))
        self.assertEqual((points[-1].false_positives,
                          points[-1].true_positives), (1, 1))

    def test_one_side_alone_has_no_curve(self) -> None:
        self.assertEqual(roc([.5], []), [])
        self.assertTrue(math.isnan(area_under([])))


class MarkdownTest(unittest.TestCase):

    def test_almost_all_is_not_printed_as_all(self) -> None:
        self.assertEqual(percent(1999 / 2000), "99.95 %")
        self.assertEqual(percent(1 / 20000), "0.01 %")

    def test_all_and_none_are(self) -> None:
        self.assertEqual(percent(1), "100.0 %")
        self.assertEqual(percent(0), "0.0 %")

    def test_a_rate_shows_its_interval_and_its_counts(self) -> None:
        self.assertEqual(rate_cell(Rate(15, 148)),
                         "10.1 % (6.2–16.0; 15/148)")

    def test_a_bar_within_a_cell_starts_no_other(self) -> None:
        self.assertIn(r"a\|b", table(("x",), [("a|b",)]))


if __name__ == "__main__":
    unittest.main()
