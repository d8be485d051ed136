"""What the text network is taught, and that it is exported as it was trained."""

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

    from benchmarks.generator.accuracy.compose import make_accuracy_sample
    from models.training.finding import crops
    from models.training.pictures import Line, Picture, views
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"

try:
    # Training alone needs it, and it is large: scripts/test installs it not.
    import torch

    from models.training.finding.train import write
    from models.training.finding.loss import loss
    from models.training.finding.network import (SIZES, STRIDE, TextMaps,
                                                 text_of)
    NO_TORCH = None
except ImportError as error:
    NO_TORCH = f"{error.name} is not installed"

SIDE = 160


def _line(left: float, top: float, right: float, bottom: float,
          contrast: float = .9, legible: bool = True) -> Line:
    return Line(np.float32([[left, top], [right, top], [right, bottom],
                            [left, bottom]]), contrast, legible, True)


def _turned(line: Line, quarters: int) -> Line:
    """Turns a line clockwise around the middle of a square of SIDE."""
    corners = line.corners
    for _ in range(quarters):
        corners = np.stack([SIDE - corners[:, 1], corners[:, 0]], axis=1)
    return Line(np.float32(corners), line.contrast, line.legible, line.turns)


def _kinds(line: Line) -> np.ndarray:
    return crops.kinds([(line, line.corners, line.contrast)], (SIDE, SIDE))


@unittest.skipIf(MISSING, MISSING)
class KindsTest(unittest.TestCase):
    def test_a_line_is_marked_within_its_edges(self):
        kind = _kinds(_line(40, 60, 120, 80))
        rows, columns = np.nonzero(kind)
        self.assertTrue((kind[kind > 0] == crops.FIRST_TURN).all())
        self.assertAlmostEqual(rows.min(), (60 + 3.6) / 2, delta=1)
        self.assertAlmostEqual(rows.max(), (80 - 3.6) / 2, delta=1)
        self.assertAlmostEqual(columns.min(), (40 + 3.6) / 2, delta=1)
        self.assertAlmostEqual(columns.max(), (120 - 3.6) / 2, delta=1)

    def test_a_line_has_the_kind_of_its_direction(self):
        for quarters in range(4):
            kind = _kinds(_turned(_line(40, 60, 120, 80), quarters))
            self.assertEqual(set(np.unique(kind)),
                             {0, crops.FIRST_TURN + quarters})
        mirrored = Line(_line(40, 60, 120, 80).corners[[1, 0, 3, 2]], .9, True,
                        True)
        self.assertEqual(set(np.unique(_kinds(mirrored))),
                         {0, crops.FIRST_TURN + 4 + 2})

    def test_what_cannot_be_made_out_is_neither_text_nor_ground(self):
        for line in (_line(40, 60, 120, 80, contrast=.05),
                     _line(40, 60, 120, 80, legible=False),
                     _line(40, 60, 120, 63)):
            self.assertEqual(set(np.unique(_kinds(line))),
                             {0, crops.NEITHER})


