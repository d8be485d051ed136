"""burntin-bench: what counts as found, read and flagged."""

from __future__ import annotations

import unittest

import support  # noqa: F401
from benchmarks.bench.accuracy import Accuracy, agreement, rates
from benchmarks.bench.answers import Answer, Found
from benchmarks.bench.dimensions import bin_of
from benchmarks.bench.geometry import (covered_share, covered_share_of_turned,
                                       union_area)
from benchmarks.bench.judging import judge, judge_line
from benchmarks.bench.labels import Labelled, Line
from benchmarks.bench.reading import (characters_read, errors_within,
                                      words_read)
from benchmarks.bench.results import Measured
from benchmarks.bench.statistics_of_rates import Rate


def answer(*texts: Found, method: str = "burntin", verdict: str = "CLEAR",
           **fields: object) -> Answer:
    """An answer with these texts."""
    return Answer(method, texts, verdict=verdict, **fields)


def labelled(*lines: Line, key: str = "1", identifying: bool = True
             ) -> Labelled:
    """A file with these lines."""
    return Labelled(key, "/none", "US", bool(lines),
                    bool(lines) and identifying, 100, 100, 1, lines)


LINE = Line("DOE^JANE", (0, 0, 100, 10), frames=(0, 0),
            category="PERSON_NAME", height_px=10, contrast=200)


class GeometryTest(unittest.TestCase):

    def test_what_two_boxes_share_counts_once(self) -> None:
        self.assertEqual(union_area([(0, 0, 10, 10), (5, 5, 10, 10)]), 175)

    def test_boxes_one_above_the_other_are_both_counted(self) -> None:
        self.assertEqual(union_area([(0, 0, 5, 5), (0, 10, 5, 5)]), 50)

    def test_a_part_is_covered(self) -> None:
        self.assertEqual(covered_share((0, 0, 10, 10), [(5, 0, 10, 10)]), .5)

    def test_of_a_turned_line_only_the_line_has_to_be_covered(self) -> None:
        corners = ((0, 90), (90, 0), (100, 10), (10, 100))
        along = [(i, 90 - i, 14, 14) for i in range(0, 90, 5)]
        frame = (0, 0, 100, 100)
        self.assertLess(covered_share(frame, along), .5)
        self.assertGreater(covered_share_of_turned(corners, frame, along), .8)

    def test_what_the_edge_cuts_off_need_not_be_covered(self) -> None:
        corners = ((-50, 0), (50, 0), (50, 10), (-50, 10))
        self.assertEqual(covered_share_of_turned(
            corners, (0, 0, 50, 10), [(0, 0, 50, 10)]), 1)


class ReadingTest(unittest.TestCase):

    def test_each_kind_of_edit_is_one(self) -> None:
        for read in ("kitten", "sitten", "kiten", "kitxten"):
            self.assertEqual(errors_within("kitten", read), read != "kitten")

    def test_what_stands_around_is_free(self) -> None:
        self.assertEqual(errors_within("doe", "name:doe,jane"), 0)

    def test_there_are_no_more_errors_than_characters(self) -> None:
        self.assertEqual(errors_within("abc", ""), 3)
        self.assertEqual(errors_within("abc", "xyzxyz"), 3)

    def test_case_and_spaces_do_not_matter(self) -> None:
        self.assertEqual(characters_read("Doe, Jane", ["DOE,JANE"]), (8, 8))

    def test_parts_are_put_together(self) -> None:
        self.assertEqual(characters_read("DOE JANE", ["DOE", "JANE"]), (7, 7))

    def test_a_word_with_a_mistake_is_not_read(self) -> None:
        self.assertEqual(words_read("DOE JANE 17", ["D0E JANE 17"]), (2, 3))


