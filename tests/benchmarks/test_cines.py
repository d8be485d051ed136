"""The generator's cines, and how burntin-bench compares two answers."""

from __future__ import annotations

import unittest

import numpy as np

import support  # noqa: F401
from benchmarks.bench.answers import Answer, Found
from benchmarks.bench.cines import compare, table, text_of
from benchmarks.generator.cines import (KINDS, cine_scene, kind_of,
                                        make_cine_sample)
from benchmarks.generator.sample import Sample


def first_of(kind: str) -> Sample:
    """The first sample of a kind."""
    return make_cine_sample(1, KINDS.index(kind), "test")


def changed(sample: Sample, frame: int) -> int:
    """How many pixels of the text's places are brighter, by more than tissue
    moves, than on the frame that has no text."""
    return sum(int((sample.frames[frame][placed.box.cut(
        *sample.frames.shape[1:3])] > 180).sum())
        for placed, _ in sample.lines)


class CinesTest(unittest.TestCase):

    def test_a_cine_is_a_function_of_its_seed_and_index(self) -> None:
        for index in range(len(KINDS)):
            one, other = (make_cine_sample(3, index) for _ in range(2))
            self.assertTrue(np.array_equal(one.frames, other.frames))
            self.assertEqual(one.scene, other.scene)

    def test_kinds_follow_each_other(self) -> None:
        self.assertEqual([kind_of(i) for i in range(len(KINDS) + 1)],
                         [*KINDS, KINDS[0]])

    def test_some_are_so_long_that_they_are_split(self) -> None:
        frames = [cine_scene(np.random.default_rng(i), "static").frames
                  for i in range(60)]
        self.assertTrue(all(5 <= count <= 40 for count in frames))
        self.assertIn(len([count for count in frames if count > 10]),
                      range(3, 20))

    def test_a_single_frame_has_text_and_not_the_first(self) -> None:
        first, last = first_of("single").text_frames
        self.assertEqual(first, last)
        self.assertGreater(first, 0)

    def test_text_stands_on_its_frames_only(self) -> None:
        for kind in ("single", "transient"):
            sample = first_of(kind)
            first, last = sample.text_frames
            counts = [changed(sample, frame)
                      for frame in range(sample.scene.frames)]
            shown = counts[first:last + 1]
            hidden = counts[:first] + counts[last + 1:]
            self.assertGreater(min(shown), max(hidden), kind)

    def test_none_has_no_text(self) -> None:
        self.assertEqual(first_of("none").lines, [])

    def test_scrolling_text_moves(self) -> None:
        sample = first_of("scrolling")
        self.assertFalse(np.array_equal(sample.frames[0], sample.frames[-1]))

    def test_dark_text_stands_on_bright_frames(self) -> None:
        sample = first_of("dark")
        self.assertGreater(np.median(sample.frames), 120)
        self.assertTrue(all(style.ink < 30 for _, style in sample.lines))


def answer(verdict: str, *texts: Found) -> Answer:
    """An answer with these texts."""
    return Answer("burntin", texts, verdict=verdict, frames=10)


NAME = Found((10, 10, 100, 20), frames=((2, 5),), text="DOE^JANE",
             category="PERSON_NAME")


class CompareTest(unittest.TestCase):

    def test_equal_answers_do_not_differ(self) -> None:
        same = compare("f", "static", answer("IDENTIFYING", NAME),
                       answer("IDENTIFYING", NAME))
        self.assertFalse(same.differs or same.missed or same.added
                         or same.ranges_differ)
        self.assertEqual(text_of(same), "")

    def test_a_lost_finding_is_missed_and_a_lower_verdict_is_told(self
                                                                  ) -> None:
        lost = compare("f", "static", answer("CLEAR"),
                       answer("IDENTIFYING", NAME))
        self.assertEqual(lost.missed, (NAME,))
        self.assertTrue(lost.differs and lost.lower)
        self.assertIn("IDENTIFYING", text_of(lost))

    def test_a_finding_on_other_frames_alone_is_missed(self) -> None:
        other = Found(NAME.box, frames=((6, 9),), text=NAME.text)
        moved = compare("f", "static", answer("IDENTIFYING", other),
                        answer("IDENTIFYING", NAME))
        self.assertEqual((len(moved.missed), len(moved.added)), (1, 1))

    def test_a_finding_on_more_frames_has_another_range(self) -> None:
        more = Found(NAME.box, frames=((0, 9),), text=NAME.text)
        compared = compare("f", "static", answer("IDENTIFYING", more),
                           answer("IDENTIFYING", NAME))
        self.assertEqual((compared.missed, compared.ranges_differ), ((), 1))

    def test_a_higher_verdict_differs_but_is_not_lower(self) -> None:
        higher = compare("f", "none", answer("REVIEW", NAME), answer("CLEAR"))
        self.assertTrue(higher.differs)
        self.assertFalse(higher.lower)

    def test_the_table_has_a_row_for_each_kind_and_one_for_all(self) -> None:
        rows = table([compare("f", kind, answer("CLEAR"), answer("CLEAR"))
                      for kind in ("static", "none", "static")]).splitlines()
        self.assertEqual(len(rows), 5)
        self.assertTrue(rows[2].startswith("| static | 2 |"))
        self.assertTrue(rows[4].startswith("| all | 3 |"))


if __name__ == "__main__":
    unittest.main()
