"""Writes the attribution network as an ONNX graph from its trained arrays; `network.py` is the same in torch."""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from training.encoder.graph import IR_VERSION, OPSET, Tensors, dense, layer_norm
from training.encoder.writer import GraphWriter

VECTOR = 96
HEADS = 4


def tagger_graph(tensors: Tensors, labels: dict[str, dict[str, int]], *, int8: bool) -> onnx.ModelProto:
    """The whole graph for one sentence of n words: see `pipeline.models.tagger.Words` → `cue`, `roles`.

    `cue` is (n, 3) probabilities, `roles` (3, n, n) scores by role, cue and word. `labels` travel in the graph.
    """
    writer = GraphWriter(int8=int8)
    width = tensors["inp.weight"].shape[0]
    reach = (tensors["dist"].shape[1] - 1) // 2
    add_constants(writer, width, reach)
    hidden = read_words(writer, tensors)
    for number in range(sum(name.endswith(".qkv.weight") for name in tensors)):
        hidden = block(writer, tensors, number, hidden)
    dense(writer, tensors, "cue", hidden, "cue_scores")
    writer.add("Softmax", ["cue_scores"], "cue", axis=-1)
    roles(writer, tensors, hidden)
    labels_width = 2 * tensors["tag.weight"].shape[1]
    kinds = {"vectors": VECTOR, "flags": tensors["inp.weight"].shape[1] - 3 * VECTOR - labels_width}
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", size]) for name, size in kinds.items()]
    inputs += [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n"])
        for name in ("words", "lemmas", "tags", "relations", "heads")
    ]
    outputs = [
        helper.make_tensor_value_info("cue", TensorProto.FLOAT, ["n", 3]),
        helper.make_tensor_value_info("roles", TensorProto.FLOAT, [3, "n", "n"]),
    ]
    graph = helper.make_graph(writer.nodes, "attribution", inputs, outputs, writer.constants)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION, producer_name="crossclaim"
    )
    helper.set_model_props(model, {name: json.dumps(table, sort_keys=True) for name, table in labels.items()})
    onnx.checker.check_model(model)
    return model


