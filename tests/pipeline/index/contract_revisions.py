"""The contract: what a correction drops is no longer found, whatever the order."""

from __future__ import annotations

from itertools import permutations

from pipeline.index import find, index_message, index_messages
from pipeline.ports import Index, Query
from tests.pipeline.index import index_builders as story
from tests.pipeline.index.contract_support import Settle, ids, quotes
from tests.pipeline.index.index_builders import direction, hours


class Revisions:
    FIRST = story.article_claims("staff was cut", "the figure is 1,000", "the envoy left")
    SECOND = story.article_claims("staff was cut", "the figure is 100", revision=2)
    THIRD = story.article_claims("the envoy left", revision=3)

    def test_claims_that_a_correction_drops_are_no_longer_found(self, index: Index, settle: Settle) -> None:
        index_message(index, self.FIRST)
        report = index_message(index, self.SECOND)
        assert (report.written, report.refused) == (2 + 2 + 1, ())
        settle()
        assert quotes(index) == {"staff was cut", "the figure is 100"}
        assert quotes(index, status="superseded") == {"the figure is 1,000", "the envoy left"}
        assert index.search(Query("claims", words="envoy")).total == 0
        dropped = index.get("claims", [self.FIRST.claims[2].claim_id])[self.FIRST.claims[2].claim_id]
        assert (dropped["status"], dropped["superseded_by_revision"], dropped["revision"]) == ("superseded", 2, 1)

    def test_dropped_claims_are_not_near_to_anything(self, index: Index, settle: Settle) -> None:
        index_message(index, self.FIRST)
        index_message(index, story.article_claims(revision=2))
        settle()
        assert quotes(index) == set()
        assert index.search(Query("claims", vector=direction(0))).total == 0

    def test_a_claim_may_come_back(self, index: Index, settle: Settle) -> None:
        index_messages(index, [self.FIRST, self.SECOND, self.THIRD])
        settle()
        assert quotes(index) == {"the envoy left"}
        assert ids(index.search(Query("claims", vector=direction(0)))) == [self.THIRD.claims[0].claim_id]

    def test_whatever_the_order_the_same_is_found(self, index: Index, settle: Settle) -> None:
        for number, order in enumerate(permutations((self.FIRST, self.SECOND, self.THIRD))):
            url = f"https://daily.example/{number}"
            moved = [
                story.article_claims(*(claim.text for claim in m.claims), url=url, revision=m.revision) for m in order
            ]
            index_messages(index, [*moved, *reversed(moved)])
            settle()
            assert quotes(index, article_id=moved[0].article_id) == {"the envoy left"}, order

    def test_replay_changes_nothing(self, index: Index, settle: Settle) -> None:
        messages = [self.FIRST, self.SECOND, self.THIRD]
        all_of_them = Query("claims", where={"status": ["open", "superseded", "roster"]}, limit=100)
        index_messages(index, messages)
        settle()
        before = index.search(all_of_them)
        for message in messages:
            index_message(index, message)
        settle()
        assert index.search(all_of_them) == before

    def test_other_articles_are_left_alone(self, index: Index, settle: Settle) -> None:
        other = story.article_claims("staff was cut", url="https://other.example/1")
        index_messages(index, [self.FIRST, other, self.SECOND])
        settle()
        found = index.search(Query("claims", where={"article_id": other.article_id}))
        assert ids(found) == [other.claims[0].claim_id]

    def test_another_reading_of_the_same_revision_replaces_the_first(self, index: Index, settle: Settle) -> None:
        index_message(index, self.FIRST)
        index_message(index, story.article_claims("staff was cut, sources say"))
        settle()
        assert quotes(index) == {"staff was cut, sources say"}

    def test_clusters_and_claims_are_found_together(self, index: Index, settle: Settle) -> None:
        index_messages(index, [self.FIRST, story.cluster()])
        settle()
        found = find(index, Query("claims", words="staff", outlet="the daily", since=hours(-1)))
        assert {name: results.total for name, results in found.items()} == {"clusters": 1, "claims": 1}
        nearby = find(index, Query("claims", words="staff", vector=direction(2)))
        assert nearby["claims"].total == 2
        assert find(index, Query("claims", words="staff", stance="denies"))["clusters"].total == 0
