"""make-syntaxes: files hold the planted pixels, and the truth says where."""

from __future__ import annotations

import pathlib
import re
import tempfile
import unittest

import numpy as np

from support import ROOT, contents
from benchmarks.decoding import data_sets
from benchmarks.decoding.references import decode_by_references
from benchmarks.syntaxes.__main__ import main
from benchmarks.syntaxes.catalogue import catalogue
from benchmarks.syntaxes.cell import Cell, cells_of, picture_of, write_cell
from benchmarks.syntaxes.places import places
from benchmarks.syntaxes.writing import even

TABLE = ROOT / "detector/dicom/transfer_syntax.cc"
# Nothing in Debian encodes stereo video, or the transforms of JPEG 2000 Part 2
# in the way that DICOM wants.
WITHOUT_ENCODER = {"1.2.840.10008.1.2.4.106", "1.2.840.10008.1.2.4.106.1",
                   "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93"}
NATIVE = [cell for cell in catalogue() if cell.encoder is None]
# One file by each encoder that is lossless.
LOSSLESS = ("rle--mono16", "rle--rgb8", "jpeg-lossless-sv1--mono12-signed",
            "jpeg-ls--mono16-signed", "jpeg-ls--rgb8", "encapsulated--rgb8",
            "jpeg2000-lossless--mono12-signed", "jpeg2000-lossless--rgb8",
            "jpeg2000-lossless--mono16-strip--split",
            "htj2k-lossless--rgb8", "jpegxl-lossless--mono16",
            "deflated-frame--mono1-odd-frames")


def make(*options: str) -> dict[str, bytes]:
    """Returns what make-syntaxes writes, by name."""
    with tempfile.TemporaryDirectory() as name:
        assert main(["--out", name, *options]) == 0
        return contents(pathlib.Path(name))


class PixelsTest(unittest.TestCase):

    def check(self, cell: Cell) -> None:
        with tempfile.TemporaryDirectory() as name:
            path = pathlib.Path(name) / "one.dcm"
            picture = write_cell(cell, 1, path)
            ds = data_sets.read(path)
            if cell.encoder is None:
                decoded = data_sets.native_frames(ds)
            else:
                answers = decode_by_references(path, ds)
                decoded = next(a.frames for a in answers if a.frames)
        np.testing.assert_array_equal(decoded, cells_of(cell, picture))

    def test_native_files_hold_the_planted_pixels(self) -> None:
        for cell in NATIVE:
            with self.subTest(cell.name):
                self.check(cell)

    def test_lossless_files_decode_to_the_planted_pixels(self) -> None:
        for cell in catalogue():
            if cell.name in LOSSLESS:
                with self.subTest(cell.name):
                    self.check(cell)

    def test_text_is_in_its_box_and_nowhere_else(self) -> None:
        for cell in NATIVE[::5]:
            with self.subTest(cell.name):
                picture = picture_of(cell, 1)
                drawn = picture.ink > 0
                where = picture.box.cut(*drawn.shape)
                self.assertTrue(drawn[where].any())
                drawn[where] = False
                self.assertFalse(drawn.any())

    def test_a_palette_s_indices_do_not_tell_text_from_background(self) -> None:
        cells = {cell.name: cell for cell in NATIVE}
        for name in ("explicit--palette8", "explicit--palette8-segmented"):
            picture = picture_of(cells[name], 1)
            indices = cells_of(cells[name], picture)[0, ..., 0].astype(float)
            text = picture.ink >= .5
            apart = abs(indices[text].mean() - indices[~text].mean())
            self.assertLess(apart, indices[~text].std() / 10)


class CatalogueTest(unittest.TestCase):

    def test_every_syntax_with_an_encoder_is_in_the_catalogue(self) -> None:
        known = set(re.findall(r'"(1\.2\.840\.10008\.1\.2[0-9.]*)"',
                               TABLE.read_text()))
        self.assertGreater(len(known), 30)
        made = {cell.uid for cell in catalogue()}
        self.assertEqual(known - made, WITHOUT_ENCODER & known)

    def test_names_are_unique(self) -> None:
        names = [item.name for item in [*catalogue(), *places()]]
        self.assertEqual(len(names), len(set(names)))


class CommandTest(unittest.TestCase):

    def test_equal_seeds_make_equal_files(self) -> None:
        self.assertEqual(make("--only", "overlay"), make("--only", "overlay"))
        self.assertEqual(make("--only", "palette8"),
                         make("--only", "palette8"))

    def test_other_seeds_make_other_files(self) -> None:
        one = make("--only", "icon", "--seed", "1")
        two = make("--only", "icon", "--seed", "2")
        self.assertEqual(one.keys(), two.keys())
        for name in one:
            self.assertNotEqual(one[name], two[name])

    def test_data_have_even_length(self) -> None:
        self.assertEqual(even(b"abc"), b"abc\0")
        self.assertEqual(even(b"ab"), b"ab")


if __name__ == "__main__":
    unittest.main()
