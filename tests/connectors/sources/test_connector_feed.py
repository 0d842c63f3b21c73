"""Feeds as they come: good, damaged, mis-encoded, and things that are no feed."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hostile import item, page, rss

from connectors.articles.outlets import load_outlets
from connectors.lists.feedlist import read_feed_list
from connectors.sources.encoding import decoded, to_utf8
from connectors.sources.feed import FeedError, read_feed
from pipeline.errors import SetupError

URL = "https://example.org/feed"
JUNE = datetime(2019, 6, 3, 10, 0, tzinfo=UTC)

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>T</title><entry>
<title type="html">A &lt;b&gt;x&lt;/b&gt; &amp;amp; y</title><link href="e1"/><id>urn:1</id>
<updated>2019-06-03T12:00:00+02:00</updated><author><name>Jo</name></author>
<content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://x"><title>T</title><link>http://x</link></channel>
<item rdf:about="http://x/1"><title>A</title><link>http://x/1</link><dc:date>2019-06-03T12:00:00+02:00</dc:date></item></rdf:RDF>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "https://x.org/1",
"title": "A", "content_html": "<p>Text</p>", "date_published": "2019-06-03T12:00:00+02:00"}]}"""


def test_rss_with_everything() -> None:
    feed = read_feed(rss(item("/a?x=1&amp;y=2", "Tom &amp;amp; Jo", "g1", content="<p>All</p>")), URL)
    entry = feed.entries[0]
    assert (feed.title, feed.language, feed.cut_off) == ("The Harbour Post", "en", False)
    assert (entry.guid, entry.link, entry.title) == ("g1", "https://example.org/a?x=1&y=2", "Tom & Jo")
    assert (entry.content, entry.summary, entry.published) == ("<p>All</p>", "In short.", JUNE)


def test_atom_rdf_and_json() -> None:
    atom = read_feed(ATOM, URL)
    assert (atom.language, atom.entries[0].link, atom.entries[0].title) == ("de", "https://example.org/e1", "A x & y")
    assert (atom.entries[0].published or atom.entries[0].updated, atom.entries[0].authors) == (JUNE, ("Jo",))
    rdf = read_feed(RDF, URL).entries[0]
    assert (rdf.link, rdf.title, rdf.published) == ("http://x/1", "A", JUNE)
    json = read_feed(JSON_FEED, URL).entries[0]
    assert (json.link, json.title, json.published, json.content) == ("https://x.org/1", "A", JUNE, "<p>Text</p>")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "the answer is empty"),
        (b"  \n ", "the answer is empty"),
        (page(), "this is a web page and names no feed"),
        (page(head='<link rel="alternate" type="application/rss+xml" href="/rss">'), "at https://example.org/rss"),
        (b'{"error": 1}', "this is JSON"),
        (b"<urlset xmlns='x'></urlset>", "a sitemap"),
        (b"<opml version='2.0'></opml>", "an OPML list"),
        (b"<?xml version='1.0'?><note>hi</note>", "neither RSS, RDF nor Atom"),
        (b"\x89PNG\r\n\x1a\n", "neither RSS, RDF, Atom nor JSON Feed"),
        (rss(item("/a"))[:120], "breaks off"),
    ],
)
def test_what_is_no_feed_is_told_plainly(body: bytes, says: str) -> None:
    with pytest.raises(FeedError, match=r"reading the feed https://example\.org/feed") as caught:
        read_feed(body, URL)
    assert says in str(caught.value)


def test_a_truncated_feed_gives_its_whole_entries() -> None:
    whole = rss(item("/a", "A"), item("/b", "B"))
    feed = read_feed(whole[: whole.index(b"<title>B</title>") + 9], URL)
    assert [entry.title for entry in feed.entries] == ["A"]
    assert feed.cut_off


def test_an_empty_feed_is_fine() -> None:
    assert read_feed(rss(), URL).entries == ()


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        ("Müller sagt „nein“".encode("cp1252"), ""),
        ("Müller sagt „nein“".encode("cp1252"), "text/xml; charset=windows-1252"),
        ("Müller sagt „nein“".encode(), "text/xml; charset=iso-8859-1"),
    ],
)
def test_mis_encoded_feeds_are_read_right(raw: bytes, content_type: str) -> None:
    body = rss(item("/a", "@")).replace(b"@", raw)
    assert read_feed(body, URL, content_type).entries[0].title == "Müller sagt „nein“"


