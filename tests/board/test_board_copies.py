"""A cluster's page says whose text a copy is, in plain words."""

from __future__ import annotations

import msgspec
from starlette.testclient import TestClient

from board.wording import also_words
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Document, Query
from schemas.cluster import Origin
from tests.board import sample, stories
from tests.board.builders import cluster
from tests.pipeline.index.index_builders import direction


def test_a_copy_names_its_origin_and_the_origin_its_copies(client: TestClient, index: SqliteIndex) -> None:
    first, *rest = cluster(stories.FERRY, headline="Ferry").members
    assert not rest
    origin = Origin(outlet=first.outlet, article_id=first.article_id, url=first.url)
    copy = msgspec.structs.replace(
        first, claim_id="copy", article_id="copy", outlet="The <Copy>", url="https://copy.example/a", copy_of=origin
    )
    named = msgspec.structs.replace(copy, claim_id="named", article_id="named", copy_of=Origin(outlet="Reuters"))
    told = cluster(stories.FERRY, headline="Ferry", version=9)
    sample.keep(index, [msgspec.structs.replace(told, members=(first, copy, named))])
    page = client.get(f"/clusters/{told.cluster_id}").text
    assert f"as <bdi>{first.outlet}</bdi> reported" in page
    assert "as <bdi>Reuters</bdi> reported</p>" in page
    assert "also in The &lt;Copy&gt;" in page
    assert page.count("Read the original") == 1


def test_a_report_that_was_changed_tells_what_it_said_before(client: TestClient, index: SqliteIndex) -> None:
    """Its earlier wording where that was another, and nothing of what else the article said."""
    told = cluster(stories.FERRY, headline="Ferry", version=9)
    (member,) = told.members
    (now,) = index.search(Query("claims", where={"claim_id": member.claim_id})).hits
    claim = dict(now.body) | {"article_id": member.article_id, "outlet": member.outlet}

    def keep(id: str, sentence: str, place: int, lean: float, **changes: object) -> None:
        body = claim | {"claim_id": id, "sentence": sentence, "vector": direction(place, lean)} | changes
        index.write([Document("claims", id, 5, body)])

    keep(member.claim_id, member.sentence, 0, 0.0, revision=3)
    keep("before", "The <ferry> carried 90 people.", 0, 0.5, status="superseded")
    keep("else", "The captain was tired.", 7, 0.0, status="superseded")
    keep("other", "The ferry sank.", 0, 0.1, status="superseded", article_id="of-another-article")
    sample.keep(index, [told])
    page = client.get(f"/clusters/{told.cluster_id}").text
    assert "changed since it was first read (revision 3); before, it said:" in page
    assert "The &lt;ferry&gt; carried 90 people." in page
    assert "The captain was tired." not in page
    assert "The ferry sank." not in page
    keep("before", member.sentence, 0, 0.5, status="superseded")
    page = client.get(f"/clusters/{told.cluster_id}").text
    assert "first read (revision 3)</p>" in page
    assert "before, it said" not in page


def test_a_cluster_without_copies_says_nothing_of_them(client: TestClient) -> None:
    assert " reported</p>" not in client.get(f"/clusters/{stories.WITHDRAWAL_ID}").text


def test_many_copies_are_counted() -> None:
    assert also_words(["A"]) == "also in A"
    assert also_words(["A", "B"]) == "also in A and B"
    assert also_words(["A", "B", "C", "D", "E"]) == "also in A, B, C and 2 more"
