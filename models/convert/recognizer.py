"""Rewrites the PP-OCRv4 text recogniser for OpenCV and for ONNX Runtime."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper

from . import fold, shapes
from .graph import ConversionError, Graph, attributes

HEIGHT = 48
CLASSES = 6625
LAYER_NORMS = 5
# Columns of the input that one step of the output covers.
STRIDE = 8


def convert_recognizer(model: onnx.ModelProto,
                       width: int) -> onnx.ModelProto:
    """Returns the recogniser for lines of exactly `width` columns.

    For OpenCV's DNN module. `width` is a multiple of 8. Input `x` is [1, 3, 48, width] float, output
    `probability` [1, width / 8, 6625]. Raises ConversionError for another
    network.
    """
    input_shape = [1, 3, HEIGHT, width]
    graph = Graph(model)
    known = shapes.fix_shapes(graph, input_shape)
    shapes.use_plain_reshapes(graph, known)
    shapes.use_slice_inputs(graph)
    _fold_affine_steps(graph)
    norms = _rewrite_layer_norms(graph, known)
    shapes.expand_vectors(graph, known)
    fold.round_constants(graph)
    if norms != LAYER_NORMS:
        raise ConversionError("This is not the PP-OCRv4 text recogniser.")
    return graph.to_model("text_recognizer", input_shape,
                          [1, width // STRIDE, CLASSES], "probability")


def convert_recognizer_for_ort(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the recogniser for lines of any width that is a multiple of 8.

    For ONNX Runtime, which knows layer normalisation by its means. Raises
    ConversionError for another network.
    """
    graph = Graph(model)
    shapes.use_slice_inputs(graph)
    _fold_affine_steps(graph)
    fold.add_by_convolution(graph)
    norms = [n for n in graph.nodes if n.op_type == "Sub"]
    for subtract in norms:
        _match_layer_norm(graph, subtract)
    if len(norms) != LAYER_NORMS:
        raise ConversionError("This is not the PP-OCRv4 text recogniser.")
    fold.round_constants(graph)
    return graph.to_model("text_recognizer", [1, 3, HEIGHT, "columns"],
                          [1, "steps", CLASSES], "probability")


def _fold_affine_steps(graph: Graph) -> None:
    fold.fold_into_producers(graph)
    fold.drop_unit_products(graph)
    fold.divide_by_multiplying(graph)
    fold.merge_products(graph)
    fold.fold_into_consumers(graph)
    fold.swap_scale_and_shift(graph)
    fold.fold_into_consumers(graph)


def _rewrite_layer_norms(graph: Graph, known: dict[str, list[int]]) -> int:
    """Replaces both means of each layer normalisation by products.

    OpenCV 4.6 cannot subtract a [1, L, 1] mean from [1, L, K]. A product
    with (I - 1/K) centres each row; one with 1/K fills a row with its mean.
    Returns the number of normalisations.
    """
    rewritten = 0
    for subtract in list(graph.nodes):
        if subtract.op_type != "Sub":
            continue
        mean, square, variance = _match_layer_norm(graph, subtract)
        size = known[subtract.output[0]][-1]
        uniform = np.full((size, size), 1.0 / size)
        centred, base = subtract.output[0], subtract.output[0]
        centring = graph.add_constant(f"{base}.centring",
                                      np.eye(size) - uniform)
        averaging = graph.add_constant(f"{base}.averaging", uniform)
        graph.replace(subtract, helper.make_node(
            "MatMul", [subtract.input[0], centring], [centred]))
        graph.replace(square, helper.make_node(
            "Mul", [centred, centred], list(square.output)))
        graph.replace(variance, helper.make_node(
            "MatMul", [square.output[0], averaging], list(variance.output)))
        graph.remove(mean)
        rewritten += 1
    return rewritten


def _match_layer_norm(
        graph: Graph,
        subtract: NodeProto) -> tuple[NodeProto, NodeProto, NodeProto]:
    """Returns the nodes of mean, square and variance around `subtract`."""
    mean = graph.producer(subtract.input[1])
    squares = [n for n in graph.consumers(subtract.output[0])
               if n.op_type == "Pow"]
    if (mean is None or not _is_row_mean(mean) or len(squares) != 1
            or mean.input[0] != subtract.input[0]
            or graph.constants[squares[0].input[1]] != 2):
        raise ConversionError("A subtraction is not part of a layer norm.")
    variances = graph.consumers(squares[0].output[0])
    if len(variances) != 1 or not _is_row_mean(variances[0]):
        raise ConversionError("A layer norm has no variance.")
    return mean, squares[0], variances[0]


def _is_row_mean(node: NodeProto) -> bool:
    return (node.op_type == "ReduceMean"
            and attributes(node)["axes"] == [-1]
            and attributes(node).get("keepdims", 1) == 1)
