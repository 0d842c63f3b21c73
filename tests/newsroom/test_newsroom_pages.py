"""Every page, over HTTP, as trafilatura reads it: the text and little else."""

import json
import re
from collections import Counter

import pytest
import trafilatura
from newsroom_client import Get, port_of

from newsroom import Newsroom
from newsroom.corpus import load
from newsroom.model import Article, Corpus, current
from newsroom.prose import plain

ARTICLES = current(load().released(1))
LEAST_SHARE = 0.9
CLUTTER = ("trusted partners", "personalise biscuits", "All rights reserved", "Log in to post a comment")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.key)
def test_the_text_can_be_had_from_the_page(get: Get, article: Article) -> None:
    reply = get(article.outlet, article.path)
    assert reply.status == 200
    got = trafilatura.extract(reply.body.decode(), include_comments=False) or ""
    wanted = words(" ".join(plain(paragraph) for paragraph in article.paragraphs))
    assert (wanted & words(got)).total() >= LEAST_SHARE * wanted.total(), got
    assert not [phrase for phrase in CLUTTER if phrase in got]


def test_a_page_has_the_clutter_that_it_is_tested_for(get: Get) -> None:
    for outlet, path in (("ledger-journal", ARTICLES), ("daily-clarion", ARTICLES), ("plain-dissent", ARTICLES)):
        article = next(a for a in path if a.outlet == outlet)
        page = get(outlet, article.path).body.decode()
        assert "trusted partners" in page
        assert "Share on Facebook" in page


@pytest.mark.parametrize("outlet", load().outlets)
def test_a_page_says_what_it_is(newsroom: Newsroom, corpus: Corpus, get: Get, outlet: str) -> None:
    article = next(a for a in ARTICLES if a.outlet == outlet)
    page = get(outlet, article.path).body.decode()
    address = f"http://{outlet}.localhost:{port_of(newsroom)}{article.path}"
    assert f'<link rel="canonical" href="{address}">' in page
    for feed in corpus.outlets[outlet].feeds:
        assert re.search(rf'<link rel="alternate" type="application/\w+\+xml"[^>]*/feeds/{feed.id}\.xml">', page)
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert script
    metadata = json.loads(script[1])
    assert metadata["@type"] == "NewsArticle"
    assert metadata["headline"] == article.title
    assert metadata["datePublished"] == f"{article.published:%Y-%m-%dT%H:%M:%SZ}"
    assert metadata["mainEntityOfPage"]["@id"] == address


@pytest.mark.parametrize("outlet", load().outlets)
def test_every_link_of_a_home_page_leads_somewhere(get: Get, outlet: str) -> None:
    page = get(outlet, "/").body.decode()
    paths = set(re.findall(r'href="(/[^"#]+)"', page))
    assert paths >= {a.path for a in ARTICLES if a.outlet == outlet}
    assert [path for path in paths if get(outlet, path).status != 200] == []


def test_the_index_lists_outlets_and_feeds(newsroom: Newsroom, corpus: Corpus, get: Get) -> None:
    page = get("", "/").body.decode()
    for outlet in corpus.outlets.values():
        assert f'href="{outlet.url(port_of(newsroom))}/"' in page
        assert all(outlet.feed_url(feed, port_of(newsroom)) in page for feed in outlet.feeds)
