"""MinHash signature of an article's text, by which near copies are recognised before they are read again.

Broder's min-wise hashing (1997) over shingles of 5 words. With 64 permutations the standard error of the estimated
Jaccard similarity is at most 1/(2·√64) = 0.0625.
"""

from __future__ import annotations

import re

import numpy as np
from rensa import RMinHash

PERMUTATIONS = 64
SHINGLE = 5
SEED = 20190604
"""Fixed for ever: signatures of different runs and machines are compared."""

MAX_WORDS = 20_000
"""How many words of a text are read."""

_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """Return the MinHash of a text: PERMUTATIONS little-endian uint32; equal for texts equal but for case and marks.

    A text without words has the empty signature b"".
    """
    found: list[str] = []
    for match in _WORD.finditer(text.lower()):
        found.append(match.group())
        if len(found) >= MAX_WORDS:
            break
    if not found:
        return b""
    shingles = [" ".join(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1))]
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(shingles)
    return np.asarray(minhash.digest(), dtype="<u4").tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """Return the estimated Jaccard similarity in [0, 1]; 0.0 where a signature is empty or their sizes differ."""
    if not a or len(a) != len(b):
        return 0.0
    left, right = np.frombuffer(a, dtype="<u4"), np.frombuffer(b, dtype="<u4")
    return float(np.mean(left == right))
