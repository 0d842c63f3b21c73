"""A cluster's page says whose text a copy is, in plain words."""

from __future__ import annotations

import msgspec
from starlette.testclient import TestClient

from board.wording import also_words
from pipeline.index.sqlite import SqliteIndex
from schemas.cluster import Origin
from tests.board import sample, stories
from tests.board.builders import cluster


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


def test_a_cluster_without_copies_says_nothing_of_them(client: TestClient) -> None:
    assert " reported</p>" not in client.get(f"/clusters/{stories.WITHDRAWAL_ID}").text


def test_many_copies_are_counted() -> None:
    assert also_words(["A"]) == "also in A"
    assert also_words(["A", "B"]) == "also in A and B"
    assert also_words(["A", "B", "C", "D", "E"]) == "also in A, B, C and 2 more"
