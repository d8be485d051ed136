"""The fetched networks see and read rendered text in OpenCV."""

from __future__ import annotations

import unittest

from model_paths import CACHE, MANIFEST

from acquire import wrong_products
from manifest import load_manifest

try:
    import cv2
    import numpy as np
    SKIP = None
except ImportError as error:
    SKIP = f"{error.name} is not installed"
if SKIP is None and wrong_products(load_manifest(MANIFEST), CACHE):
    SKIP = "models/cache is not complete: run models/fetch"

MEANS = (123.675, 116.28, 103.53)
TEXT_AT = 0.3     # probability from which a pixel counts as text
# The network marks the core of a line, about a third of the line's box.
TEXT_SHARE = 0.25
WIDTHS = (160, 320, 640)


def blank(rows: int, columns: int):
    return np.full((rows, columns, 3), 30, np.uint8)


def write(image, text: str, x: int, baseline: int, scale: float = 0.8):
    """Draws `text` and returns its box (left, top, right, bottom)."""
    font, thickness = cv2.FONT_HERSHEY_SIMPLEX, 2
    size, below = cv2.getTextSize(text, font, scale, thickness)
    cv2.putText(image, text, (x, baseline), font, scale, (240, 240, 240),
                thickness, cv2.LINE_AA)
    return x, baseline - size[1], x + size[0], baseline + below


def read_characters() -> list[str]:
    text = (CACHE / "text_recognizer_charset.txt").read_bytes().decode()
    return text.split("\n")[:-1]


@unittest.skipIf(SKIP, SKIP)
class TextDetectorTest(unittest.TestCase):
    SIZES = ((320, 320), (480, 640), (736, 96), (768, 1024))

    def setUp(self) -> None:
        cv2.setNumThreads(1)
        self.net = cv2.dnn.readNetFromONNX(str(CACHE / "text_detector.onnx"))

    def find(self, image):
        self.net.setInput(cv2.dnn.blobFromImage(image, 1.0, None, MEANS))
        return self.net.forward().copy()

    def expect_text_found(self, rows: int, columns: int):
        image = blank(rows, columns)
        text = "DOE" if columns < 200 else "DOE JANE 1961"
        left, top, right, bottom = write(image, text, 12, 60)
        found = self.find(image) > TEXT_AT
        self.assertEqual((rows, columns), found.shape)
        self.assertGreater(found[top:bottom, left:right].mean(), TEXT_SHARE)
        found[top - 8:bottom + 8, left - 8:right + 8] = False
        self.assertEqual(0, np.count_nonzero(found))

    def test_finds_text_while_the_size_changes(self) -> None:
        for rows, columns in self.SIZES + self.SIZES[::-1]:
            with self.subTest(rows=rows, columns=columns):
                self.expect_text_found(rows, columns)

    def test_a_map_does_not_depend_on_what_was_asked_before(self) -> None:
        image = blank(320, 320)
        write(image, "DOE JANE", 12, 60)
        first = self.find(image)
        self.find(blank(480, 640))
        np.testing.assert_array_equal(first, self.find(image))

    def test_finds_nothing_in_blank_images(self) -> None:
        for rows, columns in self.SIZES:
            with self.subTest(rows=rows, columns=columns):
                found = self.find(blank(rows, columns)) > TEXT_AT
                self.assertEqual(0, np.count_nonzero(found))

    def test_opencv_makes_one_box_of_one_line(self) -> None:
        image = blank(320, 640)
        left, top, right, bottom = write(image, "DOE JANE", 60, 120)
        model = cv2.dnn_TextDetectionModel_DB(self.net)
        model.setBinaryThreshold(TEXT_AT)
        model.setPolygonThreshold(0.5)
        model.setUnclipRatio(1.6)
        model.setInputParams(1.0, (640, 320), MEANS)
        boxes, scores = model.detect(image)
        self.assertEqual(1, len(boxes))
        self.assertGreater(scores[0], 0.8)
        np.testing.assert_allclose(boxes[0].min(0), (left, top), atol=10)
        np.testing.assert_allclose(boxes[0].max(0), (right, bottom), atol=10)


@unittest.skipIf(SKIP, SKIP)
class TextRecognizerTest(unittest.TestCase):
    def setUp(self) -> None:
        cv2.setNumThreads(1)
        self.characters = read_characters()

    def read(self, text: str, width: int) -> tuple[str, float]:
        """Renders and reads a line; returns it and its confidence."""
        image = blank(34, 640)
        right = write(image, text, 5, 25)[2]
        image = image[:, :right + 5]
        columns = min(width, round(48 * image.shape[1] / 34))
        line = np.full((48, width, 3), 127.5, np.float32)
        line[:, :columns] = cv2.resize(image, (columns, 48))
        net = cv2.dnn.readNetFromONNX(
            str(CACHE / f"text_recognizer_{width}.onnx"))
        net.setInput(cv2.dnn.blobFromImage(line, 1 / 127.5, None,
                                           (127.5,) * 3))
        steps = net.forward()[0]
        self.assertEqual((width // 8, 6625), steps.shape)
        return self.decode(steps)

    def decode(self, steps) -> tuple[str, float]:
        classes, certain = steps.argmax(1), steps.max(1)
        before = np.concatenate([[0], classes[:-1]])
        kept = (classes != 0) & (classes != before)
        text = "".join(self.characters[c] for c in classes[kept])
        return text, float(certain[kept].mean()) if kept.any() else 0.0

    def test_the_list_of_characters_fits_the_network(self) -> None:
        self.assertEqual(6625, len(self.characters))
        self.assertEqual(("", " "), (self.characters[0], self.characters[-1]))
        self.assertEqual(6625, len(set(self.characters)))

    def test_every_width_reads_its_line(self) -> None:
        lines = {160: "1961", 320: "DOE 4711-08",
                 640: "DOE JANE 1961-02-03"}
        for width in WIDTHS:
            with self.subTest(width=width):
                text, confidence = self.read(lines[width], width)
                self.assertEqual(lines[width].replace(" ", ""),
                                 text.replace(" ", ""))
                self.assertGreater(confidence, 0.9)

    def test_an_empty_line_reads_as_nothing(self) -> None:
        for width in WIDTHS:
            with self.subTest(width=width):
                self.assertEqual(("", 0.0), self.read("", width))

    def test_each_step_is_a_distribution(self) -> None:
        net = cv2.dnn.readNetFromONNX(
            str(CACHE / "text_recognizer_160.onnx"))
        noise = np.random.default_rng(1).normal(0, 0.5, (1, 3, 48, 160))
        net.setInput(noise.astype(np.float32))
        np.testing.assert_allclose(net.forward()[0].sum(1), 1.0, atol=1e-4)


if __name__ == "__main__":
    unittest.main()
