"""Newsroom → connectors → Kafka → Faust workers → index, as in production, on both profiles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from kafka import KafkaProducer
from starlette.testclient import TestClient

from board.app import create_app
from pipeline import topics
from pipeline.dead_letters import read as dead_letters
from pipeline.index.open import open_index
from pipeline.run.broker import embedded_broker
from schemas.alert import Alert
from schemas.topics import ALERTS, ARTICLES, CLAIMS, VERDICTS
from tests.services.world import World, replayed, world

ARTICLES_IN_NEWSROOM = 86


@contextmanager
def services_world(folder: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    kafka, elasticsearch = request.getfixturevalue("kafka"), request.getfixturevalue("elasticsearch")
    with world(folder, kafka.bootstrap, elasticsearch.url) as this:
        yield this


@contextmanager
def embedded_world(folder: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    with embedded_broker(folder / "broker.log") as bootstrap, world(folder, bootstrap) as this:
        yield this


PROFILES = [
    pytest.param(services_world, id="services", marks=pytest.mark.services),
    pytest.param(embedded_world, id="embedded", marks=pytest.mark.broker),
]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("profile", PROFILES)
def test_both_profiles_find_what_replay_finds(profile: Any, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Two rounds, two analysing workers, random bytes on the topics: the same ids, and everything accounted for."""
    with profile(tmp_path, request) as this:
        random_bytes(this)
        this.start("analyse")
        this.start("analyse")
        this.start("deliver")
        this.read_feeds()
        this.settle(ARTICLES_IN_NEWSROOM)
        this.newsroom.advance(2)
        this.read_feeds()
        this.settle(ARTICLES_IN_NEWSROOM)

        clusters, contradictions = replayed(this.newsroom.base_url)
        assert this.ids("clusters") == clusters
        assert this.ids("contradictions") == contradictions
        assert told_once(this)

        letters = dead_letters(this.settings)
        assert {letter.raw for letter in letters} == {b"\x00\xffrandom bytes"}
        assert {letter.stage for letter in letters} == {"claims", "matching", "clusters", "index"}

        found = [
            msgspec.json.decode(line) for line in this.run("search", "Rostec staff Venezuela", "--json").splitlines()
        ]
        assert {hit["collection"] for hit in found} >= {"clusters", "claims"}
        assert any("Rostec" in hit.get("headline", "") for hit in found)
        told = max(this.documents("contradictions"), key=lambda hit: hit.body["evidence_count"])
        case = msgspec.json.decode(this.run("explain", told.id[:12], "--all", "--json"))
        # Each pair is rebuilt from the index, and judged as it was.
        assert [why["differs"] for why in case["explained"]] == [None] * told.body["evidence_count"]
        shown = {"/": "Vantor", "/search?q=Rostec": "Rostec", "/contradictions": "Rostec", "/feeds": "Feeds"}
        for path, words in shown.items():  # the first page has the newest only
            page = TestClient(create_app(open_index(this.settings)), base_url="http://127.0.0.1").get(path)
            assert page.status_code == 200, page.text
            assert words in page.text
        kinds = {kind for hit in this.documents("contradictions") for kind in hit.body["kinds"]}
        assert {"denial", "quantity"} <= kinds


@pytest.mark.timeout(900)
@pytest.mark.parametrize("profile", PROFILES)
def test_workers_killed_in_the_middle_change_nothing(
    profile: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with profile(tmp_path, request) as this:
        analyse, deliver = this.start("analyse"), this.start("deliver")
        this.read_feeds()
        this.until("contradictions", 1)
        this.kill(analyse)
        this.kill(deliver)
        analyse = this.start("analyse")
        this.start("deliver")
        this.until("articles", ARTICLES_IN_NEWSROOM // 2)
        this.kill(analyse)
        this.start("analyse")
        this.settle(ARTICLES_IN_NEWSROOM)
        this.newsroom.advance(2)
        this.read_feeds()
        this.settle(ARTICLES_IN_NEWSROOM)

        clusters, contradictions = replayed(this.newsroom.base_url)
        assert this.ids("clusters") == clusters
        assert this.ids("contradictions") == contradictions
        assert told_once(this)


@pytest.mark.services
@pytest.mark.timeout(900)
def test_elasticsearch_away_holds_up_only_the_index(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It is gone before anything is read; the analysis goes on, and all arrives once it is back."""
    with services_world(tmp_path, request) as this:
        elasticsearch = request.getfixturevalue("elasticsearch")
        elasticsearch.kill()
        try:
            this.start("deliver")
            this.start("analyse")
            this.read_feeds()
            this.until_through("analyse")
            assert not this.alerts()
        finally:
            elasticsearch.restart()
        this.settle(ARTICLES_IN_NEWSROOM)
        assert this.ids("contradictions")
        assert told_once(this)


def told_once(this: World) -> bool:
    """Whether the file, the topic and the index each hold each alert once, none waits, and no two say the same."""
    this.until_told()
    told = [alert for alert in this.alerts() if alert["subject"] == "contradiction"]
    ids = {alert["alert_id"] for alert in told}
    documents = [hit.body for hit in this.documents("alerts") if hit.body["subject"] == "contradiction"]
    in_index = {channel: {d["alert_id"] for d in documents if d["channel"] == channel} for channel in ("file", "topic")}
    on_topic = [m.alert_id for _, m in topics.messages(this.settings, ALERTS, 0, 0, topics.END) if isinstance(m, Alert)]
    pairs = [pair for alert in told if alert["change"] == "new" for pair in alert["pair_ids"]]
    return (
        len(told) == len(ids) > 0
        and ids == in_index["file"]
        and len(on_topic) == len(set(on_topic))
        and set(on_topic) == in_index["topic"]
        and len(pairs) == len(set(pairs))
    )


def random_bytes(this: World) -> None:
    """Put a message that nobody can use on the topics between the stages."""
    producer = KafkaProducer(bootstrap_servers=this.settings.kafka.bootstrap, acks="all")
    for topic in (ARTICLES, CLAIMS, VERDICTS):
        producer.send(topics.kafka_name(this.settings, topic), b"\x00\xffrandom bytes").get(30)
    producer.close()
