"""The memory of matching: the claims held, their vectors and words, and the articles they come from.

Bounded: claims leave in the order in which they came. A denial is filed twice, under its own words and vector and under
those of what it denies, so that it meets the reports of that in other articles.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.matching.cells import Cells
from schemas.claim import Claim

Rows = npt.NDArray[np.float32]
_FIRST_ROWS = 1024


@dataclass(frozen=True)
class View:
    """One way to find a claim: by its own words, or (`denied`) by the words of what it denies."""

    claim: Claim
    vector: Rows
    words: tuple[str, ...]
    names: tuple[str, ...]
    denied: bool = False


@dataclass
class HeldArticle:
    """What is remembered of an article: its revision, fingerprint, signature, the direction of its claims' mean vector
    (a row of unit length) and its claims (ids, in order)."""

    revision: int
    content_hash: str
    signature: bytes
    direction: Rows
    claims: list[str] = field(default_factory=list)


class Window:
    """Claims held for comparing. `dimensions` is the length of their vectors."""

    def __init__(self, dimensions: int = 384) -> None:
        self.articles: OrderedDict[str, HeldArticle] = OrderedDict()
        self._cells = Cells()
        self._vectors: Rows = np.zeros((_FIRST_ROWS, dimensions), np.float32)
        self._views: dict[int, View] = {}
        self._slots: OrderedDict[str, list[int]] = OrderedDict()
        self._free: list[int] = []

    def __len__(self) -> int:
        """Return how many claims are held."""
        return len(self._slots)

    @property
    def dimensions(self) -> int:
        """Return the length of the vectors held."""
        return int(self._vectors.shape[1])

    @property
    def rows(self) -> int:
        """Return how many vectors there is room for."""
        return len(self._vectors)

    @property
    def words(self) -> int:
        """Return how many words and names claims are filed under."""
        return len(self._cells)

    def __contains__(self, claim_id: object) -> bool:
        return claim_id in self._slots

    def add(self, views: Iterable[View]) -> None:
        """Hold views of claims; their article must be held already."""
        for view in views:
            slot = self._take_slot()
            self._vectors[slot] = view.vector
            self._views[slot] = view
            self._cells.add(slot, (*view.words, *view.names))
            self._slots.setdefault(view.claim.claim_id, []).append(slot)

    def forget_article(self, article_id: str) -> None:
        """Let go of an article and its claims."""
        held = self.articles.pop(article_id, None)
        for claim_id in held.claims if held else ():
            self._drop(claim_id)

    def trim(self, claims: int) -> None:
        """Let the longest-held go until at most `claims` claims, and as many articles, are held."""
        while len(self._slots) > claims:
            claim_id, slots = next(iter(self._slots.items()))
            held = self.articles.get(self._views[slots[0]].claim.article_id)
            if held is not None:
                held.claims.remove(claim_id)
            self._drop(claim_id)
        while len(self.articles) > claims:
            self.forget_article(next(iter(self.articles)))

    def near(self, view: View, threshold: float) -> Iterator[View]:
        """Yield the views held that share words or names with `view` and whose cosine is not clearly below `threshold`.

        The cosine is computed in bulk here; the caller computes it again for each pair, exactly.
        """
        slots = self._cells.near(view.words, view.names)
        if not slots.size:
            return
        cosines = self._vectors[slots] @ view.vector
        for slot in slots[cosines >= threshold - _SLACK]:
            yield self._views[int(slot)]

    def _drop(self, claim_id: str) -> None:
        for slot in self._slots.pop(claim_id, ()):
            view = self._views.pop(slot)
            self._cells.remove(slot, (*view.words, *view.names))
            self._free.append(slot)

    def _take_slot(self) -> int:
        if self._free:
            return self._free.pop()
        slot = len(self._views)
        if slot == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        return slot


_SLACK = 1e-3
"""Room for rounding between the cosine in bulk and the exact one."""
