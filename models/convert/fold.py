"""Rewrites that both networks share.

Every fold computes in double precision with operations whose result IEEE 754
fixes (and `math.fsum` for sums), then rounds once to single precision. So
the weights do not depend on the processor that converts them.
"""

from __future__ import annotations

import math

import numpy as np
from onnx import NodeProto, helper

from .graph import ConversionError, Graph, attributes

_CONVOLUTIONS = ("Conv", "ConvTranspose")


def _channel_axis(conv: NodeProto) -> int:
    """The weight axis that counts output channels of one group."""
    return 0 if conv.op_type == "Conv" else 1


def _output_channels(graph: Graph, conv: NodeProto) -> int:
    weight = graph.constants[conv.input[1]]
    if conv.op_type == "Conv":
        return weight.shape[0]
    if attributes(conv).get("group", 1) != 1:
        raise ConversionError("A grouped ConvTranspose is not supported.")
    return weight.shape[1]


def _affine_of(graph: Graph, node: NodeProto,
               channels: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Returns (scale, shift) of a node y = scale * x + shift.

    None where the node is anything else or does not act per channel.
    """
    one, zero = np.ones(channels), np.zeros(channels)
    if node.op_type == "BatchNormalization":
        gamma, beta, mean, variance = (
            graph.constants[i].astype(np.float64) for i in node.input[1:5])
        epsilon = attributes(node).get("epsilon", 1e-5)
        scale = gamma / np.sqrt(variance + epsilon)
        return scale, beta - mean * scale
    if node.op_type not in ("Mul", "Add"):
        return None
    operands = graph.split_operands(node)
    if operands is None or not _acts_per_channel(operands[1], channels):
        return None
    value = operands[1].astype(np.float64).reshape(-1)
    if node.op_type == "Mul":
        return value * one, zero
    return one, value + zero


def _acts_per_channel(value: np.ndarray, channels: int) -> bool:
    return value.size == 1 or value.shape == (1, channels, 1, 1)


def fold_into_producers(graph: Graph) -> int:
    """Folds affine nodes into the convolution before them.

    Covers BatchNormalization, and Mul and Add with a scalar or a
    [1, C, 1, 1] constant. Returns the number of nodes folded away.
    """
    folded = 0
    for node in list(graph.nodes):
        conv = graph.producer(node.input[0])
        if conv is None:
            conv = graph.producer(node.input[-1])
        if conv is None or conv.op_type not in _CONVOLUTIONS:
            continue
        if len(graph.consumers(conv.output[0])) != 1:
            continue
        affine = _affine_of(graph, node, _output_channels(graph, conv))
        if affine is None:
            continue
        _scale_outputs(graph, conv, *affine)
        graph.redirect(node.output[0], conv.output[0])
        graph.remove(node)
        folded += 1
    return folded


def _scale_outputs(graph: Graph, conv: NodeProto, scale: np.ndarray,
                   shift: np.ndarray) -> None:
    weight = graph.constants[conv.input[1]].astype(np.float64)
    shape = [1] * weight.ndim
    shape[_channel_axis(conv)] = -1
    bias = _bias(graph, conv) * scale + shift
    _set_weights(graph, conv, weight * scale.reshape(shape), bias)


def _bias(graph: Graph, conv: NodeProto) -> np.ndarray:
    if len(conv.input) == 3:
        return graph.constants[conv.input[2]].astype(np.float64)
    return np.zeros(_output_channels(graph, conv))


def _set_weights(graph: Graph, conv: NodeProto, weight: np.ndarray,
                 bias: np.ndarray) -> None:
    """Gives `conv` weights of its own, rounded to single precision later."""
    base = conv.output[0]
    names = (f"{base}.weight", f"{base}.bias")
    graph.constants[names[0]] = weight
    graph.constants[names[1]] = bias
    conv.input[:] = [conv.input[0], *names]


def use_opset_10_forms(graph: Graph) -> None:
    """Rewrites the operators whose newer form OpenCV 4.6 does not read.

    Clip takes its limits as attributes, Resize its scales as only input.
    """
    for node in graph.nodes:
        if node.op_type == "Clip" and len(node.input) == 3:
            low, high = (float(graph.constants[i]) for i in node.input[1:])
            graph.replace(node, helper.make_node(
                "Clip", [node.input[0]], [node.output[0]], min=low, max=high))
        elif node.op_type == "Resize" and len(node.input) == 3:
            _require_plain_nearest(node)
            graph.replace(node, helper.make_node(
                "Resize", [node.input[0], node.input[2]], [node.output[0]],
                mode="nearest"))


def _require_plain_nearest(resize: NodeProto) -> None:
    """Checks that the node does what Resize of operator set 10 does."""
    expected = {"mode": b"nearest", "nearest_mode": b"floor",
                "coordinate_transformation_mode": b"asymmetric"}
    if attributes(resize) != expected:
        raise ConversionError("A Resize node is not plain nearest-neighbour.")


def divide_by_multiplying(graph: Graph) -> int:
    """Turns a division by a scalar into a product, ready to be folded.

    Returns the number of divisions turned.
    """
    turned = 0
    for node in graph.nodes:
        operands = _scalar_operand(graph, node, "Div")
        if operands is None or node.input[1] not in graph.constants:
            continue
        reciprocal = graph.add_constant(f"{node.output[0]}.reciprocal",
                                        np.array(1.0 / operands[1]))
        node.op_type = "Mul"
        node.input[1] = reciprocal
        turned += 1
    return turned


def drop_unit_products(graph: Graph) -> int:
    """Drops products with exactly one; returns how many."""
    dropped = 0
    for node in list(graph.nodes):
        operands = _scalar_operand(graph, node, "Mul")
        if operands is None or operands[1] != 1.0:
            continue
        graph.redirect(node.output[0], operands[0])
        graph.remove(node)
        dropped += 1
    return dropped


def merge_products(graph: Graph) -> int:
    """Merges y = (x * a) * b, scalars a and b, into y = x * (a * b).

    Returns the number of products saved.
    """
    merged = 0
    for outer in list(graph.nodes):
        product = _scalar_operand(graph, outer, "Mul")
        if product is None:
            continue
        inner = graph.producer(product[0])
        first = inner and _scalar_operand(graph, inner, "Mul")
        if not first or len(graph.consumers(product[0])) != 1:
            continue
        factor = graph.add_constant(f"{outer.output[0]}.factor",
                                    np.array(first[1] * product[1]))
        outer.input[:] = [first[0], factor]
        graph.remove(inner)
        merged += 1
    return merged


def _scalar_operand(graph: Graph, node: NodeProto,
                    op_type: str) -> tuple[str, float] | None:
    """Returns (tensor, scalar) of a node of this type that joins the two."""
    operands = graph.split_operands(node) if node.op_type == op_type else None
    if operands is None or operands[1].size != 1:
        return None
    return operands[0], float(operands[1].reshape(-1)[0])


def fold_into_consumers(graph: Graph) -> int:
    """Folds scalar Mul and Add nodes into the convolutions after them.

    A scale goes into every convolution. A shift only into those without
    padding: a padded zero would have to become the shift's opposite.
    Returns the number of nodes folded away.
    """
    folded = 0
    for node in reversed(list(graph.nodes)):
        operands = (_scalar_operand(graph, node, "Mul")
                    or _scalar_operand(graph, node, "Add"))
        if operands is None:
            continue
        source, value = operands
        readers = graph.consumers(node.output[0])
        if not readers or not all(
                _takes(graph, r, node) for r in readers):
            continue
        for reader in readers:
            _absorb(graph, reader, node.op_type, value)
        graph.redirect(node.output[0], source)
        graph.remove(node)
        folded += 1
    return folded


def _takes(graph: Graph, reader: NodeProto, node: NodeProto) -> bool:
    if reader.op_type != "Conv" or reader.input[1] not in graph.constants:
        return False
    return node.op_type == "Mul" or not any(attributes(reader)["pads"])


def _absorb(graph: Graph, conv: NodeProto, op_type: str,
            value: float) -> None:
    weight = graph.constants[conv.input[1]].astype(np.float64)
    bias = _bias(graph, conv)
    if op_type == "Mul":
        _set_weights(graph, conv, weight * value, bias)
        return
    rows = weight.reshape(weight.shape[0], -1)
    sums = np.array([math.fsum(row.tolist()) for row in rows])
    _set_weights(graph, conv, weight, bias + sums * value)


def swap_scale_and_shift(graph: Graph) -> int:
    """Turns (a * x) + b into a * (x + b / a), ready for `a` to be folded.

    Returns the number of pairs turned.
    """
    swapped = 0
    for add in list(graph.nodes):
        pair = _scale_before(graph, add)
        if pair is None:
            continue
        multiply, scale, shift = pair
        source = graph.split_operands(multiply)[0]
        middle = f"{add.output[0]}.shifted"
        ratio = graph.add_constant(f"{middle}.by", np.array(shift / scale))
        factor = graph.add_constant(f"{middle}.times", np.array(scale))
        graph.remove(multiply)
        graph.replace(
            add, helper.make_node("Add", [source, ratio], [middle]),
            helper.make_node("Mul", [middle, factor], [add.output[0]]))
        swapped += 1
    return swapped


def _scale_before(
        graph: Graph,
        add: NodeProto) -> tuple[NodeProto, float, float] | None:
    shift = _scalar_operand(graph, add, "Add")
    multiply = graph.producer(shift[0]) if shift else None
    scale = _scalar_operand(graph, multiply, "Mul") if multiply else None
    if scale is None or len(graph.consumers(shift[0])) != 1:
        return None
    return multiply, scale[1], shift[1]


def merge_gated_residuals(graph: Graph) -> int:
    """Turns x + x * gate into x * (gate + 1), a pass over x less.

    The gate is [N, C, 1, 1], so adding to it costs nothing. Returns the
    number of sums turned.
    """
    turned = 0
    for add in list(graph.nodes):
        if add.op_type != "Add" or add.input[1] in graph.constants:
            continue
        source, product = add.input
        multiply = graph.producer(product)
        if (multiply is None or multiply.op_type != "Mul"
                or multiply.input[0] != source
                or len(graph.consumers(product)) != 1):
            continue
        gate = f"{add.output[0]}.gate"
        one = graph.add_constant(f"{gate}.one", np.array(1.0))
        graph.replace(multiply, helper.make_node(
            "Add", [multiply.input[1], one], [gate]))
        graph.replace(add, helper.make_node(
            "Mul", [source, gate], [add.output[0]]))
        turned += 1
    return turned


def add_by_convolution(graph: Graph) -> int:
    """Lets a convolution add the scalars that stand among convolutions.

    ONNX Runtime keeps convolutions, and what it fuses with them, in a layout
    of its own; a scalar sum has none and costs two changes of layout. Returns
    the number of sums turned.
    """
    turned = 0
    for add in list(graph.nodes):
        operands = _scalar_operand(graph, add, "Add")
        channels = operands and _channels(graph, operands[0])
        if not channels:
            continue
        base = add.output[0]
        ones = graph.add_constant(f"{base}.ones",
                                  np.ones((channels, 1, 1, 1)))
        shift = graph.add_constant(f"{base}.shift",
                                   np.full(channels, operands[1]))
        graph.replace(add, helper.make_node(
            "Conv", [operands[0], ones, shift], [base], group=channels,
            kernel_shape=[1, 1], strides=[1, 1], dilations=[1, 1],
            pads=[0, 0, 0, 0]))
        turned += 1
    return turned


# Operators whose result has the channels of what they read.
_CHANNEL_KEEPERS = ("Add", "AveragePool", "Clip", "GlobalAveragePool",
                    "HardSigmoid", "Mul", "Relu", "Resize", "Sigmoid")


def _channels(graph: Graph, name: str) -> int | None:
    """Returns the channels of a tensor that comes from a convolution."""
    producer = graph.producer(name)
    while producer is not None and producer.op_type in _CHANNEL_KEEPERS:
        computed = [i for i in producer.input if i not in graph.constants]
        producer = graph.producer(computed[0])
    if producer is None or producer.op_type not in _CONVOLUTIONS:
        return None
    return _output_channels(graph, producer)


def divide_input(graph: Graph, divisors: np.ndarray) -> None:
    """Lets the first convolution divide each input channel by its divisor.

    A mean cannot be taken off in this way, since the padding is zero after
    the subtraction.
    """
    readers = graph.consumers(graph.input)
    if len(readers) != 1 or readers[0].op_type != "Conv":
        raise ConversionError("The network does not begin with a convolution.")
    conv = readers[0]
    weight = graph.constants[conv.input[1]].astype(np.float64)
    _set_weights(graph, conv, weight / divisors.reshape(1, -1, 1, 1),
                 _bias(graph, conv))


def round_constants(graph: Graph) -> None:
    """Rounds every double-precision constant to single precision."""
    for name, value in graph.constants.items():
        if value.dtype == np.float64:
            graph.constants[name] = value.astype(np.float32)
