"""Numerals and words, read without the parser's help."""

from __future__ import annotations

import pytest
import spacy

from pipeline.claims.figures.meanings import digits
from pipeline.claims.figures.numerals import numeral
from pipeline.claims.figures.words import Words, may_hold_figures


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1,234.5", 1234.5),
        ("7", 7),
        (".5", 0.5),
        ("1,00,000", 100_000),
        ("10 000", 10_000),
        ("1.2.3", None),
        ("x", None),
    ],
)
def test_digits(word, value):
    assert digits(word) == value


@pytest.fixture(scope="module")
def read():
    language = spacy.blank("en")
    return lambda text: numeral(Words(language(text)), 0)


@pytest.mark.parametrize(
    ("text", "low", "high", "length"),
    [
        ("twenty-five men", 25, 25, 3),
        ("a hundred and ten pence", 110, 110, 4),
        ("two hundred and fifty thousand people", 250_000, 250_000, 5),
        ("one hundred and two hundred people", 100, 100, 2),
        ("three million two hundred thousand", 3.2e6, 3.2e6, 5),
        ("one and a half million euros", 1.5e6, 1.5e6, 5),
        ("2½ miles", 2.5, 2.5, 2),
        ("half a million", 5e5, 5e5, 3),
        ("a quarter of a million", 250_000, 250_000, 5),
        ("three point five percent", 3.5, 3.5, 3),
        ("tens of thousands of fans", 20_000, 100_000, 3),
        ("a few dozen staff", 24, 60, 3),
        ("a couple of hundred people", 200, 300, 4),
        ("double digits", 10, 99, 2),
        ("12bn people", 12e9, 12e9, 2),
    ],
)
def test_numerals(read, text, low, high, length):
    found = read(text)
    assert (found.low, found.high, found.end) == (pytest.approx(low), pytest.approx(high), length)


@pytest.mark.parametrize("text", ["million reasons", "few people", "the end", "and a half", "scores"])
def test_what_is_no_numeral(read, text):
    assert read(text) is None


def test_a_sentence_without_digits_or_number_words_is_passed_over():
    assert not may_hold_figures("The minister went home.")
    assert may_hold_figures("The minister lost half.")
    assert may_hold_figures("It cost £9.")


def test_long_input_is_read_at_all_and_quickly(read):
    assert read("one " * 3000) is not None
    assert read("9" * 20_000) is None
    assert read("1" + ",234" * 5000) is None
