"""The rewriting keeps what a network computes and is deterministic.

The network here is a small one with the parts of the real detector.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unittest

from model_paths import MODELS

try:
    import cv2
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    from convert.detector import PIXEL_DEVIATIONS
    from convert.graph import ConversionError
    from convert.grey import convert_to_grey
    from convert.products import make_product
    MISSING = None
except ImportError as error:
    MISSING = f"{error.name} is not installed"


class _Builder:
    """Adds layers to a network, one after the other."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(7)
        self.nodes: list = []
        self.constants: list = []
        self.top = "x"

    def constant(self, *shape: int, low: float = -1.0,
                 high: float = 1.0) -> str:
        return self.known(self.random.uniform(low, high, shape))

    def known(self, value) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(
            np.asarray(value, np.float32), name))
        return name

    def add(self, op_type: str, *inputs: str, **values) -> str:
        self.top = f"t{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(op_type, list(inputs), [self.top], **values))
        return self.top

    def conv(self, outputs: int, inputs: int, size: int, group: int = 1,
             stride: int = 1) -> str:
        return self.add(
            "Conv", self.top,
            self.constant(outputs, inputs // group, size, size),
            kernel_shape=[size, size], group=group, strides=[stride] * 2,
            dilations=[1, 1], pads=[size // 2] * 4)

    def affine(self) -> None:
        self.add("Mul", self.constant(1, low=0.5), self.top)
        self.add("Add", self.top, self.constant(1))

    def hard_swish(self) -> None:
        source = self.top
        self.add("Add", source, self.known(3.0))
        self.add("Clip", self.top, min=0.0, max=6.0)
        self.add("Mul", source, self.top)
        self.add("Div", self.top, self.known(6.0))

    def batch_norm(self, channels: int) -> None:
        self.add("BatchNormalization", self.top, self.constant(channels),
                 self.constant(channels), self.constant(channels),
                 self.constant(channels, low=0.5), epsilon=1e-5)

    def gated_residual(self, channels: int) -> None:
        source = self.top
        self.add("GlobalAveragePool", source)
        self.conv(channels, channels, 1)
        gate = self.add("HardSigmoid", self.top, alpha=0.2, beta=0.5)
        self.add("Mul", source, gate)
        self.add("Add", source, self.top)

    def model(self, size: int = 64) -> bytes:
        graph = helper.make_graph(
            self.nodes, "small",
            [helper.make_tensor_value_info("x", 1, [1, 3, size, size])],
            [helper.make_tensor_value_info(self.top, 1, [1, 1, size, size])],
            self.constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 10)])
        return model.SerializeToString()


def small_detector() -> bytes:
    """A network with one of each structure that the rewriting knows."""
    net = _Builder()
    net.conv(4, 3, 3, stride=2)
    net.batch_norm(4)
    net.conv(4, 4, 3, group=4)     # padded: a shift cannot go into it
    net.affine()
    net.hard_swish()
    net.affine()
    net.conv(6, 4, 1)              # not padded: scale and shift can
    net.affine()
    net.hard_swish()
    net.affine()
    net.conv(6, 6, 5, group=6)
    net.gated_residual(6)
    net.add("Resize", net.top, net.known([1, 1, 2, 2]), mode="nearest")
    net.conv(1, 6, 3)
    net.add("Sigmoid", net.top)
    return net.model()


def run_network(model: bytes, image, fusion: bool):
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
    net.enableFusion(fusion)
    net.setInput(image)
    return net.forward()


def digest_in_a_new_process(hash_seed: str) -> str:
    code = ("import test_convert as t, hashlib;"
            "print(hashlib.sha256(t.make_product('detector',"
            "t.small_detector())).hexdigest())")
    folder = os.path.dirname(os.path.abspath(__file__))
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, check=True, text=True,
        capture_output=True, env={**os.environ, "PYTHONHASHSEED": hash_seed,
                                  "PYTHONPATH": f"{folder}:{MODELS}"})
    return run.stdout.strip()


