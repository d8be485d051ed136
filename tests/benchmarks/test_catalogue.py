"""The presets hold what they promise, and missing fonts are an error."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest
from unittest import mock

import pydicom

from support import demo_folder, run
from benchmarks.generator import fonts
from benchmarks.generator.patients import make_patient
from benchmarks.generator.presets import DEMO, cine
from benchmarks.generator.scenes import SYNTAXES, random_scene
from benchmarks.generator.seeds import stream


def truth() -> list[dict]:
    text = (demo_folder() / "truth.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


class DemoTest(unittest.TestCase):

    def test_it_plants_identifiers_in_at_least_twelve_files(self) -> None:
        self.assertGreaterEqual(sum(e["identifying"] for e in truth()), 12)

    def test_every_file_planned_as_identifying_is(self) -> None:
        for scene, entry in zip(DEMO, truth(), strict=True):
            self.assertEqual(entry["identifying"],
                             scene.text == "identifying")

    def test_it_has_clean_files_and_files_with_harmless_text(self) -> None:
        clean = [e for e in truth() if not e["has_text"]]
        harmless = [e for e in truth()
                    if e["has_text"] and not e["identifying"]]
        self.assertGreaterEqual(len(clean), 3)
        self.assertGreaterEqual(len(harmless), 3)

    def test_it_covers_every_modality_and_transfer_syntax(self) -> None:
        self.assertEqual({e["modality"] for e in truth()},
                         {"US", "CT", "MR", "CR", "DX", "MG", "XA", "SC"})
        self.assertEqual({e["transfer_syntax_uid"] for e in truth()},
                         set(SYNTAXES.values()))

    def test_it_covers_colours_depths_and_planar_layouts(self) -> None:
        self.assertLessEqual(
            {"MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR",
             "YBR_FULL_422"},
            {e["photometric"] for e in truth()})
        self.assertLessEqual({8, 12, 16}, {e["bits_stored"] for e in truth()})
        self.assertEqual({e["planar"] for e in truth()}, {0, 1})
        self.assertEqual({e["signed"] for e in truth()}, {True, False})

    def test_a_cine_has_text_throughout_and_another_in_a_few_frames(
            self) -> None:
        spans = [(e["frames"], line["frames"]) for e in truth()
                 if e["frames"] > 1 for line in e["lines"]]
        self.assertTrue(any(span == [0, n - 1] for n, span in spans))
        self.assertTrue(any(span[1] - span[0] + 1 < n for n, span in spans))

    def test_files_of_one_group_share_patient_and_study(self) -> None:
        studies: dict[str, set] = {}
        for scene, entry in zip(DEMO, truth(), strict=True):
            ds = pydicom.dcmread(demo_folder() / entry["path"],
                                 stop_before_pixels=True)
            if scene.group:
                studies.setdefault(scene.group, set()).add(
                    (ds.StudyInstanceUID, str(ds.PatientName), ds.StudyDate))
        self.assertTrue(studies)
        self.assertTrue(all(len(found) == 1 for found in studies.values()))


class CineTest(unittest.TestCase):

    def test_it_has_the_frames_and_the_size_asked_for(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            status = run(pathlib.Path(folder), "--preset", "cine", "--frames",
                         4, "--rows", 96, "--columns", 128)
            self.assertEqual(status, 0)
            [path] = pathlib.Path(folder).glob("*.dcm")
            ds = pydicom.dcmread(path)
        self.assertEqual((ds.NumberOfFrames, ds.Rows, ds.Columns),
                         (4, 96, 128))
        self.assertEqual(cine(4, 96, 128).text, "identifying")


class RandomScenesTest(unittest.TestCase):

    def test_they_are_varied(self) -> None:
        scenes = [random_scene(stream(1, i)) for i in range(600)]
        for attribute, least in (("modality", 8), ("background", 16),
                                 ("syntax", 8), ("text", 3), ("colour", 3),
                                 ("ink", 6), ("bits_stored", 5)):
            seen = {getattr(scene, attribute) for scene in scenes}
            self.assertGreaterEqual(len(seen), least, attribute)

    def test_patients_are_practically_never_alike(self) -> None:
        people = [make_patient(stream(1, i)) for i in range(500)]
        self.assertEqual(len({(p.family, p.given, p.patient_id)
                              for p in people}), 500)
        self.assertTrue(all(p.birth_date < p.study_date for p in people))


class FontsTest(unittest.TestCase):

    def setUp(self) -> None:
        fonts.installed.cache_clear()
        self.addCleanup(fonts.installed.cache_clear)

    def test_the_splits_share_no_font_and_no_package(self) -> None:
        self.assertFalse(set(fonts.FONTS["train"]) & set(fonts.FONTS["test"]))
        self.assertFalse(set(fonts.packages("train"))
                         & set(fonts.packages("test")))

    def test_without_any_font_the_error_names_the_packages(self) -> None:
        stderr = io.StringIO()
        with (tempfile.TemporaryDirectory() as folder,
              mock.patch.object(fonts, "FONT_ROOT", pathlib.Path(folder)),
              contextlib.redirect_stderr(stderr)):
            self.assertEqual(run(pathlib.Path(folder), "--count", 1), 2)
        self.assertIn("fonts-dejavu-core", stderr.getvalue())


if __name__ == "__main__":
    unittest.main()
