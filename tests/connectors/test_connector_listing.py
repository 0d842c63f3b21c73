"""One feed, polled again and again: what becomes an article, a revision, a dead letter, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from hostile import FEED_HEADERS, PAGE_HEADERS, SENTENCES, TEXT, Answer, Hostile, item, page, rss

from connectors.articles.entries import KEPT_UNLISTED, MAX_TRIES
from connectors.articles.outlets import Outlets
from connectors.base import Batch, FeedSource, PollStopped, Tools
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher
from connectors.listing import ENTRIES_PER_POLL, ListingConnector
from connectors.polling import outcome
from pipeline.config import Kafka, Polling
from schemas.cursor import Cursor
from schemas.ids import article_id

Poll = Callable[..., Awaitable[Batch]]
HOST = "harbour-post.localhost"

pytestmark = pytest.mark.anyio


@pytest.fixture
def tools(fetcher: Fetcher, workers: Workers, outlets: Outlets, polling: Polling) -> Tools:
    return Tools(fetcher, workers, outlets, polling, Kafka())


@pytest.fixture
def poll(hostile: Hostile, tools: Tools) -> Poll:
    """Poll the server's /feed; times go on by ten minutes from poll to poll."""
    connector = ListingConnector(FeedSource(hostile.url("/feed", HOST)), tools)
    polls = iter(range(1000))

    async def once(cursor: Cursor | None = None) -> Batch:
        return await connector.poll(cursor, NOW + timedelta(minutes=10 * next(polls)))

    return once


def _wait(cursor: Cursor) -> float:
    assert cursor.next_poll_at
    assert cursor.polled_at
    return (cursor.next_poll_at - cursor.polled_at).total_seconds()


def _serve(hostile: Hostile, *items: str, **pages: bytes) -> None:
    hostile.answers["/feed"] = Answer(rss(*items), headers=FEED_HEADERS)
    for name, body in pages.items():
        hostile.answers[f"/{name}"] = Answer(body, headers=PAGE_HEADERS)


async def test_an_entry_becomes_an_article(hostile: Hostile, poll: Poll) -> None:
    head = '<link rel="canonical" href="/a?utm_source=x"><meta name="author" content="Jo Doe">'
    _serve(hostile, item("/a?utm_medium=rss", "Pier closes"), a=b"")
    hostile.answers["/a?utm_medium=rss"] = Answer(page(head=head), headers=PAGE_HEADERS)
    batch = await poll()
    article = batch.articles[0]
    assert article.url == hostile.url("/a", HOST)
    assert article.article_id == article_id(article.url)
    assert (article.title, article.text, article.outlet) == ("Pier closes", TEXT, "The Harbour Post")
    assert (article.published_at.isoformat(), article.published_from) == ("2019-06-03T10:00:00+00:00", "feed")
    assert (article.language, article.authors, article.summary) == ("en", ("Jo Doe",), "In short.")
    assert (article.revision, article.partial, article.credit) == (1, False, None)
    assert article.fetched_at == NOW
    assert (batch.cursor.articles, batch.cursor.state, batch.cursor.outlet) == (1, "ok", "The Harbour Post")
    assert batch.problems == batch.rejected == ()


