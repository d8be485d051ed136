"""Drawings of the accuracy profile: letters, barcodes, turns, decoys, inks."""

import unittest

import numpy as np
import zxingcpp

import support  # noqa: F401  # It puts the root on the path.

from benchmarks.generator.accuracy import (barcodes, decoys, faces, inks,
                                           pixel_letters, wordings)
from benchmarks.generator.accuracy.drawings import Drawing, choose_pen, draw
from benchmarks.generator.accuracy.people import person
from benchmarks.generator.accuracy.turning import Turn
from benchmarks.generator.pose import Pose, is_legible
from benchmarks.generator.seeds import stream

QUIET_BACKGROUND = 40


def on_page(drawing: Drawing) -> np.ndarray:
    """A symbol in the middle of a dark page, as 8-bit grey."""
    rows, columns = drawing.ink.shape
    page = np.full((rows + 80, columns + 80), QUIET_BACKGROUND, np.uint8)
    page[40:-40, 40:-40] = np.rint(255 * (1 - drawing.ink))
    return page


class BarcodeTest(unittest.TestCase):

    def test_a_reader_reads_what_was_encoded(self) -> None:
        for symbology in ("code128", "code39", "qr", "datamatrix"):
            drawing = barcodes.draw(symbology, "PID-123456", 3, 40)
            with self.subTest(symbology):
                read = zxingcpp.read_barcode(on_page(drawing))
                self.assertEqual(read.text, "PID-123456")

    def test_each_possible_number_can_be_encoded(self) -> None:
        for number in range(20):
            patient = person(stream(number), "latin", "test")
            for text in (patient.patient_id, patient.accession):
                self.assertTrue(barcodes.modules("code39", text).any())


class LetterTest(unittest.TestCase):

    def test_every_style_draws_near_the_height_asked_for(self) -> None:
        for split in ("train", "test"):
            for style in ("plain", "outlined", "boxed", "dotted", "bitmap",
                          "handwriting", "stacked", "cut", "translucent"):
                rng = np.random.default_rng(1)
                pen = choose_pen(rng, style, "latin", 28, split)
                drawing = draw(rng, pen, "Ada 12")
                with self.subTest(f"{split} {style}"):
                    self.assertLessEqual(abs(drawing.height_px - 28), 4)
                    self.assertGreater(drawing.ink.sum(), 50)
                    self.assertLessEqual(drawing.ink.max(), 1)

    def test_every_face_has_the_letters_of_its_script(self) -> None:
        for split in ("train", "test"):
            for script in ("cyrillic", "greek", "arabic", "cjk"):
                for number in range(12):
                    rng = stream(number)
                    patient = person(rng, script, split)
                    written = wordings.identifying_lines(rng, patient, script,
                                                         split)
                    for face in faces.FACES[split][script]:
                        for line in written:
                            self.assertEqual(
                                faces.spelt(face, line.text),
                                " ".join(line.text.split()))

    def test_a_script_is_known_from_its_letters(self) -> None:
        self.assertEqual([faces.script_of(text) for text in (
            "Ada 12.3", "ФИО 1", "Γεν. 2", "ملف 7", "氏名", "최 지우")],
            ["latin", "cyrillic", "greek", "arabic", "cjk", "cjk"])

    def test_pixel_letters_leave_out_what_they_have_not(self) -> None:
        own = pixel_letters.PIXEL_FACES["test"][0]
        self.assertEqual(pixel_letters.spelt(own, "Né(e) 3;"), "NE(E) 3")
        self.assertEqual(pixel_letters.pixels(own, "II").shape, (7, 9))


class TurnTest(unittest.TestCase):

    def test_a_dot_goes_where_the_turn_says(self) -> None:
        mask = np.zeros((31, 101), np.float32)
        mask[3:6, 6:9] = 1
        for quarters in range(4):
            for mirrored in (False, True):
                for skew in (0.0, 11.0, -8.0):
                    turn = Turn(quarters, mirrored, skew)
                    turned = turn.layer(mask)
                    y, x = np.argwhere(turned > .4).mean(0)
                    rows, columns = turned.shape
                    want = turn.moved(7.5 - 50.5, 4.5 - 15.5)
                    got = (x + .5 - columns / 2, y + .5 - rows / 2)
                    with self.subTest(turn):
                        np.testing.assert_allclose(got, want, atol=1.2)


class DecoyTest(unittest.TestCase):

    def test_each_decoy_changes_grey_and_colour_pictures(self) -> None:
        for name in decoys.NAMES:
            for shape in ((160, 200), (160, 200, 3)):
                canvas = np.full(shape, .4, np.float32)
                for number in range(3):
                    decoys.add(stream(number), name, canvas)
                with self.subTest(f"{name} {shape}"):
                    self.assertGreater(np.abs(canvas - .4).max(), .02)
                    self.assertGreaterEqual(canvas.min(), 0)
                    self.assertLessEqual(canvas.max(), 1)


class InkTest(unittest.TestCase):

    def test_a_tint_has_the_luma_asked_for(self) -> None:
        for luma in (0, 30, 128, 220, 255):
            colour = inks.tinted(stream(luma), luma)
            self.assertAlmostEqual(float(colour @ inks.LUMA), luma, delta=.6)
            self.assertTrue(0 <= colour.min() and colour.max() <= 255.5)

    def test_a_background_like_the_ink_is_no_clear_one(self) -> None:
        ink = np.zeros((12, 40), np.float32)
        ink[3:9, 4:36:4] = 1
        half = np.zeros((12, 40), np.float32)
        half[:, 20:] = 200
        for before, clear in ((np.zeros_like(ink), 1.0), (half, .6)):
            after = before + ink * (200 - before)
            stands = inks.standing(before, after, ink, 28, 1)
            self.assertLessEqual(stands.clear_share, clear)
            self.assertEqual(stands.clear_share == 1, clear == 1)


class LegibleTest(unittest.TestCase):

    def test_each_limit_counts(self) -> None:
        for name, pose, height, contrast, legible in (
                ("at the limits", Pose(), 7, 35 / 255, True),
                ("too small", Pose(), 6, .9, False),
                ("too faint", Pose(), 20, 34 / 255, False),
                ("drowned", Pose(drowned=True), 20, .9, False),
                ("cut too short", Pose(visible=.2, visible_text="P"), 20, .9,
                 False),
                ("cut a little", Pose(visible=.8, visible_text="PID-1"), 20,
                 .9, True),
                ("a cut barcode", Pose(visible=.9, symbology="qr"), 60, .9,
                 False)):
            with self.subTest(name):
                self.assertEqual(is_legible(pose, "PID-123", height, contrast),
                                 legible)


if __name__ == "__main__":
    unittest.main()
