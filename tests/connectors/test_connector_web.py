"""Sources on a web that lies, storms, stalls and attacks: nothing is lost, nothing doubled, nobody obeyed."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from conftest import NOW
from hostile import CHUNK, FEED_HEADERS, PAGE_HEADERS, TEXT, Answer, Hostile, item, page, rss

from connectors.articles.entries import MAX_TRIES
from connectors.articles.outlets import Outlets
from connectors.base import Batch, FeedSource, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Asked, Fetcher, FetchError
from connectors.listing import ListingConnector
from connectors.polling.outcome import FULL_READING_EVERY
from pipeline.config import Kafka, Polling
from schemas.article import Article
from schemas.cursor import Cursor

pytestmark = pytest.mark.anyio

HOST = "harbour-post.localhost"
NOBODY = Path(__file__).parent / "nobody.pem"


class Reader:
    """Polls the server's /feed again and again; `articles` are all that came so far, `cursor` where it stands."""

    def __init__(self, hostile: Hostile, tools: Tools) -> None:
        self._connector = ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools)
        self._now = NOW
        self.articles: list[Article] = []
        self.cursor: Cursor | None = None

    async def poll(self, times: int = 1) -> Batch:
        for _ in range(times):
            batch = await self._connector.poll(self.cursor, self._now)
            self._now += timedelta(minutes=10)
            self.cursor = batch.cursor
            self.articles += batch.articles
        return batch

    def names(self) -> list[str]:
        """The last part of each article's URL, in order; one that came twice stands twice."""
        return sorted(article.url.rpartition("/")[2] for article in self.articles)


@pytest.fixture
def reader(hostile: Hostile, fetcher: Fetcher, workers: Workers, polling: Polling) -> Reader:
    return Reader(hostile, Tools(fetcher, workers, Outlets(()), polling, Kafka()))


def _page(name: str) -> Answer:
    text = TEXT.replace("northern pier", f"pier named {name}")
    return Answer(page(f"Pier {name} closes", text), headers=PAGE_HEADERS)


def _serve(hostile: Hostile, *names: str, headers: Mapping[str, str] = FEED_HEADERS) -> Answer:
    """Serve a feed of these entries and their pages; return the feed's answer."""
    for name in names:
        hostile.answers.setdefault(f"/{name}", _page(name))
    answer = Answer(rss(*(item(f"/{name}", f"Pier {name} closes") for name in names)), headers=headers)
    hostile.answers["/feed"] = answer
    return answer


async def test_an_etag_that_lies_hides_news_for_some_polls_only(hostile: Hostile, reader: Reader) -> None:
    tagged = {**FEED_HEADERS, "ETag": '"always the same"'}
    _serve(hostile, "a", headers=tagged)
    await reader.poll()
    fresh = _serve(hostile, "a", "b", headers=tagged)
    hostile.answers["/feed"] = lambda asked: Answer(status=304) if "if-none-match" in asked else fresh
    await reader.poll(FULL_READING_EVERY)
    assert reader.names() == ["a", "b"]
    await reader.poll(2 * FULL_READING_EVERY)
    assert reader.names() == ["a", "b"]


async def test_a_storm_of_304_is_a_fault_where_nothing_was_asked(hostile: Hostile, reader: Reader) -> None:
    hostile.answers["/feed"] = Answer(status=304)
    batch = await reader.poll(3)
    assert (batch.cursor.failures, reader.articles) == (3, [])
    assert "status 304" in batch.cursor.state
    _serve(hostile, "a")
    await reader.poll()
    hostile.answers["/feed"] = Answer(status=304)
    await reader.poll(FULL_READING_EVERY + 2)
    _serve(hostile, "a", "b")
    await reader.poll()
    assert reader.names() == ["a", "b"]


async def test_429_with_retry_after_is_obeyed_for_the_whole_host(hostile: Hostile, reader: Reader) -> None:
    _serve(hostile, "a")
    served = hostile.answers["/feed"]
    hostile.answers["/feed"] = Answer(status=429, headers={"Retry-After": "7200"})
    batch = await reader.poll()
    assert batch.cursor.next_poll_at
    assert batch.cursor.next_poll_at >= NOW + timedelta(hours=2)
    hostile.answers["/feed"] = served
    held = await reader.poll()
    assert held.cursor.failures == 1
    assert held.cursor.next_poll_at
    assert held.cursor.next_poll_at >= NOW + timedelta(hours=2)
    assert hostile.paths() == ["/feed"]


