"""What is all of an article: notices, teasers and paywalls are told, and the better of page and feed is kept."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, SHARED

from benchmarks.quality.teasers import by_kind, incomplete
from benchmarks.quality.teasers_data import samples
from connectors.articles.assemble import Context, Read, assemble
from connectors.articles.choice import better, of_feed, of_page
from connectors.articles.entries import Candidate
from connectors.articles.notices import Judged, judge, notice_of
from connectors.articles.outlets import FeedName, Outlet, Outlets
from connectors.articles.page import Page
from connectors.sources.feed import Entry

FLOORS = tomllib.loads((Path(__file__).parents[3] / "benchmarks/quality/floors.toml").read_text("utf-8"))
TEXT = "\n\n".join(
    f"The council of district {number} voted on Tuesday to close its pier for {number} years, the chair said. "
    f"Repairs to the {number} rotten beams will cost twice what was planned."
    for number in range(2, 12)
)
COOKIES = "We use cookies to improve this site. Accept all cookies or change your cookie settings."
URL = "https://www.example.org/a"


def entry(content: str = "", summary: str = "", **more: Any) -> Entry:
    return Entry(None, URL, "Pier closes", content, summary, NOW, None, (), None, **more)


def html(text: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))


def article(page: Page | None, listed: Entry, outlets: Outlets | None = None) -> Any:
    candidate = Candidate("k", URL, listed, "", None)
    context = Context(FeedName("https://www.example.org/feed", "Post", ""), "en", outlets or Outlets(()), 100_000)
    return assemble(candidate, Read(page, URL) if page else None, context, NOW)


@pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="the real pages are not beside the checkout"
)
def test_the_labelled_sample_is_told_as_well_as_before() -> None:
    chosen = [sample for sample in samples() if sample.half == "test"]
    overall, kinds, floors = incomplete(chosen), by_kind(chosen), FLOORS["teasers"]
    assert len(chosen) > 200
    assert overall.precision >= floors["precision"]
    assert overall.recall >= floors["recall"]
    assert sum(it.precision for it in kinds.values()) / len(kinds) >= floors["kinds_precision"]
    assert sum(it.recall for it in kinds.values()) / len(kinds) >= floors["kinds_recall"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TEXT}\n\nSubscribe to read the full story.", Judged(TEXT, "paywall")),
        (f"{COOKIES}\n\n{TEXT}", Judged(TEXT)),
        (f"{TEXT}\n\n{COOKIES}\n\nSign up for our newsletter", Judged(TEXT)),
        (f"{TEXT[:700]} …", Judged(f"{TEXT[:700]} …", "teaser")),
        (f"{TEXT}{TEXT}\n\nRead more", Judged(f"{TEXT}{TEXT}\n\nRead more")),
        (COOKIES, Judged("", "cookies")),
        (TEXT, Judged(TEXT)),
    ],
)
def test_what_stands_around_an_article_is_told_from_it(text: str, expected: Judged) -> None:
    assert judge(text) == expected


def test_articles_that_speak_of_such_things_are_none() -> None:
    for told in (
        "The minister said that the site must ask before it sets cookies. The firm will appeal against the fine.",
        "The paper's readers must subscribe to go on reading, its owner said. A month costs 9 pounds. Few will pay it.",
    ):
        assert notice_of(told) is None


def test_whole_goes_before_partial_and_page_before_feed() -> None:
    page, feed = Judged(TEXT), Judged(f"{TEXT[:900]} …", "teaser")
    assert better(page, feed) == page
    assert better(Judged("", "cookies"), page) == page
    assert better(Judged("", "cookies"), feed) == Judged(feed.text, "cookies")
    assert better(Judged(TEXT[:300], "paywall"), feed) == feed
    assert better(page, Judged(f"Other words of the site. {TEXT}")) == Judged(f"Other words of the site. {TEXT}")


def test_a_page_with_other_things_gives_way_to_the_feed_s_whole_text() -> None:
    around = "\n\n".join(["Most read", "Ferry runs aground off the cape", "Share this article with a friend of yours"])
    assert better(Judged(f"{TEXT}\n\n{around}"), Judged(TEXT)).text == TEXT
    comments = " ".join(
        f"Reader {n} thinks that number {n} is wrong about this and says so at length." for n in range(60)
    )
    assert better(Judged(comments), Judged(TEXT)).text == TEXT


def test_a_page_that_goes_on_where_the_feed_stops_is_kept() -> None:
    assert better(Judged(TEXT), Judged(TEXT[: len(TEXT) // 2])).text == TEXT


@pytest.mark.parametrize(
    ("listed", "reason"),
    [
        (entry(html(TEXT)), None),
        (entry(html(TEXT[:400] + ".")), None),
        (entry(summary=TEXT[:300]), "summary"),
        (entry(html(TEXT[:300]), html(TEXT[:300])), "summary"),
        (entry(summary=html(TEXT)), None),
        (entry(summary=TEXT[:790]), "summary"),
        (entry(html(f"{TEXT[:500]} [...]")), "teaser"),
        (entry(html(f"{TEXT[:600]}.\n\nSeguir leyendo")), "teaser"),
        (entry(html(TEXT[:100]), complete=True), None),
    ],
)
def test_how_much_of_an_article_a_feed_gives(listed: Entry, reason: str | None) -> None:
    assert of_feed(listed).reason == reason


def test_what_a_site_adds_to_its_feed_is_no_sentence_of_the_article() -> None:
    listed = entry(html(f"{TEXT}\n\nThe post Pier closes appeared first on The Harbour Post."))
    assert of_feed(listed).text == TEXT


def test_articles_say_why_they_are_only_a_part_and_who_owns_the_outlet() -> None:
    whole = article(Page(TEXT), entry(summary="In short."))
    assert (whole.partial, whole.partial_reason, whole.owner) == (False, None, None)
    walled = article(Page(COOKIES), entry(summary="The council closes its pier, the chair said on Tuesday."))
    assert (walled.partial, walled.partial_reason) == (True, "cookies")
    paid = article(Page(TEXT[:600], paid=True), entry())
    assert (paid.partial, paid.partial_reason) == (True, "paywall")
    assert article(None, entry(html(TEXT))).partial is False
    assert article(Page(COOKIES), entry()) is None
    owned = Outlets([Outlet("post", "The Post", ("example.org",), "Post Group")])
    assert article(Page(TEXT), entry(), owned).owner == "Post Group"


def test_long_texts_take_no_time() -> None:
    begun = time.perf_counter()
    for piece in (
        "cookies we use ",
        "subscribe ",
        "page ",
        "read more ",
        "? ",
        "…",
        "[ ",
        "sign in ",
        "\n\n",
        "de la ",
    ):
        of_page(Page(piece * 40_000))
        notice_of((piece * 1_500)[:1_500])
        of_feed(entry(piece * 20_000))
    assert time.perf_counter() - begun < 5.0
