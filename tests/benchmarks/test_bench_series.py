"""burntin-bench series: what is compared, what is kept, how it grows."""

from __future__ import annotations

import pathlib
import re
import tempfile
import unittest
from dataclasses import replace

import support  # noqa: F401
from benchmarks.bench.accuracy_page import Provenance
from benchmarks.bench.answers import Answer, Found
from benchmarks.bench.command_line import parse
from benchmarks.bench.growth import Grown, cpu_line, fit, memory_growth
from benchmarks.bench.kept import Kept
from benchmarks.bench.long_files import LongFiles, Subject
from benchmarks.bench.results import OtherSettingsError
from benchmarks.bench.scaling import Passed, Scaled
from benchmarks.bench.series_command import make_item
from benchmarks.bench.series_costs import Cost, Costs, measure_costs, ratio
from benchmarks.bench.series_page import Measured, page_text, write_page
from benchmarks.bench.series_targets import check_all
from benchmarks.bench.sources import SourceError

PSM11, BURNTIN, EVERY, NEW, DECODE = (
    "tesseract-psm11", "burntin", "burntin-every", "burntin-new", "decode")
CINE = Subject("cine with text", ("/a",), 100, 768, 1024, 10_000)


def cost(cpu_ms: float, frames: int = 100, **stages: float) -> Cost:
    """What a method took; `stages` are named."""
    return Cost(frames, cpu_ms, 0, stages, {"CLEAR": 1})


def run(ours: float, every: float = 900) -> dict[str, Cost]:
    """A run in which PSM 11 read ten frames in 100 ms, and decoding all took
    20."""
    return {BURNTIN: cost(ours), NEW: cost(ours), EVERY: cost(every),
            DECODE: cost(20, decode=20),
            PSM11: cost(300, frames=10, recognize=100, decode=200)}


class CostsTest(unittest.TestCase):

    def test_tesseract_is_brought_to_all_frames_and_decodes_as_dcmtk(self
                                                                     ) -> None:
        one = Costs(CINE, (run(10),))
        self.assertEqual(one.whole_ms(one.runs[0], PSM11), 1000 + 20)
        self.assertEqual(ratio(one, PSM11, BURNTIN).median, 102)
        self.assertEqual(ratio(one, PSM11, BURNTIN, whole=False).median, 100)

    def test_a_ratio_is_the_median_of_its_runs(self) -> None:
        value = ratio(Costs(CINE, (run(10), run(90), run(30))), EVERY,
                      BURNTIN)
        self.assertEqual(value.median, 30)
        self.assertEqual(value.text, "30.00 (10.00–90.00)")

    def test_what_every_frame_in_full_finds_is_compared_with(self) -> None:
        text = Found((10, 10, 100, 20), ((0, 9),), "DOE^JANE",
                     category="PERSON_NAME")
        oracle = Answer(EVERY, (text,), verdict="IDENTIFYING", frames=10)
        taken = Cost()
        taken.add(Answer(NEW, (), verdict="CLEAR", frames=10), oracle)
        self.assertEqual((taken.differ, taken.lower, taken.missed,
                          taken.added), (1, 1, 1, 0))
        taken.add(Answer(NEW, (text,), verdict="IDENTIFYING", frames=10),
                  oracle)
        self.assertEqual((taken.differ, taken.missed, taken.findings),
                         (1, 1, 1))
        self.assertEqual(taken.verdicts, {"CLEAR": 1, "IDENTIFYING": 1})


class FakeMeasurer:
    """Answers for burntin-measure, and notes what it was asked."""

    def __init__(self, error: str = "", frames: int = 1) -> None:
        self.asked: list[tuple[str, list[str]]] = []
        self._error, self._frames = error, frames

    def __enter__(self) -> FakeMeasurer:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def ask(self, path: str, methods: list[str]) -> list[dict]:
        """One answer for each method."""
        self.asked.append((path, list(methods)))
        return [{"method": method, "cpu_ms": 5, "open_ms": 1,
                 "frames": self._frames if method == DECODE else 1,
                 "verdict": "CLEAR", "stages_ms": {"decode": 1},
                 "error": self._error if method == DECODE else ""}
                for method in methods]


class MeasureCostsTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.kept = Kept(pathlib.Path(keeper.name), {})
        self.series = replace(CINE, paths=("/a", "/b"), frames=2)

    def measured(self, measurer: FakeMeasurer, runs: int = 2) -> Costs:
        """The series, as `measurer` says."""
        return measure_costs(self.series, 4, runs, self.kept,
                             lambda: measurer, "/warm", lambda _: None)

    def test_methods_take_turns_after_all_have_warmed_up(self) -> None:
        measurer = FakeMeasurer()
        self.measured(measurer)
        paths = [path for path, _ in measurer.asked]
        self.assertEqual(paths, ["/warm", "/a", "/b"] * 2)
        first = [methods[0] for _, methods in measurer.asked]
        self.assertEqual(first[1:3], [DECODE, BURNTIN])
        self.assertEqual(first[4:6], [BURNTIN, NEW])
        self.assertIn(f"{PSM11}/4", measurer.asked[0][1])

    def test_files_are_added_up(self) -> None:
        (one, _) = self.measured(FakeMeasurer()).runs
        self.assertEqual(one[BURNTIN].cpu_ms, 10)
        self.assertEqual(one[BURNTIN].work_ms, 6)
        self.assertEqual(one[BURNTIN].verdicts, {"CLEAR": 2})

    def test_a_run_that_was_made_is_not_made_again(self) -> None:
        self.measured(FakeMeasurer(), runs=1)
        measurer = FakeMeasurer()
        self.assertEqual(len(self.measured(measurer).runs), 2)
        self.assertEqual(len(measurer.asked), 3)

    def test_a_file_without_an_answer_ends_the_run(self) -> None:
        with self.assertRaises(SourceError):
            self.measured(FakeMeasurer("FRAME_DECODE_FAILED"))

    def test_a_method_that_left_frames_out_ends_the_run(self) -> None:
        with self.assertRaises(SourceError):
            self.measured(FakeMeasurer(frames=0))


class KeptTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def test_other_settings_are_refused(self) -> None:
        Kept(self.folder, {"seed": 1})
        with self.assertRaises(OtherSettingsError):
            Kept(self.folder, {"seed": 2})

    def test_a_torn_line_is_measured_anew(self) -> None:
        Kept(self.folder, {}).get("a", lambda: 1)
        with open(self.folder / "measured.jsonl", "a") as file:
            file.write('{"name": "b", "va')
        kept = Kept(self.folder, {})
        self.assertEqual(kept.get("a", lambda: 5), 1)
        self.assertEqual(kept.get("b", lambda: 2), 2)
        self.assertEqual(Kept(self.folder, {}).get("b", lambda: 9), 2)


