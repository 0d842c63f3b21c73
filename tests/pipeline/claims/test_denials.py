from __future__ import annotations

import pytest

from pipeline.claims.denials import Candidate, denied, denies_by_content, negated


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("There is no truth to the report", True),
        ("The figures have been exaggerated tens of times", True),
        ("It has nothing to do with reality", True),
        ("there is no talk of any cuts", True),
        ("The allegations are totally false", True),
        ("This never happened", True),
        ("He was arrested on false pretences", False),
        ("The firm did not make a profit", False),
        ("The president deplored the attack", False),
    ],
)
def test_words_that_deny(content, expected):
    assert denies_by_content(content) is expected


def test_a_denied_denial():
    assert negated("Acme did not deny that it closed")
    assert not negated("Acme denied that it closed")


def candidate(name: str, source: str, content: str, position: int, denies: bool = False) -> Candidate:
    return Candidate(name, position, source, None, content, content, denies, False)


def test_the_named_source_is_denied():
    denial = candidate("d", "Acme", "The Herald's report is false", 200, denies=True)
    herald = candidate("h", "Daily Herald", "Acme closed its plant in Leeds", 0)
    other = candidate("o", "Jane Roe", "The report was read by many", 100)
    assert denied(denial, [herald, other, denial]) == "h"
    assert denied(denial, [denial]) is None