def test_other_encodings() -> None:
    text = rss(item("/a", "Привет мир, это новости дня")).decode()
    for name, declared in (("utf-16", "utf-16"), ("cp1251", "windows-1251"), ("koi8-r", "koi8-r")):
        body = text.replace('encoding="utf-8"', f'encoding="{declared}"').encode(name)
        assert read_feed(body, URL).entries[0].title == "Привет мир, это новости дня"
    one_broken_byte = rss(item("/a", "Été à Paris, où ça va très bien")).replace(b"Paris", b"Par\xffis")
    assert "Été à Par" in read_feed(one_broken_byte, URL).entries[0].title
    assert decoded('<meta charset="windows-1251">Привет'.encode("cp1251")).endswith("Привет")
    assert to_utf8(b"") == b""


def test_entity_bombs_are_harmless() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "{"x" * 100}">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for document in (rss(item("/a", "A &e9; &f;")), rss(item("/a", "A &e9;"))[:-20]):
        begun = time.monotonic()
        feed = read_feed(document.replace(b"<rss", bomb.encode() + b"<rss", 1), URL)
        assert time.monotonic() - begun < 2
        assert len(feed.entries[0].title) < 100_000
        assert "root:" not in feed.entries[0].title


def test_a_feed_of_ten_megabytes() -> None:
    body = rss(*(item(f"/{n}", f"Title {n}", content="<p>word</p>" * 90) for n in range(8_000)))
    assert len(body) > 9_000_000
    assert len(read_feed(body, URL).entries) == 8_000


def test_feed_lists(tmp_path: Path) -> None:
    opml = tmp_path / "a.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="G">\n<outline text="A" type="rss" xmlUrl="http://a.org/f"/>\n'
        '<outline text="B" outlet="Bee" xmlUrl="http://b.org/f"/><outline text="A2" xmlUrl="http://a.org/f"/>'
        "</outline></body></opml>"
    )
    assert [(it.url, it.title, it.outlet) for it in read_feed_list(opml)] == [
        ("http://a.org/f", "A", ""),
        ("http://b.org/f", "B", "Bee"),
    ]
    toml = tmp_path / "a.toml"
    toml.write_text('[[feed]]\nurl = "http://a.org/f"\noutlet = "A"\n')
    assert read_feed_list(toml)[0].outlet == "A"
    lines = tmp_path / "a.txt"
    lines.write_text("# mine\nhttp://a.org/f\n\nhttp://a.org/f\n")
    assert [it.url for it in read_feed_list(lines)] == ["http://a.org/f"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.opml", '<opml version="2.0">\n<body>\n<outline xmlUrl="http://a"\n</body></opml>', "line 4"),
        ("a.opml", '<opml><body>\n<outline text="a" xmlUrl="feed:a"/></body></opml>', "line 2: 'feed:a' is no http"),
        ("a.opml", "<rss></rss>", "it begins with <rss>"),
        ("a.opml", "<opml><body/></opml>", "names no feed"),
        ("a.toml", "[[feed]\n", "line 1"),
        ("a.toml", '[[feed]]\nurl = "http://a"\nnam = "x"', "feed 1: unknown field 'nam'"),
        ("a.txt", "http://a.org\nnonsense\n", "line 2"),
    ],
)
def test_wrong_feed_lists_name_the_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(SetupError, match="reading the feed list") as caught:
        read_feed_list(path)
    assert says in str(caught.value)


def test_the_shipped_lists_fit_each_other() -> None:
    config = Path(__file__).resolve().parents[3] / "config"
    sources, outlets = read_feed_list(config / "feeds.opml"), load_outlets(config / "outlets.toml")
    assert len(sources) == 40
    assert [source.url for source in sources if outlets.of(source.url) is None] == []
    with pytest.raises(SetupError, match="correct the path"):
        read_feed_list(config / "none.opml")