class FilesTest(unittest.TestCase):

    def test_files_are_made_once_and_found_again(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            first = LongFiles(pathlib.Path(name)).cine(2, 96, 128, text=False)
            made = pathlib.Path(first.paths[0])
            made.write_bytes(b"as it was")
            again = LongFiles(pathlib.Path(name)).cine(2, 96, 128, text=False)
            self.assertEqual(again.paths, first.paths)
            self.assertEqual(made.read_bytes(), b"as it was")
            other = LongFiles(pathlib.Path(name), seed=2).cine(
                2, 96, 128, text=False)
            self.assertNotEqual(other.paths, first.paths)


def grown(frames: int, cpu_ms: float, mib: int = 100) -> Grown:
    """A cine of a length."""
    return Grown(frames, cpu_ms, mib << 20, 3)


class GrowthTest(unittest.TestCase):

    def test_a_straight_line_is_found(self) -> None:
        line = fit([1, 10, 100], [12, 30, 210])
        self.assertAlmostEqual(line.slope, 2)
        self.assertAlmostEqual(line.intercept, 10)
        self.assertAlmostEqual(line.r_squared, 1)

    def test_a_square_is_no_straight_line(self) -> None:
        lengths = (10, 100, 1000, 10_000)
        straight = cpu_line([grown(n, 3 * n) for n in lengths])
        square = cpu_line([grown(n, n * n) for n in (100, 400, 700, 1000)])
        self.assertGreater(straight.r_squared, .9999)
        self.assertLess(square.r_squared, .95)

    def test_memory_is_compared_with_the_second_shortest(self) -> None:
        self.assertEqual(memory_growth([grown(10, 1, 50), grown(100, 1, 100),
                                        grown(1000, 1, 150)]), 1.5)


def passed(workers: int, wall_ms: float, frames: int = 100) -> Passed:
    """A run in which each stage took 10 ms a frame but decoding 20."""
    return Passed(workers, frames, wall_ms, {
        "decode": 20.0 * frames, "candidates": 10.0 * frames,
        "detect": 10.0 * frames, "recognize": 10.0 * frames,
        "match": 10.0 * frames}, .5)


class ScalingTest(unittest.TestCase):

    def test_the_best_run_of_each_counts(self) -> None:
        scaled = Scaled(CINE, (passed(1, 1000), passed(2, 900),
                               passed(1, 800), passed(2, 400)))
        self.assertEqual(scaled.speedup(2), 2)
        self.assertEqual(scaled.best(2).frames_per_s, 250)

    def test_a_cines_first_frames_are_told_from_the_others(self) -> None:
        head = Scaled(replace(CINE, frames=8), (Passed(1, 8, 9, {
            "decode": 800.0, "candidates": 80.0, "detect": 0.0,
            "recognize": 0.0, "match": 0.0}, 0),))
        item = make_item(Scaled(CINE, (passed(1, 1),)), head,
                         Costs(CINE, (run(10),)), None)
        self.assertEqual(item.first_decode_ms, 100)
        self.assertEqual(item.first_look_ms, 10)
        self.assertAlmostEqual(item.decode_ms, (2000 - 800) / 92)
        self.assertEqual(item.upload_ms, 0)


class PageTest(unittest.TestCase):

    def test_targets_say_whether_they_are_met_and_on_how_much(self) -> None:
        met = check_all([Costs(CINE, (run(10), run(10)))], [], [])
        self.assertEqual([one.verdict for one in met], ["met", "met"])
        self.assertEqual(met[0].cases, "100 frames, 2 runs")
        missed = check_all([Costs(CINE, (run(100),))], [], [])
        self.assertEqual([one.met for one in missed], [False, False])
        scaled = check_all([], [Scaled(CINE, (passed(1, 1000),
                                              passed(2, 550)))], [])
        self.assertEqual([one.met for one in scaled], [False])
        more = check_all([], [], [grown(10, 100), grown(100, 1000),
                                  grown(1000, 10_000, 120)])
        self.assertEqual([one.met for one in more], [True, False])
        self.assertEqual(check_all([], [], [grown(10, 1), grown(30, 9)]), [])

    def test_what_was_not_measured_is_said(self) -> None:
        text = page_text(Measured(), Provenance("series", "", "", "", ""))
        self.assertEqual(text.count("Not measured in this run."), 6)

    def test_the_page_names_its_figures_and_no_paths(self) -> None:
        measured = Measured([Costs(CINE, (run(10),))], 10, [], {}, None, {},
                            [grown(10, 100), grown(100, 1000)], "burntin")
        with tempfile.TemporaryDirectory() as name:
            page = write_page(measured, Provenance("series", "", "", "", ""),
                              pathlib.Path(name))
            text = page.read_text()
            figures = {file.name for file in
                       (pathlib.Path(name) / "figures").iterdir()}
            self.assertEqual(set(re.findall(r"figures/([\w-]+\.svg)", text)),
                             figures)
            self.assertNotIn("/a", (pathlib.Path(name) / "series.json"
                                    ).read_text())


class CommandLineTest(unittest.TestCase):

    def test_quick_measures_less_unless_told_otherwise(self) -> None:
        usual, quick = parse(["series"]), parse(["series", "--quick",
                                                 "--frames", "50"])
        self.assertEqual((usual.frames, usual.slices, usual.longest),
                         (100, 300, 10_000))
        self.assertEqual(usual.lengths, (10, 100, 1000, 10_000))
        self.assertEqual(quick.frames, 50)
        self.assertLess(quick.slices, usual.slices)
        self.assertEqual(quick.lengths, (10, 30, 100))


if __name__ == "__main__":
    unittest.main()
