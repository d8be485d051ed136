"""What the network for a first glance is taught, and that it is exported as it
was trained."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

from model_paths import MODELS

sys.path.insert(0, str(MODELS.parent))

try:
    import cv2
    import numpy as np
    import torch

    from models.training.finding import crops, glancing
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"

SIDE = 160


def _kind(value: int) -> torch.Tensor:
    """Returns a map in which the pixels [40, 120) x [64, 72) are `value`."""
    kind = np.zeros((1, SIDE // 2, SIDE // 2), np.uint8)
    kind[:, 32:36, 20:60] = value
    return torch.from_numpy(kind)


@unittest.skipIf(MISSING, MISSING)
class CellsTest(unittest.TestCase):
    def test_cells_of_a_line_are_text_and_those_beside_it_neither(self):
        text, ground = glancing.cells(_kind(crops.TEXT))
        rows, columns = np.nonzero(text[0].numpy())
        self.assertEqual((rows.min(), rows.max()), (8, 8))
        self.assertEqual((columns.min(), columns.max()), (5, 14))
        self.assertFalse(ground[0, 7:10, 4:16].any())
        self.assertTrue(ground[0, :7].all())
        self.assertFalse((text & ground).any())

    def test_what_cannot_be_made_out_is_neither(self):
        text, ground = glancing.cells(_kind(crops.NEITHER))
        self.assertFalse(text.any())
        self.assertFalse(ground[0, 8, 5:15].any())


@unittest.skipIf(MISSING, MISSING)
class GlanceTest(unittest.TestCase):
    def test_training_makes_the_loss_smaller(self):
        torch.manual_seed(1)
        network = glancing.Glance()
        kind = _kind(crops.TEXT)
        pixels = torch.zeros(1, 3, SIDE, SIDE)
        pixels[:, :, 64:72, 40:120:4] = 255
        optimizer = torch.optim.Adam(network.parameters(), 3e-3)
        losses = []
        for _ in range(40):
            result = glancing.loss(network(pixels)[:, 0], kind)
            optimizer.zero_grad()
            result.backward()
            optimizer.step()
            losses.append(result.item())
        self.assertLess(losses[-1], .6 * losses[0])

    def test_opencv_computes_what_was_trained_at_every_size(self):
        torch.manual_seed(1)
        network = glancing.Glance()
        network(torch.rand(2, 3, 96, 96) * 255)  # Statistics to fold.
        network.eval()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "glance.onnx"
            glancing.write(network, path)
            net = cv2.dnn.readNetFromONNX(str(path))
        for rows, columns in ((96, 160), (16, 16), (160, 96)):
            pixels = np.float32(np.random.default_rng(2).integers(
                0, 256, (1, 3, rows, columns)))
            net.setInput(pixels)
            with torch.no_grad():
                wanted = torch.sigmoid(network(torch.from_numpy(pixels)))
            self.assertEqual(tuple(wanted.shape),
                             (1, 1, rows // 8, columns // 8))
            np.testing.assert_allclose(net.forward(), wanted.numpy(),
                                       atol=1e-4)


if __name__ == "__main__":
    unittest.main()