async def test_an_unchanged_feed_gives_nothing(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a"), a=page())
    first = await poll()
    again = await poll(first.cursor)
    assert again.articles == ()
    assert again.cursor.state == "unchanged"
    assert again.cursor.seen == first.cursor.seen
    assert hostile.paths() == ["/feed", "/a", "/feed"]


async def test_304_is_believed_and_now_and_then_checked(hostile: Hostile, poll: Poll) -> None:
    body = rss(item("/a"))
    headers = {**FEED_HEADERS, "ETag": '"1"', "Last-Modified": "Mon, 03 Jun 2019 10:00:00 GMT"}
    hostile.answers["/feed"] = lambda asked: (
        Answer(status=304) if asked.get("if-none-match") == '"1"' else Answer(body, headers=headers)
    )
    hostile.answers["/a"] = Answer(page(), headers=PAGE_HEADERS)
    batch = await poll()
    assert (batch.cursor.etag, batch.cursor.last_modified) == ('"1"', "Mon, 03 Jun 2019 10:00:00 GMT")
    for _ in range(outcome.FULL_READING_EVERY):
        batch = await poll(batch.cursor)
        assert (batch.articles, batch.cursor.state) == ((), "unchanged")
    believed = ["if-none-match" in asked for path, asked in hostile.asked if path == "/feed"]
    assert believed == [False, *[True] * (outcome.FULL_READING_EVERY - 1), False]


async def test_a_changed_entry_whose_text_changed_is_a_revision(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a"), a=page())
    first = await poll()
    corrected = TEXT.replace("14 million", "41 million")
    _serve(hostile, item("/a", summary="Corrected."), a=page(text=corrected))
    second = await poll(first.cursor)
    assert [(it.revision, it.article_id, it.text) for it in second.articles] == [
        (2, first.articles[0].article_id, corrected)
    ]
    _serve(hostile, item("/a", summary="Nothing new."), a=page(text=corrected))
    third = await poll(second.cursor)
    assert (third.articles, third.duplicates) == ((), 1)


async def test_a_new_guid_for_the_same_page_is_no_new_article(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a", guid="1"), a=page())
    first = await poll()
    _serve(hostile, item("/a", guid="2"), a=page())
    second = await poll(first.cursor)
    assert second.articles == ()
    assert list(second.cursor.seen) == ["2"]
    assert hostile.paths().count("/a") == 1


async def test_a_new_url_under_the_same_guid_keeps_the_article(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a", guid="1"), a=page())
    first = await poll()
    _serve(hostile, item("/b", guid="1"), b=page(text=TEXT + "\n\nThe pier was closed at noon by the police."))
    second = await poll(first.cursor)
    assert [(it.article_id, it.revision) for it in second.articles] == [(first.articles[0].article_id, 2)]


async def test_guids_that_all_entries_share_are_none(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a", guid="x"), item("/b", guid="x"), a=page(), b=page(text=TEXT[: len(SENTENCES[0]) + 150]))
    assert len((await poll()).articles) == 2


async def test_two_entries_of_one_page_give_one_article(hostile: Hostile, poll: Poll) -> None:
    canonical = '<link rel="canonical" href="/a">'
    _serve(hostile, item("/a"), item("/b"), a=page(head=canonical), b=page(head=canonical))
    batch = await poll()
    assert (len(batch.articles), batch.duplicates) == (1, 1)


async def test_a_page_without_text_is_rejected_once(hostile: Hostile, poll: Poll) -> None:
    empty = b"<html><body><nav>Home</nav></body></html>"
    _serve(hostile, item("/a", summary=""), a=empty)
    batch = await poll()
    letter = batch.rejected[0]
    assert (letter.stage, letter.reason, letter.raw) == ("connectors", "no-text", empty)
    assert letter.key == hostile.url("/a", HOST).encode()
    assert "no article text" in letter.error
    _serve(hostile, item("/a", summary=""), item("/b"), a=empty, b=page())
    again = await poll(batch.cursor)
    assert (len(again.articles), again.rejected) == (1, ())


async def test_the_feed_s_text_is_used_where_the_page_gives_less(hostile: Hostile, poll: Poll) -> None:
    whole = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    _serve(
        hostile,
        item("/gone", content=whole),
        item("/thin", "Thin", content=whole),
        thin=page(text="Subscribe to read."),
    )
    batch = await poll()
    assert [(article.text, article.partial) for article in batch.articles] == [(TEXT, False), (TEXT, False)]
    assert "status 404" in batch.problems[0].text


async def test_teasers_paywalls_and_notices_are_flagged(hostile: Hostile, poll: Poll) -> None:
    wall = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    cookies = "We use cookies to improve your visit. Accept all cookies or change your cookie settings. " * 5
    items = [item(f"/{name}", name, summary=SENTENCES[0]) for name in ("paid", "cookies", "short", "gone")]
    _serve(hostile, *items, paid=page("paid", head=wall), cookies=page("cookies", cookies),
           short=page("short", SENTENCES[1]))  # fmt: skip
    articles = {article.title: article for article in (await poll()).articles}
    assert all(article.partial for article in articles.values())
    assert articles["paid"].text == TEXT
    assert articles["cookies"].text == articles["gone"].text == SENTENCES[0]


async def test_a_very_long_article_is_cut_and_flagged(hostile: Hostile, poll: Poll, polling: Polling) -> None:
    long = "\n\n".join(f"{number}. A line of the record, read out in full." for number in range(21_000))
    assert len(long.split()) > 200_000
    _serve(hostile, item("/a"), a=page(text=long)[: polling.max_body_bytes - 10])
    article = (await poll()).articles[0]
    assert polling.max_text_chars * 0.9 < len(article.text) <= polling.max_text_chars
    assert article.partial


async def test_a_page_that_fails_is_tried_again_and_then_settled(hostile: Hostile, poll: Poll) -> None:
    hostile.answers["/feed"] = Answer(rss(item("/a")), headers={**FEED_HEADERS, "ETag": '"1"'})
    hostile.answers["/a"] = Answer(b"", 503)
    batch = await poll()
    assert (batch.articles, batch.waiting, batch.cursor.etag) == ((), 1, None)
    hostile.answers["/a"] = Answer(page(), headers=PAGE_HEADERS)
    batch = await poll(batch.cursor)
    assert [article.revision for article in batch.articles] == [1]
    assert batch.cursor.etag == '"1"'


async def test_a_page_that_never_comes_gives_the_feed_s_text_in_the_end(hostile: Hostile, poll: Poll) -> None:
    _serve(hostile, item("/a", summary=SENTENCES[0]), item("/b", summary=""))
    hostile.answers["/a"] = hostile.answers["/b"] = Answer(b"", 503)
    batch = await poll()
    for _ in range(MAX_TRIES - 1):
        assert (batch.articles, batch.waiting) == ((), 2)
        batch = await poll(batch.cursor)
    assert [(article.text, article.partial) for article in batch.articles] == [(SENTENCES[0], True)]
    assert [letter.reason for letter in batch.rejected] == ["unreadable"]
    assert (await poll(batch.cursor)).waiting == 0


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer(page(), headers=PAGE_HEADERS), "this is a web page"),
        (Answer(b"", headers=FEED_HEADERS), "the answer is empty"),
        (Answer(b"", 500), "the server has a fault"),
        (Answer(b"x" * 10_000_000), "larger than polling.max_body_bytes"),
        (Answer(b"", 302, {"Location": "http://169.254.169.254/"}), "169.254.169.254 is a private"),
    ],
)
async def test_feeds_that_fail_say_so_and_wait_longer_each_time(
    hostile: Hostile, poll: Poll, answer: Answer, says: str
) -> None:
    hostile.answers["/feed"] = answer
    first = await poll()
    second = await poll(first.cursor)
    assert says in second.cursor.state
    assert says in second.problems[0].text
    assert second.cursor.failures == 2
    assert _wait(second.cursor) > _wait(first.cursor) >= 270
    _serve(hostile, item("/a"), a=page())
    mended = await poll(second.cursor)
    assert (mended.cursor.failures, mended.cursor.state, len(mended.articles)) == (0, "ok", 1)


async def test_retry_after_is_kept(hostile: Hostile, poll: Poll) -> None:
    hostile.answers["/feed"] = Answer(b"", 429, {"Retry-After": "7200"})
    cursor = (await poll()).cursor
    assert cursor.next_poll_at
    assert cursor.next_poll_at >= NOW + timedelta(hours=2)


async def test_entries_without_a_link_are_rejected_once(hostile: Hostile, poll: Poll) -> None:
    lost = "<item><title>Lost</title><description>x</description></item>"
    _serve(hostile, lost, item("/a"), a=page())
    batch = await poll()
    assert [letter.reason for letter in batch.rejected] == ["no-link"]
    assert b"Lost" in batch.rejected[0].raw
    _serve(hostile, lost, item("/a"), item("/b"), a=page(), b=page())
    assert (await poll(batch.cursor)).rejected == ()


async def test_a_large_feed_comes_in_batches_and_is_remembered_within_bounds(hostile: Hostile, poll: Poll) -> None:
    count = ENTRIES_PER_POLL + 10
    pages = {f"a{n}": page(f"Title {n}") for n in range(count)}
    _serve(hostile, *(item(f"/a{n}", f"Title {n}") for n in range(count)), **pages)
    first = await poll()
    assert (len(first.articles), first.more, first.cursor.next_poll_at) == (ENTRIES_PER_POLL, True, NOW)
    second = await poll(first.cursor)
    assert (len(second.articles), second.more) == (10, False)
    assert len({article.article_id for article in first.articles + second.articles}) == count
    _serve(hostile, item("/new"), new=page())
    third = await poll(second.cursor)
    assert len(third.cursor.seen) == min(count, KEPT_UNLISTED) + 1


async def test_a_stop_hands_over_what_there_is(hostile: Hostile, tools: Tools) -> None:
    _serve(hostile, item("/a"), item("/b", date="Mon, 03 Jun 2019 11:00:00 GMT"), a=page(), b=page())
    tools = replace(tools, stopping=lambda: "/a" in hostile.paths())
    connector = ListingConnector(FeedSource(hostile.url("/feed")), tools)
    batch = await connector.poll(None, NOW)
    assert (len(batch.articles), batch.more, batch.cursor.body_hash) == (1, True, None)
    tools.fetcher.stop()
    with pytest.raises(PollStopped):
        await connector.poll(batch.cursor, NOW)


async def test_dates_that_lie_fall_back(hostile: Hostile, poll: Poll) -> None:
    head = '<meta property="article:published_time" content="2019-06-02T08:00:00Z">'
    _serve(hostile, item("/a", date="Mon, 03 Jun 2030 10:00:00 GMT"),
           item("/b", "Pier shut", date="Thu, 01 Jan 1970 00:00:00 GMT"),
           a=page(head=head), b=page("Pier shut"))  # fmt: skip
    found = {
        article.url[-1]: (article.published_at.date().isoformat(), article.published_from)
        for article in (await poll()).articles
    }
    assert found == {"a": ("2019-06-02", "page"), "b": (NOW.date().isoformat(), "fetched")}


def test_waits_differ_from_feed_to_feed() -> None:
    waits = {outcome.jittered(f"http://{n}.org/", 300, NOW) for n in range(100)}
    assert len(waits) > 90
    assert all(270 <= wait <= 330 for wait in waits)
