"""The accuracy profile: its mixture, its truth, and how splits differ."""

import collections
import functools
import json
import pathlib
import subprocess
import tempfile
import unittest

import numpy as np
import pydicom

from support import contents, demo_folder, run

from benchmarks.generator.accuracy import (cases, faces, people,
                                           pixel_letters, real_frames)
from benchmarks.generator.accuracy.compose import make_accuracy_sample
from benchmarks.generator.pose import LEGIBLE_CONTRAST
from benchmarks.generator.seeds import stream
from benchmarks.generator.truth import truth_entry

COUNT, SEED = 80, 9


@functools.lru_cache(maxsize=1)
def entries() -> list[dict]:
    """The truth of COUNT samples of the test split."""
    return [truth_entry(make_accuracy_sample(SEED, index, "test"), "x.dcm")
            for index in range(COUNT)]


def lines() -> list[dict]:
    return [line for entry in entries() for line in entry["lines"]]


def drawn_cases(split: str, count: int = 1500) -> list[cases.Case]:
    return [cases.random_case(stream(SEED, split, index), index, split)
            for index in range(count)]


class MixtureTest(unittest.TestCase):

    def test_every_second_image_has_text(self) -> None:
        for entry in entries():
            with self.subTest(entry["index"]):
                self.assertEqual(entry["has_text"], entry["index"] % 2 == 0)
                self.assertEqual(entry["has_text"], bool(entry["lines"]))

    def test_each_look_has_enough_cases(self) -> None:
        first = [case.looks[0] for case in drawn_cases("test") if case.looks]
        for key, values, least in (
                ("style", cases.STYLES, .04),
                ("orientation", cases.ORIENTATIONS, .11),
                ("script", cases.SCRIPTS, .03),
                ("mirrored", (False, True), .08)):
            seen = collections.Counter(getattr(look, key) for look in first)
            for value in values:
                with self.subTest(f"{key} {value}"):
                    self.assertGreater(seen[value] / len(first), least)
        skewed = sum(bool(look.skew_degrees) for look in first)
        self.assertGreater(skewed / len(first), .12)

    def test_each_decoy_occurs_in_clean_images(self) -> None:
        seen = {name for case in drawn_cases("test", 300) if not case.looks
                for name in case.decoys}
        self.assertEqual(seen, set(cases.decoys.NAMES))

    def test_most_images_with_text_are_legible(self) -> None:
        with_text = [entry for entry in entries() if entry["has_text"]]
        legible = sum(entry["legible"] for entry in with_text)
        self.assertGreater(legible / len(with_text), .7)


class TruthTest(unittest.TestCase):

    def test_boxes_lie_within_the_image(self) -> None:
        for entry in entries():
            for line in entry["lines"]:
                box = line["box"]
                self.assertGreaterEqual(min(box["x"], box["y"]), 0)
                self.assertGreater(min(box["width"], box["height"]), 0)
                self.assertLessEqual(box["x"] + box["width"],
                                     entry["columns"])
                self.assertLessEqual(box["y"] + box["height"], entry["rows"])

    def test_the_corners_of_a_whole_line_surround_its_box(self) -> None:
        for line in lines():
            if line["visible"] < 1:
                continue
            box, corners = line["box"], np.array(line["corners"])
            slack = 2 + .1 * line["height_px"]
            with self.subTest(line["text"]):
                np.testing.assert_array_less(
                    corners.min(0) - slack, (box["x"], box["y"]))
                np.testing.assert_array_less(
                    (box["x"] + box["width"], box["y"] + box["height"]),
                    corners.max(0) + slack)

    def test_a_legible_line_is_large_and_strong_enough(self) -> None:
        for line in lines():
            if line["legible"]:
                self.assertGreaterEqual(line["height_px"], 7)
                self.assertGreaterEqual(
                    max(abs(line["contrast"]), abs(line["window_contrast"])),
                    LEGIBLE_CONTRAST - .0005)

    def test_the_visible_text_is_a_part_of_the_text(self) -> None:
        for line in lines():
            kept = iter(line["text"])
            self.assertTrue(all(c in kept for c in line["visible_text"]))
            if line["visible"] == 1:
                self.assertEqual(line["visible_text"], line["text"])

    def test_default_samples_have_the_same_keys(self) -> None:
        text = (demo_folder() / "truth.jsonl").read_text("utf-8")
        demo = [json.loads(line) for line in text.splitlines()]
        self.assertEqual(set(demo[0]), set(entries()[0]))
        self.assertEqual(set(demo[0]["lines"][0]), set(lines()[0]))
        self.assertTrue(demo[0]["legible"])


