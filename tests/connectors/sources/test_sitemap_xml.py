"""Sitemaps: plain, of news, of sitemaps, packed, torn, huge, hostile."""

from __future__ import annotations

import gzip
import resource
import time
from datetime import UTC, datetime

import pytest

from connectors.sources.listed import Feed, FeedError
from connectors.sources.sitemap_xml import MAX_ADDRESSES, MAX_ENTRIES, Child, SitemapIndex, read_sitemap

URL = "https://herald.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
JUNE = datetime(2019, 6, 3, 10, 0, tzinfo=UTC)
NEWS = (
    "<url><loc>https://herald.example/a?x=1&amp;y=2</loc><lastmod>2019-06-04</lastmod><n:news><n:publication>"
    "<n:name>The Herald</n:name><n:language>de-AT</n:language></n:publication><n:publication_date>"
    "2019-06-03T12:00+02:00</n:publication_date><n:title>Tom &amp; Jo</n:title></n:news></url>"
)


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE}>{"".join(urls)}</urlset>'.encode()


def feed_of(body: bytes) -> Feed:
    feed = read_sitemap(body, URL)
    assert isinstance(feed, Feed)
    return feed


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap(pack: type[bytes]) -> None:
    (entry,) = feed_of(pack(urlset(NEWS))).entries
    assert (entry.link, entry.title, entry.outlet) == ("https://herald.example/a?x=1&y=2", "Tom & Jo", "The Herald")
    assert (entry.published, entry.updated, entry.language) == (JUNE, datetime(2019, 6, 4, tzinfo=UTC), "de")


def test_a_plain_sitemap_newest_first() -> None:
    old, new = (f"<url><loc>/{n}</loc><lastmod>20{n}-01-01T00:00:00Z</lastmod></url>" for n in (18, 19))
    odd = "<url><loc>/odd</loc><lastmod>yesterday</lastmod></url><url><lastmod>2019-01-01</lastmod></url>"
    wrong = "<url><loc>mailto:a@b</loc></url><url><loc>http://[</loc></url>"
    entries = feed_of(urlset(odd, old, new, wrong)).entries
    assert [entry.link for entry in entries] == [f"https://herald.example/{name}" for name in ("19", "18", "odd")]


def test_pictures_and_videos_have_addresses_of_their_own() -> None:
    other = "<i:image xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'><i:loc>/p.jpg</i:loc></i:image>"
    assert feed_of(urlset(f"<url><loc>/a</loc>{other}</url>")).entries[0].link == "https://herald.example/a"


def test_an_index() -> None:
    dated = "<sitemap><loc>/a.xml.gz</loc><lastmod>2019-06-03T10:00:00Z</lastmod></sitemap>"
    undated = "<sitemap><loc>/b.xml</loc></sitemap>"
    found = read_sitemap(f"<sitemapindex {SPACE}>{dated}{undated}</sitemapindex>".encode(), URL)
    children = (Child("https://herald.example/a.xml.gz", JUNE), Child("https://herald.example/b.xml", None))
    assert found == SitemapIndex(children)


def test_a_list_of_addresses() -> None:
    assert [entry.link for entry in feed_of(b"https://herald.example/a\n\nhttps://herald.example/b\n").entries] == [
        "https://herald.example/a",
        "https://herald.example/b",
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"<html><body>no</body></html>", "no sitemap but <html>"),
        (b"<rss><channel/></rss>", "no sitemap but <rss>"),
        (b"not at all", "no sitemap"),
        (b"<", "no sitemap"),
        (b"\x1f\x8bno gzip", "gzip-compressed, and is not"),
        (gzip.compress(b"x" * 60_000_000), "larger than"),
    ],
)
def test_what_is_no_sitemap_is_told(body: bytes, says: str) -> None:
    with pytest.raises(FeedError, match=r"reading the sitemap https://herald\.example/sitemap\.xml: ") as caught:
        read_sitemap(body, URL)
    assert says in str(caught.value)


def test_a_torn_sitemap_gives_what_is_whole() -> None:
    whole = urlset(NEWS, NEWS.replace("/a?", "/b?"))
    feed = feed_of(whole[:-120])
    assert feed.cut_off
    assert feed.entries[0].title == "Tom & Jo"
    assert not feed_of(whole).cut_off


def test_a_huge_sitemap_is_read_in_little_memory() -> None:
    urls = (f"<url><loc>/{n}</loc><lastmod>2019-01-{1 + n % 28:02}</lastmod></url>" for n in range(3 * MAX_ADDRESSES))
    body = urlset(*urls)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    entries = feed_of(body).entries
    assert len(entries) == MAX_ENTRIES
    assert {entry.updated for entry in entries} == {
        datetime(2019, 1, 28, tzinfo=UTC),
        datetime(2019, 1, 27, tzinfo=UTC),
    }
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
    assert time.monotonic() - begun < 10


def test_entities_are_not_resolved() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    kinds = f'<!DOCTYPE urlset [<!ENTITY e0 "{"x" * 100}">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = kinds.encode() + urlset("<url><loc>/a</loc></url><url><loc>&e11;</loc></url><url><loc>/&f;</loc></url>")[38:]
    begun = time.monotonic()
    links = [entry.link or "" for entry in feed_of(body).entries]
    assert time.monotonic() - begun < 2
    assert "https://herald.example/a" in links
    assert not any("root:" in link or len(link) > 3_000 for link in links)
