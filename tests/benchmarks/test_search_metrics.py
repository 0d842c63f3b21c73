"""How rankings are scored, by hand; and whether the labelled searches are whole."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from benchmarks.quality.search.labels import grades, searches
from benchmarks.quality.search.metrics import has_answer, interval, score


def test_a_perfect_ranking_scores_one_and_none_zero() -> None:
    graded = {"a": 3, "b": 2, "c": 0}
    best = score(["a", "b", "c"], graded)
    assert (best.ndcg, best.reciprocal_rank, best.recall, best.unjudged) == (1, 1, 1, 0)
    worst = score([], graded)
    assert (worst.ndcg, worst.reciprocal_rank, worst.recall) == (0, 0, 0)


def test_gain_is_discounted_by_place() -> None:
    told = score(["x", "b", "a"], {"a": 3, "b": 1})
    assert told.ndcg == pytest.approx((1 / math.log2(3) + 7 / math.log2(4)) / (7 / math.log2(2) + 1 / math.log2(3)))
    assert told.reciprocal_rank == pytest.approx(1 / 3)  # a grade of 1 is related, not relevant
    assert told.unjudged == pytest.approx(1 / 3)


def test_only_the_first_ten_count() -> None:
    assert score([*map(str, range(10)), "a"], {"a": 3}).ndcg == 0
    assert score(["a"], {"a": 3, **{f"b{n}": 2 for n in range(20)}}).recall == pytest.approx(0.1)


def test_a_search_without_an_answer_cannot_be_scored() -> None:
    assert not has_answer({"a": 1})
    with pytest.raises(ValueError, match="leave it out"):
        score(["a"], {"a": 1})


def test_an_interval_holds_its_mean_and_is_the_same_again() -> None:
    found = interval([0.0, 0.5, 1.0, 1.0])
    assert found.low < found.mean == 0.625 < found.high
    assert found == interval([0.0, 0.5, 1.0, 1.0])


def test_the_searches_are_whole() -> None:
    asked = searches()
    assert len({one.id for one in asked}) == len({one.text for one in asked}) == len(asked) >= 60
    kinds = Counter((one.kind, one.part) for one in asked)
    assert len({kind for kind, _ in kinds}) == 12
    assert {part for _, part in kinds} == {"dev", "test"}
    assert set(kinds.values()) == {3}
    assert grades().keys() <= {one.id for one in asked}
    assert sum(has_answer(each) for each in grades().values()) >= 60
