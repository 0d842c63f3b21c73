"""Comparing strings and lines of `crossclaim claims`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.contradictions.compare import Comparer, claim_of, compare
from pipeline.errors import Unusable


def encode(texts: Sequence[str]) -> np.ndarray:
    """A hand-written stand-in for the model: all texts point the same way, nearly."""
    rows = np.array([[1.0, len(text) / 10_000] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_strings_get_figures_and_names() -> None:
    found = claim_of("About 1,000 people fled Caracas on Monday.")
    assert [(it.low, it.high, it.counted) for it in found.quantities] == [(900, 1100, "people")]
    assert "Caracas" in {entity.name for entity in found.entities}


def test_given_fields_are_kept() -> None:
    found = claim_of(
        {"text": "It cut 5 jobs.", "standalone": "Rostec cut 5 jobs.", "stance": "denies", "quantities": []}
    )
    assert (found.standalone, found.stance, found.quantities) == ("Rostec cut 5 jobs.", "denies", ())


def test_strings_and_objects_give_one_verdict() -> None:
    a, b = "The court convicted governor Otundo of fraud.", "The court acquitted governor Otundo of fraud."
    verdict = compare(a, b, encode)
    assert verdict.verdict == "contradiction"
    assert verdict == Comparer(encode)({"text": a}, {"text": b})


@pytest.mark.parametrize(
    "wrong", ["", "  ", {}, {"text": None}, {"text": "x", "stance": "shouts"}, {"text": "x", "start": "y"}]
)
def test_what_is_no_claim_is_refused(wrong: object) -> None:
    with pytest.raises(Unusable, match="comparing claims"):
        compare(wrong, "The court acquitted Otundo.", encode)  # type: ignore[arg-type]
