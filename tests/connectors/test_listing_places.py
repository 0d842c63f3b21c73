"""Sources with a bookmark, from poll to Kafka: it never moves past what has no fate yet, whenever the program ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest
from conftest import NOW
from hostile import PAGE_HEADERS, Answer, Hostile, page
from kafka import KafkaProducer

from connectors.base import Batch, FeedSource, Tools
from connectors.listing import ListingConnector
from pipeline.config import Kafka
from schemas.cursor import Cursor

TEXT = "The harbour authority denied on Monday that the crane had been inspected before it fell. " * 4
COUNT = 130

pytestmark = pytest.mark.anyio


@pytest.fixture
def topic(topic: str, kafka: Kafka) -> str:
    """A partner's topic with articles, and one message that is none."""
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap, batch_size=0)
    for number in range(COUNT):
        fields = {
            "url": f"https://herald.example/{number}",
            "text": TEXT,
            "title": f"On crane {number}",
            "outlet": "Herald",
        }
        producer.send(topic, value=msgspec.json.encode(fields), partition=number % 3).get(10)
    producer.send(topic, value=b"no json", partition=0).get(10)
    producer.close()
    return topic


@pytest.mark.broker
async def test_a_topic_gives_every_article_once_when_polls_are_cut_short_at_any_place(topic: str, tools: Tools) -> None:
    """A poll is stopped after so many articles, or its cursor is lost: what it had is published, then all goes on."""
    source = FeedSource(f"kafka://{topic}", kind="topic")
    cursor, published, rejected = None, list[str](), list[bytes]()
    for cut in (3, 0, 49, 1, 20):
        calls = iter(range(10_000))
        stopping = replace(tools, stopping=lambda cut=cut, calls=calls: next(calls) >= cut)
        batch = await ListingConnector(source, stopping).poll(cursor, NOW)
        published += [article.url for article in batch.articles]
        if cut != 49:  # there the program was killed between the articles and the cursor
            cursor = batch.cursor
    more = True
    while more:
        batch = await ListingConnector(source, tools).poll(cursor, NOW)
        published += [article.url for article in batch.articles]
        rejected += [letter.raw for letter in batch.rejected]
        cursor, more = batch.cursor, batch.more
    assert set(published) == {f"https://herald.example/{number}" for number in range(COUNT)}
    assert rejected == [b"no json"]
    assert {(it.outlet, it.partial) for it in batch.articles} <= {("Herald", False)}
    assert (await ListingConnector(source, tools).poll(cursor, NOW)).articles == ()


def _serve(hostile: Hostile, lastmod: datetime, *names: str) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemap><loc>/s.xml</loc><lastmod>{lastmod.isoformat()}</lastmod></sitemap>"
    hostile.answers["/index.xml"] = Answer(f"<sitemapindex {space}>{index}</sitemapindex>".encode())
    urls = "".join(f"<url><loc>/{name}</loc><lastmod>{lastmod.isoformat()}</lastmod></url>" for name in names)
    hostile.answers["/s.xml"] = Answer(f"<urlset {space}>{urls}</urlset>".encode())


async def test_a_page_of_a_sitemap_that_is_away_is_listed_again(hostile: Hostile, tools: Tools) -> None:
    source = FeedSource(hostile.url("/index.xml", "harbour-post.localhost"), kind="sitemap")
    connector = ListingConnector(source, tools)
    _serve(hostile, NOW - timedelta(hours=1), "a", "b")
    hostile.answers["/a"] = Answer(page("A"), headers=PAGE_HEADERS)
    hostile.answers["/b"] = Answer(b"away", 503)

    async def poll(cursor: Cursor | None, minutes: int) -> Batch:
        return await connector.poll(cursor, NOW + timedelta(minutes=minutes))

    first = await poll(None, 0)
    assert (len(first.articles), first.waiting, first.cursor.position) == (1, 1, None)
    hostile.answers["/b"] = Answer(page("B"), headers=PAGE_HEADERS)
    second = await poll(first.cursor, 30)
    assert [article.title for article in second.articles] == ["B"]
    hostile.asked.clear()
    third = await poll(second.cursor, 60)
    assert (third.articles, hostile.paths()) == ((), ["/index.xml"])
