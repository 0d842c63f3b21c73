"""Stems, content words and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_builder import claim

from pipeline.matching.names import name_key, one_source, shared_names
from pipeline.matching.words import content_words, stem, tokens


@pytest.mark.parametrize(
    "forms",
    [
        "close closes closed closing",
        "stop stopped stopping",
        "die died dying",
        "policy policies",
        "strike struck striking",
    ],
)
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_different_words_keep_apart() -> None:
    words = ["miss", "mission", "miner", "mine", "minister", "ministry", "union", "unit", "policy", "police"]
    assert len({stem(word) for word in words}) == len(words)


def test_content_words_leave_out_who_said_it_and_figures() -> None:
    assert content_words("The ministry said on Monday that 1,000 reactors were closed") == {
        "ministry",
        "reactor",
        "clos",
    }


def test_tokens_keep_figures_and_codes_whole() -> None:
    assert tokens("H5N1 hit 1,000.5 of Cup’s") == ["h5n1", "hit", "1,000.5", "of", "cup's"]


@given(st.text())
def test_any_text_has_tokens_and_stems(text: str) -> None:
    assert all(stem(word) for word in tokens(text) if word.strip("'s"))


@pytest.mark.parametrize(
    ("a", "b"), [("President Putin’s", "Putin"), ("The Kremlin", "kremlin"), ("U.S.", "US"), ("Mr Blake", "Blake")]
)
def test_name_keys_ignore_titles_and_marks(a: str, b: str) -> None:
    assert name_key(a) == name_key(b)


def test_shared_names_are_told_in_the_longer_form() -> None:
    a, b = claim("x", "one", names=("The Kremlin", "Caracas")), claim("y", "two", names=("Kremlin", "Lima"))
    assert shared_names(a, b) == shared_names(b, a) == ("The Kremlin",)


def test_one_named_source_is_one_and_two_unnamed_are_not() -> None:
    a, b = claim("x", "one"), claim("y", "two")
    assert one_source(a, b)