class JudgingTest(unittest.TestCase):

    def test_half_covered_is_found(self) -> None:
        self.assertTrue(judge_line(LINE, answer(
            Found((0, 0, 25, 10)), Found((50, 0, 25, 10)))).found)
        self.assertFalse(judge_line(LINE, answer(
            Found((0, 0, 49, 10)))).found)

    def test_a_box_on_another_frame_finds_nothing(self) -> None:
        self.assertFalse(judge_line(LINE, answer(
            Found((0, 0, 100, 10), frames=((1, 3),)))).found)

    def test_a_line_called_harmless_is_found_but_not_suspect(self) -> None:
        judged = judge_line(LINE, answer(
            Found((0, 0, 100, 10), category="BENIGN")))
        self.assertTrue(judged.found)
        self.assertFalse(judged.suspect)

    def test_words_are_read_along_the_line(self) -> None:
        turned = Line("AB CD", (0, 0, 10, 100), orientation=270)
        words = [Found((0, 0, 10, 40), text="CD"),
                 Found((0, 60, 10, 40), text="AB")]
        self.assertEqual(judge_line(turned, answer(*words)).characters, (4, 4))

    def test_corners_tell_where_mirrored_letters_lead(self) -> None:
        mirrored = Line("AB CD", (0, 0, 100, 10), mirrored=True, orientation=0,
                        corners=((100, 0), (0, 0), (0, 10), (100, 10)))
        words = [Found((0, 0, 40, 10), text="CD"),
                 Found((60, 0, 40, 10), text="AB")]
        self.assertEqual(judge_line(mirrored, answer(*words)).characters,
                         (4, 4))

    def test_tesseracts_unsure_words_are_no_boxes(self) -> None:
        unsure = Found((0, 0, 100, 10), confidence=.29)
        sure = Found((0, 0, 100, 10), confidence=.3)
        method = "tesseract-psm11"
        self.assertFalse(answer(unsure, method=method).flagged)
        self.assertTrue(answer(sure, method=method).flagged)

    def test_no_answer_of_burntin_holds_the_image(self) -> None:
        died = Answer("burntin", error="DIED")
        self.assertTrue(died.flagged and died.indeterminate)
        self.assertEqual(died.score, 1)

    def test_no_answer_of_a_peer_is_not_judged(self) -> None:
        died = Answer("tesseract-psm3", error="DIED")
        seen = rates([judge(labelled(LINE), died)])
        self.assertEqual((seen.images, seen.unanswered), (0, 1))

    def test_opening_and_decoding_are_not_work(self) -> None:
        self.assertEqual(answer(cpu_ms=100, open_ms=5, stages_ms={
            "decode": 15, "detect": 80}).work_ms, 80)


class AccuracyTest(unittest.TestCase):

    def test_faint_text_is_not_asked_of_legible_rates(self) -> None:
        faint = Line("X1", (0, 50, 10, 5), height_px=5, contrast=200)
        seen = [judge(labelled(LINE, faint), answer(Found((0, 0, 100, 10)),
                                                    verdict="REVIEW"))]
        self.assertEqual(rates(seen).lines_found, Rate(1, 2))
        self.assertEqual(rates(seen, legible=True).lines_found, Rate(1, 1))

    def test_clean_images_that_are_held_are_flagged(self) -> None:
        seen = [judge(labelled(), answer(verdict=verdict))
                for verdict in ("CLEAR", "CLEAR", "REVIEW", "INDETERMINATE")]
        self.assertEqual(rates(seen).clean_flagged, Rate(2, 4))
        self.assertEqual(rates(seen).indeterminate, 1)

    def test_only_a_held_image_that_is_cleared_is_wrongly_cleared(self
                                                                  ) -> None:
        pairs = (("CLEAR", "REVIEW"), ("REVIEW", "CLEAR"),
                 ("IDENTIFYING", "REVIEW"), ("CLEAR", "CLEAR"))
        compared = agreement([Measured(labelled(key=str(i)), {
            "burntin": answer(verdict=fast),
            "burntin-thorough": answer(verdict=slow,
                                       method="burntin-thorough")})
            for i, (fast, slow) in enumerate(pairs)])
        self.assertEqual(compared.different, Rate(3, 4))
        self.assertEqual(compared.wrongly_cleared, Rate(1, 4))
        self.assertEqual(compared.keys, ("0", "1", "2"))

    def test_methods_are_compared_on_the_same_images(self) -> None:
        peer = answer(method="tesseract-psm11", verdict="")
        figures = Accuracy([
            Measured(labelled(LINE, key="1"), {"burntin": answer()}),
            Measured(labelled(LINE, key="2"), {"burntin": answer(),
                                               "tesseract-psm11": peer})])
        self.assertEqual([one.labelled.key for one in
                          figures.shared("burntin")], ["2"])

    def test_a_bin_holds_its_lower_edge(self) -> None:
        self.assertEqual(bin_of(7, (5, 7, 9)), "7 to 9")
        self.assertEqual(bin_of(4.9, (5, 7, 9)), "below 5")
        self.assertEqual(bin_of(9, (5, 7, 9)), "from 9")


if __name__ == "__main__":
    unittest.main()
