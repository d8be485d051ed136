"""burntin-bench: labels, results on disk, and peers that are commands."""

from __future__ import annotations

import json
import pathlib
import stat
import tempfile
import unittest

import support  # noqa: F401
from benchmarks.bench.command_line import parse
from benchmarks.bench.command_peer import BoxesError, read_boxes, run_on
from benchmarks.bench.labels import (Labelled, Line, read_manifest,
                                     read_truth)
from benchmarks.bench.results import OtherSettingsError, Results
from benchmarks.bench.running import Plan

HEAD = "path\tmodality\trows\tcols\tframes\thas_text\tidentifying\ttexts\n"
TRUTH_LINE = {"text": "DOE", "box": {"x": 1, "y": 2, "width": 3, "height": 4}}
TRUTH = {"index": 7, "path": "a.dcm", "modality": "US", "has_text": True,
         "identifying": True, "rows": 10, "columns": 20, "frames": 2}


class CommandPeerTest(unittest.TestCase):

    def test_arrays_of_numbers_are_boxes(self) -> None:
        self.assertEqual(read_boxes("[[1, 2, 3, 4]]"), [
            {"box": [1, 2, 3, 4], "text": "", "confidence": 1.0}])

    def test_objects_may_have_a_text_and_a_score(self) -> None:
        printed = ' [{"x": 1, "y": 2, "w": 3, "h": 4, "text": "A", "score": 0}]'
        self.assertEqual(read_boxes(printed), [
            {"box": [1, 2, 3, 4], "text": "A", "confidence": 0.0}])

    def test_lines_with_tabs_are_boxes(self) -> None:
        self.assertEqual(read_boxes("1\t2\t3\t4\n5\t6\t7\t8\tA B\t.5\n"), [
            {"box": [1, 2, 3, 4], "text": "", "confidence": 1.0},
            {"box": [5, 6, 7, 8], "text": "A B", "confidence": .5}])

    def test_nothing_is_no_box(self) -> None:
        self.assertEqual(read_boxes(""), [])
        self.assertEqual(read_boxes("[]"), [])

    def test_anything_else_is_an_error(self) -> None:
        for printed in ("hello", "[1, 2]", '[{"x": 1}]', "[[1, 2,", "1\t2\n"):
            with self.assertRaises(BoxesError, msg=printed):
                read_boxes(printed)

    def test_a_command_is_given_the_picture_and_its_time_is_taken(self
                                                                  ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "peer"
            program.write_text('#!/bin/sh\nprintf "0\\t0\\t9\\t9\\t$1 $2\\n"\n')
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            texts, cpu_ms = run_on(f"{program} --fast", pathlib.Path("a.png"))
        self.assertEqual(texts[0]["text"], "--fast a.png")
        self.assertGreaterEqual(cpu_ms, 0)

    def test_a_command_that_fails_has_no_answer(self) -> None:
        with self.assertRaises(BoxesError):
            run_on("false", pathlib.Path("a.png"))


class LabelsTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def line(self, **fields: object) -> Line:
        """The line that the truth with these keys has."""
        file = self.folder / "truth.jsonl"
        file.write_text(json.dumps(TRUTH | {"lines": [TRUTH_LINE | fields]}))
        return read_truth(file)[0].lines[0]

    def manifest(self, *rows: str) -> list[Labelled]:
        """What a manifest of these rows says."""
        (self.folder / "MANIFEST.tsv").write_text(HEAD + "\n".join(rows) + "\n")
        return read_manifest(self.folder)

    def test_keys_that_the_truth_lacks_are_unknown(self) -> None:
        line = self.line()
        self.assertEqual(line.box, (1, 2, 3, 4))
        self.assertIsNone(line.orientation)
        self.assertTrue(line.legible)

    def test_contrast_is_that_of_the_better_view(self) -> None:
        line = self.line(contrast=-.1, window_contrast=.5)
        self.assertEqual(line.contrast, 127.5)

    def test_small_or_faint_text_is_not_legible(self) -> None:
        self.assertFalse(self.line(height_px=6, contrast=1).legible)
        self.assertFalse(self.line(height_px=9, contrast=.1).legible)
        self.assertTrue(self.line(height_px=7, contrast=.14).legible)

    def test_the_truth_has_the_last_word_on_legibility(self) -> None:
        self.assertFalse(self.line(height_px=9, legible=False).legible)

    def test_what_the_edge_cut_off_is_not_wanted(self) -> None:
        self.assertEqual(self.line(visible_text="DO").text, "DO")

    def test_results_keep_labels_as_they_are(self) -> None:
        self.line(frames=[0, 1], corners=[[1, 2], [4, 2], [4, 6], [1, 6]])
        before = read_truth(self.folder / "truth.jsonl")[0]
        after = Labelled.from_json(json.loads(json.dumps(before.as_json())))
        self.assertEqual(before, after)

    def test_a_manifest_gives_files_boxes_and_sizes(self) -> None:
        texts = json.dumps([{"text": 'A "b"', "x": 1, "y": 2, "w": 30,
                             "h": 8}])
        (one,) = self.manifest(f"s/a.dcm\tCT\t64\t32\t\tyes\tno\t{texts}")
        self.assertEqual(one.path, str(self.folder / "s/a.dcm"))
        self.assertEqual((one.rows, one.columns, one.frames), (64, 32, 1))
        self.assertEqual(one.lines[0].text, 'A "b"')
        self.assertTrue(one.has_text and not one.identifying)

    def test_rows_of_unknown_truth_are_left_out(self) -> None:
        self.assertEqual(self.manifest(
            "a.dcm\tCT\t1\t1\t1\tunsure\tunsure\t[]",
            "b.dcm\t\t\t\t\tn/a\tn/a\t[]"), [])


class HarmlessTest(unittest.TestCase):

    @staticmethod
    def _labelled(*categories: str | None, identifying=False) -> Labelled:
        return Labelled("1", "/a", "US", bool(categories), identifying, 1, 1, 1,
                        tuple(Line("A", (0, 0, 1, 1), category=category)
                              for category in categories))

    def test_only_what_says_nothing_about_anybody_is_harmless(self) -> None:
        self.assertTrue(self._labelled("BENIGN", "BENIGN").harmless_only)
        self.assertTrue(self._labelled(None).harmless_only)
        self.assertFalse(self._labelled("BENIGN", "OTHER").harmless_only)
        self.assertFalse(self._labelled("INSTITUTION").harmless_only)
        self.assertFalse(self._labelled("BENIGN",
                                        identifying=True).harmless_only)

    def test_an_image_without_text_is_another_matter(self) -> None:
        self.assertFalse(self._labelled().harmless_only)


class ResultsTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    file = Labelled("1", "/a", "US", False, False, 1, 1, 1)

    def test_what_was_measured_is_known_to_the_next_run(self) -> None:
        Results(self.folder, {"seed": 1}).add(
            self.file, [{"method": "burntin", "verdict": "CLEAR"}])
        again = Results(self.folder, {"seed": 1})
        self.assertEqual(again.done(), {"1"})
        (measured,) = again.read()
        self.assertEqual(measured.labelled, self.file)
        self.assertEqual(measured.answers["burntin"].verdict, "CLEAR")

    def test_a_line_that_was_not_finished_is_measured_again(self) -> None:
        results = Results(self.folder, {})
        results.add(self.file, [])
        with open(self.folder / "measured.jsonl", "a") as out:
            out.write('{"labelled": {"key": "2"')
        self.assertEqual(Results(self.folder, {}).done(), {"1"})

    def test_other_settings_are_refused(self) -> None:
        Results(self.folder, {"seed": 1})
        with self.assertRaises(OtherSettingsError):
            Results(self.folder, {"seed": 2})


class PlanTest(unittest.TestCase):

    plan = Plan(("tesseract-psm11",), .25, .5, pathlib.Path("."))

    def test_shares_of_the_files_are_drawn(self) -> None:
        asked = [self.plan.methods_for(str(i)) for i in range(2000)]
        peers = sum("tesseract-psm11" in methods for methods in asked)
        oracle = sum("burntin-thorough" in methods for methods in asked)
        self.assertAlmostEqual(peers / 2000, .25, delta=.04)
        self.assertAlmostEqual(oracle / 2000, .5, delta=.04)

    def test_the_smaller_share_is_part_of_the_larger(self) -> None:
        for i in range(200):
            methods = self.plan.methods_for(str(i))
            if "tesseract-psm11" in methods:
                self.assertIn("burntin-thorough", methods)

    def test_each_method_is_first_in_turn(self) -> None:
        first = {self.plan.methods_for(str(i))[0] for i in range(200)}
        self.assertEqual(first, {"burntin", "tesseract-psm11",
                                 "burntin-thorough"})

    def test_a_folder_is_measured_in_full_and_samples_in_part(self) -> None:
        folder = parse(["accuracy", "--manifest", "/some/corpus"])
        self.assertEqual((folder.peer_share, folder.oracle_share), (1, 1))
        samples = parse(["accuracy"])
        self.assertEqual((samples.peer_share, samples.oracle_share), (.1, .25))


if __name__ == "__main__":
    unittest.main()
