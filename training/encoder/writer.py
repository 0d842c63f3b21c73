"""Collects the nodes and constants of an ONNX graph, and stores weight matrices as int8 with one scale a channel."""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

SMALLEST_SCALE = 1e-12
INT8_LIMIT = 127.0

Floats = NDArray[np.float32]


class GraphWriter:
    """Keeps nodes and constants in the order they are added; every name is given, so two builds are equal."""

    def __init__(self, *, int8: bool) -> None:
        self.int8 = int8
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def matrix(self, name: str, value: Floats) -> str:
        """A weight matrix (inputs, outputs). As int8 it has one scale an output; the runtime unfolds it at load."""
        if not self.int8:
            return self.constant(name, value)
        codes, scale = quantise_rows(value.T)
        self.constant(f"{name}_codes", codes.T)
        self.constant(f"{name}_scale", scale.T)
        self.add("Cast", [f"{name}_codes"], f"{name}_values", to=TensorProto.FLOAT)
        return self.add("Mul", [f"{name}_values", f"{name}_scale"], name)

    def look_up(self, name: str, table: Floats, rows: str) -> str:
        """The rows of a table (words, width). As int8 it has one scale a word; only the rows asked for are unfolded."""
        if not self.int8:
            return self.add("Gather", [self.constant(f"{name}_table", table), rows], name)
        codes, scale = quantise_rows(table)
        self.add("Gather", [self.constant(f"{name}_codes", codes), rows], f"{name}_rows")
        self.add("Gather", [self.constant(f"{name}_scale", scale), rows], f"{name}_scales")
        self.add("Cast", [f"{name}_rows"], f"{name}_values", to=TensorProto.FLOAT)
        return self.add("Mul", [f"{name}_values", f"{name}_scales"], name)


def quantise_rows(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """(rows, width) → (rows, width) int8 and (rows, 1) scale: symmetric, the largest value of a row becomes ±127."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True) / INT8_LIMIT, SMALLEST_SCALE).astype(np.float32)
    return np.round(table / scale).astype(np.int8), scale
