"""Two rankings made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

RANK_CONSTANT = 60
"""How much the first places count for more than the next; 60 is from Cormack, Clarke and Büttcher, SIGIR 2009, who
found the outcome hardly changes between 20 and 100."""

CANDIDATES = 200
"""How deep each ranking is read before they are fused; deeper only when a page beyond it is asked for."""

MIN_SIMILARITY = 0.3
"""Nearest claims below this cosine are not offered: MiniLM puts unrelated texts below .35 (DESIGN.md, 5), and typed
words, shorter than a claim, score a little lower than claims among themselves."""

K = TypeVar("K")


def fuse(*rankings: Sequence[K]) -> list[tuple[K, float]]:
    """Return all keys with their reciprocal rank score, best first; of equals the first ranking's first."""
    scores: dict[K, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + 1 / (RANK_CONSTANT + place)
    return sorted(scores.items(), key=lambda item: -item[1])
