"""New GUIDs, new addresses and new dates bring no article back that is known: each feed here is read repeatedly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from conftest import NOW

from connectors.articles.assemble import Context, Read, assemble
from connectors.articles.canonical import canonical
from connectors.articles.entries import Candidate, plan, same_text
from connectors.articles.marks import mark_of, mark_read
from connectors.articles.outlets import FeedName, Outlets
from connectors.articles.page import Page
from connectors.articles.reading import Gathered, _accept
from connectors.sources.feed import Entry
from schemas.article import Article
from schemas.cursor import SeenEntry

SITE = "https://www.example.org"
TEXT = "The council said on Tuesday that it will close the pier for two years. " * 8
CONTEXT = Context(FeedName(f"{SITE}/feed", "Post", ""), "en", Outlets(()), 100_000)
TITLES = (
    "Pier closes for two years",
    "Mayor resigns over the bridge",
    "Harbour fee is to double",
    "Ferry runs aground",
)


def listed(n: int, **changes: object) -> Entry:
    entry = Entry(
        guid=f"guid-{n}", link=f"{SITE}/news/{n}", title=TITLES[n], content="", summary=f"Summary {n}.",
        published=NOW - timedelta(hours=n + 1), updated=None, authors=(), section=None,
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


def page_of(candidate: Candidate, text: str | None = None) -> Read:
    return Read(Page(text or f"{candidate.entry.title}. {TEXT}"), candidate.entry.link or "")


def poll(
    entries: list[Entry], seen: dict[str, SeenEntry], now: datetime = NOW, text: str | None = None
) -> tuple[list[Article], dict[str, SeenEntry], int]:
    """Read a feed's entries as the connector does; return the articles, what is remembered, and the pages read."""
    planned = plan(tuple(entries), seen, now)
    gathered = Gathered.beginning(seen, planned.kept)
    for candidate in planned.read:
        article = assemble(candidate, page_of(candidate, text), CONTEXT, now)
        assert article is not None
        _accept(candidate, article, gathered, now)
    return gathered.articles, gathered.listed, len(planned.read)


FIRST = [listed(n) for n in range(4)]


def test_new_guids_are_no_new_articles() -> None:
    _, seen, _ = poll(FIRST, {})
    articles, seen, read = poll([listed(n, guid=f"new-{n}") for n in range(4)], seen)
    assert (articles, read) == ([], 0)
    articles, _, read = poll([listed(n, guid=None) for n in range(4)], seen)
    assert (articles, read) == ([], 0)


def test_new_addresses_are_no_new_articles() -> None:
    first, seen, _ = poll(FIRST, {})
    moved = [listed(n, link=f"{SITE}/2019/06/{n}.html") for n in range(4)]
    articles, seen, _ = poll(moved, seen)
    assert articles == []
    assert {known.article_id for known in seen.values()} == {article.article_id for article in first}


def test_new_guids_and_new_addresses_at_once_are_known_by_their_story() -> None:
    first, seen, _ = poll(FIRST, {})
    moved = [listed(n, guid=f"new-{n}", link=f"https://news.example.org/{n}-new") for n in range(4)]
    articles, seen, _ = poll(moved, seen)
    assert articles == []
    changed = [replace(entry, summary="The council has corrected this.") for entry in moved]
    revised, _, _ = poll(changed, seen, text=f"Corrected. {TEXT}")
    assert {(a.article_id, a.revision) for a in revised} == {(a.article_id, 2) for a in first}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Pier closes for three years"},
        {"published": NOW - timedelta(hours=1, seconds=1)},
        {"link": "https://www.other.example/news/new"},
    ],
)
def test_another_title_time_or_site_is_another_article(changes: dict[str, object]) -> None:
    _, seen, _ = poll(FIRST, {})
    other = listed(0, **({"guid": "new", "link": f"{SITE}/news/new"} | changes))
    articles, _, _ = poll([other], seen, text=f"Another report. {TEXT}")
    assert [article.revision for article in articles] == [1]
    assert articles[0].article_id not in {known.article_id for known in seen.values()}


