"""Messages as documents."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import numpy as np
import pytest

from pipeline.errors import Unusable
from pipeline.index.documents import documents, feed_id
from pipeline.index.kept import claim_of, contradiction_of, knows_names
from pipeline.index.mapping import mapping, misaddressed, misshapen, template
from pipeline.ports import COLLECTIONS, Document
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.cursor import Cursor, Rhythm
from schemas.message import Message
from schemas.pair import Retraction
from tests.pipeline.index import index_builders as story

EVERY_KIND: tuple[Message, ...] = (
    story.article(),
    story.article_claims("one", "two"),
    msgspec.structs.replace(story.article_claims("x", vectors=False), claims=(story.full_claim(),)),
    story.cluster(),
    story.contradiction(),
    story.alert(),
    story.rejected(),
    story.cursor(),
)


def only(message: Message) -> Document:
    (found,) = documents(message)
    return found


@pytest.mark.parametrize("message", EVERY_KIND, ids=lambda message: type(message).__name__)
def test_every_field_of_every_message_has_its_place(message: Message) -> None:
    for document in documents(message):
        assert misshapen(document) is None, "add the new field to schemas/elasticsearch and raise its version"
        assert misaddressed(document) is None
        assert json.loads(json.dumps(document.body)) == document.body, "the body is JSON as it is"


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_template_names_only_fields_that_it_has(collection: Any) -> None:
    fields = mapping(collection)
    assert fields.texts.keys() <= fields.properties.keys()
    assert fields.properties[fields.when]["type"] == "date"
    assert fields.id_field in fields.keywords
    paths = {form["path"] for form in fields.properties.values() if form["type"] == "alias"}
    assert paths <= fields.keywords.keys()
    assert template(collection)["template"]["mappings"]["dynamic"] == "strict"


def test_a_field_means_the_same_in_every_collection() -> None:
    kinds: dict[str, set[str]] = {}
    for collection in COLLECTIONS:
        for name, form in mapping(collection).properties.items():
            kinds.setdefault(name, set()).add("keyword" if form["type"] == "alias" else form["type"])
    # a feed counts its articles; an article's text is searched, a claim's is shown (its sentence is searched)
    assert {name: found for name, found in kinds.items() if len(found) > 1} == {}


def test_an_article() -> None:
    document = only(story.article(revision=3))
    assert (document.collection, document.version) == ("articles", 3)
    assert document.body["published_at"] == "2019-06-03T12:00:00Z"
    assert document.body["authors"] == ["A. Writer"]


def test_claims_are_flat_and_carry_their_vectors() -> None:
    one, two = documents(story.article_claims("one", "two", revision=2))
    assert (one.version, one.body["revision"], one.body["status"]) == (2, 2, "open")
    assert (one.body["source"], one.body["kind"], one.body["who"]) == ("Rostec", "organisation", ["Rostec", "the firm"])
    assert one.body["entities"] == ["Venezuela", "Rostec"]
    assert one.body["vector"] == story.direction(0)
    assert two.body["vector"] == story.direction(1)


def test_a_denial_names_what_it_denies_and_who_passes_it_on() -> None:
    body = documents(EVERY_KIND[2])[0].body
    assert (body["stance"], body["denies_claim_id"], body["denies_text"]) == ("denies", "ab" * 16, "cut its staff")
    assert (body["reporter"], body["reporter_kind"], body["credit"]) == ("TASS", "outlet", "Reuters")


@pytest.mark.parametrize("row", [np.zeros(384), np.full(384, np.nan), np.full(384, 1e-8)])
def test_a_vector_without_direction_is_left_out(row: Any) -> None:
    message = msgspec.structs.replace(story.article_claims("one"), vectors=row.astype("<f2").tobytes())
    assert "vector" not in only(message).body


def test_vectors_that_do_not_fit_their_claims() -> None:
    message = msgspec.structs.replace(story.article_claims("one", "two"), vectors=b"\x00" * 768)
    with pytest.raises(Unusable, match="768 bytes of vectors instead of 1536"):
        documents(message)


def test_text_that_is_no_unicode() -> None:
    with pytest.raises(Unusable, match="no Unicode"):
        documents(story.article(text="half \ud800"))


def test_a_cluster_and_a_contradiction_can_be_read_back() -> None:
    for message, form in ((story.cluster(), Cluster), (story.contradiction(), Contradiction)):
        assert msgspec.convert(dict(only(message).body), form) == message


def test_a_claim_can_be_read_back_but_for_its_reporters_wording() -> None:
    for claim in (story.full_claim(), story.claim("Rostec cut its staff"), story.claim("x", entities=())):
        message = msgspec.structs.replace(story.article_claims("x", vectors=False), claims=(claim,))
        assert claim_of(only(message).body) == claim
        assert knows_names(only(message).body)
    assert contradiction_of(only(story.contradiction()).body) == story.contradiction()


def test_a_claim_kept_before_its_names_were_has_none() -> None:
    body = {name: value for name, value in documents(EVERY_KIND[2])[0].body.items() if name != "named"}
    assert not knows_names(body)
    assert claim_of(body).entities == ()


def test_a_cluster_is_found_by_what_its_members_hold() -> None:
    body = only(story.cluster(version=7)).body
    assert body["quotes"] == ["Rostec cut its staff to a few dozen", "Russia removed most of its people"]
    assert body["who"] == ["Rostec", "Donald Trump", "Vladimir Zaemsky"]
    assert (body["size"], body["outlet_count"], body["sources"], body["stances"]) == (2, 1, ["Rostec"], ["asserts"])


def test_a_contradiction_is_found_by_both_sides() -> None:
    body = only(story.contradiction()).body
    assert body["outlets"] == ["The Daily", "Envoy Times"]
    assert body["cluster_ids"] == ["c1" * 16, "c2" * 16]
    assert body["kinds"] == ["denial", "quantity"]


def test_an_alert_and_a_feed_are_versioned_by_their_time() -> None:
    assert only(story.alert()).version == 1
    assert only(story.cursor()).version == 1_559_563_200_000 + 3_600_000
    assert only(story.cursor(polled_at=None)).version == 0


_SILENT = Rhythm(
    watched_since=story.hours(-9_000),
    usual=4.0,
    recent=0.0,
    window=20,
    news_at=story.hours(-99),
    longest_gap=5e4,
    gaps=9,
)


@pytest.mark.parametrize(
    ("fields", "health"),
    [
        ({}, "well"),
        ({"failures": 2, "state": "404"}, "failing"),
        ({"polled_at": None, "succeeded_at": None}, "new"),
        ({"ended": True}, "ended"),
        ({"rhythm": _SILENT}, "well"),
        ({"rhythm": msgspec.structs.replace(_SILENT, gaps=10)}, "silent"),
    ],
)
def test_the_health_of_a_feed(fields: dict[str, Any], health: str) -> None:
    document = only(story.cursor(**fields))
    assert (document.body["health"], misshapen(document)) == (health, None)
    assert document.body["entries"] == 1
    assert document.id == feed_id("https://daily.example/rss")


def test_a_feed_s_document_is_read_back_as_what_its_health_is_judged_by() -> None:
    cursor = story.cursor(rhythm=_SILENT, interval_seconds=600.0, moved_to="https://daily.example/new", failures=1)
    body = only(cursor).body
    again = msgspec.convert(body, Cursor, strict=False)
    assert msgspec.structs.replace(again, seen=cursor.seen) == cursor
    assert (body["expected_per_day"], body["real_per_day"]) == (4.0, 0.0)
    assert body["silent_seconds"] == 100 * 3600


def test_a_message_that_is_not_kept_is_a_defect() -> None:
    with pytest.raises(TypeError, match="Retraction is not kept"):
        documents(Retraction(article_id="a", revision=1))
