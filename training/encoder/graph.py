"""Writes the encoder as an ONNX graph: BERT with six layers, mean pooling and L2 normalisation, from plain arrays.

Method: Reimers and Gurevych 2019 (Sentence-BERT); the weights are those of sentence-transformers/all-MiniLM-L6-v2.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.encoder.writer import Floats, GraphWriter

LAYERS = 6
HEADS = 12
WIDTH = 384
MAX_TOKENS = 128
LAYER_NORM_EPSILON = 1e-12
NORM_FLOOR = 1e-12
MASKED = -10000.0
# 20 is the first operator set with Gelu; the model format stays readable by onnxruntime 1.17 and later.
OPSET = 20
IR_VERSION = 9

Tensors = dict[str, Floats]


def encoder_graph(tensors: Tensors, *, int8: bool) -> onnx.ModelProto:
    """The whole graph: `input_ids`, `attention_mask` (batch, tokens) int64 → `embedding` (batch, 384) unit float32.

    With `int8` the word table and the weight matrices are stored as int8, one scale a word and an output channel
    (90 MB become 23 MB); the arithmetic stays in float32 (models/encoder/README.md says why).
    """
    writer = GraphWriter(int8=int8)
    add_constants(writer)
    hidden = embed(writer, tensors)
    bias = attention_bias(writer)
    for layer in range(LAYERS):
        hidden = encoder_layer(writer, tensors, layer, hidden, bias)
    pool(writer, hidden)
    graph = helper.make_graph(
        writer.nodes,
        "all-MiniLM-L6-v2",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch", "tokens"]),
        ],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", WIDTH])],
        writer.constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="crossclaim"
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def add_constants(writer: GraphWriter) -> None:
    writer.constant("heads_shape", np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
    writer.constant("width_shape", np.array([0, 0, WIDTH], dtype=np.int64))
    writer.constant("query_scale", np.array(1.0 / np.sqrt(WIDTH // HEADS), dtype=np.float32))
    writer.constant("axis_tokens", np.array([1], dtype=np.int64))
    writer.constant("axis_width", np.array([-1], dtype=np.int64))
    writer.constant("axes_heads", np.array([1, 2], dtype=np.int64))
    writer.constant("first", np.array([0], dtype=np.int64))
    writer.constant("one", np.array(1.0, dtype=np.float32))
    writer.constant("masked", np.array(MASKED, dtype=np.float32))
    writer.constant("norm_floor", np.array(NORM_FLOOR, dtype=np.float32))


def embed(writer: GraphWriter, tensors: Tensors) -> str:
    """Word, position and type embeddings, summed and normalised: (batch, tokens, 384)."""
    word = writer.look_up("word", tensors["embeddings.word_embeddings.weight"], "input_ids")
    # A text stands alone, never in a pair: every token has type 0, so its embedding is folded into the positions.
    positions = tensors["embeddings.position_embeddings.weight"][:MAX_TOKENS]
    position = place(writer, positions + tensors["embeddings.token_type_embeddings.weight"][0])
    writer.add("Add", [word, position], "embedded")
    return layer_norm(writer, tensors, "embeddings.LayerNorm", "embedded", "hidden")


def place(writer: GraphWriter, positions: Floats) -> str:
    """The rows of `positions` (most tokens, width) for the tokens there are: (tokens, width)."""
    writer.constant("positions", positions)
    writer.add("Shape", ["input_ids"], "token_count", start=1, end=2)
    return writer.add("Slice", ["positions", "first", "token_count", "first"], "position")


def attention_bias(writer: GraphWriter) -> str:
    """0 for a token, a large negative number for padding: (batch, 1, 1, tokens)."""
    writer.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    writer.add("Sub", ["one", "mask"], "padding")
    writer.add("Mul", ["padding", "masked"], "padding_bias")
    return writer.add("Unsqueeze", ["padding_bias", "axes_heads"], "attention_bias")


def encoder_layer(writer: GraphWriter, tensors: Tensors, layer: int, hidden: str, bias: str) -> str:
    """One transformer layer, normalised after each residual sum as in BERT: (batch, tokens, 384) → the same shape."""
    source, name = f"encoder.layer.{layer}", f"layer{layer}"
    context = attention(writer, tensors, source, name, hidden, bias)
    attended = dense(writer, tensors, f"{source}.attention.output.dense", context, f"{name}_attended")
    writer.add("Add", [attended, hidden], f"{name}_residual")
    middle = layer_norm(writer, tensors, f"{source}.attention.output.LayerNorm", f"{name}_residual", f"{name}_middle")
    wide = dense(writer, tensors, f"{source}.intermediate.dense", middle, f"{name}_wide")
    writer.add("Gelu", [wide], f"{name}_active")
    narrow = dense(writer, tensors, f"{source}.output.dense", f"{name}_active", f"{name}_narrow")
    writer.add("Add", [narrow, middle], f"{name}_sum")
    return layer_norm(writer, tensors, f"{source}.output.LayerNorm", f"{name}_sum", f"{name}_hidden")


def attention(writer: GraphWriter, tensors: Tensors, source: str, name: str, hidden: str, bias: str) -> str:
    """Twelve-headed self-attention before its output projection: (batch, tokens, 384)."""
    heads = {}
    for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
        flat = dense(writer, tensors, f"{source}.attention.self.{part}", hidden, f"{name}_{part}")
        split = writer.add("Reshape", [flat, "heads_shape"], f"{flat}_split")
        heads[part] = writer.add("Transpose", [split], f"{flat}_heads", perm=order)
    writer.add("MatMul", [heads["query"], heads["key"]], f"{name}_products")
    writer.add("Mul", [f"{name}_products", "query_scale"], f"{name}_scaled")
    writer.add("Add", [f"{name}_scaled", bias], f"{name}_biased")
    writer.add("Softmax", [f"{name}_biased"], f"{name}_weights", axis=-1)
    writer.add("MatMul", [f"{name}_weights", heads["value"]], f"{name}_mixed")
    writer.add("Transpose", [f"{name}_mixed"], f"{name}_joined", perm=[0, 2, 1, 3])
    return writer.add("Reshape", [f"{name}_joined", "width_shape"], f"{name}_context")


def dense(writer: GraphWriter, tensors: Tensors, source: str, value: str, name: str) -> str:
    """value @ weightᵀ + bias over the last axis."""
    weight = writer.matrix(f"{name}_weight", tensors[f"{source}.weight"].T)
    writer.constant(f"{name}_bias", tensors[f"{source}.bias"])
    writer.add("MatMul", [value, weight], f"{name}_product")
    return writer.add("Add", [f"{name}_product", f"{name}_bias"], name)


def layer_norm(writer: GraphWriter, tensors: Tensors, source: str, value: str, name: str) -> str:
    writer.constant(f"{name}_gain", tensors[f"{source}.weight"])
    writer.constant(f"{name}_shift", tensors[f"{source}.bias"])
    inputs = [value, f"{name}_gain", f"{name}_shift"]
    return writer.add("LayerNormalization", inputs, name, axis=-1, epsilon=LAYER_NORM_EPSILON)


def pool(writer: GraphWriter, hidden: str) -> str:
    """Mean over the tokens that are not padding, scaled to length 1: `embedding` (batch, 384)."""
    writer.add("Unsqueeze", ["mask", "axis_width"], "token_weight")
    writer.add("Mul", [hidden, "token_weight"], "kept")
    writer.add("ReduceSum", ["kept", "axis_tokens"], "total", keepdims=0)
    writer.add("ReduceL2", ["total", "axis_width"], "length", keepdims=1)
    writer.add("Max", ["length", "norm_floor"], "safe_length")
    return writer.add("Div", ["total", "safe_length"], "embedding")
