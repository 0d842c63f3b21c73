"""Measures the encoder: `python -m training.encoder.evaluate --pairs PAIRS.jsonl.gz`.

Prints one line for each way of storing the weights and each batch size: cosine to the float32 graph, how many rows have
the same bytes as when run alone, AUC of same and contradiction against strangers (sentences of other stories) and
against look-alikes (pairs labelled unrelated, most of them written to tempt: another place, person or date), the
share of same and contradiction with a cosine below 0.35, and sentences a second on one core.
`int8 dynamic` quantises activations as well (onnxruntime.quantization, one scale a channel) and is not shipped.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from training.encoder.build import MODEL_NAME, TOKENIZER_NAME
from training.encoder.graph import encoder_graph
from training.encoder.weights import archive_path, read_package

BATCH_SIZES = (1, 4, 8)
UNRELATED_BELOW = 0.35
SEPARATION = "AUC strangers | AUC look-alikes | related below 0.35"
MODELS = Path("models/encoder")

Vectors = NDArray[np.float32]
Tokens = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Pair:
    """Two sentences of a story; `related` if they were labelled same or contradiction, not if unrelated."""

    story: str
    a: str
    b: str
    related: bool


def read_pairs(path: Path, limit: int) -> list[Pair]:
    """About `limit` pairs labelled same, contradiction or unrelated, taken evenly over the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = [as_pair(row) for row in rows if row["label"] != "compatible"]
    return pairs[:: max(1, len(pairs) // limit)]


def as_pair(row: dict[str, str]) -> Pair:
    return Pair(row["story"], row["a"], row["b"], row["label"] != "unrelated")


def area_under_curve(positive: Vectors, negative: Vectors) -> float:
    """Probability that a positive scores above a negative, ties counted half."""
    differences = positive[:, None] - negative[None, :]
    return float((differences > 0).mean() + (differences == 0).mean() / 2)


def open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(session: onnxruntime.InferenceSession, tokens: Tokens, batch_size: int) -> Vectors:
    """Vectors of all texts, in batches sorted by length and padded to the longest."""
    order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
    vectors = np.zeros((len(tokens), 384), dtype=np.float32)
    for start in range(0, len(order), batch_size):
        chosen = order[start : start + batch_size]
        ids = np.zeros((len(chosen), len(tokens[chosen[-1]])), dtype=np.int64)
        for row, index in enumerate(chosen):
            ids[row, : len(tokens[index])] = tokens[index]
        vectors[chosen] = session.run(None, {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)})[0]
    return vectors


def write_variants(folder: Path) -> dict[str, Path]:
    """The float32 graph and its dynamically quantised form beside the shipped one, by name."""
    tensors, _ = read_package(archive_path())
    whole, dynamic = folder / "float32.onnx", folder / "dynamic.onnx"
    onnx.save(encoder_graph(tensors, int8=False), whole)
    # reduce_range: onnxruntime advises it for AVX2 without VNNI, where sums of full-range products can saturate
    quantize_dynamic(
        whole,
        dynamic,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    return {"float32": whole, "int8 dynamic": dynamic, "int8 shipped": MODELS / MODEL_NAME}


def measure(variants: dict[str, Path], pairs: Sequence[Pair]) -> None:
    """Prints the table."""
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.a, pair.b)))
    position = {text: index for index, text in enumerate(texts)}
    tokenizer = Tokenizer.from_file(str(MODELS / TOKENIZER_NAME))
    tokens = [tokenizer.encode(text).ids for text in texts]
    left = np.array([position[pair.a] for pair in pairs])
    right = np.array([position[pair.b] for pair in pairs])
    related = np.array([pair.related for pair in pairs])
    stories = np.array([pair.story for pair in pairs])
    moved = np.roll(np.arange(len(pairs)), len(pairs) // 2)
    strange = stories != stories[moved]
    length = np.mean([len(ids) for ids in tokens])
    print(f"{len(pairs)} pairs ({related.sum()} related), {len(texts)} sentences of {length:.1f} tokens")
    reference = run(open_session(variants["float32"]), tokens, 1)
    print(f"| weights | batch | cosine mean | cosine min | same bytes as alone | {SEPARATION} | sentences/s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, path in variants.items():
        session = open_session(path)
        alone = run(session, tokens, 1)
        for batch_size in BATCH_SIZES:
            start = time.process_time()
            vectors = run(session, tokens, batch_size)
            speed = len(texts) / (time.process_time() - start)
            cosine = (vectors * reference).sum(axis=1)
            equal = (vectors == alone).all(axis=1).mean()
            cosines = (vectors[left] * vectors[right]).sum(axis=1)
            strangers = (vectors[left] * vectors[right[moved]]).sum(axis=1)[strange]
            separation = (
                f"{area_under_curve(cosines[related], strangers):.4f}"
                f" | {area_under_curve(cosines[related], cosines[~related]):.4f}"
                f" | {(cosines[related] < UNRELATED_BELOW).mean():.0%}"
            )
            likeness = f"{cosine.mean():.5f} | {cosine.min():.5f} | {equal:.0%}"
            print(f"| {name} | {batch_size} | {likeness} | {separation} | {speed:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the sentence encoder on labelled pairs of sentences.")
    parser.add_argument("--pairs", type=Path, required=True, help="gzipped JSON lines with a, b and label")
    parser.add_argument("--limit", type=int, default=160, help="about how many pairs to use")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(write_variants(Path(folder)), read_pairs(arguments.pairs, arguments.limit))


if __name__ == "__main__":
    main()
