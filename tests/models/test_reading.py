"""What the reader is taught, and that it is exported as it was trained."""

from __future__ import annotations

import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

from model_paths import MODELS

sys.path.insert(0, str(MODELS.parent))

try:
    import cv2
    import numpy as np

    from models.training.pictures import Picture
    from models.training.reading import (alphabet, clutter, drawn, lines, seen,
                                         texts)
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"

try:
    import torch

    from models.training.export import restore
    from models.training.reading.batches import WIDTH_STEP, padded
    from benchmarks.bench.reading import distance
    from models.training.reading.evaluate import read
    from models.training.reading.network import SIZES, STEP, LineReader
    from models.training.reading.train import _loss, write
    NO_TORCH = None
except ImportError as error:
    NO_TORCH = f"{error.name} is not installed"


@unittest.skipIf(MISSING, MISSING)
class AlphabetTest(unittest.TestCase):
    def test_every_character_has_a_class_of_its_own(self):
        self.assertEqual(len(set(alphabet.CHARACTERS)),
                         len(alphabet.CHARACTERS))
        self.assertEqual((alphabet.CHARACTERS[0], alphabet.CHARACTERS[-1]),
                         ("", " "))

    def test_letters_of_other_scripts_are_unknown_unless_they_look_alike(self):
        self.assertEqual(alphabet.spelt("ИВАН 山 Žofie"),
                         "�BAH � Žofie")

    def test_a_path_is_read_without_repeats_and_blanks(self):
        one, two = alphabet.classes_of("l7")
        self.assertEqual(alphabet.text_of([0, one, one, 0, one, two, two, 0]),
                         "ll7")

    def test_the_weights_have_these_characters(self):
        kept = (MODELS / "weights/text_reader_charset.txt").read_text(
            encoding="utf-8")
        self.assertEqual(kept, "".join(f"{char}\n"
                                       for char in alphabet.CHARACTERS))


@unittest.skipIf(MISSING, MISSING)
class TextsTest(unittest.TestCase):
    def test_texts_are_short_and_spelt_with_single_spaces(self):
        rng = np.random.default_rng(1)
        seen_characters = set()
        for _ in range(500):
            text = texts.random_text(rng)
            self.assertTrue(1 <= len(text) <= 40)
            self.assertEqual(text, " ".join(text.split()))
            seen_characters |= set(alphabet.spelt(text))
        self.assertNotIn(alphabet.UNKNOWN, seen_characters)
        self.assertGreater(len(seen_characters), 120)


def _patch(text: str = "JANE 47") -> lines.Patch:
    pixels = np.full((60, 160, 3), 20, np.uint8)
    pixels[20:40, 30:130] = 230
    corners = np.float32([[30, 20], [130, 20], [130, 40], [30, 40]])
    return lines.Patch(pixels, corners, text)


