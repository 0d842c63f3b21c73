"""Writes the verdict model as an ONNX graph from its trained arrays; `network.py` is the same in torch."""

import json
from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper

from training.encoder.graph import (
    IR_VERSION,
    LAYERS,
    MAX_TOKENS,
    OPSET,
    Tensors,
    add_constants,
    attention_bias,
    dense,
    encoder_layer,
    layer_norm,
    place,
)
from training.encoder.writer import GraphWriter

INPUTS = ("input_ids", "token_type_ids", "attention_mask")


def verdict_graph(tensors: Tensors, classes: Sequence[str], temperature: float, *, int8: bool) -> onnx.ModelProto:
    """The whole graph: INPUTS (batch, tokens) int64 → `verdict` (batch, classes), probabilities that sum to 1.

    A pair is "[CLS] a [SEP] b [SEP]", of type 0 up to the first [SEP] and of type 1 after it. The scores are divided by
    `temperature`, so that a probability can be taken at its word. `classes` travel in the graph.
    """
    writer = GraphWriter(int8=int8)
    add_constants(writer)
    hidden = embed(writer, tensors)
    bias = attention_bias(writer)
    for layer in range(LAYERS):
        hidden = encoder_layer(writer, tensors, layer, hidden, bias)
    read = features(writer, hidden)
    dense(writer, tensors, "head.dense", read, "head_wide")
    writer.add("Gelu", ["head_wide"], "head_active")
    dense(writer, tensors, "head.out", "head_active", "scores")
    writer.constant("temperature", np.array(temperature, dtype=np.float32))
    writer.add("Div", ["scores", "temperature"], "even_scores")
    writer.add("Softmax", ["even_scores"], "verdict", axis=-1)
    graph = helper.make_graph(
        writer.nodes,
        "verdicts",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in INPUTS],
        [helper.make_tensor_value_info("verdict", TensorProto.FLOAT, ["batch", len(classes)])],
        writer.constants,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="crossclaim"
    )
    helper.set_model_props(model, {"classes": json.dumps(list(classes)), "temperature": f"{temperature:.4f}"})
    onnx.checker.check_model(model, full_check=True)
    return model


def embed(writer: GraphWriter, tensors: Tensors) -> str:
    """Word, position and type embeddings, summed and normalised: (batch, tokens, 384)."""
    word = writer.look_up("word", tensors["embeddings.word_embeddings.weight"], "input_ids")
    position = place(writer, tensors["embeddings.position_embeddings.weight"][:MAX_TOKENS])
    writer.constant("types", tensors["embeddings.token_type_embeddings.weight"])
    writer.add("Gather", ["types", "token_type_ids"], "type")
    writer.add("Add", [word, position], "placed")
    writer.add("Add", ["placed", "type"], "embedded")
    return layer_norm(writer, tensors, "embeddings.LayerNorm", "embedded", "hidden")


def features(writer: GraphWriter, hidden: str) -> str:
    """The first token, the mean of each text and the distance of the means: (batch, 4 × 384)."""
    writer.add("Gather", [hidden, "first"], "first_row", axis=1)
    writer.add("Squeeze", ["first_row", "axis_tokens"], "whole")
    writer.add("Cast", ["token_type_ids"], "of_type", to=TensorProto.FLOAT)
    writer.add("Mul", ["mask", "of_type"], "of_b")
    writer.add("Sub", ["mask", "of_b"], "of_a")
    a, b = mean(writer, hidden, "of_a"), mean(writer, hidden, "of_b")
    writer.add("Sub", [a, b], "difference")
    writer.add("Abs", ["difference"], "distance")
    return writer.add("Concat", ["whole", a, b, "distance"], "features", axis=-1)


def mean(writer: GraphWriter, hidden: str, kept: str) -> str:
    """Mean over the tokens where `kept` is 1; zeros if there is none: (batch, 384)."""
    writer.add("Unsqueeze", [kept, "axis_width"], f"{kept}_weight")
    writer.add("Mul", [hidden, f"{kept}_weight"], f"{kept}_hidden")
    writer.add("ReduceSum", [f"{kept}_hidden", "axis_tokens"], f"{kept}_total", keepdims=0)
    writer.add("ReduceSum", [kept, "axis_tokens"], f"{kept}_count", keepdims=1)
    writer.add("Max", [f"{kept}_count", "norm_floor"], f"{kept}_safe")
    return writer.add("Div", [f"{kept}_total", f"{kept}_safe"], f"{kept}_mean")
