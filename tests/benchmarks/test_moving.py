"""The generator's cines and series of any length."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile
import unittest
from itertools import islice

import numpy as np
import pydicom

import support  # noqa: F401
from benchmarks.generator.moving import (SLICES_TO_NEXT, cine_frames,
                                         ct_series, ultrasound_cine,
                                         write_cine, write_series)
from benchmarks.generator.screens import busy_screen
from benchmarks.generator.patients import make_patient
from benchmarks.generator.seeds import stream

SMALL = (192, 256)


def decoded(path: pathlib.Path) -> pydicom.Dataset:
    """The file, decompressed by DCMTK."""
    plain = path.with_suffix(".plain")
    subprocess.run(["dcmdjpeg", str(path), str(plain)], check=True)
    return pydicom.dcmread(plain)


def most_common(values: np.ndarray) -> int:
    """The value that letters have where nothing shines through."""
    found, counts = np.unique(values, return_counts=True)
    return int(found[counts.argmax()])


class MovingTest(unittest.TestCase):

    def setUp(self) -> None:
        keeper = tempfile.TemporaryDirectory()
        self.addCleanup(keeper.cleanup)
        self.folder = pathlib.Path(keeper.name)

    def series(self, slices: int, text: bool = True) -> list[pydicom.Dataset]:
        """A small series, decompressed."""
        paths = write_series(ct_series(text, 512, 512), slices, self.folder)
        return [decoded(path) for path in paths]

    def test_a_short_cine_is_the_beginning_of_a_long_one(self) -> None:
        short, long = (list(islice(cine_frames(
            ultrasound_cine(frames, *SMALL, text=True)), 3))
            for frames in (3, 500))
        self.assertTrue(np.array_equal(short, long))

    def test_the_picture_moves_and_the_text_stands(self) -> None:
        with_text, without = (list(cine_frames(ultrasound_cine(
            3, *SMALL, text=text))) for text in (True, False))
        solid = most_common(with_text[0][with_text[0] != without[0]])
        ink = (with_text[0] == solid) & (without[0] != solid)
        self.assertGreater(ink.sum(), 200)
        self.assertTrue((with_text[2][ink] == solid).all())
        self.assertGreater((without[0] != without[2]).mean(), .2)

    def test_a_cine_is_written_as_jpeg_with_all_its_frames(self) -> None:
        moving = ultrasound_cine(4, *SMALL, text=True)
        write_cine(moving, self.folder / "cine.dcm")
        file = pydicom.dcmread(self.folder / "cine.dcm")
        self.assertEqual(file.file_meta.TransferSyntaxUID,
                         "1.2.840.10008.1.2.4.50")
        self.assertEqual(file.NumberOfFrames, 4)
        pixels = decoded(self.folder / "cine.dcm").pixel_array
        wanted = np.array(list(cine_frames(moving)), int)
        self.assertLess(np.abs(pixels - wanted).mean(), 4)

    def test_a_cine_is_a_function_of_its_seed(self) -> None:
        for name in ("one", "other"):
            write_cine(ultrasound_cine(2, *SMALL, text=True),
                       self.folder / name)
        self.assertEqual((self.folder / "one").read_bytes(),
                         (self.folder / "other").read_bytes())

    def test_slices_are_one_series_of_lossless_sixteen_bits(self) -> None:
        slices = self.series(3)
        self.assertEqual(len({one.SeriesInstanceUID for one in slices}), 1)
        self.assertEqual(len({one.SOPInstanceUID for one in slices}), 3)
        self.assertEqual([one.InstanceNumber for one in slices], [1, 2, 3])
        self.assertEqual({one.BitsStored for one in slices}, {16})
        written = pydicom.dcmread(self.folder / "slice-00000.dcm")
        self.assertEqual(written.file_meta.TransferSyntaxUID,
                         "1.2.840.10008.1.2.4.70")

    def test_anatomy_changes_little_by_little_and_text_not_at_all(self
                                                                  ) -> None:
        bare = [one.pixel_array.astype(int) for one in self.series(
            SLICES_TO_NEXT // 2 + 1, text=False)]
        lined = [one.pixel_array.astype(int) for one in self.series(
            SLICES_TO_NEXT // 2 + 1)]

        def moved(one: np.ndarray, other: np.ndarray) -> float:
            """The share of pixels that change from fat to something else."""
            return float((np.abs(one - other) > 150).mean())
        next_, far = moved(bare[0], bare[1]), moved(bare[0], bare[-1])
        self.assertGreater(next_, 0)
        self.assertGreater(far, 3 * next_)
        solid = most_common(lined[0][np.abs(lined[0] - bare[0]) > 500])
        ink = (lined[0] == solid) & (bare[0] != solid)
        self.assertGreater(ink.sum(), 500)
        # A pixel that a letter all but covers shows a little through.
        self.assertGreater((lined[-1][ink] == solid).mean(), .98)

    def test_noise_is_another_in_each_slice(self) -> None:
        first, second = (one.pixel_array.astype(int)
                         for one in self.series(2, text=False))
        inside = (slice(200, 240), slice(100, 160))
        noise = np.corrcoef(
            np.diff(first[inside], axis=1).ravel(),
            np.diff(second[inside], axis=1).ravel())[0, 1]
        self.assertLess(abs(noise), .3)


class ScreenTest(unittest.TestCase):

    def test_a_screen_has_all_its_lines_and_none_overlap(self) -> None:
        patient = make_patient(stream(1, "patient"))
        placed = busy_screen((1,), 768, 1024, patient, "US")
        self.assertEqual(len(placed), 20)
        texts = [one.line.text for one in placed]
        self.assertIn(f"ID: {patient.patient_id}", texts)
        for i, one in enumerate(placed):
            self.assertFalse(any(one.box.touches(other.box)
                                 for other in placed[i + 1:]))

    def test_a_small_picture_says_whose_it_is(self) -> None:
        patient = make_patient(stream(1, "patient"))
        placed = busy_screen((1,), *SMALL, patient, "US")
        self.assertEqual([one.line.attribute for one in placed],
                         ["PatientName", "PatientID"])

    def test_a_picture_without_room_is_refused(self) -> None:
        patient = make_patient(stream(1, "patient"))
        with self.assertRaises(ValueError):
            busy_screen((1,), 40, 60, patient, "US")


if __name__ == "__main__":
    unittest.main()