async def test_429_without_retry_after_gives_the_host_a_rest(hostile: Hostile, fetcher: Fetcher) -> None:
    hostile.answers["/a"] = Answer(status=429)
    hostile.answers["/b"] = Answer(b"b")
    with pytest.raises(FetchError) as caught:
        await fetcher.get(Asked(hostile.url("/a", HOST)))
    assert (caught.value.kind, caught.value.retry_after) == ("retryable", None)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await fetcher.get(Asked(hostile.url("/b", HOST)))
    assert hostile.paths() == ["/a"]
    assert (await fetcher.get(Asked(hostile.url("/b", "elsewhere.localhost")))).body == b"b"


async def test_pages_of_a_host_that_wants_a_rest_are_read_later(hostile: Hostile, reader: Reader) -> None:
    _serve(hostile, "a", "b", "c")
    hostile.answers["/b"] = Answer(status=429, headers={"Retry-After": "1"})
    batch = await reader.poll()
    assert (batch.waiting, reader.names()) == (1, ["a", "c"])
    hostile.answers["/b"] = _page("b")
    await reader.poll()
    assert reader.names() == ["a", "b", "c"]


async def test_an_entry_that_leaves_the_feed_before_its_page_can_be_read_is_not_lost(
    hostile: Hostile, reader: Reader
) -> None:
    _serve(hostile, "a", "b")
    hostile.answers["/a"] = hostile.answers["/b"] = Answer(status=503)
    assert (await reader.poll()).waiting == 2
    _serve(hostile, "c")
    assert (await reader.poll()).waiting == 2
    hostile.answers["/b"] = _page("b")
    batch = await reader.poll()
    assert (batch.waiting, reader.names()) == (1, ["b", "c"])
    batch = await reader.poll(MAX_TRIES - 4)
    assert batch.waiting == 1
    batch = await reader.poll()
    assert (batch.waiting, [letter.reason for letter in batch.rejected]) == (0, ["unreadable"])
    assert batch.cursor.waiting == ()
    await reader.poll(3)
    assert reader.names() == ["b", "c"]


async def test_a_redirect_to_the_metadata_service_is_not_followed(hostile: Hostile, reader: Reader) -> None:
    secret = Answer(status=301, headers={"Location": "http://169.254.169.254/latest/meta-data/iam/"})
    hostile.answers["/feed"] = secret
    batch = await reader.poll()
    assert "169.254.169.254 is a private" in batch.cursor.state
    assert batch.cursor.moved_to is None
    _serve(hostile, "a")
    hostile.answers["/a"] = secret
    batch = await reader.poll()
    assert [letter.reason for letter in batch.rejected] == ["unreadable"]
    assert "169.254.169.254 is a private" in batch.rejected[0].error


@pytest.fixture
def inside() -> Iterator[tuple[Hostile, Hostile]]:
    """A server that may be asked at 127.0.0.2, and one of the inner network at the same port of 127.0.0.1."""
    outer = Hostile("127.0.0.2")
    inner = Hostile("127.0.0.1", outer.port)
    inner.answers["/a"] = Answer(b"secret")
    yield outer, inner
    outer.close()
    inner.close()


async def test_a_name_that_resolves_anew_to_loopback_is_judged_anew(inside: tuple[Hostile, Hostile]) -> None:
    outer, inner = inside
    asked: list[str] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.2",) if asked.count("rebound.example") < 2 and host != "evil.example" else ("127.0.0.1",)

    fetcher = Fetcher(Polling(allow_private=("127.0.0.2/32",), host_spacing_seconds=0), resolve=resolve)
    outer.answers["/a"] = Answer(b"open", headers={"Connection": "close"})
    outer.answers["/to-evil"] = Answer(status=302, headers={"Location": outer.url("/a", "evil.example")})
    try:
        assert (await fetcher.get(Asked(outer.url("/a", "rebound.example")))).body == b"open"
        for url in (outer.url("/a", "rebound.example"), outer.url("/to-evil", "other.example")):
            with pytest.raises(FetchError, match=r"127\.0\.0\.1 is a private"):
                await fetcher.get(Asked(url))
    finally:
        await fetcher.aclose()
    assert inner.asked == []


async def test_one_forbidden_address_among_good_ones_forbids_the_host(inside: tuple[Hostile, Hostile]) -> None:
    outer, inner = inside
    fetcher = Fetcher(Polling(allow_private=("127.0.0.2/32",)), resolve=lambda host, port: ("127.0.0.2", "127.0.0.1"))
    with pytest.raises(FetchError, match=r"127\.0\.0\.1 is a private"):
        await fetcher.get(Asked(outer.url("/a", "both.example")))
    assert outer.asked == inner.asked == []


