from __future__ import annotations

import pytest

from pipeline.claims.saying.quotations import quotations
from pipeline.claims.sentences import paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and "yes".', ["no", "yes"]),
        ("He said “it is ‘so’ there” now.", ["it is ‘so’ there"]),
        ("He said ‘it isn’t the workers’ fault’ now.", ["it isn’t the workers’ fault"]),
        ("It isn't the workers' fault.", []),
        ("“A “nested” one” ends.", ["A “nested” one"]),
        ("“Open to the end", ["Open to the end"]),
        ("«Oui» he said", ["Oui"]),
        ("''Doubled,'' he said.", ["Doubled,'"]),
    ],
)
def test_quotations(text, expected):
    found = quotations(text, paragraphs(text))
    assert [text[q.inner_start : q.inner_end] for q in found] == expected


def test_a_quotation_goes_on_in_the_next_paragraph():
    text = "“First part.\n\n“Second part.”\n\n“Another.”"
    assert [q.goes_on for q in quotations(text, paragraphs(text))] == [False, True, False]
