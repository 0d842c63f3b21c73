"""A crash between an article's publication and its cursor's: the same number never stands for two texts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from conftest import NOW
from hostile import FEED_HEADERS, PAGE_HEADERS, TEXT, Answer, Hostile, item, page, rss

from connectors.articles.outlets import Outlets
from connectors.base import Batch, FeedSource, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher
from connectors.listing import ListingConnector
from pipeline.config import Kafka, Polling
from schemas.cursor import Cursor

pytestmark = pytest.mark.anyio

Poll = Callable[..., Awaitable[Batch]]
FIRST, SECOND, THIRD = (TEXT.replace("14 million", f"{number} million") for number in (14, 41, 44))


@pytest.fixture
def poll(hostile: Hostile, fetcher: Fetcher, workers: Workers, polling: Polling) -> Poll:
    tools = Tools(fetcher, workers, Outlets(()), polling, Kafka())
    connector = ListingConnector(FeedSource(hostile.url("/feed", "harbour-post.localhost")), tools)
    polls = iter(range(1000))

    async def once(text: str, cursor: Cursor | None = None) -> Batch:
        """Poll when the page says `text`; the feed tells of a change by its summary."""
        summary = f"In short, {text.partition('about ')[2][:10]}."
        hostile.answers["/feed"] = Answer(rss(item("/a", summary=summary)), headers={**FEED_HEADERS, "ETag": '"1"'})
        hostile.answers["/a"] = Answer(page(text=text), headers=PAGE_HEADERS)
        return await connector.poll(cursor, NOW + timedelta(minutes=next(polls)))

    return once


def _told(batch: Batch) -> list[tuple[int, str]]:
    return [(article.revision, article.text) for article in batch.articles]


async def test_the_same_text_comes_again_under_the_same_number(poll: Poll) -> None:
    crashed = await poll(FIRST)
    assert crashed.promise
    assert (crashed.promise.seen, crashed.promise.etag) == ({}, None)
    again = await poll(FIRST, crashed.promise)
    assert _told(again) == _told(crashed) == [(1, FIRST)]
    assert again.articles[0].content_hash == crashed.articles[0].content_hash
    assert again.cursor.promised == {}
    assert (await poll(FIRST, again.cursor)).articles == ()


async def test_other_text_gets_another_number_however_often_it_crashes(poll: Poll) -> None:
    first = await poll(FIRST)
    second = await poll(SECOND, first.promise)
    third = await poll(THIRD, second.promise)
    assert [*_told(first), *_told(second), *_told(third)] == [(1, FIRST), (2, SECOND), (3, THIRD)]


async def test_a_correction_that_was_taken_back_during_the_crash_is_taken_back(poll: Poll) -> None:
    first = await poll(FIRST)
    crashed = await poll(SECOND, first.cursor)
    assert _told(crashed) == [(2, SECOND)]
    back = await poll(FIRST, crashed.promise)
    assert _told(back) == [(3, FIRST)]


async def test_a_poll_that_found_nothing_promises_nothing(poll: Poll) -> None:
    first = await poll(FIRST)
    again = await poll(FIRST, first.cursor)
    assert (again.promise, again.cursor.promised) == (None, {})
