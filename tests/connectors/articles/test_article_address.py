"""One article, many addresses: what they have in common is its canonical URL."""

from __future__ import annotations

import time

import pytest

from connectors.articles.canonical import MAX_URL_CHARS, canonical, of_page

STORY = "https://www.example.org/news/pier-closes"


@pytest.mark.parametrize(
    "url",
    [
        STORY,
        "http://www.example.org/news/pier-closes",
        "http://www.example.org:80/news/pier-closes/",
        "https://www.example.org:443/news/pier-closes/index.html",
        "https://www.example.org/news/pier-closes/Default.aspx",
        "https://m.example.org/news/pier-closes",
        "https://amp.example.org/news/pier-closes/amp/",
        "https://www.example.org/amp/news/pier-closes",
        "https://www.example.org/news/pier-closes?outputType=amp",
        "https://www.google.com/amp/s/www.example.org/news/pier-closes/amp",
        "https://www.google.co.uk/amp/www.example.org/news/pier-closes",
        "https://www-example-org.cdn.ampproject.org/v/s/www.example.org/news/pier-closes.amp?usqp=mq331AQ&amp_js_v=0.1",
        "https://cdn.ampproject.org/c/s/www.example.org/news/pier-closes",
        "https://www.bing-amp.com/c/s/www.example.org/news/pier-closes",
        "https://www.google.com/url?rct=j&sa=t&url=https://www.example.org/news/pier-closes&ct=ga&usg=x",
        "https://www.example.org/news/pier-closes?utm_source=feed&at_medium=RSS&fbclid=1#comments",
        "https://www.example.org/news/pier-closes;jsessionid=0A1B2C",
        "https://www.example.org/news/%70ier-closes",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    assert canonical(url) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/n?id=1", "https://www.example.org/n?id=2"),
        ("https://www.example.org/index.php?id=1", "https://www.example.org/index.php?id=2"),
        ("https://www.example.org/news/a", "https://www.example.org/news/A"),
        ("https://a.example.org/x", "https://b.example.org/x"),
        ("http://127.0.0.1:8700/x", "https://127.0.0.1:8700/x"),
        ("http://post.localhost/x", "https://post.localhost/x"),
        ("http://www.example.org:8080/x", "https://www.example.org:8080/x"),
        ("https://m.co.uk/x", "https://www.co.uk/x"),
        ("https://www.google.com/search?q=pier", "https://www.google.com/search?q=quay"),
    ],
)
def test_two_articles_keep_two_addresses(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)
    assert None not in (canonical(one), canonical(other))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://en.m.wikipedia.org/wiki/Pier", "https://en.wikipedia.org/wiki/Pier"),
        ("https://example.org/%c3%a4/%7eu/%2f", "https://example.org/%C3%A4/~u/%2F"),
        ("https://xn--bcher-kva.example.org/a", "https://bücher.example.org/a"),
        ("https://web.archive.org/web/2019/http://x.org/a", "https://web.archive.org/web/2019/http:/x.org/a"),
        ("https://www.google.com/url?q=javascript:1", "https://www.google.com/url?q=javascript%3A1"),
    ],
)
def test_forms_that_need_care(url: str, expected: str) -> None:
    found = canonical(url)
    assert found == expected
    assert canonical(expected) == expected


def test_a_page_of_an_amp_cache_is_the_publisher_s() -> None:
    cached = "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/pier-closes"
    assert of_page(cached, None) == STORY
    assert of_page(cached, "http://www.example.org/news/pier-closes/") == STORY
    assert of_page(cached, "https://evil.example.net/x") == STORY


def test_endless_addresses_are_refused_at_once() -> None:
    begun = time.perf_counter()
    assert canonical("https://example.org/" + "a" * MAX_URL_CHARS) is None
    for piece in ("/amp", "%", ";jsessionid=", "?a=", "http://", "google.com/url?url=https://", "&amp;", "."):
        canonical("https://www.google.com/amp/s/" + piece * (MAX_URL_CHARS // len(piece) - 20))
    assert time.perf_counter() - begun < 1.0
