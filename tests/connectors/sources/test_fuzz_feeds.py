"""Whatever bytes come: the readers of feeds, sitemaps and archives raise only what they declare, in bounded time.

`pytest -s` prints the figures. CROSSCLAIM_FUZZ_EXAMPLES sets how many inputs each reader gets (default 300).
"""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hostile import item, rss
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.quality.feeds import warm_up
from connectors.archive import read_articles
from connectors.lists.discovery import feeds_named, sitemaps_named
from connectors.sources.encoding import decoded, to_utf8
from connectors.sources.feed import FeedError, read_feed
from connectors.sources.inventory import take_inventory
from connectors.sources.mending import mend
from connectors.sources.partner import entry_of
from connectors.sources.sitemap_place import choose, place_after, place_of
from connectors.sources.sitemap_xml import SitemapIndex, read_sitemap

EXAMPLES = int(os.environ.get("CROSSCLAIM_FUZZ_EXAMPLES", "300"))
LONGEST_SECONDS = 2.0
URL = "https://example.org/feed"
NOW = datetime(2026, 1, 2, tzinfo=UTC)

ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
<title>T</title><entry><title type="html">A &lt;b&gt;x&lt;/b&gt;</title><link rel="alternate" href="e1"/><id>urn:1</id>
<updated>2019-06-03T12:00:00+02:00</updated><published>2019-06-03</published><author><name>Jo</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Text</div></content></entry></feed>"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://x/a</loc><lastmod>2019-06-03</lastmod>
<news:news><news:title>A</news:title><news:publication_date>2019-06-03T10:00Z</news:publication_date></news:news></url>
<sitemap><loc>https://x/b</loc></sitemap></urlset>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "https://x.org/1",
"title": "A", "content_html": "<p>Text</p>", "date_published": "2019-06-03T12:00:00+02:00", "authors": [{"name": "Jo"}],
"attachments": [{"title": "E"}], "tags": ["a"]}]}"""
LINE = (
    b'{"url": "https://x/a", "text": "Rostec denies it.", "html": "<p>x</p>", "published_at": "2019-06-03T14:05:00Z"}'
)
PAGE = b'<html><base href="/x"><link rel="alternate" type="application/rss+xml" href="/rss"><a href="/feed">f</a>'
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/a\r\nWARC-Date: 2019-06-04T08:30:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 72\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Some text</p></html>\r\n\r\n"
)
SEEDS = [ATOM, SITEMAP, JSON, LINE, PAGE, WARC, rss(item("/a", "A", "g", content="<p>x</p>"), item("/b"))]
TOKENS = [
    b"<", b">", b"&", b"&#", b"&#x110000;", b"&nbsp;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml", b"?>",
    b"<item>", b"</item>", b"<entry", b"<!DOCTYPE x [<!ENTITY e 'x'>]>", b"&e;", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf",
    b"{", b"[", b'"',
    b"null", b"-1e999", b"9999-12-31T23:59:59-23:59", b"0000-00-00", b"Mon, 99 Foo 99999", b"http://[", b"//", b"\r\n",
    b"encoding='utf-7'", b"encoding='punycode'", b"<rss", b"<link", b"isPermaLink='true'", b"type='base64'", b" " * 50,
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """One of the seeds with some pieces cut out, repeated, or replaced by something that parsers stumble over."""
    body = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(body)))
        end = min(start + draw(st.integers(0, 60)), len(body))
        put = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=20), st.just(body[start:end] * 3)))
        body = body[:start] + put + body[end:]
    return draw(st.sampled_from([body, body, body, body[: len(body) // 2], gzip.compress(body)]))


inputs = st.one_of(
    damaged(),
    damaged(),
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)


def _feed(body: bytes) -> None:
    try:
        feed = read_feed(body, URL, "text/xml; charset=nonsense")
    except FeedError:
        return
    for entry in feed.entries:
        assert all(time is None or time.utcoffset() is not None for time in (entry.published, entry.updated))
        assert isinstance(entry.title + entry.content + entry.summary, str)


def _sitemap(body: bytes) -> None:
    try:
        found = read_sitemap(body, URL)
    except FeedError:
        return
    if isinstance(found, SitemapIndex):
        place_after(choose(found.children, place_of(body.decode("utf-8", "replace")), NOW), ())


def _partner(body: bytes) -> None:
    try:
        entry_of(body)
    except ValueError:
        return


def _encoded(body: bytes) -> None:
    to_utf8(body, f"text/xml; charset={body[:12].decode('latin-1')}").decode("utf-8")
    decoded(body, "text/html").encode("utf-8", "replace")


def _discovery(body: bytes) -> None:
    feeds_named(body, URL)
    sitemaps_named(body.decode("utf-8", "replace"), URL)


def _counted(body: bytes) -> None:
    take_inventory(mend(to_utf8(body))[0])


READERS: dict[str, Callable[[bytes], None]] = {
    "feed": _feed,
    "sitemap": _sitemap,
    "partner message": _partner,
    "encoding": _encoded,
    "discovery": _discovery,
    "mending and counting": _counted,
}


@pytest.fixture(autouse=True, scope="module")
def warm() -> None:
    """What is imported with the first odd date is no document's own time."""
    warm_up()


