"""The contract: counted by value and by time, suggested by beginnings, found by likeness."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.ports import Index, Query
from tests.pipeline.index.contract_support import Settle, ids
from tests.pipeline.index.index_builders import NOON, direction, document, hours


class Counting:
    def test_facets_count_what_matches(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("a", "Staff were cut", outlet="Herald", entities=["Rostec", "Venezuela"]),
                document("b", "Staff were cut again", outlet="Ledger", entities=["Rostec"]),
                document("c", "Staff were hired", outlet="Ledger", entities=[]),
                document("d", "Staff were cut", outlet="Gone", status="superseded"),
            ]
        )
        settle()
        counts = index.facets(Query("claims", words="staff"), ["outlet", "entities", "stance"])
        assert counts["outlet"] == (("Ledger", 2), ("Herald", 1))
        assert counts["entities"] == (("Rostec", 2), ("Venezuela", 1))
        assert index.facets(Query("claims", words="staff cut", outlet="ledger"), ["entities"]) == {
            "entities": (("Rostec", 1),)
        }
        assert index.facets(Query("claims"), ["outlet"], size=1) == {"outlet": (("Ledger", 2),)}
        with pytest.raises(ValueError, match="cannot filter by"):
            index.facets(Query("claims"), ["sentence"])

    def test_facets_count_any_word_where_none_has_all(self, index: Index, settle: Settle) -> None:
        index.write([document("a", "staff", outlet="Herald"), document("b", "weather", outlet="Ledger")])
        settle()
        assert index.facets(Query("claims", words="staff unheard"), ["outlet"]) == {"outlet": (("Herald", 1),)}

    def test_a_histogram_counts_by_time(self, index: Index, settle: Settle) -> None:
        times = [hours(0), hours(0.5), hours(3), hours(30), NOON - timedelta(days=200)]
        index.write([document(str(i), published_at=at.isoformat()) for i, at in enumerate(times)])
        settle()
        day = NOON.replace(hour=0)
        recent = Query("claims", since=day)
        assert index.histogram(recent, "hour") == ((NOON, 2), (hours(3), 1), (hours(30), 1))
        assert index.histogram(recent, "day") == ((day, 3), (day + timedelta(days=1), 1))
        assert index.histogram(recent, "week") == ((day, 4),)  # 3 June 2019 is a Monday
        assert [number for _, number in index.histogram(Query("claims"), "month")] == [1, 4]
        assert index.histogram(Query("claims", words="unheard"), "day") == ()

    def test_until_leaves_out_what_came_later(self, index: Index, settle: Settle) -> None:
        index.write([document("old"), document("new", published_at=hours(2).isoformat())])
        settle()
        assert ids(index.search(Query("claims", until=hours(2)))) == ["old"]
        assert ids(index.search(Query("claims", since=hours(1), until=hours(3)))) == ["new"]

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("ros", ["Rostec", "Igor Rostov"]),
            ("ROSTE", ["Rostec"]),
            ("igor  ro", ["Igor Rostov"]),
            ("ostec", []),
            ("A.*", []),
            ("a+b (", ['A+B (C) "D"']),
            ("é", ["Édouard"]),
            ("?!", []),
            ("", []),
        ],
    )
    def test_values_are_suggested_by_the_beginnings_of_their_words(
        self, index: Index, settle: Settle, typed: str, found: list[str]
    ) -> None:
        names = ["Rostec", "Igor Rostov", 'A+B (C) "D"', "Édouard"]
        index.write([document(f"{n}-{m}", entities=[name]) for n, name in enumerate(names) for m in range(4 - n)])
        settle()
        assert [value for _, value, _ in index.suggest("claims", ["entities"], typed)] == found

    def test_suggestions_say_what_they_are_and_how_many(self, index: Index, settle: Settle) -> None:
        index.write([document("a", entities=["Rostec"]), document("b", entities=["Rostec"], outlet="Roster Daily")])
        settle()
        assert index.suggest("claims", ["outlet", "entities"], "rost") == (
            ("entities", "Rostec", 2),
            ("outlet", "Roster Daily", 1),
        )

    def test_like_finds_what_means_the_same_but_not_itself(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("one", vector=direction(1)),
                document("near", vector=direction(1, 0.4)),
                document("far", vector=direction(9)),
                document("mute"),
            ]
        )
        settle()
        found = index.search(Query("claims", like="one"))
        assert ids(found) == ["near"]
        assert found.hits[0].score == pytest.approx(0.917, abs=0.02)
        assert index.search(Query("claims", like="mute")).total == 0
        assert index.search(Query("claims", like="unheard")).total == 0
        with pytest.raises(ValueError, match="like"):
            index.search(Query("clusters", like="one"))
