"""Where feeds and sitemaps are found: in a page, in robots.txt, and where they mostly are."""

from __future__ import annotations

import pytest

from connectors.lists.discovery import MAX_NAMED, feed_guesses, feeds_named, sitemap_guesses, sitemaps_named

URL = "https://herald.example/world/"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss">', ["https://herald.example/rss"]),
        ('<link rel="ALTERNATE feed" type="application/atom+xml; charset=utf-8" href="a">', [URL + "a"]),
        ('<link rel="alternate" type="application/feed+json" href="//f.example/j">', ["https://f.example/j"]),
        ('<link rel="alternate" type="text/xml" href="/feed.xml">', ["https://herald.example/feed.xml"]),
        ('<link rel="alternate" type="text/xml" href="/oembed.xml">', []),
        ('<link rel="alternate" hreflang="de" href="/de/">', []),
        ('<link rel="stylesheet alternate" type="text/xml" href="/feed/">', []),
        (
            '<a href="/news/rss.xml">RSS</a><a href="?feed=rss2">x</a>',
            ["https://herald.example/news/rss.xml", URL + "?feed=rss2"],
        ),
        ('<a href="https://www.feedly.com/i?url=/rss.xml">f</a><a href="/feedback">x</a>', []),
        ('<a href="javascript:feed/">x</a><a href="http://[/feed">x</a><a>none</a><a href="">none</a>', []),
        (
            (
                '<base href="https://b.example/"><link rel="feed" type="application/rss+xml" href="comments/feed/">'
                '<link rel="alternate" type="application/rss+xml" href="feed/"><a href="feed/">again</a>'
            ),
            ["https://b.example/feed/", "https://b.example/comments/feed/"],
        ),
    ],
)
def test_feeds_that_a_page_names(markup: str, found: list[str]) -> None:
    assert list(feeds_named(f"<html><head></head><body>{markup}".encode(), URL)) == found


def test_a_page_with_very_many_feeds_or_none_at_all() -> None:
    many = "".join(f'<a href="/{n}/rss.xml">x</a>' for n in range(5_000))
    assert len(feeds_named(many.encode(), URL)) == MAX_NAMED
    assert feeds_named(b"", URL) == feeds_named(b"\x00\xff<", URL) == ()


def test_guesses_begin_below_the_page() -> None:
    guesses = feed_guesses("https://herald.example/world?page=2")
    assert guesses[0] == "https://herald.example/world/feed/"
    assert "https://herald.example/rss.xml" in guesses
    assert feed_guesses("https://herald.example/2019/story.html")[0] == "https://herald.example/feed/"
    assert feed_guesses("https://herald.example") == feed_guesses("https://herald.example/")
    assert feed_guesses("kafka://topic") == ()
    assert sitemap_guesses(URL)[0] == "https://herald.example/sitemap-news.xml"


def test_sitemaps_that_robots_txt_names() -> None:
    robots = "User-agent: *\nDisallow: /x\nSITEMAP: https://herald.example/a.xml\nsitemap: /b.xml \nSitemap:\nSitemap: ftp://x/\n"
    assert sitemaps_named(robots, "https://herald.example/robots.txt") == (
        "https://herald.example/a.xml",
        "https://herald.example/b.xml",
    )
    assert sitemaps_named("", URL) == ()
