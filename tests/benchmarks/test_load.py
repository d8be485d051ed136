"""load-test: arrivals, waiting times, and what counts as a right answer."""

from __future__ import annotations

import math
import pathlib
import random
import unittest

import support  # noqa: F401
from benchmarks.load import steps
from benchmarks.load.arrivals import (STREAM_OBJECTS, STREAM_SHARE, Call, Mix,
                                      open_loop, poisson)
from benchmarks.load.corpus import damage
from benchmarks.load.driving import Ended
from benchmarks.load.summary import (SETTLE_S, quantile, quiet_answers,
                                     summed_up, wrong_answers)

A, B = pathlib.Path("a.dcm"), pathlib.Path("b.dcm")
MIX = Mix({"one": [A], "two": [B]}, {"one": .8, "two": .2})
QUIET = {"a.dcm": "aa", "b.dcm": "bb"}
FULL = ("RESOURCE_EXHAUSTED", "TOO_MANY_REQUESTS")


def answer(sha256: str) -> dict:
    """An answer as burntin-load prints it."""
    return {"verdict": "VERDICT_CLEAR", "reasons": [], "sha256": sha256}


def ended(code: str = "OK", reason: str = "", *answers: dict | None,
          at_s: float = 0, took_s: float = 1, late_s: float = 0) -> Ended:
    """How a call ended."""
    return Ended(at_s, at_s + late_s, at_s + took_s, code, reason,
                 list(answers))


class ArrivalsTest(unittest.TestCase):

    def test_a_poisson_process_has_its_rate_and_its_spread(self) -> None:
        moments = poisson(50, 400, random.Random(1))
        self.assertAlmostEqual(len(moments) / 400, 50, delta=1)
        self.assertEqual(moments, sorted(moments))
        self.assertTrue(all(0 <= at < 400 for at in moments))
        gaps = [b - a for a, b in zip(moments, moments[1:])]
        mean = sum(gaps) / len(gaps)
        spread = sum((gap - mean) ** 2 for gap in gaps) / len(gaps)
        # Of exponential gaps the deviation equals the mean.
        self.assertAlmostEqual(math.sqrt(spread) / mean, 1, delta=.03)

    def test_the_same_seed_gives_the_same_calls(self) -> None:
        first, second, other = (open_loop(5, 20, MIX, random.Random(seed))
                                for seed in (1, 1, 2))
        self.assertEqual(first, second)
        self.assertNotEqual(first, other)

    def test_kinds_and_streams_come_as_often_as_they_should(self) -> None:
        calls = open_loop(100, 100, MIX, random.Random(1))
        streams = [call for call in calls if call.stream]
        self.assertAlmostEqual(len(streams) / len(calls), STREAM_SHARE,
                               delta=.01)
        self.assertEqual({len(call.files) for call in streams},
                         {STREAM_OBJECTS})
        files = [file for call in calls for file in call.files]
        self.assertAlmostEqual(files.count(A) / len(files), .8, delta=.02)


class QuantileTest(unittest.TestCase):

    def test_it_is_the_smallest_value_that_the_share_does_not_exceed(
            self) -> None:
        values = list(range(1, 101))
        random.Random(1).shuffle(values)
        for share, expected in ((0, 1), (.5, 50), (.9, 90), (.99, 99),
                                (.991, 100), (1, 100)):
            self.assertEqual(quantile(values, share), expected, share)

    def test_of_few_values_the_high_ones_are_the_longest(self) -> None:
        self.assertEqual(quantile([3, 1, 2], .99), 3)
        self.assertEqual(quantile([3, 1, 2], .5), 2)
        self.assertEqual(quantile([7], .5), 7)

    def test_of_nothing_it_is_no_number(self) -> None:
        self.assertTrue(math.isnan(quantile([], .5)))

    def test_a_call_that_began_late_has_waited_all_the_same(self) -> None:
        self.assertEqual(ended(at_s=2, took_s=5, late_s=4).latency_s, 5)