@unittest.skipIf(MISSING, MISSING)
class CutOutTest(unittest.TestCase):
    def test_a_line_fills_its_cut_out_but_for_the_margin(self):
        cut = lines.plain_cut_out(_patch(), room=.25)
        self.assertEqual(cut.pixels.shape, (lines.ROWS, 117, 3))
        self.assertGreater(cut.pixels[8:24, 8:-8].min(), 200)
        self.assertLess(cut.pixels[:3].max(), 60)

    def test_every_box_keeps_most_of_its_line(self):
        rng = np.random.default_rng(2)
        for _ in range(200):
            cut = lines.cut_out(rng, _patch())
            self.assertEqual(cut.pixels.shape[0], lines.ROWS)
            self.assertIn(cut.text, ("JANE 47", ""))

    def test_what_reads_upside_down_as_well_keeps_its_text(self):
        rng = np.random.default_rng(3)
        for _ in range(200):
            self.assertEqual(lines.cut_out(rng, _patch("1961")).text, "1961")

    def test_drawn_lines_stand_out_where_their_corners_say(self):
        rng = np.random.default_rng(4)
        ground = Picture(np.full((400, 900), 90, np.uint8), ())
        grounds = unittest.mock.Mock(next=lambda _: ground)
        written = 0
        for _ in range(80):
            patch = drawn.random_patch(rng, grounds)
            if patch is None or not patch.text:
                continue
            written += 1
            (left, top), _, (right, bottom), _ = patch.corners.astype(int)
            part = patch.pixels[top:bottom, left:right].astype(int)
            self.assertGreater(np.ptp(part, axis=(0, 1)).max(), 10)
        self.assertGreater(written, 50)

    def test_what_crosses_a_line_leaves_its_ink_apart(self):
        changed = 0
        for seed in range(200):
            rng = np.random.default_rng(seed)
            ink = np.float32(rng.uniform(0, 255, 3))
            pixels = np.full((60, 240, 3), 128, np.float32)
            with unittest.mock.patch.object(clutter, "_KINDS",
                                            {"bar": 1, "half": 1, "arc": 1}):
                clutter.add(rng, pixels, 20, ink)
            drawn_at = (pixels != 128).any(2)
            changed += drawn_at.any()
            # A bar darkens upwards or downwards, and speckle has its grain.
            contrast = abs(pixels[drawn_at] - ink).max(1)
            self.assertGreater(np.median(contrast) if contrast.size else 99,
                               10)
        self.assertGreater(changed, 120)

    def test_frames_and_ticks_leave_the_line_itself_free(self):
        for seed in range(200):
            pixels = np.full((60, 240, 3), 128, np.float32)
            with unittest.mock.patch.object(clutter, "_KINDS",
                                            {"frame": 1, "ticks": 1}):
                clutter.add(np.random.default_rng(seed), pixels, 20,
                            np.float32([250, 250, 250]))
            self.assertTrue((pixels[20:40, 20:220] == 128).all(), seed)

    def test_lines_of_samples_come_with_what_they_say(self):
        found = [patch for index in range(12)
                 for patch in seen.patches(5, index, "train")]
        self.assertTrue(any(patch.text for patch in found))
        self.assertTrue(any(not patch.text for patch in found))
        for patch in found:
            limit = np.array(patch.pixels.shape[1::-1])
            self.assertTrue((patch.corners > 0).all())
            self.assertTrue((patch.corners < limit).all())


@unittest.skipIf(MISSING or NO_TORCH, MISSING or NO_TORCH)
class LineReaderTest(unittest.TestCase):
    def test_it_learns_a_line_by_heart(self):
        torch.manual_seed(1)
        network = LineReader()
        cut = lines.plain_cut_out(_patch())
        optimizer = torch.optim.Adam(network.parameters(), 3e-3)
        targets = torch.tensor(alphabet.classes_of(cut.text))
        for _ in range(60):
            pixels = torch.from_numpy(padded([cut])).float()
            loss = _loss(network, (pixels, [len(targets)], targets))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        network.train()  # With the batch's own statistics, as while learning.
        [(text, sure)] = read(network, [cut])
        self.assertEqual(text, cut.text)
        self.assertGreater(sure, .5)

    def test_slips_are_counted(self):
        self.assertEqual(distance("DOE", "D0E"), 1)
        self.assertEqual(distance("DOE", "DE"), 1)
        self.assertEqual(distance("", "DOE"), 3)
        self.assertEqual(distance("DOE", "DOE"), 0)

    def test_opencv_computes_what_was_trained_at_every_width(self):
        for size in SIZES.values():
            with self.subTest(size=size):
                torch.manual_seed(1)
                self._compare(LineReader(size))

    def test_what_was_exported_can_be_gone_on_from(self):
        torch.manual_seed(1)
        network, other = LineReader(), LineReader()
        network(torch.rand(4, 3, lines.ROWS, 96) * 255)
        with tempfile.TemporaryDirectory() as folder:
            write(network.eval(), Path(folder) / "reader.onnx")
            restore(other, Path(folder) / "reader.onnx")
        other.eval()
        pixels = torch.rand(2, 3, lines.ROWS, 160) * 255
        with torch.no_grad():
            self.assertLess(float(abs(network(pixels) - other(pixels)).max()),
                            1e-3)

    def _compare(self, network):
        network(torch.rand(4, 3, lines.ROWS, 96) * 255)
        network.eval()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "reader.onnx"
            write(network, path)
            net = cv2.dnn.readNetFromONNX(str(path))
        for columns in (160, WIDTH_STEP, 640, 96):
            pixels = np.float32(np.random.default_rng(2).integers(
                0, 256, (1, 3, lines.ROWS, columns)))
            net.setInput(pixels)
            given = net.forward()
            with torch.no_grad():
                wanted = torch.softmax(network(torch.from_numpy(pixels)), 2)
            self.assertEqual(given.shape, (1, columns // STEP,
                                           len(alphabet.CHARACTERS)))
            np.testing.assert_allclose(given, wanted.numpy(), atol=1e-4)


if __name__ == "__main__":
    unittest.main()
