"""The contract: what is written, by whom it is replaced, and what is refused."""

from __future__ import annotations

import random

import msgspec
import pytest

from pipeline.index import index_message
from pipeline.index.documents import documents
from pipeline.index.mapping import MAX_DOCUMENT_BYTES
from pipeline.ports import Document, Index, Query
from tests.pipeline.index import index_builders as story
from tests.pipeline.index.contract_support import Settle, ids, quotes
from tests.pipeline.index.index_builders import direction, document, hours


class Writing:
    def test_what_is_written_is_given_back(self, index: Index) -> None:
        wanted = documents(story.cluster())[0]
        assert index.write([wanted]).written == 1
        assert index.get("clusters", [wanted.id]) == {wanted.id: dict(wanted.body)}

    def test_every_kind_of_message_can_be_written(self, index: Index) -> None:
        messages = (
            story.article(),
            story.article_claims("one", "two"),
            msgspec.structs.replace(story.article_claims("x", vectors=False), claims=(story.full_claim(),)),
            story.cluster(),
            story.cluster(cluster_id="c9" * 16, status="merged", merged_into="c1" * 16),
            story.contradiction(),
            story.contradiction(contradiction_id="e9" * 16, status="superseded", superseded_by="e1" * 16),
            story.alert(),
            story.rejected(),
            story.cursor(),
        )
        reports = [index_message(index, message) for message in messages]
        assert [refused.reason for report in reports for refused in report.refused] == []
        assert all(report.written >= 1 for report in reports)

    def test_missing_ids_are_left_out(self, index: Index) -> None:
        index.write([document("there")])
        assert index.get("claims", ["there", "not there", ""]).keys() == {"there"}
        assert index.get("claims", []) == {}

    def test_vectors_are_kept_and_not_given_back(self, index: Index, settle: Settle) -> None:
        index.write([document("a", vector=direction(0))])
        settle()
        assert "vector" not in index.get("claims", ["a"])["a"]
        assert "vector" not in index.search(Query("claims", words="staff")).hits[0].body

    def test_a_newer_version_replaces_and_an_older_is_stale(self, index: Index, settle: Settle) -> None:
        assert index.write([document("a", "the second wording", 2)]).written == 1
        report = index.write([document("a", "the first wording", 1)])
        assert (report.written, report.stale, report.refused) == (0, 1, ())
        assert index.write([document("a", "the third wording", 3)]).written == 1
        settle()
        assert index.get("claims", ["a"])["a"]["standalone"] == "the third wording"
        assert index.search(Query("claims", words="second")).total == 0
        assert index.search(Query("claims", words="third")).total == 1

    def test_an_equal_version_rewrites(self, index: Index, settle: Settle) -> None:
        index.write([document("a", "before", outlet="Old", vector=direction(0))])
        assert index.write([document("a", "after", outlet="New", vector=direction(9))]).written == 1
        settle()
        assert quotes(index) == {"after"}
        assert index.search(Query("claims", outlet="Old")).total == 0
        assert index.search(Query("claims", outlet="New")).total == 1
        assert index.search(Query("claims", vector=direction(0))).total == 0
        assert ids(index.search(Query("claims", vector=direction(9)))) == ["a"]

    def test_writing_twice_changes_nothing(self, index: Index, settle: Settle) -> None:
        written = [document(f"d{n}", f"claim number {n}", vector=direction(n)) for n in range(5)]
        query = Query("claims", words="claim", vector=direction(2))
        index.write(written)
        settle()
        before = index.search(query)
        report = index.write(written)
        settle()
        assert (report.written, report.stale) == (5, 0)
        assert index.search(query) == before

    def test_one_write_may_hold_a_document_twice(self, index: Index) -> None:
        report = index.write([document("a", "newer", 2), document("a", "older", 1)])
        assert (report.written, report.stale) == (1, 1)
        assert index.get("claims", ["a"])["a"]["standalone"] == "newer"

    def test_nothing_to_write(self, index: Index) -> None:
        assert index.write([]).written == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            document("a", nonsense="unknown field"),
            document("a", published_at="last Tuesday"),
            document("a", start="not a number"),
            document("a", vector=[1.0, 0.0]),
            document("a", vector=[0.0] * 384),
            document("a", standalone={"an": "object"}),
            document("a", content="x" * (MAX_DOCUMENT_BYTES + 1)),
            document("a", "half a surrogate \ud800"),
            document("a", version=-1),
            document(""),
            document("long" * 200),
        ],
        ids=range(11),
    )
    def test_a_wrong_document_is_refused_and_the_rest_is_written(self, index: Index, wrong: Document) -> None:
        report = index.write([document("before"), wrong, document("after")])
        assert (report.written, report.stale) == (2, 0)
        assert [refused.document for refused in report.refused] == [wrong]
        assert report.refused[0].reason
        assert index.get("claims", ["before", "after", wrong.id]).keys() == {"before", "after"}

    def test_each_of_many_is_counted_once(self, index: Index, settle: Settle) -> None:
        many = [document(f"d{n:05}", f"claim {n}", published_at=hours(n / 60).isoformat()) for n in range(5_000)]
        wrong = [document(f"w{n}", nonsense=1) for n in range(3)]
        mixed = [*many, *wrong]
        random.Random(1).shuffle(mixed)
        report = index.write(mixed)
        assert (report.written, report.stale, len(report.refused)) == (5_000, 0, 3)
        settle()
        assert index.search(Query("claims", limit=1)).total == 5_000
        assert len(index.get("claims", [doc.id for doc in many])) == 5_000

    def test_unicode_comes_back_as_it_went(self, index: Index, settle: Settle) -> None:
        text = "Café Zażółć 日本語 עברית 👩‍👩‍👧 \u0000 \u2028 İstanbul"
        index.write([document("ключ 🗝", text, source="Ærøskøbing")])
        settle()
        assert index.get("claims", ["ключ 🗝"])["ключ 🗝"]["standalone"] == text
        assert index.search(Query("claims", words="cafe")).total == 1
        assert index.search(Query("claims", source="Ærøskøbing")).total == 1
