"""Every feed, over HTTP, as feedparser reads it."""

import calendar
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from newsroom_client import Get, port_of

from newsroom import Newsroom
from newsroom.corpus import load
from newsroom.model import Article, Corpus, current
from newsroom.prose import plain

FEEDS = [(outlet.id, feed.id) for outlet in load().outlets.values() for feed in outlet.feeds]
VERSIONS = {"rss2": "rss20", "atom": "atom10", "rdf": "rss10"}


def entries_of(corpus: Corpus, outlet: str, feed: str) -> list[Article]:
    return [a for a in current(corpus.released(1)) if a.outlet == outlet and feed in a.feeds]


def moment(parsed: Any) -> datetime:
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


@pytest.mark.parametrize(("outlet", "feed"), FEEDS)
def test_a_feed_holds_its_articles(newsroom: Newsroom, corpus: Corpus, get: Get, outlet: str, feed: str) -> None:
    reply = get(outlet, f"/feeds/{feed}.xml")
    parsed = feedparser.parse(reply.body, response_headers=reply.headers)
    declared = next(f for f in corpus.outlets[outlet].feeds if f.id == feed)
    articles = entries_of(corpus, outlet, feed)
    base = f"http://{outlet}.localhost:{port_of(newsroom)}"

    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == VERSIONS[declared.format]
    assert parsed.feed.title == declared.title
    assert [entry.link for entry in parsed.entries] == [base + article.path for article in articles]
    assert [entry.title for entry in parsed.entries] == [article.title for article in articles]
    assert len(parsed.entries) >= 3
    assert articles == sorted(articles, key=lambda article: article.published, reverse=True)
    for entry, article in zip(parsed.entries, articles, strict=True):
        stamp = entry.get("published_parsed") or entry.updated_parsed
        assert moment(stamp) == article.published
        assert entry.summary == article.summary
        assert article.authors[0] in str(entry.authors)
        if declared.content == "full":
            assert plain(article.paragraphs[-1])[:20] in entry.content[0].value.replace("<em>", "")
        else:
            assert plain(article.paragraphs[-1])[:20] not in str(entry)


def test_the_two_feeds_of_one_outlet_overlap_and_differ(get: Get) -> None:
    world, business = (
        {e.link for e in feedparser.parse(get("ledger-journal", f"/feeds/{feed}.xml").body).entries}
        for feed in ("world", "business")
    )
    assert len(world & business) >= 3
    assert business - world


def test_the_opml_lists_every_feed_with_its_address(newsroom: Newsroom, get: Get) -> None:
    listed = get("", "/feeds.opml").body.decode()
    for outlet, feed in FEEDS:
        assert f'xmlUrl="http://{outlet}.localhost:{port_of(newsroom)}/feeds/{feed}.xml"' in listed
    assert listed.count("xmlUrl=") == len(FEEDS)
    assert newsroom.opml() == listed
    assert newsroom.opml_path.read_text(encoding="utf-8") == listed
