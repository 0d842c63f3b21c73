"""Reads two claims at once and says how likely each verdict on them is.

The shipped model is fitted in `training/verdicts`; another is named by a folder or by an id on the Hugging Face hub
(`verdicts.model` in the settings). Every pair runs alone, so that its chances do not depend on what is read beside it,
and in an order of the texts' own, so that they do not depend on which claim comes first; where that shows a
contradiction, the other order is read, too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.models.encoder import load_session, load_tokenizer, readable
from pipeline.models.manifest import ModelError, ModelFiles
from pipeline.models.verdict_files import find_verdict_model
from schemas.verdict import LABELS

_OF_NLI = {"entailment": "same", "neutral": "compatible"}
"""Classes of NLI models: "neutral" holds what is compatible and what is unrelated."""
_CONTRADICTION = LABELS.index("contradiction")
BOTH_ORDERS = 0.15
"""Chance of a contradiction in the first order from which the second is read; reading is what the cascade's time goes
into, and most pairs that it is asked about are none."""
READINGS = 20_000
"""Pairs kept: wire stories bring the same two sentences many times (some 300 bytes each)."""

Chances = NDArray[np.float64]


class CrossEncoder:
    """A model of pairs. One object serves any number of threads."""

    def __init__(self, files: ModelFiles | None = None, *, threads: int = 1, kept: int = READINGS) -> None:
        """`files` are those of `find_verdict_model`, without them the shipped model's; `threads` the cores that a pair
        may use; `kept` is how many pairs are remembered.

        Raises ModelError for a model that is missing, damaged, or has classes that are no verdicts.
        """
        files = files or find_verdict_model()
        self._tokenizer: Tokenizer = load_tokenizer(files)
        self._session = load_session(files, threads)
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._columns = _columns(self._session, files)
        self._kept = lru_cache(maxsize=kept)(self._read)

    def __call__(self, a: str, b: str) -> Mapping[str, float]:
        """Return the chance of each verdict on two texts, the same in either order. They add to 1.

        Of both texts together 128 tokens are read, the longer one is cut first.
        """
        first, second = sorted((readable(a), readable(b)))
        return dict(zip(LABELS, self._kept(first, second), strict=True))

    def _read(self, a: str, b: str) -> tuple[float, ...]:
        first = self._in_order(a, b)
        told = first if first[_CONTRADICTION] < BOTH_ORDERS else (first + self._in_order(b, a)) / 2
        return tuple(float(chance) for chance in told)

    def _in_order(self, a: str, b: str) -> Chances:
        read = self._tokenizer.encode(a, b)
        fields = {"input_ids": read.ids, "token_type_ids": read.type_ids, "attention_mask": read.attention_mask}
        given = {name: np.array([fields[name]], dtype=np.int64) for name in self._inputs}
        (told, *_) = self._session.run(None, given)
        chances = np.zeros(len(LABELS))
        np.add.at(chances, self._columns, _softmax(np.asarray(told[0], np.float64)))
        return chances


def _columns(session: onnxruntime.InferenceSession, files: ModelFiles) -> list[int]:
    """Return the place among LABELS of each class of a graph, which its metadata or its config.json name."""
    listed = session.get_modelmeta().custom_metadata_map.get("classes")
    config = files.tokenizer.with_name("config.json")
    if listed is not None:
        classes = json.loads(listed)
    elif config.is_file():
        names = json.loads(config.read_text(encoding="utf-8")).get("id2label", {})
        classes = [names[key] for key in sorted(names, key=int)]
    else:
        raise ModelError(f"loading model {files.entry.name}: it lists no classes; put them into {config} as id2label")
    named = [_OF_NLI.get(name.lower(), name.lower()) for name in classes]
    if not named or set(named) - set(LABELS):
        raise ModelError(
            f"loading model {files.entry.name}: its classes are {', '.join(classes) or 'not named'}; wanted are"
            f" {', '.join(LABELS)}, or contradiction, entailment and neutral"
        )
    return [LABELS.index(name) for name in named]


def _softmax(row: Chances) -> Chances:
    """Return chances as they are, and scores as chances."""
    if row.min() >= 0 and abs(row.sum() - 1) < 1e-3:
        return row
    raised = np.exp(row - row.max())
    return np.asarray(raised / raised.sum())
