"""Finds attributions in a parsed sentence: which words are cues, and which words each cue makes a source or a content.

The network reads what the parser has worked out already (its vectors, tags and tree), so it costs about a millisecond
a sentence. Cues are tagged begin/inside/outside; a biaffine product (Dozat and Manning, ICLR 2017) then gives every
pair of cue and word one of three roles, so that one word may be content of two cues ("Smith said the report claims").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.models.encoder import load_session, load_tokenizer
from pipeline.models.manifest import MODELS, find_model

MAX_WORDS = 120
"""Words of a sentence that are read; longer ones are mostly lists, and the roles cost their square."""

FLAGS = 8
"""Columns of `Words.flags`; `pipeline/claims/saying/tagged.py` says what each holds."""


@dataclass(frozen=True)
class Words:
    """A sentence of n words as the network reads it.

    `vectors` (n, 96) float32 are the parser's; `texts` and `lemmas` are lower-case; `tags`, `relations` and `heads` are
    the parser's fine tags, dependency labels and word positions; `flags` (n, FLAGS) float32 are 0 or 1.
    """

    vectors: NDArray[np.float32]
    texts: list[str]
    lemmas: list[str]
    tags: list[str]
    relations: list[str]
    heads: list[int]
    flags: NDArray[np.float32]


class Tags(NamedTuple):
    """What the network thinks: `cue` (n, 3) probabilities of outside, begin, inside; `roles` (n, n) by cue and word.

    A role is 0 for none, 1 for source, 2 for content.
    """

    cue: NDArray[np.float32]
    roles: NDArray[np.int64]


class Tagger:
    """The attribution network. One object serves any number of threads."""

    def __init__(self, *, threads: int = 1, root: Path = MODELS) -> None:
        """`threads` is the number of cores a sentence may use; `root` the models folder. Raises ModelError."""
        files = find_model("attribution", root)
        self._session = load_session(files, threads)
        self._identity = load_tokenizer(files).token_to_id
        labels = self._session.get_modelmeta().custom_metadata_map
        self._tags: dict[str, int] = json.loads(labels["tags"])
        self._relations: dict[str, int] = json.loads(labels["relations"])
        self._unknown = self._identity("[UNK]") or 0
        self._known: dict[str, int] = {}

    def __call__(self, words: Words) -> Tags:
        """Return the cues and roles of a sentence of 1 to MAX_WORDS words."""
        inputs = {
            "vectors": words.vectors,
            "words": np.array([self._word(text) for text in words.texts], dtype=np.int64),
            "lemmas": np.array([self._word(lemma) for lemma in words.lemmas], dtype=np.int64),
            "tags": np.array([self._tags.get(tag, 0) for tag in words.tags], dtype=np.int64),
            "relations": np.array([self._relations.get(label, 0) for label in words.relations], dtype=np.int64),
            "heads": np.array(words.heads, dtype=np.int64),
            "flags": words.flags,
        }
        cue, roles = self._session.run(["cue", "roles"], inputs)
        return Tags(cue, roles.argmax(axis=0))

    def _word(self, text: str) -> int:
        """Return the row of a whole word in the table of words."""
        row = self._known.get(text)
        if row is None:
            found = self._identity(text.encode("utf-8", "replace").decode("utf-8"))
            row = self._unknown if found is None else int(found)
            if len(self._known) < 50_000:
                self._known[text] = row
        return row
