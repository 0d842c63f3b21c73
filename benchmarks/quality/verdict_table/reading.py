"""Texts as the pipeline has them, vectors and claims, each made once; the time that it took is kept by itself."""

from __future__ import annotations

import time
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.verdict_table.cases import TextPair
from pipeline.contradictions.compare import claim_of, pair_with
from pipeline.models.encoder import Encoder
from schemas.claim import Claim
from schemas.pair import Pair


class Texts:
    """Vectors and claims of texts. `spent` are the seconds that they took."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._claims: dict[str, Claim] = {}

    @property
    def read(self) -> int:
        """How many texts were read."""
        return max(len(self._vectors), len(self._claims))

    def cosine(self, pair: TextPair) -> float:
        """Return the cosine of two texts, as the pipeline rounds it."""
        a, b = (self._vector(text.strip()).astype(np.float64) for text in pair)
        return round(float(np.dot(a, b)), 4)

    def pair(self, pair: TextPair) -> Pair:
        """Return two texts as the pair that `crossclaim compare` would judge."""
        a, b = (self._claim(text) for text in pair)
        return pair_with(a, b, self.cosine(pair))

    def _vector(self, text: str) -> NDArray[np.float32]:
        if text not in self._vectors:
            encoder, started = _encoder(), time.perf_counter()
            self._vectors[text] = encoder.encode([text])[0]
            self.spent += time.perf_counter() - started
        return self._vectors[text]

    def _claim(self, text: str) -> Claim:
        if text not in self._claims:
            started = time.perf_counter()
            self._claims[text] = claim_of(text)
            self.spent += time.perf_counter() - started
        return self._claims[text]


@lru_cache
def _encoder() -> Encoder:
    return Encoder()