def _halved(pixels: np.ndarray) -> np.ndarray:
    """Returns a crop at the size of its maps, channels last."""
    return cv2.resize(pixels.transpose(1, 2, 0), (SIDE // 2, SIDE // 2),
                      interpolation=cv2.INTER_AREA).astype(float)


@unittest.skipIf(MISSING, MISSING)
class RandomCropTest(unittest.TestCase):
    @unittest.mock.patch("models.training.finding.crops._LABELLED", 0)
    def test_maps_follow_the_pixels_through_every_change(self):
        line = _line(60, 100, 200, 130)
        pixels = np.zeros((256, 320), np.uint8)
        pixels[100:130, 60:200] = 255
        rng = np.random.default_rng(3)
        marked = 0
        for _ in range(60):
            crop = crops.random_crop(rng, Picture(pixels, (line,)), SIDE)
            text = crop.kind >= crops.TEXT
            if not text.any():
                continue
            marked += 1
            shown = _halved(crop.pixels)
            # Text is of one colour, and apart from that of the ground.
            colour = np.median(shown[text], axis=0)
            apart = abs(shown - colour).max(axis=2)
            self.assertGreater((apart[text] < 40).mean(), .9)
            ground = cv2.dilate(text.astype(np.uint8), np.ones((15, 15))) == 0
            if ground.any():
                self.assertGreater(np.median(apart[ground]), 15)
        self.assertGreater(marked, 40)

    @unittest.mock.patch("models.training.finding.crops._LABELLED", 1)
    def test_labels_are_drawn_where_the_map_says(self):
        rng = np.random.default_rng(4)
        flat = Picture(np.full((256, 320), 90, np.uint8), ())
        marked = 0
        for _ in range(40):
            crop = crops.random_crop(rng, flat, SIDE)
            text = (crop.kind >= crops.TEXT).astype(np.uint8)
            marked += int(text.any())
            count, _, boxes, _ = cv2.connectedComponentsWithStats(text)
            for x, y, columns, rows, area in boxes[1:count]:
                if area < 12:
                    continue
                part = crop.pixels[:, 2 * y:2 * (y + rows),
                                   2 * x:2 * (x + columns)].astype(float)
                # Letters and what is behind them.
                self.assertGreater(np.ptp(part, axis=(1, 2)).max(), 12)
        self.assertGreater(marked, 20)

    def test_equal_seeds_give_equal_crops(self):
        picture = Picture(np.arange(65536, dtype=np.uint32).reshape(256, 256)
                          .astype(np.uint8), (_line(20, 20, 90, 40),))
        one, two = (crops.random_crop(np.random.default_rng(5), picture, SIDE)
                    for _ in range(2))
        np.testing.assert_array_equal(one.pixels, two.pixels)
        np.testing.assert_array_equal(one.kind, two.kind)


@unittest.skipIf(MISSING, MISSING)
class ViewsTest(unittest.TestCase):
    def test_samples_become_pictures_with_their_lines(self):
        lines = 0
        for index in range(12):
            sample = make_accuracy_sample(4, index, "train")
            for picture in views(sample):
                self.assertEqual(picture.pixels.dtype, np.uint8)
                self.assertEqual(picture.pixels.shape[:2],
                                 sample.frames.shape[1:3])
                self.assertEqual(len(picture.lines), len(sample.lines))
                lines += len(picture.lines)
        self.assertGreater(lines, 10)


@unittest.skipIf(MISSING or NO_TORCH, MISSING or NO_TORCH)
class NetworkTest(unittest.TestCase):
    def test_training_makes_the_loss_smaller(self):
        torch.manual_seed(1)
        network = TextMaps()
        kind = torch.from_numpy(_kinds(_line(40, 60, 120, 80)))[None]
        pixels = torch.zeros(1, 3, SIDE, SIDE)
        pixels[:, :, 60:80, 40:120:4] = 255
        optimizer = torch.optim.Adam(network.parameters(), 3e-3)
        losses = []
        for _ in range(25):
            result = loss(network(pixels), kind)
            optimizer.zero_grad()
            result.backward()
            optimizer.step()
            losses.append(result.item())
        self.assertLess(losses[-1], .6 * losses[0])

    def test_opencv_computes_what_was_trained_at_every_size(self):
        for size in SIZES.values():
            with self.subTest(size=size):
                torch.manual_seed(1)
                self._compare(TextMaps(size))

    def _compare(self, network):
        network(torch.rand(2, 3, 96, 96) * 255)  # Statistics to fold.
        network.eval()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "maps.onnx"
            write(network, path)
            net = cv2.dnn.readNetFromONNX(str(path))
        for rows, columns in ((96, 160), (STRIDE, STRIDE), (160, 96)):
            pixels = np.float32(np.random.default_rng(2).integers(
                0, 256, (1, 3, rows, columns)))
            net.setInput(pixels)
            given = net.forward()
            with torch.no_grad():
                maps = network(torch.from_numpy(pixels))
            np.testing.assert_allclose(given, torch.sigmoid(maps).numpy(),
                                       atol=1e-4)
            self.assertEqual(text_of(maps).shape[1:],
                             (rows // 2, columns // 2))


if __name__ == "__main__":
    unittest.main()
