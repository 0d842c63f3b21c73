"""An index of sitemaps, polled again and again: what changed is read, newest first, and nothing is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from conftest import NOW
from hostile import Answer, Hostile

from connectors.articles.outlets import Outlets
from connectors.base import FeedSource, Listing, Tools, Unchanged
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher, FetchError
from connectors.polling.outcome import fresh
from connectors.sources.sitemap import list_sitemap
from connectors.sources.sitemap_place import CHILDREN_PER_POLL, Place, choose, place_after, place_of
from connectors.sources.sitemap_xml import Child
from pipeline.config import Kafka, Polling

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def at(minutes: float) -> datetime:
    """Return a time of this morning."""
    return NOW - timedelta(hours=6) + timedelta(minutes=minutes)


def child(name: str, minutes: float | None) -> Child:
    return Child(f"https://x/{name}", None if minutes is None else at(minutes))


def names(children: tuple[Child, ...]) -> list[str]:
    return [it.url.rpartition("/")[2] for it in children]


def test_first_the_newest_and_then_what_changed_is_read_newest_first() -> None:
    children = [child(f"c{n}", n) for n in range(100)]
    first = choose(children, Place(), NOW)
    assert names(first.children) == [f"c{n}" for n in (99, 98, 97, 96, 95)]
    place = place_after(first, ())
    assert choose(children, place, NOW).children == ()
    children += [child(f"d{n}", 200 + n) for n in range(12)]
    read: list[str] = []
    while not read or place.pending:
        choice = choose(children, place_of(msgspec.json.encode(place).decode()), NOW)
        read += names(choice.children)
        place = place_after(choice, ())
    assert read == [f"d{n}" for n in range(11, -1, -1)]


def test_what_failed_is_read_again_and_what_comes_meanwhile_too() -> None:
    children = [child("a", 1), child("b", 2)]
    place = place_after(choose(children, Place(), NOW), ())
    children = [child("a", 10), child("b", 11)]
    choice = choose(children, place, NOW)
    place = place_after(choice, [children[0]])
    children.append(child("c", 5))
    choice = choose(children, place, NOW)
    assert names(choice.children) == ["a", "c"]
    assert not place_after(choice, ()).pending


def test_those_that_do_not_say_when_they_changed_take_turns() -> None:
    undated = [child(f"u{n}", None) for n in range(7)]
    today = Child("https://x/today", NOW.replace(hour=0, minute=0))
    place, read = Place(), set[str]()
    for _ in range(2):
        choice = choose([*undated, today], place, NOW)
        assert len(choice.children) == CHILDREN_PER_POLL
        read.update(names(choice.children))
        place = place_after(choice, ())
    assert len(read) == 8
    assert choose([Child("https://x/old", today.changed and today.changed - timedelta(days=9))], place, NOW).live == ()


@pytest.fixture
def tools(fetcher: Fetcher, workers: Workers, outlets: Outlets, polling: Polling) -> Tools:
    return Tools(fetcher, workers, outlets, polling, Kafka())


def serve_index(hostile: Hostile, **changed: float) -> None:
    inner = "".join(
        f"<sitemap><loc>/{name}.xml</loc><lastmod>{at(minutes).isoformat()}</lastmod></sitemap>"
        for name, minutes in changed.items()
    )
    hostile.answers["/index.xml"] = Answer(f"<sitemapindex {SPACE}>{inner}</sitemapindex>".encode())


def serve_urls(hostile: Hostile, sitemap: str, **changed: float) -> None:
    inner = "".join(
        f"<url><loc>/{page}</loc><lastmod>{at(minutes).isoformat()}</lastmod></url>"
        for page, minutes in changed.items()
    )
    hostile.answers[f"/{sitemap}.xml"] = Answer(f"<urlset {SPACE}>{inner}</urlset>".encode())


@pytest.mark.anyio
async def test_an_index_over_http(hostile: Hostile, tools: Tools) -> None:
    source = FeedSource(hostile.url("/index.xml"), kind="sitemap")
    serve_index(hostile, a=1, b=2)
    serve_urls(hostile, "a", a1=1, old=-20 * 24 * 60)
    serve_urls(hostile, "b", b1=2)
    cursor = fresh(source)
    first = await list_sitemap(source, tools, cursor, NOW)
    assert isinstance(first, Listing)
    assert {entry.link for entry in first.feed.entries} == {hostile.url("/a1"), hostile.url("/b1")}

    serve_index(hostile, a=1, b=2, c=9, d=10, gone=11)
    serve_urls(hostile, "c", c1=9)
    hostile.answers["/d.xml"] = Answer(b"away", 503)
    hostile.asked.clear()
    cursor = msgspec.structs.replace(cursor, position=first.position, succeeded_at=NOW)
    second = await list_sitemap(source, tools, cursor, NOW)
    assert isinstance(second, Listing)
    assert hostile.paths() == ["/index.xml", "/gone.xml", "/d.xml", "/c.xml"]
    assert [entry.link for entry in second.feed.entries] == [hostile.url("/c1")]
    assert [unread.url for unread in second.feed.unread] == [hostile.url("/gone.xml")]

    serve_urls(hostile, "d", d1=10)
    hostile.asked.clear()
    third = await list_sitemap(source, tools, msgspec.structs.replace(cursor, position=second.position), NOW)
    assert isinstance(third, Listing)
    assert hostile.paths() == ["/index.xml", "/d.xml"]
    assert [entry.link for entry in third.feed.entries] == [hostile.url("/d1")]


@pytest.mark.anyio
async def test_an_index_in_an_index_and_one_too_deep(hostile: Hostile, tools: Tools) -> None:
    source = FeedSource(hostile.url("/index.xml"), kind="sitemap")
    serve_index(hostile, inner=1)
    hostile.answers["/inner.xml"] = hostile.answers["/index.xml"]
    listed = await list_sitemap(source, tools, fresh(source), NOW)
    assert isinstance(listed, Listing)
    assert "nested too deep" in listed.feed.unread[0].reason
    serve_urls(hostile, "leaf", a1=1)
    leaf = f"<sitemapindex {SPACE}><sitemap><loc>/leaf.xml</loc></sitemap></sitemapindex>"
    hostile.answers["/inner.xml"] = Answer(leaf.encode())
    listed = await list_sitemap(source, tools, fresh(source), NOW)
    assert isinstance(listed, Listing)
    assert [entry.link for entry in listed.feed.entries] == [hostile.url("/a1")]


@pytest.mark.anyio
async def test_one_sitemap_is_asked_conditionally_and_all_away_is_a_failure(hostile: Hostile, tools: Tools) -> None:
    source = FeedSource(hostile.url("/news.xml"), kind="sitemap")
    serve_urls(hostile, "news", a=1)
    listed = await list_sitemap(source, tools, fresh(source), NOW)
    assert isinstance(listed, Listing)
    hostile.answers["/news.xml"] = Answer(status=304)
    cursor = msgspec.structs.replace(fresh(source), etag='"1"')
    assert isinstance(await list_sitemap(source, tools, cursor, NOW), Unchanged)
    serve_index(hostile, a=1)
    hostile.answers["/a.xml"] = Answer(status=503)
    index = FeedSource(hostile.url("/index.xml"), kind="sitemap")
    with pytest.raises(FetchError):
        await list_sitemap(index, tools, fresh(index), NOW)
