"""Rewrites the PP-OCRv4 text detector for OpenCV's DNN module."""

from __future__ import annotations

import onnx

from . import fold
from .graph import ConversionError, Graph

# The network is convolutional and takes every size that is a multiple of 32.
# A size is declared nevertheless: where OpenCV 4.6 reads a model without
# one, it multiplies by channel gates some twenty times slower.
NOMINAL_SIZE = 640


def convert_detector(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the detector with every affine step folded into its weights.

    Input `x` is [1, 3, H, W] float, output `probability` [1, 1, H, W]; H and
    W are multiples of 32. Raises ConversionError for another network.
    """
    graph = Graph(model)
    fold.use_opset_10_forms(graph)
    fold.fold_into_producers(graph)
    fold.divide_by_multiplying(graph)
    fold.merge_products(graph)
    fold.fold_into_consumers(graph)
    fold.swap_scale_and_shift(graph)
    fold.fold_into_consumers(graph)
    fold.merge_gated_residuals(graph)
    fold.round_constants(graph)
    if {n.op_type for n in graph.nodes} & {"BatchNormalization", "Div"}:
        raise ConversionError("This is not the PP-OCRv4 text detector.")
    size = [NOMINAL_SIZE, NOMINAL_SIZE]
    return graph.to_model("text_detector", [1, 3, *size], [1, 1, *size],
                          "probability")
