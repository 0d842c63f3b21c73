from __future__ import annotations

import gzip
import json

import pytest

from pipeline.claims.checkworthy import checkworthy, ends_article


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("Acme fired 300 workers in Leeds on Friday.", "We should all be proud of this beautiful country."),
        ("The toll rose to 61 in Lomera.", "The toll may rise further."),
        ("Two men were killed in Oslo.", "Were two men killed in Oslo?"),
        ("The firm sold its plant in Leeds.", "See below."),
    ],
)
def test_facts_before_opinions(higher, lower):
    assert checkworthy(higher) > checkworthy(lower)


def test_boilerplate_scores_nothing():
    assert checkworthy("His new book as editor was published in 2014 by Clarity Press.") == 0
    assert ends_article("The original source of this article is Global Research")


def test_it_agrees_with_people(shared):
    """Area under the ROC curve on ClaimBuster, as measured when the weights were set (.84)."""
    with gzip.open(shared / "claims/checkworthy.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["source"] == "claimbuster"][:3000]
    yes = sorted(checkworthy(row["sentence"]) for row in rows if row["label"])
    no = sorted(checkworthy(row["sentence"]) for row in rows if not row["label"])
    won = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    assert won / (len(yes) * len(no)) > 0.8
