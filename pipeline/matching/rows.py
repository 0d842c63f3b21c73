"""Vectors by slot: in half precision as they come, and in bytes for leaving most of them out.

In blocks, so that room grows without a copy. A byte holds a component to half a step of its vector's own scale, so the
cosine of bytes is off by half a step times the sum of the other vector's components at most: what is left out could not
have reached the limit. numpy turns bytes into numbers ten times as fast as it does half precision (one core, AVX2).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float32]

BLOCK = 1 << 16
"""Rows a block. Memory that no row was written to is not taken yet."""

AT_ONCE = 8_192
"""Vectors compared together: 12 MB of numbers."""

_STEPS = 127


class VectorRows:
    """Vectors of one length. The lowest free slot is taken first, so that room at the end can be given back."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._exact: list[npt.NDArray[np.float16]] = []
        self._coarse: list[npt.NDArray[np.int8]] = []
        self._scales = array("f")
        self._taken = bytearray()
        self._free: list[int] = []

    def __len__(self) -> int:
        """Return the slot after the last one taken."""
        return len(self._taken)

    def put(self, vector: Rows) -> int:
        """Keep a vector of numbers that half precision holds exactly; return its slot."""
        slot = self._next()
        block, row = divmod(slot, BLOCK)
        if block == len(self._exact):
            self._exact.append(np.zeros((BLOCK, self.dimensions), np.float16))
            self._coarse.append(np.zeros((BLOCK, self.dimensions), np.int8))
        scale = float(np.abs(vector).max()) / _STEPS or 1.0
        self._exact[block][row] = vector
        self._coarse[block][row] = np.rint(vector / scale)
        self._scales[slot] = scale
        return slot

    def drop(self, slot: int) -> None:
        """Give a slot back."""
        self._taken[slot] = False
        heappush(self._free, slot)
        while self._taken and not self._taken[-1]:
            self._taken.pop()
        del self._scales[len(self._taken) :]
        for blocks in (self._exact, self._coarse):
            del blocks[-(-len(self._taken) // BLOCK) :]

    def read(self, slots: npt.ArrayLike) -> Rows:
        """Return the vectors of slots, (n, dimensions)."""
        return _gathered(self._exact, np.asarray(slots, np.int64), self.dimensions)

    def cosines_at_most(self, slots: npt.NDArray[np.int32], vector: Rows) -> Rows:
        """Return for each slot a number that its cosine with `vector` does not exceed, and mostly lies .01 below."""
        half_steps = float(np.abs(vector).sum()) / 2
        found = np.empty(len(slots), np.float32)
        for start in range(0, len(slots), AT_ONCE):
            some = slots[start : start + AT_ONCE]
            found[start : start + AT_ONCE] = _gathered(self._coarse, some, self.dimensions) @ vector
        scales: Rows = np.frombuffer(self._scales, np.float32)[slots]
        return (found + half_steps) * scales

    def _next(self) -> int:
        while self._free:
            slot = heappop(self._free)
            if slot < len(self._taken) and not self._taken[slot]:
                self._taken[slot] = True
                return slot
        self._taken.append(True)
        self._scales.append(1.0)
        return len(self._taken) - 1


def _gathered(blocks: Sequence[npt.NDArray[Any]], slots: npt.NDArray[np.integer], dimensions: int) -> Rows:
    if len(blocks) == 1:
        one: Rows = blocks[0][slots].astype(np.float32)
        return one
    found = np.empty((len(slots), dimensions), np.float32)
    for number, block in enumerate(blocks):
        inside = slots // BLOCK == number
        found[inside] = block[slots[inside] % BLOCK]
    return found