class SplitTest(unittest.TestCase):

    def test_the_splits_share_no_font(self) -> None:
        used = {split: {face.path for group in faces.FACES[split].values()
                        for face in group}
                | {face.path for face in pixel_letters.DEBIAN_FONTS[split]}
                | {face.name for face in pixel_letters.PIXEL_FACES[split]}
                for split in ("train", "test")}
        self.assertFalse(used["train"] & used["test"])

    def test_the_splits_share_no_name(self) -> None:
        for script in cases.SCRIPTS:
            named = {split: {people.person(stream(n), script, split).family
                             for n in range(60)}
                     for split in ("train", "test")}
            self.assertFalse(named["train"] & named["test"], script)

    def test_the_splits_share_no_nominal_height(self) -> None:
        for split, rest in (("train", 0), ("test", 1)):
            heights = {look.height_px % 2 for case in drawn_cases(split, 300)
                       for look in case.looks}
            self.assertEqual(heights, {rest}, split)


class CommandTest(unittest.TestCase):

    ACCURACY = ("--profile", "accuracy", "--split", "test", "--seed", SEED)

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def made(self, name: str, *arguments: object) -> dict[str, bytes]:
        self.assertEqual(run(self.folder / name, *self.ACCURACY, *arguments),
                         0)
        return contents(self.folder / name)

    def test_a_part_of_a_run_has_the_bytes_of_the_whole_run(self) -> None:
        whole = self.made("a", "--count", 12)
        part = self.made("b", "--first", 8, "--count", 4, "--jobs", 2)
        for name in (n for n in part if n.endswith(".dcm")):
            self.assertEqual(whole[name], part[name])

    def test_dcmdump_prints_no_error(self) -> None:
        for name in self.made("a", "--count", 12):
            if name.endswith(".dcm"):
                done = subprocess.run(["dcmdump", self.folder / "a" / name],
                                      capture_output=True)
                self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_real_frames_are_used_only_when_labelled_clean(self) -> None:
        clean = {entry["path"] for entry in map(json.loads, (
            demo_folder() / "truth.jsonl").read_text("utf-8").splitlines())
            if not entry["has_text"]}
        used = {path.name for split in ("train", "test")
                for path in real_frames.clean_files(demo_folder(), split)}
        self.assertTrue(used)
        self.assertLessEqual(used, clean)

    def test_a_real_frame_is_named_in_the_truth(self) -> None:
        self.made("a", "--count", 10, "--backgrounds", demo_folder())
        truth = (self.folder / "a" / "truth.jsonl").read_text("utf-8")
        sources = {json.loads(line)["background_source"]
                   for line in truth.splitlines()}
        files = {path.name for path in
                 real_frames.clean_files(demo_folder(), "test")}
        self.assertLessEqual(sources, files | {"drawn"})
        self.assertTrue(sources & files)

    def test_backgrounds_need_the_accuracy_profile(self) -> None:
        self.assertEqual(run(self.folder, "--backgrounds", demo_folder()), 2)

    def test_jpeg_in_process_is_read_by_others(self) -> None:
        for index in range(200):
            case = cases.random_case(
                stream(SEED, "accuracy-test", index, "case"), index, "test")
            if case.scene.syntax == "jpeg-pillow":
                self.made("a", "--first", index, "--count", 1)
                break
        path = next((self.folder / "a").glob("*.dcm"))
        pixels = pydicom.dcmread(path).pixel_array.astype(float)
        sample = make_accuracy_sample(SEED, index, "test")
        stored = sample.frames[0].astype(float)
        if stored.ndim == 3:
            pixels, stored = pixels[..., 0], stored @ (.299, .587, .114)
        self.assertLess(np.abs(pixels - stored).mean(), 8)


if __name__ == "__main__":
    unittest.main()
