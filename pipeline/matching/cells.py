"""Which claims held share enough words with a new one to be looked at: an inverted index over slots.

Exact at every size and independent of the order of arrival, which an approximate vector index is not. A posting list is
an array of 4-byte slots in no order: at a million claims Python's sets of the same slots would take ten times as much.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Slots = npt.NDArray[np.int32]


class Cells:
    """Slots by word. A name counts as enough on its own, of other words two must be shared: with one, pairs on real
    news are topic only."""

    def __init__(self) -> None:
        self._slots: dict[str, array[int]] = {}

    def __len__(self) -> int:
        """Return how many words are held."""
        return len(self._slots)

    def add(self, slot: int, words: Iterable[str]) -> None:
        """Remember that `slot` has `words`."""
        for word in set(words):
            self._slots.setdefault(word, array("i")).append(slot)

    def remove(self, slot: int, words: Iterable[str]) -> None:
        """Forget it; words that nothing has any more are freed."""
        for word in set(words):
            held = self._slots[word]
            at = int(np.flatnonzero(_slots(held) == slot)[0])
            held[at] = held[-1]
            held.pop()
            if not held:
                del self._slots[word]

    def near(self, words: Iterable[str], names: Iterable[str]) -> Slots:
        """Return the slots, rising, that share one of `names` or at least two of `words`."""
        once = [_slots(held) for name in names if (held := self._slots.get(name))]
        many = [_slots(held) for word in words if (held := self._slots.get(word))]
        if len(many) > 1:
            every = np.concatenate(many)
            every.sort()
            once.append(every[1:][every[1:] == every[:-1]])
        return np.unique(np.concatenate(once)) if once else np.empty(0, np.int32)


def _slots(held: array[int]) -> Slots:
    return np.frombuffer(held, np.int32)
