"""A partner's topic at the embedded broker: every message once, bad ones with their bytes, nothing lost on a kill."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import msgspec
import pytest
from conftest import NOW
from hostile import Hostile
from kafka import KafkaProducer

from connectors.articles.outlets import load_outlets
from connectors.base import FeedSource, Listing, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher, FetchError
from connectors.polling.outcome import fresh
from connectors.sources.feed import FeedError
from connectors.sources.partner import entry_of
from connectors.sources.topic import MESSAGES_PER_POLL, list_topic, topic_name
from pipeline.config import Kafka, Polling
from schemas.cursor import Cursor

WHOLE = {
    "url": "https://herald.example/a", "title": "On Rostec", "text": "Rostec denies it.\n\n1 < 2.", "outlet": "Herald",
    "published_at": "2019-06-03T14:05:00+02:00", "id": "a-1", "authors": ["Jo"], "language": "en",
}  # fmt: skip


def test_a_message_is_an_entry_with_its_whole_text() -> None:
    entry = entry_of(msgspec.json.encode(WHOLE))
    assert (entry.guid, entry.link, entry.outlet, entry.authors) == ("a-1", WHOLE["url"], "Herald", ("Jo",))
    assert (entry.content, entry.complete) == ("<p>Rostec denies it.</p><p>1 &lt; 2.</p>", True)
    assert entry.published == datetime(2019, 6, 3, 12, 5, tzinfo=UTC)
    assert entry_of(msgspec.json.encode({**WHOLE, "text": None, "html": "<p>H</p>"})).content == "<p>H</p>"


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (b"{", "no article"),
        (b"\xff", "no article"),
        (b"[" * 100_000, "no article"),
        (b"{}", "no url"),
        (msgspec.json.encode({**WHOLE, "url": "file:///etc/passwd"}), "no url"),
        (msgspec.json.encode({**WHOLE, "text": None}), "neither text nor html"),
        (msgspec.json.encode({**WHOLE, "date": None, "published_at": "soon"}), "2019-06-03T14:05:00Z"),
        (msgspec.json.encode({**WHOLE, "text": "x" * 5_000_000}), "at most"),
    ],
)
def test_what_is_no_article_is_told(message: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        entry_of(message)


@pytest.mark.parametrize(
    "url", ["kafka://", "kafka://a/b", "https://a", "kafka://user@a", "kafka://host:9092/a", "kafka://p-articles"]
)
def test_only_a_foreign_topic_is_read(url: str) -> None:
    with pytest.raises(FeedError, match="reading"):
        topic_name(url, "p-")
    assert topic_name("kafka://Partner.News_1", "p-") == "Partner.News_1"


def send(kafka: Kafka, topic: str, *messages: bytes | None) -> None:
    producer: Any = KafkaProducer(bootstrap_servers=kafka.bootstrap, batch_size=0)
    for number, message in enumerate(messages):
        producer.send(topic, value=message, key=b"k", partition=number % 3).get(10)
    producer.close()


def article(number: int) -> bytes:
    return msgspec.json.encode({**WHOLE, "url": f"https://herald.example/{number}", "id": str(number)})


async def poll(topic: str, tools: Tools, position: str | None) -> Listing | None:
    source = FeedSource(f"kafka://{topic}", kind="topic")
    cursor: Cursor = msgspec.structs.replace(fresh(source), position=position)
    return await list_topic(source, tools, cursor, NOW)


@pytest.mark.anyio
@pytest.mark.broker
async def test_every_message_comes_once_and_a_bad_one_with_its_bytes(topic: str, tools: Tools) -> None:
    nothing = await poll(topic, tools, None)
    assert nothing
    assert await poll(topic, tools, nothing.position) is None
    count = 2 * MESSAGES_PER_POLL + 20
    send(tools.kafka, topic, *(article(number) for number in range(count)), b"no json", None)
    position: str | None = None
    links, bad, more = list[str | None](), list[bytes](), True
    while more:
        listed = await poll(topic, tools, position)
        assert listed
        assert len(listed.feed.entries) + len(listed.feed.unread) <= MESSAGES_PER_POLL
        links += [entry.link for entry in listed.feed.entries]
        bad += [unread.raw for unread in listed.feed.unread]
        position, more = listed.position, listed.feed.more
    assert sorted(map(str, links)) == sorted(f"https://herald.example/{number}" for number in range(count))
    assert bad == [b"no json"]
    assert await poll(topic, tools, position) is None
    send(tools.kafka, topic, article(1_000))
    listed = await poll(topic, tools, position)
    assert listed
    assert [entry.guid for entry in listed.feed.entries] == ["1000"]


@pytest.mark.anyio
@pytest.mark.broker
async def test_what_was_read_and_not_kept_is_read_again(topic: str, tools: Tools) -> None:
    send(tools.kafka, topic, *(article(number) for number in range(6)))
    first = await poll(topic, tools, None)
    assert first
    again = await poll(topic, tools, None)
    assert again
    assert {entry.link for entry in again.feed.entries} == {entry.link for entry in first.feed.entries}
    assert len(again.feed.entries) == 6


@pytest.mark.anyio
@pytest.mark.broker
async def test_a_topic_that_is_not_there_and_a_broker_that_is_away(topic: str, tools: Tools) -> None:
    with pytest.raises(FeedError, match="no such topic"):
        await poll("nowhere", tools, None)
    away = Tools(
        tools.fetcher, tools.workers, tools.outlets, tools.polling, Kafka(bootstrap=f"127.0.0.1:{Hostile.free_port()}")
    )
    with pytest.raises(FetchError, match="see that the broker runs"):
        await poll(topic, away, None)


def test_a_broker_that_never_answers_does_not_hold_up_the_end(polling: Polling) -> None:
    with socket.create_server(("127.0.0.1", 0)) as broker:
        kafka = Kafka(bootstrap=f"127.0.0.1:{broker.getsockname()[1]}")

        async def stopped_while_reading() -> tuple[float, socket.socket]:
            tools = Tools(Fetcher(polling), Workers(0), load_outlets(), polling, kafka)
            reading = asyncio.create_task(poll("news", tools, None))
            connection, _ = await asyncio.to_thread(broker.accept)
            reading.cancel()
            return monotonic(), connection

        begun, connection = asyncio.run(stopped_while_reading())
        assert monotonic() - begun < 2
        connection.close()
