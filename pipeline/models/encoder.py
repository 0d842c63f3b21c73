"""Turns sentences into vectors of unit length whose dot product says how alike they are in meaning.

Every text runs through the graph alone, without padding. A batch changes the last bits of its rows, and with int8
activations the second digit; alone, a text has one vector whatever stands beside it, so that a replay decides as the
first run did. That costs about a tenth of the speed (figures: models/encoder/README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.models.manifest import MEND, MODELS, ModelError, ModelFiles, find_model

# 128 tokens are about 600 characters of news; the cut keeps a whole page given by mistake from being tokenised.
MAX_CHARACTERS = 4_000


class Encoder:
    """all-MiniLM-L6-v2. One object serves any number of threads; its vectors do not depend on call, order or thread."""

    def __init__(self, *, threads: int = 1, root: Path = MODELS) -> None:
        """`threads` is the number of cores one text may use; `root` the models folder. Raises ModelError."""
        files = find_model("encoder", root)
        self.dimensions = files.entry.dimensions
        self.max_tokens = files.entry.max_tokens
        self._tokenizer = load_tokenizer(files)
        self._session = load_session(files, threads)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n,) texts → (n, 384) float32, row i of unit length for text i.

        What goes beyond 128 tokens is cut off. An empty text has a vector too, the same for every empty text: leave
        such texts out before comparing. Equal texts are computed once. A sentence costs about 17 ms of one core.
        """
        vectors = {text: self._encode_one(text) for text in dict.fromkeys(texts)}
        if not vectors:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([vectors[text] for text in texts])

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        """One text → (384,) float32."""
        ids = np.array([self._tokenizer.encode(readable(text)).ids], dtype=np.int64)
        (embedding,) = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        row: NDArray[np.float32] = embedding[0]
        return row


def readable(text: str) -> str:
    """The start of the text, half surrogate pairs (which have no UTF-8 form) replaced by a question mark."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def load_tokenizer(files: ModelFiles) -> Tokenizer:
    """The tokenizer, set once to cut at `max_tokens` and never to pad."""
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(files.entry.max_tokens)
    return tokenizer


def load_session(files: ModelFiles, threads: int) -> onnxruntime.InferenceSession:
    """A session on the CPU whose idle threads sleep instead of spinning, for the worker has other work."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.use_deterministic_compute = True
    try:
        return onnxruntime.InferenceSession(str(files.graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for each status, with no useful common one
        raise ModelError(f"loading model {files.entry.name} from {files.graph}: {error}; {MEND}") from error
