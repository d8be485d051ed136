"""Replaces computed shapes by numbers, for a network of one input size."""

from __future__ import annotations

import numpy as np
from onnx import NodeProto, helper

from .graph import ConversionError, Graph, attributes

# Cast targets that occur in shape arithmetic, by ONNX's own numbers.
_INTEGER_TYPES = {6: np.int32, 7: np.int64}


def fix_shapes(graph: Graph, input_shape: list[int]) -> dict[str, list[int]]:
    """Folds everything that is computed from shapes into constants.

    Returns the shape of every tensor. Raises ConversionError where a shape
    stays unknown.
    """
    while any(n.op_type == "Shape" for n in graph.nodes):
        if not _fold_round(graph, graph.infer_shapes(input_shape)):
            raise ConversionError("A shape depends on more than the input.")
    shapes = graph.infer_shapes(input_shape)
    missing = [o for n in graph.nodes for o in n.output if o not in shapes]
    if missing:
        raise ConversionError("The shape of a tensor stays unknown.")
    return shapes


def _fold_round(graph: Graph, shapes: dict[str, list[int]]) -> int:
    """Folds each node whose integer result is known; returns how many."""
    folded = 0
    for node in list(graph.nodes):
        value = _evaluate(graph, node, shapes)
        if value is not None:
            graph.remove(node)
            graph.add_constant(node.output[0], value)
            folded += 1
    return folded


def _evaluate(graph: Graph, node: NodeProto,
              shapes: dict[str, list[int]]) -> np.ndarray | None:
    if node.op_type == "Shape":
        shape = shapes.get(node.input[0])
        return None if shape is None else np.array(shape, np.int64)
    if any(i not in graph.constants for i in node.input):
        return None
    inputs = [graph.constants[i] for i in node.input]
    values = attributes(node)
    if node.op_type == "Cast":
        return inputs[0].astype(_INTEGER_TYPES[values["to"]])
    if node.op_type == "Concat":
        return np.concatenate(inputs, axis=values["axis"])
    if node.op_type == "Slice" and values["axes"] == [0]:
        return inputs[0][values["starts"][0]:values["ends"][0]]
    raise ConversionError(f"Cannot compute a constant {node.op_type}.")


def use_plain_reshapes(graph: Graph, shapes: dict[str, list[int]]) -> None:
    """Gives every Reshape and Squeeze its result's shape in numbers."""
    for node in list(graph.nodes):
        if node.op_type not in ("Reshape", "Squeeze"):
            continue
        result = node.output[0]
        target = graph.add_constant(f"{result}.shape",
                                    np.array(shapes[result], np.int64))
        graph.replace(node, helper.make_node(
            "Reshape", [node.input[0], target], [result]))


def use_slice_inputs(graph: Graph) -> None:
    """Moves the limits of each Slice from attributes to inputs."""
    for node in list(graph.nodes):
        if node.op_type != "Slice" or not node.attribute:
            continue
        values = attributes(node)
        limits = [
            graph.add_constant(f"{node.output[0]}.{key}",
                               np.array(values[key], np.int64))
            for key in ("starts", "ends", "axes")]
        graph.replace(node, helper.make_node(
            "Slice", [node.input[0], *limits], list(node.output)))


def expand_vectors(graph: Graph, shapes: dict[str, list[int]]) -> int:
    """Repeats a [K] constant that meets a tensor [1, L, K] to that shape.

    OpenCV 4.6 would apply it along the wrong axis. Returns how many.
    """
    expanded = 0
    for node in graph.nodes:
        operands = graph.split_operands(node)
        if node.op_type not in ("Add", "Mul") or operands is None:
            continue
        shape = shapes.get(node.output[0])
        if operands[1].ndim != 1 or operands[1].size == 1 or shape is None:
            continue
        full = np.ascontiguousarray(np.broadcast_to(operands[1], shape))
        name = graph.add_constant(f"{node.output[0]}.expanded", full)
        node.input[:] = [operands[0], name]
        expanded += 1
    return expanded
