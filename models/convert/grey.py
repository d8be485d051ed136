"""Rewrites a network for colours so that it takes one channel of grey."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, numpy_helper

from .graph import ConversionError, attributes


def convert_to_grey(model: onnx.ModelProto) -> onnx.ModelProto:
    """Returns the network that answers for grey what `model` answers for red,
    green and blue that are all equal to it, but for rounding.

    `model` multiplies its input "x", [1, 3, H, W], by a number, subtracts
    another and begins with a convolution. All three become one convolution of
    one channel, a third of the work, and nothing passes over the whole picture
    any more; but for the subtraction where that convolution reaches beyond the
    edge, since what it sees there has nothing subtracted. Raises
    ConversionError for another network.
    """
    grey = onnx.ModelProto()
    grey.CopyFrom(model)
    graph = grey.graph
    scale = _after(graph, "x", "Mul")
    shift = _after(graph, scale.output[0], "Sub")
    first = _after(graph, shift.output[0], "Conv")
    weights = _constant(graph, first.input[1]).astype(np.float64)
    bias = _constant(graph, first.input[2]).astype(np.float64)
    factor = float(_constant(graph, scale.input[1]))
    offset = float(_constant(graph, shift.input[1]))
    _replace(graph, first.input[1],
             factor * weights.sum(axis=1, keepdims=True))
    unused = {*scale.output, scale.input[1]}
    if any(attributes(first).get("pads", [])):
        _replace(graph, shift.input[1], np.asarray(offset / factor))
        shift.input[0] = "x"
    else:
        _replace(graph, first.input[2],
                 bias - offset * weights.sum(axis=(1, 2, 3)))
        first.input[0] = "x"
        unused |= {*shift.output, shift.input[1]}
    kept = [node for node in graph.node if not unused & set(node.output)]
    del graph.node[:]
    graph.node.extend(kept)
    graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1
    onnx.checker.check_model(grey)
    return grey


def _after(graph: onnx.GraphProto, name: str, op_type: str) -> NodeProto:
    readers = [node for node in graph.node if name in node.input]
    if len(readers) != 1 or readers[0].op_type != op_type:
        raise ConversionError(f"No single {op_type} follows {name}.")
    return readers[0]


def _constant(graph: onnx.GraphProto, name: str) -> np.ndarray:
    for initializer in graph.initializer:
        if initializer.name == name:
            return numpy_helper.to_array(initializer)
    for node in graph.node:
        if node.op_type == "Constant" and name in node.output:
            return numpy_helper.to_array(attributes(node)["value"])
    raise ConversionError(f"{name} is no constant.")


def _replace(graph: onnx.GraphProto, name: str, value: np.ndarray) -> None:
    changed = numpy_helper.from_array(value.astype(np.float32), name)
    for initializer in graph.initializer:
        if initializer.name == name:
            initializer.CopyFrom(changed)
            return
    for node in graph.node:
        if node.op_type == "Constant" and name in node.output:
            node.attribute[0].t.CopyFrom(changed)
            return
    raise ConversionError(f"{name} is no constant.")
