"""burntin-bench: what is compared when CPU time is."""

from __future__ import annotations

import unittest

import support  # noqa: F401
from benchmarks.bench.answers import Answer
from benchmarks.bench.labels import Labelled
from benchmarks.bench.speed import Timed, cost_of, ratio_to, size_of

PEER = "tesseract-psm11"


def timed(*runs: tuple[float, float], frames: int = 1,
          rows: int = 1000) -> Timed:
    """A file for which (burntin, peer) worked so long; both decode 10 ms."""
    def answer(method: str, work_ms: float) -> Answer:
        return Answer(method, cpu_ms=work_ms + 12, open_ms=2, stages_ms={
            "decode": 10, "recognize": work_ms})
    return Timed(Labelled("1", "/a", "US", True, True, rows, 1000, frames),
                 tuple({"burntin": answer("burntin", ours),
                        PEER: answer(PEER, theirs)} for ours, theirs in runs))


class SpeedTest(unittest.TestCase):

    def test_the_ratio_of_a_file_is_the_median_of_its_runs(self) -> None:
        ratio = ratio_to(PEER, [timed((10, 10), (90, 30), (20, 10))])
        self.assertEqual(ratio.median, 2)

    def test_a_large_file_counts_once_in_the_median_but_not_in_sums(self
                                                                    ) -> None:
        ratio = ratio_to(PEER, [timed((10, 10)), timed((10, 10)),
                                timed((700, 100))])
        self.assertEqual(ratio.median, 1)
        self.assertEqual(ratio.of_sums, 6)

    def test_decoding_counts_only_where_the_column_says_so(self) -> None:
        ratio = ratio_to(PEER, [timed((8, 28))])
        self.assertAlmostEqual(ratio.median, 8 / 28)
        self.assertEqual(ratio.with_decoding, .5)

    def test_costs_are_by_frame_and_by_megapixel(self) -> None:
        cost = cost_of([timed((80, 1), frames=4, rows=500)], "burntin")
        self.assertEqual(cost.per_frame, 20)
        self.assertEqual(cost.per_megapixel, 40)
        self.assertEqual(cost.stages_per_megapixel, {
            "decode": 5, "recognize": 40, "open": 1, "rest": 0})

    def test_sizes_are_those_of_a_frame(self) -> None:
        self.assertEqual(size_of(timed((1, 1), frames=9, rows=512)),
                         "0.3 to 0.6")
        self.assertEqual(size_of(timed((1, 1), rows=2000)), "from 2")


if __name__ == "__main__":
    unittest.main()
