"""Search finds what people look for, on both stores alike: nDCG and MRR of labelled searches hold their floors."""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from benchmarks.quality.search.labels import grades, searches
from benchmarks.quality.search.metrics import Score, has_answer, score
from benchmarks.quality.search.ranking import WAYS, Ranked, Store, Way, opened, rank, vectors
from benchmarks.quality.search.small import small

pytestmark = pytest.mark.services

FLOORS = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "quality" / "floors.toml").read_text())["search"]
ASKED = [one for one in searches("test") if has_answer(grades().get(one.id, {}))]


@pytest.fixture(scope="module")
def ranked(elasticsearch: Any) -> dict[Store, dict[Way, Ranked]]:
    """What each way of searching finds on each store."""
    documents = [one for one in small() if one.collection == "claims"]
    known = vectors(ASKED)
    found: dict[Store, dict[Way, Ranked]] = {}
    for store in ("sqlite", "elasticsearch"):
        with opened(store, documents, elasticsearch.url) as index:
            found[store] = {way: rank(index, ASKED, known, way) for way in WAYS}
    return found


def scores(found: Ranked) -> list[Score]:
    return [score(found[one.id], grades()[one.id]) for one in ASKED]


@pytest.mark.parametrize("store", ["sqlite", "elasticsearch"])
def test_words_and_meaning_together_find_best(ranked: dict[Store, dict[Way, Ranked]], store: Store) -> None:
    ndcg = {way: fmean(each.ndcg for each in scores(ranked[store][way])) for way in WAYS}
    assert ndcg["both"] >= FLOORS["ndcg"]
    assert ndcg["both"] - ndcg["words"] >= FLOORS["over_words"]
    assert ndcg["both"] - ndcg["meaning"] >= FLOORS["over_meaning"]
    assert fmean(each.reciprocal_rank for each in scores(ranked[store]["both"])) >= FLOORS["mrr"]


def test_both_stores_rank_alike(ranked: dict[Store, dict[Way, Ranked]]) -> None:
    for way in WAYS:
        one, other = ranked["sqlite"][way], ranked["elasticsearch"][way]
        shared = [len({*one[a.id]} & {*other[a.id]}) / max(1, len(one[a.id])) for a in ASKED if one[a.id]]
        assert fmean(shared) >= 0.9, way
