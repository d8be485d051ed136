"""A short load on a real burntind, and a short soak of a whole site."""

from __future__ import annotations

import random
import sys
import tempfile
import unittest
from pathlib import Path

import programs

sys.path.insert(0, str(programs.REPOSITORY))

from benchmarks.load import (arrivals, beside, corpus, driving,  # noqa: E402
                             soak, steps, summary)

CALLS = 150
AT_ONCE = 12
SOAK = soak.Plan(warm_up_s=8, main_s=20, database_period_s=5)


class LoadTest(unittest.TestCase):
    """Whatever arrives is answered rightly, or refused with the reason."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.mix = corpus.make_small_mix(cls.root / "files")

    def run_calls(self, config: str, calls: list[arrivals.Call],
                  in_flight: int = 0) -> tuple[summary.Calls, int]:
        """Makes the calls on a server of their own, and the quiet ones before
        them. Returns their summary, and the most threads that it had."""
        with programs.running_server(self.root, config, "info") as server:
            programs.wait_until_serving(server)
            quiet = steps.measure_quiet(server.address, self.mix)
            with steps.Watch(server.process.pid, .05) as watch:
                driven = driving.make_calls(server.address, calls, in_flight)
        made = summary.summed_up(calls, driven.ended, 1, quiet)
        self.assertTrue(made.accounted)
        self.assertEqual(made.arrived, len(calls))
        self.assertEqual(made.failed, {})
        self.assertEqual(made.wrong_answers, 0)
        return made, max(one.threads for one in watch.readings)

    def test_what_fits_is_answered_as_if_it_came_alone(self) -> None:
        dice = random.Random(1)
        calls = [arrivals.draw_call(0, self.mix, dice) for _ in range(CALLS)]
        made, _ = self.run_calls("", calls, in_flight=AT_ONCE)
        self.assertEqual(made.accepted, CALLS)
        self.assertGreater(made.stream.count, 0)
        self.assertGreater(made.instance.count, 0)

    def test_small_requests_do_not_wait_for_a_long_cine(self) -> None:
        (self.root / "fair").mkdir()
        measured = beside.measure(self.root / "fair", self.root / "fair/files",
                                  lambda _: None, frames=1000, requests=96)
        self.assertEqual(set(measured.cine_codes), {"OK"})
        self.assertTrue(measured.equal)
        self.assertEqual(measured.beside.requests, 3 * 96)

    def test_what_is_too_much_is_refused(self) -> None:
        dice = random.Random(2)
        # All at once; the first one to come takes longer than the rest.
        calls = [arrivals.Call(0, (self.mix.files["usual"][0],)),
                 *(arrivals.draw_call(0, self.mix, dice)
                   for _ in range(CALLS))]
        made, threads = self.run_calls("server: {max_calls: 1}\n", calls)
        self.assertGreater(made.accepted, 0)
        self.assertGreater(made.refused, CALLS // 2)
        # Refused calls do not wait in threads of their own.
        self.assertLess(threads, CALLS // 2)


class SoakTest(unittest.TestCase):
    """A whole site outlives what goes wrong."""

    def test_nothing_is_lost_and_nothing_is_left(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            mix = corpus.make_small_mix(root / "files")
            (root / "site").mkdir()
            soaked = soak.soak(root / "site", mix, SOAK, lambda text: None)
        self.assertEqual(soaked.notes.violations, [])
        # How much memory it takes settles later than this.
        checks = {what: met for what, met in soaked.checks.items()
                  if not what.startswith("resident memory")}
        self.assertLess(len(checks), len(soaked.checks))
        self.assertEqual([what for what, met in checks.items() if not met],
                         [])
        self.assertGreater(len(soaked.notes.decided), 0)
        for fault in ("calls cancelled", "calls with a near deadline",
                      "clients killed", "decoders killed",
                      "crashes of the database", "streams left in the middle",
                      "connections that are no gRPC"):
            self.assertGreater(soaked.notes.faults[fault], 0, fault)


if __name__ == "__main__":
    unittest.main()
