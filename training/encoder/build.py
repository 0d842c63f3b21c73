"""Builds the encoder: `python -m training.encoder.build --out models/encoder`. Two builds give the same bytes."""

import argparse
import hashlib
import json
from pathlib import Path

from training.encoder.graph import MAX_TOKENS, encoder_graph
from training.encoder.weights import archive_path, read_package

MODEL_NAME = "model.int8.onnx"
TOKENIZER_NAME = "tokenizer.json"


def tokenizer_text(published: str) -> str:
    """The published tokenizer with padding off and truncation at 128 tokens, as the graph wants it."""
    settings = json.loads(published)
    settings["padding"] = None
    settings["truncation"] = {
        "direction": "Right",
        "max_length": MAX_TOKENS,
        "strategy": "LongestFirst",
        "stride": 0,
    }
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":"))


def build(out: Path) -> dict[str, str]:
    """Writes model and tokenizer into `out` and returns the sha256 of each by file name."""
    tensors, published = read_package(archive_path())
    blobs = {
        MODEL_NAME: encoder_graph(tensors, int8=True).SerializeToString(deterministic=True),
        TOKENIZER_NAME: tokenizer_text(published).encode("utf-8"),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, blob in blobs.items():
        (out / name).write_bytes(blob)
    return {name: hashlib.sha256(blob).hexdigest() for name, blob in blobs.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds the sentence encoder from its published weights.")
    parser.add_argument("--out", type=Path, default=Path("models/encoder"), help="folder to write to")
    out: Path = parser.parse_args().out
    for name, digest in build(out).items():
        print(f"{digest}  {out / name}  {(out / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
