"""The contract: found by words, by filters, by time."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.index import index_message
from pipeline.ports import Index, Query
from tests.pipeline.index import index_builders as story
from tests.pipeline.index.contract_support import Settle, ids
from tests.pipeline.index.index_builders import NOON, document, hours


class Searching:
    def test_words_are_found_by_their_stems_in_any_field(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("a", "The firm denies cutting staff", who=["Rostec"]),
                document("b", "The envoy praised the harvest", title="Nothing was cut"),
                document("c", "Elections were held"),
            ]
        )
        settle()
        assert set(ids(index.search(Query("claims", words="cuts")))) == {"a", "b"}
        assert ids(index.search(Query("claims", words="denied Rostec"))) == ["a"]
        assert ids(index.search(Query("claims", words="the election's"))) == ["c"]

    def test_all_words_are_wanted_else_any(self, index: Index, settle: Settle) -> None:
        index.write([document("a", "staff in Venezuela"), document("b", "staff in Cuba"), document("c", "weather")])
        settle()
        assert ids(index.search(Query("claims", words="staff Venezuela"))) == ["a"]
        assert set(ids(index.search(Query("claims", words="staff unheard")))) == {"a", "b"}
        assert index.search(Query("claims", words="staff unheard")).total == 2

    def test_the_best_match_comes_first(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document("weak", "ships sail", sentence="The ships sail, and a pipeline was mentioned in passing."),
                document("strong", "the pipeline leaks", sentence="The pipeline leaks."),
            ]
        )
        settle()
        found = index.search(Query("claims", words="pipeline"))
        assert ids(found) == ["strong", "weak"]
        assert found.hits[0].score > found.hits[1].score > 0

    def test_phrases_and_beginnings(self, index: Index, settle: Settle) -> None:
        index.write(
            [document("a", "no talk of any cuts"), document("b", "any talk of no cuts"), document("c", "denuclearised")]
        )
        settle()
        assert ids(index.search(Query("claims", words='"no talk of any"'))) == ["a"]
        assert ids(index.search(Query("claims", words="“no talk”"))) == ["a"]
        assert ids(index.search(Query("claims", words="denuc*"))) == ["c"]
        assert index.search(Query("claims", words="denuc")).total == 0

    @pytest.mark.parametrize(
        "typed",
        [
            'foo" OR (',
            '"',
            '""',
            "*",
            "***",
            "staff*",
            "standalone:staff",
            "{standalone}: staff",
            "NEAR(staff, 3)",
            "-staff +staff ^staff",
            "staff AND NOT OR",
            "a OR the",
            "staff\x00hidden",
            "staff'; DROP TABLE claims; --",
            "\\",
            "C++ state-owned don't",
            "👍 staff",
            "日本語",
            "\ud800 staff",
            "/staff/~2",
            "[staff TO z]",
        ],
    )
    def test_nothing_that_is_typed_is_an_error(self, index: Index, settle: Settle, typed: str) -> None:
        index.write([document("a", "staff in Venezuela")])
        settle()
        found = index.search(Query("claims", words=typed))
        assert found.total == len(found.hits) <= 1
        if "staff" in typed.split():
            assert ids(found) == ["a"]

    def test_very_long_words(self, index: Index, settle: Settle) -> None:
        index.write([document("a", "staff in Venezuela")])
        settle()
        assert ids(index.search(Query("claims", words="staff " + "and much more words " * 500))) == ["a"]
        assert index.search(Query("claims", words="x" * 10_000)).total == 0
        assert index.search(Query("claims", words='"' + "long phrase " * 900 + '"')).total == 0

    def test_words_without_a_letter_find_nothing_and_no_words_everything(self, index: Index, settle: Settle) -> None:
        index.write([document("a"), document("b")])
        settle()
        assert index.search(Query("claims", words="👍 ?!")).total == 0
        for blank in ("", "  ", None):
            assert index.search(Query("claims", words=blank)).total == 2

    def test_the_first_characters_of_an_id_are_enough(self, index: Index, settle: Settle) -> None:
        index.write([document("abc1"), document("abc2", status="superseded"), document("abd"), document("a%")])
        settle()
        assert ids(index.search(Query("claims", id_prefix="abc"))) == ["abc1"]
        every = {"status": ["open", "superseded"]}
        assert set(ids(index.search(Query("claims", id_prefix="abc", where=every)))) == {"abc1", "abc2"}
        assert index.search(Query("claims", id_prefix="ab", words="unheard")).total == 0
        assert index.search(Query("claims", id_prefix="%")).total == 0
        assert ids(index.search(Query("claims", id_prefix="a%"))) == ["a%"]

    def test_filters_must_all_hold(self, index: Index, settle: Settle) -> None:
        index.write(
            [
                document(
                    "a", outlet="The Daily", source="Rostec", stance="asserts", kind="organisation", article_id="1"
                ),
                document("b", outlet="The Daily", source="Envoy", stance="denies", kind="person", article_id="2"),
                document("c", outlet="Other", source="Envoy", stance="denies", kind="person", article_id="3"),
                document("old", outlet="Other", source="Envoy", published_at=hours(-48).isoformat(), article_id="4"),
            ]
        )
        settle()

        def found(**asked: Any) -> set[str]:
            return set(ids(index.search(Query("claims", **asked))))

        assert found(outlet="The Daily") == {"a", "b"}
        assert found(outlet="the daily", stance="denies") == {"b"}
        assert found(source="envoy", kind="person") == {"b", "c"}
        assert found(source="env") == set()
        assert found(words="staff", source="ENVOY", since=hours(-1)) == {"b", "c"}
        assert found(since=NOON) == {"a", "b", "c"}
        assert found(where={"article_id": "2"}) == {"b"}
        assert found(where={"article_id": ["1", "3", "9"]}) == {"a", "c"}
        assert found(where={"article_id": []}) == set()
        assert found(where={"source": "envoy"}) == set(), "where is exact"

    def test_lists_are_filtered_by_each_value(self, index: Index, settle: Settle) -> None:
        for message in (story.cluster(), story.contradiction()):
            index_message(index, message)
        settle()
        one = story.cluster()
        for where in ({"claim_id": one.claims[1]}, {"article_id": one.members[0].article_id}, {"outlet": "The Daily"}):
            assert index.search(Query("clusters", where=where)).total == 1
        assert index.search(Query("clusters", stance="asserts", kind="organisation", source="rostec")).total == 1
        assert index.search(Query("contradictions", kind="quantity")).total == 1
        assert index.search(Query("contradictions", kind="opposite")).total == 0
        assert index.search(Query("contradictions", where={"cluster_id": "c2" * 16}, outlet="envoy times")).total == 1
        assert index.search(Query("contradictions", words="envoy denies")).total == 1

    def test_a_filter_on_what_a_collection_lacks_finds_nothing(self, index: Index, settle: Settle) -> None:
        index_message(index, story.article())
        settle()
        assert index.search(Query("articles", words="staff")).total == 1
        assert index.search(Query("articles", words="staff", stance="denies")).total == 0

    def test_only_what_is_open_is_found_unless_asked(self, index: Index, settle: Settle) -> None:
        index_message(index, story.cluster())
        index_message(index, story.cluster(cluster_id="c9" * 16, status="merged", merged_into="c1" * 16))
        settle()
        assert ids(index.search(Query("clusters", words="staff"))) == ["c1" * 16]
        assert ids(index.search(Query("clusters", where={"status": "merged"}))) == ["c9" * 16]
        assert index.search(Query("clusters", where={"status": ["open", "merged"]})).total == 2

    def test_newest_first_and_page_by_page(self, index: Index, settle: Settle) -> None:
        index.write([document(f"d{n:02}", published_at=hours(n // 2).isoformat()) for n in range(25)])
        index.write([document("undated", published_at=None)])
        settle()
        expected = [*sorted((f"d{n:02}" for n in range(25)), key=lambda id: (-(int(id[1:]) // 2), id)), "undated"]
        pages = [
            index.search(Query("claims", words="staff", sort="newest", limit=10, offset=start)) for start in (0, 10, 20)
        ]
        assert [id for page in pages for id in ids(page)] == expected
        assert {page.total for page in pages} == {26}
        assert ids(index.search(Query("claims", limit=3))) == expected[:3]
        beyond = index.search(Query("claims", limit=10, offset=100))
        assert (beyond.total, beyond.hits) == (26, ())
        assert index.search(Query("claims", limit=0)).total == 26

    def test_pages_by_relevance_do_not_overlap(self, index: Index, settle: Settle) -> None:
        index.write([document(f"d{n:02}") for n in range(9)])
        settle()
        found = [
            id for start in (0, 4, 8) for id in ids(index.search(Query("claims", words="staff", limit=4, offset=start)))
        ]
        assert found == [f"d{n:02}" for n in range(9)]

    def test_questions_that_cannot_be_asked(self, index: Index) -> None:
        for query in (
            Query("claims", where={"nonsense": "x"}),
            Query("claims", offset=10_000),
            Query("claims", limit=-1),
            Query("claims", vector=[1.0]),
        ):
            with pytest.raises(ValueError, match="searching claims: "):
                index.search(query)

    def test_highlights_escape_all_but_the_marks(self, index: Index, settle: Settle) -> None:
        evil = "<script>alert(\"x\")</script> & <mark>staff</mark> cuts \x02planted\x03 <img src=x onerror='alert(1)'>"
        index.write([document("a", evil)])
        settle()
        (fragment,) = index.search(Query("claims", words="staff")).hits[0].highlights["standalone"]
        assert "<mark>staff</mark>" in fragment
        assert fragment.count("<") == 2, "no tag but our pair of marks"
        assert "&lt;script&gt;" in fragment
        assert "'" not in fragment
        assert '"' not in fragment

    def test_highlights_name_their_fields(self, index: Index, settle: Settle) -> None:
        index.write([document("a", "cut staff", title="A staff matter", sentence="nothing here")])
        settle()
        hit = index.search(Query("claims", words="staff")).hits[0]
        assert hit.highlights.keys() == {"standalone", "title"}
        assert index.search(Query("claims")).hits[0].highlights == {}
