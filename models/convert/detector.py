"""Rewrites the PP-OCRv4 text detector for OpenCV and for ONNX Runtime."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper

from . import fold
from .graph import ConversionError, Graph

# The network is convolutional and takes every size that is a multiple of 32.
# A size is declared nevertheless: where OpenCV 4.6 reads a model without
# one, it multiplies by channel gates some twenty times slower.
NOMINAL_SIZE = 640

# What the network's training divided a pixel of [0, 255] by, after the mean
# was taken off: 255 times the published deviation of each channel.
PIXEL_DEVIATIONS = (0.229 * 255, 0.224 * 255, 0.225 * 255)


def convert_detector(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the detector with every affine step folded into its weights.

    For OpenCV's DNN module. Input `x` is [1, 3, H, W] float: pixels in
    [0, 255] minus the mean of each channel. Output `probability` is [H, W],
    which is what OpenCV's TextDetectionModel_DB reads. H and W are multiples
    of 32. Raises ConversionError for another network.
    """
    size = [NOMINAL_SIZE, NOMINAL_SIZE]
    return _finish(_folded(model), [1, 3, *size], size)


def convert_detector_for_ort(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the same network for ONNX Runtime, with H and W left free.

    Raises ConversionError for another network.
    """
    graph = _folded(model)
    fold.add_by_convolution(graph)
    return _finish(graph, [1, 3, "rows", "columns"], ["rows", "columns"])


def _folded(model: onnx.ModelProto) -> Graph:
    graph = Graph(model)
    fold.use_opset_10_forms(graph)
    fold.fold_into_producers(graph)
    fold.divide_by_multiplying(graph)
    fold.merge_products(graph)
    fold.fold_into_consumers(graph)
    fold.swap_scale_and_shift(graph)
    fold.fold_into_consumers(graph)
    fold.merge_gated_residuals(graph)
    fold.divide_input(graph, np.array(PIXEL_DEVIATIONS))
    return graph


def _finish(graph: Graph, input_shape: list,
            output_shape: list) -> onnx.ModelProto:
    fold.round_constants(graph)
    _flatten_output(graph)
    if {n.op_type for n in graph.nodes} & {"BatchNormalization", "Div"}:
        raise ConversionError("This is not the PP-OCRv4 text detector.")
    return graph.to_model("text_detector", input_shape, output_shape,
                          "probability")


def _flatten_output(graph: Graph) -> None:
    """Joins all dimensions but the columns, so that a map is a matrix."""
    rows = f"{graph.output}.rows"
    graph.nodes.append(
        helper.make_node("Flatten", [graph.output], [rows], axis=3))
    graph.output = rows