async def test_bodies_without_end_are_cut_at_the_cap(hostile: Hostile, reader: Reader) -> None:
    hostile.answers["/feed"] = Answer(CHUNK, endless=True)
    batch = await reader.poll()
    assert "larger than polling.max_body_bytes" in batch.cursor.state
    _serve(hostile, "a", "b")
    hostile.answers["/a"] = Answer(CHUNK, endless=True)
    await reader.poll()
    while hostile.sent == 0:  # noqa: ASYNC110 - the server is a thread
        await asyncio.sleep(0.01)
    assert hostile.sent < 20_000_000
    assert reader.names() == ["b"]


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_bombs_do_not_go_off(hostile: Hostile, reader: Reader, encoding: str) -> None:
    plain = b"\0" * 50_000_000
    bomb = gzip.compress(plain, 9) if encoding == "gzip" else brotli.compress(plain, quality=1)
    hostile.answers["/feed"] = Answer(bomb, headers={"Content-Encoding": encoding})
    batch = await reader.poll()
    assert "larger than polling.max_body_bytes" in batch.cursor.state
    _serve(hostile, "a", "b")
    hostile.answers["/a"] = Answer(bomb, headers={**PAGE_HEADERS, "Content-Encoding": encoding})
    await reader.poll(2)
    assert reader.names() == ["b"]


async def test_slow_drips_cost_their_time_only_and_hold_nobody_up(hostile: Hostile, reader: Reader) -> None:
    _serve(hostile, "a", "b", "c", "d")
    slow = hostile.answers["/a"] = Answer(page(), headers=PAGE_HEADERS, drip=0.1)
    hostile.answers["/c"] = slow
    begun = time.monotonic()
    batch = await reader.poll()
    assert time.monotonic() - begun < 3.5
    assert (reader.names(), batch.waiting) == (["b", "d"], 2)
    hostile.answers["/a"], hostile.answers["/c"] = _page("a"), _page("c")
    await reader.poll()
    assert reader.names() == ["a", "b", "c", "d"]


async def test_tls_that_cannot_be_trusted_is_not_read(fetcher: Fetcher) -> None:
    """Its certificate is of nobody, for another name, and signed by itself."""
    server = Hostile(certificate=NOBODY)
    server.answers["/a"] = Answer(b"a")
    try:
        url = f"https://{HOST}:{server.port}/a"
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED") as caught:
            await fetcher.get(Asked(url))
        assert caught.value.kind == "retryable"
        assert server.asked == []
    finally:
        server.close()


async def test_what_is_no_tls_at_all_is_an_error_in_words(hostile: Hostile, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match="the connection failed"):
        await fetcher.get(Asked(f"https://{HOST}:{hostile.port}/a"))


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "no-such-charset"])
async def test_wrong_charsets_give_the_words_that_were_meant(hostile: Hostile, reader: Reader, declared: str) -> None:
    title, sentence = "Zoë’s café closes – for good", "The café’s owner said that “naïve” plans cost £14m."
    _serve(hostile, "a")
    feed = rss(item("/a", title)).decode().replace('encoding="utf-8"', f'encoding="{declared}"')
    hostile.answers["/feed"] = Answer(
        feed.encode("cp1252"), headers={"Content-Type": "application/rss+xml; charset=utf-8"}
    )
    html = page(title, TEXT + "\n\n" + sentence).decode().replace('charset="utf-8"', f'charset="{declared}"')
    hostile.answers["/a"] = Answer(html.encode("cp1252"), headers={"Content-Type": f"text/html; charset={declared}"})
    await reader.poll()
    assert [(article.title, article.text.endswith(sentence)) for article in reader.articles] == [(title, True)]


async def test_guids_that_change_at_each_read_double_nothing(hostile: Hostile, reader: Reader) -> None:
    names = "abcde"
    _serve(hostile, *names)
    for turn in range(6):
        items = [item(f"/{name}", f"Pier {name} closes", guid=f"{name}-{turn}") for name in names]
        hostile.answers["/feed"] = Answer(rss(*items), headers=FEED_HEADERS)
        await reader.poll()
    assert reader.names() == list(names)
    assert [path for path in hostile.paths() if path != "/feed"] == [f"/{name}" for name in names]
    assert reader.cursor
    assert len(reader.cursor.seen) == len(names)


async def test_a_feed_that_dates_all_anew_tells_its_news_only(hostile: Hostile, reader: Reader) -> None:
    names = "abcdef"
    _serve(hostile, *names, "new")
    for hour in range(8):
        listed = [*names, *(["new"] if hour > 4 else [])]
        items = [
            item(f"/{name}", f"Pier {name} closes", date=f"Tue, 04 Jun 2019 {hour:02}:00:00 GMT") for name in listed
        ]
        hostile.answers["/feed"] = Answer(rss(*items), headers=FEED_HEADERS)
        await reader.poll()
    assert reader.names() == [*names, "new"]
    assert all(article.revision == 1 for article in reader.articles)
    assert sum(path == "/a" for path in hostile.paths()) <= 2
