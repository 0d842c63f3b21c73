"""Named entities by spaCy's model, decoded here for all sentences at once.

The transition system is spaCy's (BILUO moves, Lample et al., NAACL 2016) and so are the entities found; only the loop
over tokens is ours, because spaCy's own takes the interpreter lock once for each of some 70 moves of each token: 58
of its 88 ms on an article of 600 words. Outside an entity the model sees nothing but the token, so the best moves of
all tokens come from one product of matrices; only within an entity does one token wait for the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.tokens import Span

_MAX_TOKENS = 16_384
"""Tokens decoded together; it bounds memory at some 100 MB, and few articles have more in their claims."""

Floats = npt.NDArray[np.float32]
Booleans = npt.NDArray[np.bool_]


class Recogniser:
    """Finds the entities of documents with the weights of a loaded `ner` pipe. Stateless; documents change in place."""

    def __init__(self, ner: Any) -> None:
        """Read the weights of spaCy's named-entity recogniser."""
        self._vectors = ner.model.get_ref("tok2vec")
        self._lower = ner.model.get_ref("lower")
        self._product = ner.model.ops.gemm
        self._bias: Floats = self._lower.get_param("b")
        upper = ner.model.get_ref("upper")
        self._weights: Floats = upper.get_param("W")
        self._weights_bias: Floats = upper.get_param("b")
        names = [ner.moves.get_class_name(number) for number in range(len(self._weights))]
        self._moves = [(name[0], name[2:]) for name in names]
        self._inside = {name[2:]: (names.index(name), names.index(f"L-{name[2:]}")) for name in names if name[0] == "I"}
        self._begin = np.array([kind == "B" for kind, _ in self._moves])
        self._unit = np.array([kind == "U" for kind, _ in self._moves])
        self._never = np.array([kind in "IL" or (kind == "U" and not label) for kind, label in self._moves])

    def __call__(self, docs: Sequence[Any]) -> None:
        """Set the entities of each document."""
        batch: list[Any] = []
        size = 0
        for doc in docs:
            if batch and size + len(doc) > _MAX_TOKENS:
                self._batch(batch)
                batch, size = [], 0
            if len(doc):
                batch.append(doc)
                size += len(doc)
        if batch:
            self._batch(batch)

    def _batch(self, docs: list[Any]) -> None:
        features: Floats = self._lower.predict(self._vectors.predict(docs))
        read = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs]).astype(np.int64)
        ends = np.append(read[1:, 1] == 1, True)
        lasts = np.cumsum([len(doc) for doc in docs]) - 1
        ends[lasts] = True
        moves = self._outside(features, read[:, 0] == 1, ends)
        for doc, last in zip(docs, lasts, strict=True):
            self._read(doc, int(last) - len(doc) + 1, features, moves, ends)

    def _outside(self, features: Floats, spaces: Booleans, ends: Booleans) -> list[int]:
        """Return the best move of every token if no entity is open there. Row 0 of the features pads."""
        hidden = (features[1:, 0] + (features[0, 1] + features[0, 2] + self._bias)).max(axis=2)
        # thinc's product: numpy's starts threads that cost more than they save on matrices this small
        scores = self._product(hidden, self._weights, trans2=True) + self._weights_bias
        closed = self._never | ((spaces | ends)[:, None] & self._begin) | (spaces[:, None] & self._unit)
        return [int(move) for move in np.where(closed, -np.inf, scores).argmax(axis=1)]

    def _read(self, doc: Any, offset: int, features: Floats, moves: list[int], ends: Booleans) -> None:
        spans: list[Span] = []
        position = 0
        while position < len(doc):
            kind, label = self._moves[moves[offset + position]]
            first, position = position, position + 1
            if kind == "B":
                position = self._end(offset + first, label, features, ends) - offset
            if kind in "BU":
                spans.append(Span(doc, first, position, label=label))
        doc.set_ents(spans)

    def _end(self, first: int, label: str, features: Floats, ends: Booleans) -> int:
        """Return the row after the last one of the entity that begins at row `first`."""
        inside, last = self._inside[label]
        weights = self._weights[inside] - self._weights[last]
        bias = self._weights_bias[inside] - self._weights_bias[last]
        opening = features[first + 1, 1] + self._bias
        row = first + 1
        while not ends[row]:
            hidden = (features[row + 1, 0] + opening + features[row, 2]).max(axis=1)
            if float(hidden @ weights + bias) <= 0:
                break
            row += 1
        return row + 1
