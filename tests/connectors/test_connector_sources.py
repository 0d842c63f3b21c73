"""What lists a source and where it is asked: kinds, complete entries, moves, ends, and many pages at a time."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest
from conftest import NOW
from hostile import FEED_HEADERS, PAGE_HEADERS, SENTENCES, TEXT, Answer, Hostile, item, page, rss

from connectors.articles.outlets import Outlets
from connectors.base import FeedSource, Listing, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Asked, Fetcher
from connectors.fetching.robots import Robots
from connectors.kinds import lister_of
from connectors.listing import ListingConnector
from connectors.polling.outcome import fresh
from connectors.sources.feed import Entry, Feed
from pipeline.config import Kafka, Polling
from pipeline.errors import SetupError
from schemas.cursor import Cursor

pytestmark = pytest.mark.anyio

HOST = "harbour-post.localhost"
URL = "https://partner.example/1"


async def list_partner(source: FeedSource, tools: Tools, cursor: Cursor, now: datetime) -> Listing | None:
    """A lister as somebody may write it: whole articles, and a bookmark of its own."""
    if cursor.position == "1":
        return None
    entry = Entry("1", URL, "Pier closes", "".join(f"<p>{it}</p>" for it in SENTENCES), "", now, None, (), None,
                  complete=True)  # fmt: skip
    return Listing(Feed("Partner", "en", (entry,)), position="1")


def not_async() -> None:
    """No lister."""


@pytest.fixture
def tools(fetcher: Fetcher, workers: Workers, polling: Polling) -> Tools:
    return Tools(fetcher, workers, Outlets(()), polling, Kafka())


async def test_a_lister_of_one_s_own_gives_whole_articles_without_pages(hostile: Hostile, tools: Tools) -> None:
    source = FeedSource("partner:1", kind="test_connector_sources:list_partner")
    connector = ListingConnector(source, tools)
    first = await connector.poll(None, NOW)
    assert [(it.url, it.text, it.partial) for it in first.articles] == [(URL, TEXT, False)]
    assert (first.cursor.position, first.problems, hostile.asked) == ("1", (), [])
    second = await connector.poll(first.cursor, NOW + timedelta(hours=1))
    assert (second.articles, second.cursor.state, second.cursor.position) == ((), "unchanged", "1")


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("rss", "write feed, sitemap, topic, or package.module:function"),
        ("no.such.module:list_x", "No module named 'no'"),
        ("connectors.sources.rss:list_nothing", "has no `async def list_nothing"),
        ("test_connector_sources:not_async", "has no `async def not_async"),
    ],
)
def test_kinds_that_nobody_lists_are_told_at_the_start(kind: str, says: str) -> None:
    with pytest.raises(SetupError, match=kind) as caught:
        lister_of(kind)
    assert says in str(caught.value)


def _feed(hostile: Hostile, path: str, name: str) -> None:
    hostile.answers[path] = Answer(rss(item(f"/{name}", f"Pier {name} closes")), headers=FEED_HEADERS)
    hostile.answers[f"/{name}"] = Answer(
        page(f"Pier {name} closes", TEXT + f"\n\nThe pier is {name}."), headers=PAGE_HEADERS
    )


async def test_where_a_feed_moved_to_is_asked_first_and_its_old_address_when_that_fails(
    hostile: Hostile, tools: Tools
) -> None:
    _feed(hostile, "/new", "a")
    source = FeedSource(hostile.url("/old", HOST))
    cursor = msgspec.structs.replace(fresh(source), moved_to=hostile.url("/new", HOST), etag='"1"')
    connector = ListingConnector(source, tools)
    batch = await connector.poll(cursor, NOW)
    assert (len(batch.articles), batch.cursor.moved_to) == (1, cursor.moved_to)
    assert hostile.paths() == ["/new", "/a"]

    hostile.answers["/new"] = Answer(status=503)
    away = await connector.poll(batch.cursor, NOW)
    assert (away.cursor.failures, away.cursor.moved_to) == (1, cursor.moved_to)
    assert "/old" not in hostile.paths()

    hostile.answers["/new"] = Answer(b"<html>This domain is for sale</html>", headers=PAGE_HEADERS)
    _feed(hostile, "/old", "b")
    back = await connector.poll(batch.cursor, NOW)
    assert (len(back.articles), back.cursor.moved_to, back.cursor.failures) == (1, None, 0)
    asked: Mapping[str, str] = next(headers for path, headers in hostile.asked if path == "/old")
    assert "if-none-match" not in asked


async def test_permanent_redirects_are_told_apart(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/end"] = Answer(b"x")
    redirects = {"/301": (301, "/308"), "/308": (308, "/end"), "/302": (302, "/end"), "/mixed": (301, "/302")}
    for path, (status, to) in redirects.items():
        hostile.answers[path] = Answer(status=status, headers={"Location": to})
    paths = ("/301", "/302", "/mixed", "/end")
    moved = {path: (await fetcher.get(Asked(hostile.url(path)))).permanent_url for path in paths}
    assert moved == {"/301": hostile.url("/end"), "/302": None, "/mixed": None, "/end": None}
    secret = hostile.url("/301").replace("http://", "http://jo:secret@")
    assert (await fetcher.get(Asked(secret))).permanent_url is None


async def test_pages_of_many_hosts_are_read_at_the_same_time_and_told_in_order(hostile: Hostile, tools: Tools) -> None:
    at_once = _Peak()
    items = []
    for number in range(16):
        hostile.answers[f"/p{number}"] = at_once.slowly(
            Answer(page(f"Pier {number} closes", TEXT + f"\n\nIt is pier {number}."), headers=PAGE_HEADERS)
        )
        link = hostile.url(f"/p{number}", f"host{number // 4}.localhost")
        items.append(item(link, f"Pier {number} closes", date=f"Mon, 03 Jun 2019 {number:02}:00:00 GMT"))
    hostile.answers["/feed"] = Answer(rss(*reversed(items)), headers=FEED_HEADERS)
    batch = await ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools).poll(None, NOW)
    assert [article.title for article in batch.articles] == [f"Pier {number} closes" for number in range(16)]
    assert at_once.peak > 3
    assert max(at_once.peaks.values()) == tools.polling.per_host


class _Peak:
    """How many requests are answered at the same time, in all and for each host."""

    def __init__(self) -> None:
        self.peak = 0
        self.peaks: dict[str, int] = {}
        self._now: dict[str, int] = {}
        self._lock = threading.Lock()

    def slowly(self, answer: Answer) -> Callable[[Mapping[str, str]], Answer]:
        def rule(headers: Mapping[str, str]) -> Answer:
            host = headers["host"]
            self._count(host, 1)
            time.sleep(0.2)
            self._count(host, -1)
            return answer

        return rule

    def _count(self, host: str, by: int) -> None:
        with self._lock:
            self._now[host] = self._now.get(host, 0) + by
            self.peaks[host] = max(self.peaks.get(host, 0), self._now[host])
            self.peak = max(self.peak, sum(self._now.values()))


async def test_the_main_process_does_without_the_model_of_languages(hostile: Hostile, tools: Tools) -> None:
    german = (
        "<p>Der Rat hat am Dienstag beschlossen, den Hafen für zwei Jahre zu schließen, sagte der Bürgermeister.</p>"
    )
    hostile.answers["/feed"] = Answer(rss(item("/gone", "Hafen zu", content=german * 4)), headers=FEED_HEADERS)
    loaded = sys.modules.pop("connectors.articles.spoken", None)
    try:
        batch = await ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools).poll(None, NOW)
        assert "connectors.articles.spoken" not in sys.modules
    finally:
        if loaded:
            sys.modules["connectors.articles.spoken"] = loaded
    assert [article.language for article in batch.articles] == ["de"]


async def test_requests_to_a_host_are_spaced(hostile: Hostile, polling: Polling, workers: Workers) -> None:
    times: list[float] = []

    def rule(headers: Mapping[str, str]) -> Answer:
        times.append(time.monotonic())
        return Answer(page(), headers=PAGE_HEADERS)

    hostile.answers["/feed"] = Answer(rss(*(item(f"/{n}", f"Pier {n}") for n in range(4))), headers=FEED_HEADERS)
    hostile.answers |= {f"/{n}": rule for n in range(4)}
    fetcher = Fetcher(polling.model_copy(update={"host_spacing_seconds": 0.3}), lambda: NOW)
    tools = Tools(fetcher, workers, Outlets(()), polling, Kafka())
    await ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools).poll(None, NOW)
    await fetcher.aclose()
    assert min(after - before for before, after in pairwise(times)) > 0.2


async def test_pages_that_robots_txt_forbids_are_not_asked_for(
    hostile: Hostile, tools: Tools, polling: Polling
) -> None:
    hostile.answers["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /private/\n")
    items = [item("/private/a", "Pier a", summary=TEXT), item("/b", "Pier b")]
    hostile.answers["/feed"] = Answer(rss(*items), headers=FEED_HEADERS)
    hostile.answers["/b"] = hostile.answers["/private/a"] = Answer(page("Pier b"), headers=PAGE_HEADERS)
    tools = replace(tools, robots=Robots(tools.fetcher, polling.user_agent))
    batch = await ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools).poll(None, NOW)
    assert {(article.title, article.partial) for article in batch.articles} == {("Pier a", True), ("Pier b", False)}
    assert "robots.txt forbids" in batch.problems[0].text
    assert sorted(hostile.paths()) == ["/b", "/feed", "/robots.txt"]