def add_constants(writer: GraphWriter, width: int, reach: int) -> None:
    writer.constant("heads_shape", np.array([0, 3, HEADS, width // HEADS], dtype=np.int64))
    writer.constant("width_shape", np.array([0, width], dtype=np.int64))
    writer.constant("query_scale", np.array((width // HEADS) ** -0.5, dtype=np.float32))
    for name, number in (("zero", 0), ("one", 1), ("low", -reach), ("high", reach)):
        scalar(writer, name, number)
    writer.constant("first_row", np.array([0], dtype=np.int64))
    writer.constant("second_row", np.array([1], dtype=np.int64))
    writer.constant("last_row", np.array([-1], dtype=np.int64))
    writer.constant("far", np.array([2**31], dtype=np.int64))
    for part, number in (("query", 0), ("key", 1), ("value", 2)):
        scalar(writer, f"part_{part}", number)
    writer.constant("empty_row", np.zeros((1, width), dtype=np.float32))


def scalar(writer: GraphWriter, name: str, number: int) -> None:
    """A constant without axes, which `GraphWriter.constant` would give one."""
    writer.constants.append(numpy_helper.from_array(np.array(number, dtype=np.int64), name))


def read_words(writer: GraphWriter, tensors: Tensors) -> str:
    """Parser's vector, word, lemma, tag, relation and flags of each word, joined and narrowed: (n, width)."""
    layer_norm(writer, tensors, "vn", "vectors", "vectors_even")
    table = tensors["words"]
    word = writer.look_up("word", table, "words")
    writer.add("Gather", ["word_codes", "lemmas"], "lemma_rows")
    writer.add("Gather", ["word_scale", "lemmas"], "lemma_scales")
    writer.add("Cast", ["lemma_rows"], "lemma_values", to=TensorProto.FLOAT)
    writer.add("Mul", ["lemma_values", "lemma_scales"], "lemma")
    writer.add("Gather", [writer.constant("tag_table", tensors["tag.weight"]), "tags"], "tag")
    writer.add("Gather", [writer.constant("relation_table", tensors["dep.weight"]), "relations"], "relation")
    writer.add("Concat", ["vectors_even", word, "lemma", "tag", "relation", "flags"], "joined", axis=-1)
    dense(writer, tensors, "inp", "joined", "narrow")
    writer.add("Gelu", ["narrow"], "active")
    hidden = layer_norm(writer, tensors, "n", "active", "hidden")
    writer.add("Shape", ["words"], "count")
    writer.add("Squeeze", ["count"], "count_number")
    writer.add("Range", ["zero", "count_number", "one"], "positions")
    return hidden


def block(writer: GraphWriter, tensors: Tensors, number: int, hidden: str) -> str:
    """Self-attention, then a layer that reads each word with its head, the word before and the word after."""
    source, name = f"blocks.{number}", f"block{number}"
    flat = dense(writer, tensors, f"{source}.qkv", hidden, f"{name}_qkv")
    writer.add("Reshape", [flat, "heads_shape"], f"{name}_split")
    parts = {}
    for part in ("query", "key", "value"):
        taken = writer.add("Gather", [f"{name}_split", f"part_{part}"], f"{name}_{part}", axis=1)
        order = [1, 2, 0] if part == "key" else [1, 0, 2]
        parts[part] = writer.add("Transpose", [taken], f"{name}_{part}_heads", perm=order)
    writer.add("MatMul", [parts["query"], parts["key"]], f"{name}_products")
    writer.add("Mul", [f"{name}_products", "query_scale"], f"{name}_scaled")
    writer.add("Softmax", [f"{name}_scaled"], f"{name}_weights", axis=-1)
    writer.add("MatMul", [f"{name}_weights", parts["value"]], f"{name}_mixed")
    writer.add("Transpose", [f"{name}_mixed"], f"{name}_turned", perm=[1, 0, 2])
    writer.add("Reshape", [f"{name}_turned", "width_shape"], f"{name}_context")
    dense(writer, tensors, f"{source}.o", f"{name}_context", f"{name}_attended")
    writer.add("Add", [f"{name}_attended", hidden], f"{name}_sum")
    middle = layer_norm(writer, tensors, f"{source}.n1", f"{name}_sum", f"{name}_middle")
    around = neighbours(writer, name, middle)
    writer.add("Concat", [middle, *around], f"{name}_around", axis=-1)
    dense(writer, tensors, f"{source}.mix", f"{name}_around", f"{name}_wide")
    writer.add("Gelu", [f"{name}_wide"], f"{name}_active")
    dense(writer, tensors, f"{source}.out", f"{name}_active", f"{name}_narrow")
    writer.add("Add", [f"{name}_narrow", middle], f"{name}_last")
    return layer_norm(writer, tensors, f"{source}.n2", f"{name}_last", f"{name}_hidden")


def neighbours(writer: GraphWriter, name: str, middle: str) -> list[str]:
    """The rows of each word's head, of the word before it and of the word after it; nothing beyond the ends."""
    writer.add("Gather", [middle, "heads"], f"{name}_head")
    writer.add("Slice", [middle, "first_row", "last_row"], f"{name}_but_last")
    writer.add("Concat", ["empty_row", f"{name}_but_last"], f"{name}_before", axis=0)
    writer.add("Slice", [middle, "second_row", "far"], f"{name}_but_first")
    writer.add("Concat", [f"{name}_but_first", "empty_row"], f"{name}_after", axis=0)
    return [f"{name}_head", f"{name}_before", f"{name}_after"]


def roles(writer: GraphWriter, tensors: Tensors, hidden: str) -> str:
    """Scores of source and content for each cue and word, beside 0 for neither: (3, n, n)."""
    size = tensors["q.weight"].shape[0] // 2
    writer.constant("roles_shape", np.array([0, 2, size], dtype=np.int64))
    for part, order in (("q", [1, 0, 2]), ("k", [1, 2, 0])):
        flat = dense(writer, tensors, part, hidden, f"roles_{part}")
        split = writer.add("Reshape", [flat, "roles_shape"], f"roles_{part}_split")
        writer.add("Transpose", [split], f"roles_{part}_turned", perm=order)
    writer.add("MatMul", ["roles_q_turned", "roles_k_turned"], "roles_products")
    writer.add(
        "Mul",
        ["roles_products", writer.constant("roles_scale", np.array(size**-0.5, dtype=np.float32))],
        "roles_scaled",
    )
    dense(writer, tensors, "b", hidden, "roles_lean")
    writer.add("Transpose", ["roles_lean"], "roles_lean_turned", perm=[1, 0])
    writer.constant("middle_axis", np.array([1], dtype=np.int64))
    writer.add("Unsqueeze", ["roles_lean_turned", "middle_axis"], "roles_word")
    distances = distance_bias(writer, tensors)
    writer.add("Add", ["roles_scaled", "roles_word"], "roles_by_word")
    writer.add("Add", ["roles_by_word", distances], "roles_found")
    writer.add("Slice", ["roles_found", "first_row", "second_row"], "roles_first")
    writer.add("Sub", ["roles_first", "roles_first"], "roles_none")
    return writer.add("Concat", ["roles_none", "roles_found"], "roles", axis=0)


def distance_bias(writer: GraphWriter, tensors: Tensors) -> str:
    """What the signed distance from cue to word speaks for: (2, n, n)."""
    writer.constant("last_axis", np.array([1], dtype=np.int64))
    writer.add("Unsqueeze", ["positions", "last_axis"], "cue_positions")
    writer.add("Sub", ["positions", "cue_positions"], "distance")
    writer.add("Clip", ["distance", "low", "high"], "distance_near")
    writer.add("Sub", ["distance_near", "low"], "distance_column")
    table = writer.constant("distance_table", tensors["dist"])
    return writer.add("Gather", [table, "distance_column"], "distance_bias", axis=1)
