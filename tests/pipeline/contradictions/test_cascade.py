"""The whole cascade with its real models: what must hold of any pair, and that the model has the last word."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks.newsclash.pairs import LabelledPair, load  # noqa: E402
from pipeline.contradictions.compare import Comparer  # noqa: E402
from pipeline.models.cross_encoder import CrossEncoder  # noqa: E402
from pipeline.models.encoder import Encoder  # noqa: E402
from schemas.verdict import Verdict  # noqa: E402

PAIRS = load("dev")
CLAUSES = (
    "{}, local radio reported",
    "{}, the news agency wrote on its website",
    "{}, according to two people who were in the room",
    "As rain fell outside, reporters were told: {}",
    "{}, said a woman who gave her name only as Ana",
)
"""Clauses that say nothing of what is claimed."""
SLOW = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@lru_cache
def comparer() -> Comparer:
    return Comparer(Encoder().encode, CrossEncoder())


def compared(a: str, b: str) -> Verdict:
    return comparer()(a, b)


@SLOW
@given(st.sampled_from(PAIRS))
def test_the_order_of_the_claims_changes_nothing(row: LabelledPair) -> None:
    one, other = compared(row.a, row.b), compared(row.b, row.a)
    assert (one.verdict, one.kind, one.score, one.layer) == (other.verdict, other.kind, other.score, other.layer)
    assert one.denier == {"a": "b", "b": "a", None: None}[other.denier]


@SLOW
@given(st.sampled_from([text for row in PAIRS for text in (row.a, row.b)]) | st.text(min_size=1, max_size=200))
@example("The minister denied the report, calling it false; 12 of 40 were hurt, not 14, he said.")
def test_a_claim_never_contradicts_its_own_copy(text: str) -> None:
    if text.strip():
        assert compared(text, text).verdict == "same"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Despite voting 'no,' they'd deal with Scotland.", "“Despite voting 'No' they’d deal with Scotland.", True),
        ("The ship was 3.5 metres short.", "The ship was 35 metres short.", False),
        ("The note cost $5.", "The note cost £5.", False),
    ],
)
def test_marks_and_capitals_make_no_other_claim(a: str, b: str, same: bool) -> None:
    assert (compared(a, b).layer == "gate") == same
    assert (compared(a, b).verdict == "same") == same


@SLOW
@given(st.sampled_from(PAIRS), st.sampled_from(CLAUSES), st.sampled_from("ab"))
def test_an_irrelevant_clause_flips_no_verdict(row: LabelledPair, clause: str, side: str) -> None:
    plain = compared(row.a, row.b).verdict
    longer = {"a": row.a, "b": row.b}
    longer[side] = clause.format(longer[side].rstrip("."))
    told = compared(longer["a"], longer["b"]).verdict
    assert {plain, told} not in ({"contradiction", "same"}, {"contradiction", "suggested"})


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "The ferry company cut 120 jobs in Marsdale in the spring.",
            "The ferry company cut 340 jobs in Port Ansel in the autumn.",
        ),
        (
            "The minister did not attend the summit in Oslo on Friday.",
            "The minister attended the ceremony in Bergen on Friday, which the summit did not mention.",
        ),
    ],
)
def test_signs_alone_make_no_contradiction(a: str, b: str) -> None:
    assert compared(a, b).verdict != "contradiction"


def test_a_contradiction_says_that_both_were_read_together() -> None:
    told = compared("The flood in Marsdale killed 14 people.", "Nobody died in the flood in Marsdale.")
    assert (told.verdict, told.layer) == ("contradiction", "model")
    assert any(reason.startswith("read together") for reason in told.reasons)
