"""Cines as series of single pictures."""

from __future__ import annotations

import pathlib
import tempfile
import unittest
from dataclasses import replace

import numpy as np
import pydicom

import support  # noqa: F401
from benchmarks.bench.one_by_one import SplitError, split
from benchmarks.generator.cines import make_cine_sample
from benchmarks.generator.files import write_file


class OneByOneTest(unittest.TestCase):

    def test_each_frame_is_an_object_of_the_same_series(self) -> None:
        for syntax in ("implicit", "rle"):
            sample = make_cine_sample(1, 0, "train")
            sample = replace(sample, scene=replace(sample.scene,
                                                   syntax=syntax))
            with self.subTest(syntax=syntax), \
                    tempfile.TemporaryDirectory() as folder:
                root = pathlib.Path(folder)
                write_file(sample, root / "cine.dcm")
                cine = pydicom.dcmread(root / "cine.dcm")
                objects = [pydicom.dcmread(path)
                           for path in split(root / "cine.dcm", root)]
                self.check(cine, objects)

    def test_what_cannot_be_taken_apart_is_an_error(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "text.dcm").write_text("no object")
            with self.assertRaises(SplitError):
                split(root / "text.dcm", root)

    def check(self, cine: pydicom.Dataset,
              objects: list[pydicom.Dataset]) -> None:
        """What has to be true of a cine and its pictures."""
        count = int(cine.NumberOfFrames)
        self.assertGreater(count, 1)
        self.assertEqual(len({one.SOPInstanceUID for one in objects}), count)
        self.assertEqual({one.SeriesInstanceUID for one in objects},
                         {cine.SeriesInstanceUID})
        numbers = [int(one.InstanceNumber) for one in objects]
        self.assertEqual(sorted(numbers), list(range(1, count + 1)))
        self.assertNotEqual(numbers, sorted(numbers))
        for one in objects:
            self.assertEqual(one.SOPInstanceUID,
                             one.file_meta.MediaStorageSOPInstanceUID)
            self.assertTrue(np.array_equal(
                one.pixel_array, cine.pixel_array[one.InstanceNumber - 1]))


if __name__ == "__main__":
    unittest.main()