def test_a_title_given_twice_is_no_story() -> None:
    _, seen, _ = poll([FIRST[0]], {})
    same = {"title": FIRST[0].title, "published": FIRST[0].published}
    two = [listed(n, guid=f"new-{n}", link=f"{SITE}/new/{n}", **same) for n in (1, 2)]
    assert [candidate.known for candidate in plan(tuple(two), seen, NOW).read] == [None, None]
    short = listed(1, title="Live")
    assert mark_of(short, f"{SITE}/x").story == ""


def test_a_feed_that_dates_all_anew_is_read_once_and_gives_no_revisions() -> None:
    first, seen, _ = poll(FIRST, {})
    for hours in range(1, 6):
        now = NOW + timedelta(hours=hours)
        articles, seen, read = poll([listed(n, published=now, updated=now) for n in range(4)], seen, now)
        assert (articles, read) == ([], 0)
    now = NOW + timedelta(hours=9)
    corrected = [listed(n, published=now, title="Pier closes for ten years" if n == 0 else TITLES[n]) for n in range(4)]
    articles, _, read = poll(corrected, seen, now)
    assert ([a.revision for a in articles], read) == ([2], 1)
    assert articles[0].article_id == next(a for a in first if a.title == TITLES[0]).article_id


def test_one_new_date_is_reason_to_look_and_a_changed_text_a_revision() -> None:
    _, seen, _ = poll(FIRST, {})
    touched = [listed(0, updated=NOW), *FIRST[1:]]
    articles, seen, read = poll(touched, seen)
    assert (articles, read) == ([], 1)
    again = [listed(0, updated=NOW + timedelta(minutes=5)), *FIRST[1:]]
    articles, _, read = poll(again, seen, NOW + timedelta(hours=1), text=f"Corrected. {TEXT}")
    assert ([a.revision for a in articles], read) == ([2], 1)


def test_of_a_feed_that_dates_all_anew_the_page_s_time_counts() -> None:
    entry, own = listed(0), NOW - timedelta(days=3)
    candidate = Candidate("k", f"{SITE}/a", entry, str(mark_of(entry, f"{SITE}/a")), None)
    read = Read(Page(TEXT, published=own), f"{SITE}/a")
    believed, doubted = (assemble(replace(candidate, redated=it), read, CONTEXT, NOW) for it in (False, True))
    assert believed is not None
    assert doubted is not None
    assert (believed.published_at, believed.published_from) == (entry.published, "feed")
    assert (doubted.published_at, doubted.published_from) == (own, "page")


def test_one_text_at_two_addresses_of_a_site_is_one_article_and_on_two_sites_two() -> None:
    text = f"The very same words. {TEXT}"
    two = [listed(n, title=TITLES[0], published=NOW - timedelta(hours=n + 1)) for n in (0, 1)]
    articles, seen, _ = poll(two, {}, text=text)
    assert len(articles) == 1
    assert {known.article_id for known in seen.values()} == {articles[0].article_id}
    assert poll(two, seen, text=text)[0] == []
    elsewhere = [two[0], replace(two[1], link="https://www.other.example/a")]
    articles, _, _ = poll(elsewhere, {}, text=text)
    assert len({article.article_id for article in articles}) == 2


def test_a_page_s_declared_address_is_the_article_s() -> None:
    entry = listed(0, link=f"{SITE}/live/feed-item?number=7", guid=None)
    url = canonical(entry.link or "") or ""
    candidate = Candidate(url, url, entry, str(mark_of(entry, url)), None)
    article = assemble(
        candidate, Read(Page(TEXT, canonical="http://m.example.org/news/0/"), entry.link or ""), CONTEXT, NOW
    )
    assert article is not None
    plain, _, _ = poll([FIRST[0]], {})
    assert article.article_id == plain[0].article_id
    assert same_text(candidate, article, ()) is None


def test_marks_are_read_back() -> None:
    mark = mark_of(FIRST[0], f"{SITE}/news/0")
    assert mark_read(str(mark)) == mark
    assert mark_read("unread:3") is None
    assert mark_of(replace(FIRST[0], guid="other"), f"{SITE}/news/0") == mark
