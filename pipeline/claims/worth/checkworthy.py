"""Check-worthiness: how much a sentence states something that can be checked, by its words alone.

A linear model over words, pairs and parts of words and the shape of the sentence (`wording`), fitted on ClaimBuster's
debates and calibrated there: a score of .6 means that of such sentences six in ten were judged worth checking. Figures
on debates and on news, and how it is made: models/checkworthy/README.md. Boilerplate scores 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.claims.worth.boilerplate import boilerplate, ends_article
from pipeline.claims.worth.wording import pair_terms, read, scale, shape, word_terms
from pipeline.models.manifest import MEND, MODELS, ModelError, find_model

__all__ = ["LEAST", "Worth", "checkworthy", "ends_article", "read_weights"]

LEAST = 0.0001
"""What a sentence scores at least that is not boilerplate: 0 is kept for that."""

WORDS_HELD = 50_000
"""Words whose summed weights are held; some 5 MB. A week of the sample newsroom has 6,000."""


class Worth:
    """The linear model. Holds the weights and the sums of words met, so one may be shared by all articles."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """`weights` by term, those of `wording.terms`; a term that is not listed weighs nothing."""
        self._weights = weights
        self._shape = {name: weight for name, weight in weights.items() if name.startswith("s ")}
        self._pairs = {name[2:]: weight for name, weight in weights.items() if name.startswith("p ")}
        self._words: dict[str, float] = {}

    def logit(self, sentence: str) -> float:
        """Return the logarithm of the odds that a sentence is worth checking."""
        found = read(sentence)
        texts = [word.text for word in found]
        pairs = self._pairs
        total = sum([self._word(text) for text in dict.fromkeys(texts)])
        total += sum([pairs[pair] for pair in pair_terms(texts) if pair in pairs])
        weights = self._shape
        shaped = sum([weights[name] * value for name, value in shape(sentence, found).items() if name in weights])
        return shaped + total * scale(len(found))

    def probability(self, sentence: str) -> float:
        """Return how likely a sentence is worth checking, in (0, 1)."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.logit(sentence)))))

    def _word(self, word: str) -> float:
        held = self._words.get(word)
        if held is None:
            weights = self._weights
            held = sum([weights[term] for term in word_terms(word) if term in weights])
            if len(self._words) < WORDS_HELD:
                self._words[word] = held
        return held


def checkworthy(sentence: str) -> float:
    """Return the check-worthiness of a sentence in [0, 1], rounded to 4 decimals; 0 for boilerplate.

    Some 40 µs a sentence. Raises ModelError on the first call if the weights are missing or changed.
    """
    if boilerplate(sentence):
        return 0.0
    return max(LEAST, round(_shipped().probability(sentence), 4))


@cache
def _shipped() -> Worth:
    return Worth(read_weights(find_model("checkworthy", MODELS).graph))


def read_weights(path: Path) -> dict[str, float]:
    """Return the weights by term of a file with `term<TAB>weight` in each line. Raises ModelError."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = (line.rpartition("\t") for line in lines)
        return {term: float(weight) for term, _, weight in rows}
    except (OSError, ValueError) as error:
        raise ModelError(f"reading the weights of check-worthiness {path}: {error}; {MEND}") from error
