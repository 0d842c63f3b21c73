"""Old, odd and damaged feeds, one property a test; and what a publisher says of how often the feed changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hostile import item, rss

from connectors.sources.feed import Entry, Feed, read_feed
from connectors.sources.inventory import take_inventory
from connectors.sources.mending import is_well_formed, mend

URL = "https://example.org/feed"
JUNE = datetime(2019, 6, 3, 10, 0, tzinfo=UTC)


def feed_of(*items: dict[str, Any], **head: Any) -> Feed:
    version = {"version": "https://jsonfeed.org/version/1.1", "title": "T"}
    return read_feed(msgspec.json.encode({**version, **head, "items": items}), URL)


def entry_of(markup: str, head: str = "") -> Entry:
    return read_feed(
        f'<rss version="2.0"><channel><title>T</title>{head}{markup}</channel></rss>'.encode(), URL
    ).entries[0]


@pytest.mark.parametrize(
    "document",
    [
        '<rss version="0.91"><channel><title>T</title><item><title>A</title><link>http://x/1</link></item></channel></rss>',
        '<rss version="0.92"><channel><title>T</title><item><title>A</title><link>http://x/1</link></item></channel></rss>',
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
            "<channel><title>T</title></channel><item><title>A</title><link>http://x/1</link></item></rdf:RDF>"
        ),
        (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>A</title>'
            '<link rel="alternate" type="text/html" href="http://x/1"/></entry></feed>'
        ),
        '<CHANNEL><TITLE>T</TITLE><ITEM HREF="http://x/1"><TITLE>A</TITLE></ITEM></CHANNEL>',
        (
            '<rss xmlns="http://backend.userland.com/rss2"><channel><title>T</title><item><title>A</title><link>http://x/1</link>'
            "</item></channel></rss>"
        ),
    ],
)
def test_every_old_version_is_read(document: str) -> None:
    feed = read_feed(document.encode(), URL)
    assert [(entry.title, entry.link) for entry in feed.entries] == [("A", "http://x/1")]
    assert not feed.cut_off


@pytest.mark.parametrize(
    ("damage", "reads"),
    [
        ("AT&T", "AT&T"),
        ("Caf&eacute; &nbsp;bar", "Café bar"),
        ("x & y", "x & y"),
        ("a\x02b", "ab"),
        ("a&#8;b", "ab"),
        ("&copy 2019", "&copy 2019"),
    ],
)
def test_a_small_damage_costs_nothing_behind_it(damage: str, reads: str) -> None:
    later = "<item><title>B</title><link>http://x/2?a=1&amp;b=2</link><description>&lt;p&gt;Q&amp;amp;A&lt;/p&gt;</description></item>"
    first = f"<item><title>{damage}</title><link>http://x/1</link></item>"
    feed = read_feed(f'<rss version="2.0"><channel><title>T</title>{first}{later}</channel></rss>'.encode(), URL)
    assert [entry.title for entry in feed.entries] == [reads, "B"]
    assert feed.entries[1].link == "http://x/2?a=1&b=2"
    assert feed.entries[1].summary == "<p>Q&amp;A</p>"


def test_mending_leaves_alone_what_is_whole() -> None:
    whole = rss(item("/a", "A &amp; B", content="<p>a & b &nbsp; </p>"))
    assert mend(whole) == (whole, True)
    assert not is_well_formed(whole[:-3])
    assert mend(b"junk <?xml version='1.0'?><rss/>") == (b"<?xml version='1.0'?><rss/>", True)
    kept = b"<rss><![CDATA[a & b]]><!-- c & d --></rss>"
    assert mend(kept.replace(b"</rss>", b"&</rss>"))[0] == kept.replace(b"</rss>", b"&amp;</rss>")


def test_elements_inside_a_title_are_kept() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>http://x/1</id><title type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml">One <b>bold</b> word</div></title></entry></feed>'
    )
    assert read_feed(atom.encode(), URL).entries[0].title == "One bold word"


def test_an_enclosure_is_no_page_and_a_guid_is_no_date() -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title><id>urn:1</id>'
        '<link rel="enclosure" href="http://x/a.mp3"/><link rel="alternate" href="http://x/1"/></entry></feed>'
    )
    assert read_feed(atom.encode(), URL).entries[0].link == "http://x/1"
    assert (
        entry_of('<item><title>A</title><link>http://x/1</link><guid isPermaLink="false">2019</guid></item>').published
        is None
    )
    updated = atom.replace("<id>", "<updated>2019-06-03T10:00:00Z</updated><id>")
    entry = read_feed(updated.encode(), URL).entries[0]
    assert (entry.published, entry.updated) == (None, JUNE)


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", 3_600.0),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>\nhourly\n</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 900.0),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400.0),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency><ttl>30</ttl>", 1_800.0),
    ],
)
def test_how_often_its_publisher_says_that_it_changes(head: str, seconds: float | None) -> None:
    body = rss(item("/a", "<ttl>1</ttl>")).replace(b"<item>", head.encode() + b"<item>", 1)
    named = body.replace(b"<rss", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"', 1)
    assert read_feed(named, URL).hint_seconds == seconds


def test_json_feed_of_both_versions() -> None:
    older, newer = {"author": {"name": "Jo"}}, {"authors": [{"name": "Jo"}, {"name": "Al"}, {"url": "http://x"}]}
    assert feed_of({"id": 1, "url": "/1", **older}).entries[0].authors == ("Jo",)
    entry = feed_of({"id": 1, "url": "/1", "title": "A", "tags": ["", "World"], **newer}, language="de-AT").entries[0]
    assert (entry.guid, entry.link, entry.authors, entry.section) == (
        "1",
        "https://example.org/1",
        ("Jo", "Al"),
        "World",
    )
    assert feed_of({"id": "1"}, **newer).entries[0].authors == ("Jo", "Al")
    assert feed_of({"id": "1"}, language="de-AT").language == "de"
    texts = {
        "content_text": "1 < 2\n\nSo.",
        "date_published": "2019-06-03T12:00:00+02:00",
        "external_url": "http://y/2",
    }
    entry = feed_of({"id": "urn:1", "attachments": [{"url": "http://x/a.mp3", "title": "Episode 1"}], **texts}).entries[
        0
    ]
    assert (entry.content, entry.published, entry.link, entry.title) == (
        "<p>1 &lt; 2</p><p>So.</p>",
        JUNE,
        "http://y/2",
        "Episode 1",
    )


def test_a_json_feed_of_wrong_kinds_gives_what_is_right_in_it() -> None:
    wrong = {"authors": "Jo", "tags": 7, "attachments": [3], "date_published": 12, "title": ["x"], "content_html": None}
    feed = feed_of({"id": {"a": 1}, "url": "http://x/1", **wrong}, "no item", {"url": True}, title=7)
    assert [entry.link for entry in feed.entries] == ["http://x/1", None]
    assert feed.entries[0].authors == ()


def test_the_inventory_counts_elements_and_not_what_looks_like_them() -> None:
    inner = "<![CDATA[<item><title>no</title></item>]]><!-- <item> -->"
    named = take_inventory(rss(item("/a", "A"), item("/b", "B", content=inner.replace("]]>", "")), item("/c", "")))
    assert (named.entries, named.titles, named.cut) == (3, 2, 0)