class AnswersTest(unittest.TestCase):

    def assert_wrong(self, count: int, call: Call, end: Ended) -> None:
        """So many objects are not answered as they have to be."""
        self.assertEqual(wrong_answers(call, end, QUIET), count)

    def test_the_quiet_answer_is_right_and_another_is_not(self) -> None:
        call = Call(0, (A, B), stream=True)
        self.assert_wrong(0, call, ended("OK", "", answer("aa"),
                                         answer("bb")))
        self.assert_wrong(1, call, ended("OK", "", answer("aa"),
                                         answer("aa")))

    def test_an_answer_that_lacks_is_wrong_where_the_call_succeeded(
            self) -> None:
        call = Call(0, (A, B), stream=True)
        self.assert_wrong(1, call, ended("OK", "", answer("aa"), None))
        self.assert_wrong(2, call, ended("OK", ""))
        self.assert_wrong(0, call, ended("CANCELLED", "", answer("aa"), None))

    def test_a_call_that_was_refused_has_no_answer(self) -> None:
        call = Call(0, (A,))
        self.assert_wrong(0, call, ended(*FULL, None))
        self.assert_wrong(1, call, ended(*FULL, answer("aa")))

    def test_an_answer_to_nothing_is_wrong(self) -> None:
        end = Ended(0, 0, 1, "OK", "", [answer("aa")], stray_answers=1)
        self.assert_wrong(1, Call(0, (A,)), end)

    def test_a_file_with_two_quiet_answers_is_no_measure(self) -> None:
        calls = [Call(0, (A,))] * 2
        self.assertEqual(quiet_answers(calls, [
            ended("OK", "", answer("aa"))] * 2), {"a.dcm": "aa"})
        with self.assertRaises(ValueError):
            quiet_answers(calls, [ended("OK", "", answer("aa")),
                                  ended("OK", "", answer("ab"))])
        with self.assertRaises(ValueError):
            quiet_answers(calls[:1], [ended(*FULL, None)])


class SummaryTest(unittest.TestCase):

    def test_every_arrival_is_counted_in_one_way(self) -> None:
        calls = [Call(0, (A,))] * 4
        summary = summed_up(calls, [
            ended("OK", "", answer("aa")), ended(*FULL, None),
            ended("UNAVAILABLE", "", None),
            ended("RESOURCE_EXHAUSTED", "", None)], 10, QUIET)
        self.assertEqual((summary.accepted, summary.refused), (1, 1))
        self.assertEqual(summary.failed,
                         {"UNAVAILABLE": 1, "RESOURCE_EXHAUSTED": 1})
        self.assertTrue(summary.accounted)

    def test_rates_leave_the_start_and_the_end_out(self) -> None:
        calls = [Call(0, (A,))] * 3
        good = answer("aa")
        summary = summed_up(calls, [
            ended("OK", "", good, took_s=SETTLE_S - 1),
            ended("OK", "", good, took_s=SETTLE_S + 1),
            ended("OK", "", good, took_s=SETTLE_S + 11)], SETTLE_S + 10,
                            QUIET)
        self.assertEqual(summary.answered_calls_per_s, 1 / 10)
        self.assertEqual(summary.instance.count, 3)
        self.assertEqual(summary.instance.longest_s, SETTLE_S + 11)
        self.assertIsNone(summary.refusals.p99_s)


class JudgedTest(unittest.TestCase):
    """A server that breaks down under load is told from one that does not."""

    def measured(self, answered: float = 10, refused_code: tuple = FULL,
                 wait_s: float = .01, rss_bytes: int = 100,
                 sha256: str = "aa") -> steps.Measured:
        """A server that is as it should be up to a load of 1.25, and beyond
        that as the arguments say."""
        made = []
        for load in (.5, 1.0, 1.25, 2.0, 3.0):
            over = load > 1.25
            count = int((answered if over else 10) * 10)
            pairs = [(Call(0, (A,)),
                      ended("OK", "", answer(sha256 if over else "aa"),
                            took_s=8))] * count
            pairs += [(Call(0, (A,)), ended(
                *(refused_code if over else FULL), None, took_s=wait_s))] * 5
            calls, ends = zip(*pairs)
            made.append(steps.Step(
                load=load, capacity_calls_per_s=20,
                calls=summed_up(calls, ends, 10, QUIET),
                peak_rss_bytes=rss_bytes if over else 100,
                peak_children_rss_bytes=0, most_threads=1, most_files=1,
                server_cores=1, cpu_s_per_answer=1, client_cores=0,
                other_cores=0))
        return steps.Measured(100, 1, made)

    def failed(self, **changes) -> int:
        """How many checks such a server fails."""
        return list(steps.judged(self.measured(**changes)).values()).count(
            False)

    def test_a_server_that_refuses_what_is_too_much_passes(self) -> None:
        self.assertEqual(self.failed(), 0)

    def test_each_way_to_break_down_fails(self) -> None:
        for changes in ({"answered": 4}, {"refused_code": ("UNAVAILABLE", "")},
                        {"wait_s": 3}, {"rss_bytes": 200}, {"sha256": "ab"}):
            self.assertGreater(self.failed(**changes), 0, changes)


class DamageTest(unittest.TestCase):

    def test_every_kind_differs_and_comes_again(self) -> None:
        whole = (b"\0" * 128 + b"DICM" + b"\x08\x00\x05\x00" * 200
                 + b"\xe0\x7f\x10\x00" + bytes(range(256)) * 8)
        kinds = damage(whole, random.Random(1))
        self.assertEqual(kinds, damage(whole, random.Random(1)))
        self.assertEqual(len({whole, *kinds.values()}), len(kinds) + 1)
        self.assertTrue(all(kinds.values()))


if __name__ == "__main__":
    unittest.main()
