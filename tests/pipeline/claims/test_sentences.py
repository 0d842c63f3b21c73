from __future__ import annotations

import pytest

from pipeline.claims.sentences import MAX_CHARACTERS, MAX_SENTENCE, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        (
            "Mr. Smith of the U.S. Navy paid $1.5 million. He left.",
            ["Mr. Smith of the U.S. Navy paid $1.5 million.", "He left."],
        ),
        ("J. R. Jones spoke. “It is so.” She left.", ["J. R. Jones spoke.", "“It is so.”", "She left."]),
        ("A headline without a stop\n\nThe first sentence.", ["A headline without a stop", "The first sentence."]),
        ("on trade, and\n\nmilitarily.", ["on trade, and\n\nmilitarily."]),
        ("“A?” he asked. “B.”", ["“A?” he asked.", "“B.”"]),
        ("LONDON, June 3 (Agency) - It rained.", ["It rained."]),
    ],
)
def test_sentences(text, expected):
    assert [text[s.start : s.end] for s in sentences(text)] == expected


def test_bounded():
    found = sentences("word " * 100_000)
    assert found[-1].end <= MAX_CHARACTERS
    assert max(s.end - s.start for s in found) <= MAX_SENTENCE


def test_paragraph_numbers():
    assert [s.paragraph for s in sentences("A one. A two.\n\nB one.")] == [0, 0, 1]
