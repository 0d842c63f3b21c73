"""The contract: found by meaning, and by words and meaning together."""

from __future__ import annotations

import pytest

from pipeline.index import index_message
from pipeline.ports import Index, Query
from tests.pipeline.index import index_builders as story
from tests.pipeline.index.contract_support import Settle, ids
from tests.pipeline.index.index_builders import direction, document, hours


class Meaning:
    def test_the_nearest_come_first(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("same", vector=direction(0)),
                document("near", vector=direction(0, 0.6)),
                document("far", vector=direction(50)),
                document("without"),
            ]
        )
        settle()
        found = index.search(Query("claims", vector=direction(0)))
        assert ids(found) == ["same", "near"]
        assert found.total == 2
        assert [hit.score for hit in found.hits] == pytest.approx([1.0, 0.8], abs=0.02)

    def test_words_and_meaning_together(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("both", "staff reductions", vector=direction(0, 0.1)),
                document("words", "staff canteen", vector=direction(99)),
                document("meaning", "workforce shrinks", vector=direction(0)),
                document("neither", "weather", vector=direction(200)),
            ]
        )
        settle()
        found = index.search(Query("claims", words="staff", vector=direction(0)))
        assert ids(found)[0] == "both"
        assert set(ids(found)) == {"both", "words", "meaning"}
        assert found.total == 3
        assert "<mark>staff</mark>" in found.hits[0].highlights["standalone"][0]
        second = index.search(Query("claims", words="staff", vector=direction(0), limit=1, offset=1))
        assert ids(second) == ids(found)[1:2]

    def test_filters_hold_for_meaning_too(self, index: Index, settle: Settle) -> None:
        index.write([document(f"d{n}", vector=direction(0), outlet="Odd" if n % 2 else "Even") for n in range(40)])
        index.write([document("gone", vector=direction(0), status="superseded", outlet="Odd")])
        settle()
        found = index.search(Query("claims", vector=direction(0), outlet="odd", limit=50))
        assert set(ids(found)) == {f"d{n}" for n in range(1, 40, 2)}

    def test_newest_holds_for_meaning_too(self, index: Index, settle: Settle) -> None:
        index.write(
            [document(f"d{n}", vector=direction(0, n / 10), published_at=hours(n).isoformat()) for n in range(4)]
        )
        settle()
        found = index.search(Query("claims", words="staff", vector=direction(0), sort="newest"))
        assert ids(found) == ["d3", "d2", "d1", "d0"]

    def test_other_collections_are_searched_by_their_words(self, index: Index, settle: Settle) -> None:
        index_message(index, story.cluster())
        settle()
        assert index.search(Query("clusters", words="staff", vector=direction(0))).total == 1
