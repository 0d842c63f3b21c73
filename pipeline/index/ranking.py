"""Two rankings made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

RANK_CONSTANT = 20
"""How much the first places count for more than the next. Cormack, Clarke and Büttcher (SIGIR 2009) found the outcome
hardly changes between 20 and 100; here it hardly does between 10 and 60, and 20 is a little better than 60 (0012)."""

ALL_WORDS_WEIGHT = 1.5
"""What a place in the ranking by words counts for, against 1 by meaning, where documents have all of the words."""

SOME_WORDS_WEIGHT = 0.2
"""The same where no document has them all: then the words are misspelt, or other ones than the claim's, and meaning
knows better. Both weights were chosen on half "dev" of the labelled searches (docs/decisions/0012-search.md)."""

CANDIDATES = 200
"""How deep each ranking is read before they are fused; deeper only when a page beyond it is asked for."""

MIN_SIMILARITY = 0.3
"""Nearest claims below this cosine are not offered: MiniLM puts unrelated texts below .35 (DESIGN.md, 5), and typed
words, shorter than a claim, score a little lower than claims among themselves; .35 loses right answers (0012)."""

K = TypeVar("K")


def fuse(worded: Sequence[K], near: Sequence[K], *, all_words: bool) -> list[tuple[K, float]]:
    """Return all keys with their weighted reciprocal rank score, best first; of equals those by words first.

    `worded` is the ranking by words, `near` that by meaning; `all_words` says whether `worded` has documents with all
    of the words, or, for want of such, with any.
    """
    weight = ALL_WORDS_WEIGHT if all_words else SOME_WORDS_WEIGHT
    scores: dict[K, float] = {}
    for ranking, worth in ((worded, weight), (near, 1.0)):
        for place, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + worth / (RANK_CONSTANT + place)
    return sorted(scores.items(), key=lambda item: -item[1])
