"""The simulation of many workers: what can be said of it by hand."""

from __future__ import annotations

import re
import unittest
from dataclasses import replace

from support import ROOT
from benchmarks.bench.simulation import (HOSTS, Executor, Item, frames_per_s,
                                         simulate)

# 10 ms a frame, half of it decoding.
SLICE = Item(1, 0, 0, 5, 5, 0, 0)
CINE = Item(40, 0, 0, 5, 5, 5, 5)


class SimulationTest(unittest.TestCase):

    def test_one_worker_does_one_thing_after_the_other(self) -> None:
        for item in (SLICE, CINE):
            self.assertAlmostEqual(frames_per_s(item, Executor(), 1), 100,
                                   delta=1)

    def test_slices_keep_as_many_workers_busy_as_there_are(self) -> None:
        for workers in (2, 8, 32):
            self.assertAlmostEqual(
                frames_per_s(SLICE, Executor(), workers), 100 * workers,
                delta=2 * workers)

    def test_opening_counts(self) -> None:
        self.assertAlmostEqual(
            frames_per_s(replace(SLICE, open_ms=10), Executor(), 1), 50,
            delta=1)

    def test_no_more_objects_are_in_work_than_there_may_be(self) -> None:
        rate = frames_per_s(SLICE, Executor(in_work=4), 16)
        self.assertAlmostEqual(rate, 400, delta=10)
        one = simulate(SLICE, "burntind, one stream", (1, 2, 4, 8))
        self.assertEqual((one.stops_at, one.bottleneck),
                         (8, "objects in work at a time"))
        self.assertAlmostEqual(one.gain, 2, delta=.1)

    def test_a_stream_uploads_one_object_after_the_other(self) -> None:
        slow = replace(SLICE, upload_ms=20)
        self.assertAlmostEqual(
            frames_per_s(slow, HOSTS["burntind, one stream"], 16), 50,
            delta=2)
        one = simulate(slow, "burntind, one stream", (1, 2, 4))
        self.assertEqual(one.bottleneck, "objects of a stream are uploaded "
                         "one after the other")

    def test_frames_of_one_object_are_decoded_in_turn(self) -> None:
        # Nothing but decoding, of one cine at a time.
        decoding = Item(400, 0, 0, 10, 0, 10, 0)
        alone = Executor(in_work=1)
        self.assertAlmostEqual(frames_per_s(decoding, alone, 8), 100, delta=3)
        self.assertGreater(frames_per_s(
            decoding, replace(alone, decoded_at_a_time=99), 8), 250)

    def test_a_cines_first_frames_are_looked_at_one_after_the_other(self
                                                                    ) -> None:
        first = Item(8, 0, 0, 0, 0, 0, 10)
        alone = Executor(in_work=1)
        self.assertAlmostEqual(frames_per_s(first, alone, 8), 100, delta=3)
        self.assertGreater(frames_per_s(
            first, replace(alone, first_side_by_side=True), 8), 500)

    def test_each_lane_has_a_stretch_of_frames(self) -> None:
        # 40 frames after the first ones: 32 of one lane and 8 of the next.
        item = Item(48, 0, 0, 0, 10, 0, 0)
        alone = Executor(in_work=1)
        self.assertAlmostEqual(frames_per_s(item, alone, 8), 48 / .320,
                               delta=10)
        self.assertGreater(frames_per_s(
            item, replace(alone, lanes=8, stretch=4), 8), 250)

    def test_the_executor_is_the_one_of_the_code(self) -> None:
        """Whoever changes the constants there has to tell the simulation."""
        code = (ROOT / "detector/pipeline/inspection.cc").read_text()
        config = (ROOT / "server/burntind.default.yaml").read_text()

        def number(pattern: str, text: str) -> int:
            found = re.search(pattern, text)
            self.assertIsNotNone(found, pattern)
            return int(found[1])
        executor = Executor()
        self.assertEqual(executor.lanes, number(r"kLanes = (\d+);", code))
        self.assertEqual(executor.stretch,
                         number(r"kStretch = (\d+);", code))
        self.assertEqual(executor.turn, number(r"kTurn = (\d+);", code))
        self.assertEqual(executor.first_frames,
                         number(r"kCommonFrames = (\d+);", code))
        self.assertEqual(HOSTS["burntind, one stream"].in_work,
                         number(r"objects_per_stream: (\d+)", config))
        self.assertEqual(HOSTS["burntind, 32 calls"].in_work,
                         number(r"max_calls: (\d+)", config))


if __name__ == "__main__":
    unittest.main()
