"""An ONNX graph opened for rewriting.

Constants are kept as numpy arrays under their tensor name, whether the file
stored them as initializers or as Constant nodes. All other nodes stay in
their topological order. Writing the model back is deterministic: the same
graph gives the same bytes on every machine.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

# The last operator set whose Clip keeps its limits in attributes: OpenCV 4.6
# reads no other kind. ONNX pairs it with intermediate representation 5.
OPSET = 10
IR_VERSION = 5


class ConversionError(Exception):
    """The model does not have the structure that a rewrite relies on."""


def attributes(node: NodeProto) -> dict:
    """Returns the attributes of `node` as plain Python values."""
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


class Graph:
    """The nodes and constants of one model. Not safe for threads."""

    def __init__(self, model: onnx.ModelProto) -> None:
        source = model.graph
        self._source_opset = model.opset_import[0].version
        self.constants: dict[str, np.ndarray] = {
            i.name: numpy_helper.to_array(i) for i in source.initializer
        }
        self.nodes: list[NodeProto] = []
        for node in source.node:
            if node.op_type == "Constant":
                value = attributes(node)["value"]
                self.constants[node.output[0]] = numpy_helper.to_array(value)
            else:
                self.nodes.append(node)
        inputs = [i for i in source.input if i.name not in self.constants]
        if len(inputs) != 1 or len(source.output) != 1:
            raise ConversionError("The model must have one input and output.")
        self.input = inputs[0].name
        self.output = source.output[0].name

    def constant(self, name: str) -> np.ndarray | None:
        """Returns the constant called `name`, None for a computed tensor."""
        return self.constants.get(name)

    def producer(self, name: str) -> NodeProto | None:
        """Returns the node that computes `name`, if one does."""
        for node in self.nodes:
            if name in node.output:
                return node
        return None

    def consumers(self, name: str) -> list[NodeProto]:
        """Returns the nodes that read `name`, each once, in graph order."""
        return [node for node in self.nodes if name in node.input]

    def split_operands(
            self, node: NodeProto) -> tuple[str, np.ndarray] | None:
        """Returns the computed and the constant operand of a binary node.

        None where the node has no constant operand or nothing else.
        """
        computed = [i for i in node.input if i not in self.constants]
        known = [i for i in node.input if i in self.constants]
        if len(computed) != 1 or len(known) != 1:
            return None
        return computed[0], self.constants[known[0]]

    def add_constant(self, name: str, value: np.ndarray) -> str:
        """Stores `value` under `name`, which must be free; returns it."""
        if name in self.constants or self.producer(name) is not None:
            raise ConversionError(f"The tensor name {name} is taken.")
        self.constants[name] = value
        return name

    def redirect(self, old: str, new: str) -> None:
        """Lets every reader of `old`, the model's output too, read `new`."""
        for node in self.nodes:
            for index, name in enumerate(node.input):
                if name == old:
                    node.input[index] = new
        if self.output == old:
            self.output = new

    def remove(self, *nodes: NodeProto) -> None:
        """Removes exactly the given node objects."""
        doomed = {id(node) for node in nodes}
        self.nodes = [n for n in self.nodes if id(n) not in doomed]

    def replace(self, node: NodeProto, *new_nodes: NodeProto) -> None:
        """Puts `new_nodes` at the place of `node`."""
        index = next(i for i, n in enumerate(self.nodes) if n is node)
        self.nodes[index:index + 1] = list(new_nodes)

    def infer_shapes(self, input_shape: list[int]) -> dict[str, list[int]]:
        """Returns the shapes that follow from `input_shape`.

        A tensor whose shape cannot be told yet is missing.
        """
        graph = helper.make_graph(
            self.nodes, "shapes", [_float_tensor(self.input, input_shape)],
            [_float_tensor(self.output, None)],
            [numpy_helper.from_array(v, k) for k, v in self.constants.items()])
        model = helper.make_model(graph, opset_imports=[
            helper.make_opsetid("", self._source_opset)])
        inferred = onnx.shape_inference.infer_shapes(model).graph
        shapes: dict[str, list[int]] = {}
        for value in [*inferred.value_info, *inferred.output]:
            dims = value.type.tensor_type.shape.dim
            if dims and all(d.HasField("dim_value") for d in dims):
                shapes[value.name] = [d.dim_value for d in dims]
        return shapes

    def to_model(self, name: str, input_shape: list, output_shape: list,
                 output_name: str) -> onnx.ModelProto:
        """Writes the graph as a checked model.

        A shape entry is a number or, for a free dimension, a string.
        """
        self._rename_output(output_name)
        used = {i for node in self.nodes for i in node.input}
        graph = helper.make_graph(
            [self._plain(n, i) for i, n in enumerate(self.nodes)],
            name,
            [_float_tensor(self.input, input_shape)],
            [_float_tensor(self.output, output_shape)],
            [numpy_helper.from_array(np.ascontiguousarray(v), k)
             for k, v in self.constants.items() if k in used])
        model = helper.make_model(
            graph, producer_name="burntin",
            opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model

    def _rename_output(self, new: str) -> None:
        node = self.producer(self.output)
        if node is None or self.consumers(self.output):
            raise ConversionError("The model's output is not its last node.")
        node.output[0] = new
        self.output = new

    @staticmethod
    def _plain(node: NodeProto, index: int) -> NodeProto:
        copy = helper.make_node(node.op_type, list(node.input),
                                list(node.output),
                                name=f"{index:03d}_{node.op_type}")
        copy.attribute.extend(sorted(node.attribute, key=lambda a: a.name))
        return copy


def _float_tensor(name: str, shape: list | None) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