@pytest.mark.parametrize("name", READERS)
def test_no_other_exception_escapes_and_none_takes_long(name: str) -> None:
    read, times = READERS[name], list[float]()
    read(SEEDS[0])

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(inputs)
    def fuzz(body: bytes) -> None:
        begun = time.perf_counter()
        read(body)
        times.append(time.perf_counter() - begun)

    fuzz()
    print(f"\n{name}: {len(times)} inputs, {sum(times):.2f} s, longest {max(times) * 1000:.0f} ms")
    assert max(times) < LONGEST_SECONDS


@pytest.mark.parametrize(
    "name", ["in.jsonl", "in.jsonl.gz", "in.warc", "in.warc.gz", "feed.xml", "page.html", "page.html.gz"]
)
def test_archives_of_any_bytes(name: str, tmp_path: Path) -> None:
    times = list[float]()

    @settings(
        max_examples=max(EXAMPLES // 3, 1),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(inputs)
    def fuzz(body: bytes) -> None:
        (tmp_path / name).write_bytes(body)
        begun = time.perf_counter()
        list(read_articles(tmp_path / name, NOW))
        times.append(time.perf_counter() - begun)

    fuzz()
    print(f"\n{name}: {len(times)} inputs, {sum(times):.2f} s, longest {max(times) * 1000:.0f} ms")
    assert max(times) < 10 * LONGEST_SECONDS


def _pathological(size: int) -> Iterator[tuple[str, bytes]]:
    """Inputs on which a careless expression or parser takes quadratic time or worse."""
    head = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A</title><link>http://x/1</link></item>'
    tail = b"</channel></rss>"
    for piece in (
        b"<![CDATA[", b"<!--", b"<!---->", b"&", b"&amp", b"<item", b"<item>", b"<title>", b"<a:", b"< ", b"<?", b"]]>",
        b"<link ", b"\n ", b"<source>", b"<description>&lt;", b"&#x", b"<language> ", b"<x y='", b"</rss>",
        b"<!ENTITY ",
    ):  # fmt: skip
        many = piece * (size // len(piece))
        yield f"head + {piece!r}…", head + many
        yield f"head + {piece!r}… + tail", head + many + tail
        yield f"{piece!r}…", many
    yield "attributes", head + b"<item " + b"a='1' " * (size // 6) + b"/>" + tail
    yield "nested", head + b"<a>" * (size // 3) + tail
    deep = b"<a>" * (size // 7) + b"</a>" * (size // 7)
    yield "nested and closed", head + b"<item><title><b>T</b></title>" + deep + b"</item>" + tail
    yield "comments at the end", head + tail[:-1] + b"<!-- -->" * 240 + b"x"
    yield "punycode", b'<?xml version="1.0" encoding="punycode"?>' + b"\xff" + b"a-b" * (size // 3)
    yield "long dates", head + (b"<item><pubDate>" + b"1 " * 2_000 + b"</pubDate></item>") * (size // 4_030) + tail
    yield "odd dates", head + b"".join(b"<item><pubDate>Noon %d ago</pubDate></item>" % n for n in range(50)) + tail
    yield "deep json", b'{"items": ' + b"[" * size
    yield "wide json", b'{"items": [' + b"{}," * (size // 3) + b"{}]}"


SIZE = 200_000


@pytest.mark.parametrize(("name", "body"), [pytest.param(*made, id=made[0]) for made in _pathological(SIZE)])
def test_pathological_documents_take_bounded_time(name: str, body: bytes) -> None:
    slowest: tuple[float, str] = (0.0, "")
    for reader, read in READERS.items():
        begun = time.perf_counter()
        read(body)
        slowest = max(slowest, (time.perf_counter() - begun, reader))
    print(f"\n{name}: slowest is {slowest[1]} with {slowest[0]:.2f} s")
    assert slowest[0] < LONGEST_SECONDS


def test_entity_bombs_and_outside_entities_give_nothing() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "file:///etc/passwd"> %p;'
    kinds = f'<!DOCTYPE x [<!ENTITY e0 "{"x" * 100}">{levels}{outside}]>'
    for seed, reader in ((ATOM, read_feed), (SITEMAP, read_sitemap)):
        body = (
            seed.replace(b"?>", b"?>" + kinds.encode(), 1).replace(b">A<", b">&e9;&f;<").replace(b">A ", b">&e9;&f; ")
        )
        begun = time.perf_counter()
        found: Any = reader(body, URL)
        assert time.perf_counter() - begun < LONGEST_SECONDS
        assert "root:" not in repr(found)
        assert len(repr(found)) < 100_000
