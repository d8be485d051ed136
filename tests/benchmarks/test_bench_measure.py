"""burntin-measure and burntin-bench on a few samples, end to end."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import subprocess
import tempfile
import unittest

from support import ROOT, run
from benchmarks.bench.__main__ import main
from benchmarks.bench.answers import Answer
from benchmarks.bench.measuring import (REPOSITORY, Measurer, MeasureError,
                                        program)
from benchmarks.generator.moving import ct_series, write_series

METHODS = ("burntin", "burntin-thorough", "tesseract-psm11", "tesseract-psm3")
PEER = f"command:{ROOT}/tests/benchmarks/fake_peer"


@unittest.skipUnless(program().exists(), "burntin-measure is not built")
class MeasureTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def sample(self) -> str:
        """The path of a cine of two frames with a name on each."""
        run(self.folder, "--preset", "cine", "--frames", 2, "--rows", 256,
            "--columns", 320)
        (path,) = self.folder.glob("*.dcm")
        return str(path)

    def bench(self, *arguments: str) -> int:
        """Runs burntin-bench quietly and returns its exit status."""
        with contextlib.redirect_stdout(io.StringIO()), \
                contextlib.redirect_stderr(io.StringIO()):
            return main([*arguments, "--out", str(self.folder / "page"),
                         "--peer", "tesseract-psm11", "--peer", PEER])

    def test_every_method_answers_in_turn(self) -> None:
        with Measurer() as measurer:
            answers = measurer.ask(self.sample(), METHODS)
        self.assertEqual([a["method"] for a in answers], list(METHODS))
        for answer in answers:
            self.assertNotIn("error", answer)
            self.assertEqual(answer["frames"], 2)
            self.assertGreater(answer["cpu_ms"], 0)
        self.assertEqual(answers[0]["verdict"], answers[1]["verdict"])
        self.assertIn("detect", answers[0]["stages_ms"])

    def test_decoding_alone_and_each_second_frame_are_asked_for(self) -> None:
        methods = ("decode", "tesseract-psm11/2", "burntin-every")
        with Measurer() as measurer:
            decoded, half, every = measurer.ask(self.sample(), methods)
        self.assertEqual([decoded["frames"], half["frames"], every["frames"]],
                         [2, 1, 2])
        self.assertEqual(list(decoded["stages_ms"]), ["decode"])
        self.assertNotIn("verdict", decoded)
        self.assertGreater(every["peak_bytes"], decoded["peak_bytes"])

    def test_burntins_own_networks_need_nothing_that_is_downloaded(
            self) -> None:
        models = self.folder / "models"
        subprocess.run([REPOSITORY / "models/fetch", "--own", "--cache",
                        models], check=True, capture_output=True)
        with Measurer(models) as measurer:
            (own,) = measurer.ask(self.sample(), ["burntin-own"])
        self.assertNotIn("error", own)
        self.assertTrue(Answer.from_json(own).flagged)
        self.assertTrue(Answer.from_json(own).boxes)

    def test_single_frames_are_decoded_too(self) -> None:
        path = write_series(ct_series(text=False), 1, self.folder)[0]
        with Measurer() as measurer:
            (decoded,) = measurer.ask(str(path), ["decode"])
        self.assertEqual(decoded["frames"], 1)
        self.assertGreater(decoded["stages_ms"]["decode"], .5)

    def test_several_workers_inspect_all_files(self) -> None:
        path = self.sample()
        with Measurer() as measurer:
            answers = [measurer.together([path] * 3, path, workers=2,
                                         in_flight=3, isolated=isolated)
                       for isolated in (False, True)]
        for answer in answers:
            self.assertNotIn("error", answer)
            self.assertEqual(answer["frames"], 6)
            self.assertEqual(sum(answer["verdicts"].values()), 3)
            self.assertGreater(answer["wall_ms"], 0)
        self.assertEqual(answers[0]["verdicts"], answers[1]["verdicts"])

    def test_a_stride_that_is_no_number_ends_the_run(self) -> None:
        for stride in ("0", "", "2x"):
            name = f"tesseract-psm11/{stride}"
            with Measurer() as measurer, self.assertRaises(MeasureError):
                measurer.ask("/dev/null", [name])

    def test_a_file_that_is_no_object_is_an_answer(self) -> None:
        junk = self.folder / "junk.dcm"
        junk.write_bytes(b"no object")
        with Measurer() as measurer:
            burntin, peer = measurer.ask(str(junk), METHODS[:3:2])
            self.assertEqual(burntin["verdict"], "INDETERMINATE")
            self.assertEqual(peer["error"], "FILE_TRUNCATED")
            self.assertEqual(measurer.draw(str(junk), self.folder), [])

    def test_an_unknown_method_ends_the_run(self) -> None:
        with Measurer() as measurer, self.assertRaises(MeasureError):
            measurer.ask("/dev/null", ["tesseract-psm99"])

    def test_pictures_are_those_frames(self) -> None:
        with Measurer() as measurer:
            (picture,) = measurer.draw(self.sample(), self.folder, [1])
        self.assertEqual(picture.frame, 1)
        self.assertTrue(picture.file.read_bytes().startswith(b"\x89PNG"))

    def test_a_run_goes_on_and_writes_its_page(self) -> None:
        options = ("accuracy", "--profile", "default", "--work",
                   str(self.folder / "work"), "--peer-share", "1",
                   "--oracle-share", "0", "--jobs", "2")
        self.assertIn(self.bench(*options, "--count", "2"), (0, 1))
        self.assertIn(self.bench(*options, "--count", "3"), (0, 1))
        kept = self.folder / "work/measured.jsonl"
        self.assertEqual(len(kept.read_text().splitlines()), 3)
        summary = json.loads((self.folder / "page/accuracy.json").read_text())
        self.assertEqual(summary["images"], 3)
        self.assertEqual(set(summary["same_images_for_all_methods"]),
                         {"burntin", "tesseract-psm11", PEER})
        page = (self.folder / "page/accuracy.md").read_text()
        for figure in (self.folder / "page/figures").iterdir():
            self.assertIn(f"figures/{figure.name}", page)

    def test_a_labelled_folder_is_measured_and_timed(self) -> None:
        self.assertEqual(run(self.folder / "corpus", "--count", 3), 0)
        corpus = ("--manifest", str(self.folder / "corpus"))
        self.assertIn(self.bench("accuracy", *corpus, "--work",
                                 str(self.folder / "work")), (0, 1))
        self.assertEqual(self.bench("speed", *corpus, "--runs", "1"), 0)
        speed = json.loads((self.folder / "page/speed-corpus.json").read_text())
        self.assertEqual(sum(kind["files"] for kind in
                             speed["images_by_kind"].values()), 2)


if __name__ == "__main__":
    unittest.main()
