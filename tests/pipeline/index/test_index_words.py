"""What a person typed, as terms; and two rankings made one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.ranking import fuse
from pipeline.index.words import MAX_TERMS, Term, parse


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("staff cuts", [Term("staff"), Term("cuts")]),
        ("the staff of Rostec", [Term("staff"), Term("Rostec")]),
        ("no cuts", [Term("no"), Term("cuts")]),
        ("to be or", [Term("to"), Term("be"), Term("or")]),
        ('"no talk of" cuts', [Term("no talk of", phrase=True), Term("cuts")]),
        ("“no  talk”", [Term("no talk", phrase=True)]),
        ("venez*", [Term("venez", prefix=True)]),
        ("state-owned", [Term("state-owned", phrase=True)]),
        ("Russia's staff, (cut)!", [Term("Russia"), Term("staff"), Term("cut")]),
        ("workers’ pay", [Term("workers"), Term("pay")]),
        ('foo" OR (', [Term("foo")]),
        ("staff staff", [Term("staff")]),
        ("?! 👍 *", []),
        ("", []),
    ],
)
def test_terms(typed: str, terms: list[Term]) -> None:
    assert list(parse(typed)) == terms


@given(st.text())
def test_anything_can_be_typed(typed: str) -> None:
    terms = parse(typed)
    assert len(terms) <= MAX_TERMS
    for term in terms:
        assert '"' not in term.text
        assert any(map(str.isalnum, term.text))
        term.text.encode("utf-8")


def test_what_both_rankings_hold_comes_first() -> None:
    assert [key for key, _ in fuse(["a", "b", "c"], ["d", "b"], all_words=True)] == ["b", "a", "c", "d"]
    assert fuse([], [], all_words=True) == []


def test_words_that_no_document_has_together_count_for_less_than_meaning() -> None:
    assert [key for key, _ in fuse(["a", "b", "c"], ["d", "b"], all_words=False)] == ["b", "d", "a", "c"]