@unittest.skipIf(MISSING, MISSING)
class ConvertDetectorTest(unittest.TestCase):
    def setUp(self) -> None:
        self.source = small_detector()
        self.product = make_product("detector", self.source)
        self.graph = onnx.load_model_from_string(self.product).graph

    def operators(self) -> list[str]:
        return [node.op_type for node in self.graph.node]

    def test_the_rewritten_network_computes_the_same_map(self) -> None:
        pixels = np.random.default_rng(1).uniform(
            -128, 128, (1, 3, 64, 64)).astype(np.float32)
        deviations = np.array(PIXEL_DEVIATIONS, np.float32)
        expected = run_network(
            self.source, pixels / deviations.reshape(1, 3, 1, 1),
            fusion=False)
        actual = run_network(self.product, pixels, fusion=True)
        self.assertEqual((64, 64), actual.shape)
        self.assertGreater(float(expected.std()), 0.01)
        np.testing.assert_allclose(actual, expected[0, 0], atol=2e-5)

    def test_no_batch_normalisation_is_left_to_be_fused_twice(self) -> None:
        self.assertNotIn("BatchNormalization", self.operators())

    def test_a_shift_before_a_padded_convolution_stays(self) -> None:
        # One Add for each of: two swish gates, the two shifts before padded
        # convolutions, and the gate of the residual.
        self.assertEqual(4, self.operators().count("Add"))

    def test_limits_of_clip_are_attributes(self) -> None:
        clips = [n for n in self.graph.node if n.op_type == "Clip"]
        self.assertEqual([1, 1], [len(n.input) for n in clips])

    def test_a_rewriting_gives_the_same_bytes_again(self) -> None:
        self.assertEqual(self.product,
                         make_product("detector", self.source))

    def test_another_process_gives_the_same_bytes(self) -> None:
        here = hashlib.sha256(self.product).hexdigest()
        self.assertEqual(here, digest_in_a_new_process("1"))
        self.assertEqual(here, digest_in_a_new_process("2"))


@unittest.skipIf(MISSING, MISSING)
class ConvertDetectorForOrtTest(unittest.TestCase):
    def setUp(self) -> None:
        self.source = small_detector()
        self.product = make_product("detector_ort", self.source)
        self.graph = onnx.load_model_from_string(self.product).graph

    def test_it_computes_what_the_other_product_computes(self) -> None:
        pixels = np.random.default_rng(1).uniform(
            -128, 128, (1, 3, 64, 64)).astype(np.float32)
        expected = run_network(make_product("detector", self.source), pixels,
                               fusion=True)
        actual = run_network(self.product, pixels, fusion=False)
        self.assertGreater(float(expected.std()), 0.01)
        np.testing.assert_allclose(actual, expected, atol=2e-5)

    def test_no_sum_with_a_scalar_is_left(self) -> None:
        self.assertNotIn("Add", [n.op_type for n in self.graph.node])

    def test_rows_and_columns_are_free(self) -> None:
        dims = self.graph.input[0].type.tensor_type.shape.dim
        self.assertEqual([1, 3], [d.dim_value for d in dims[:2]])
        self.assertEqual(["rows", "columns"], [d.dim_param for d in dims[2:]])

    def test_a_rewriting_gives_the_same_bytes_again(self) -> None:
        self.assertEqual(self.product,
                         make_product("detector_ort", self.source))


@unittest.skipIf(MISSING, MISSING)
class RefusedSourceTest(unittest.TestCase):
    def refuse(self, kind: str, source: bytes, width: int | None = None):
        with self.assertRaises(ConversionError):
            make_product(kind, source, width)

    def test_junk_is_not_a_model(self) -> None:
        self.refuse("detector", b"\xff" * 64)

    def test_an_empty_file_is_not_a_model(self) -> None:
        self.refuse("detector", b"")

    def test_a_cut_model_is_refused(self) -> None:
        source = small_detector()
        self.refuse("detector", source[:len(source) * 9 // 10])

    def test_a_detector_is_not_a_recogniser(self) -> None:
        self.refuse("recognizer", small_detector(), 320)
        self.refuse("recognizer_ort", small_detector())

    def test_a_recogniser_needs_a_width(self) -> None:
        self.refuse("recognizer", small_detector())

    def test_an_unknown_product_is_refused(self) -> None:
        self.refuse("poem", b"x")

    def test_a_short_list_of_characters_is_refused(self) -> None:
        self.refuse("charset", "a\nb\nc".encode())


@unittest.skipIf(MISSING, MISSING)
class GreyTest(unittest.TestCase):
    """Networks see grey pictures as they see coloured ones."""

    NAMES = ("text_glance", "text_maps_quick", "text_maps_careful")

    def test_the_grey_weights_are_made_of_the_coloured_ones(self) -> None:
        for name in self.NAMES:
            made = convert_to_grey(onnx.load(
                str(MODELS / f"weights/{name}.onnx")))
            kept = MODELS / f"weights/{name}_grey.onnx"
            self.assertEqual(made.SerializeToString(deterministic=True),
                             kept.read_bytes(), name)

    def test_grey_is_answered_as_three_equal_channels_are(self) -> None:
        grey = np.random.default_rng(3).integers(
            0, 256, (1, 1, 64, 96)).astype(np.float32)
        for name in self.NAMES:
            answers = []
            for suffix, channels in (("", 3), ("_grey", 1)):
                network = cv2.dnn.readNetFromONNX(
                    str(MODELS / f"weights/{name}{suffix}.onnx"))
                network.setInput(np.repeat(grey, channels, axis=1))
                answers.append(network.forward())
            np.testing.assert_allclose(*answers, atol=1e-4, err_msg=name)

    def test_another_network_is_refused(self) -> None:
        with self.assertRaises(ConversionError):
            convert_to_grey(onnx.load_model_from_string(small_detector()))


if __name__ == "__main__":
    unittest.main()
