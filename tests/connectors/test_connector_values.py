"""The pure parts: URLs, dates, credits, outlets, languages, texts, the schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW

from connectors.articles.canonical import canonical, of_page, site_of
from connectors.articles.credit import credit_of
from connectors.articles.dates import from_iso, publication
from connectors.articles.language import language_of
from connectors.articles.outlets import FeedName, Outlet, Outlets, load_outlets
from connectors.polling.schedule import Schedule
from connectors.text import cut, from_html, one_line, tidy
from pipeline.errors import SetupError


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://WWW.Example.org:443/a/b?utm_source=x&id=3&fbclid=1#top", "https://www.example.org/a/b?id=3"),
        ("http://example.org:80", "https://example.org/"),
        ("http://example.org/article.asp?12345", "https://example.org/article.asp?12345"),
        ("http://example.org/n?cid=7&eid=8", "https://example.org/n?cid=7&eid=8"),
        ("http://example.org/n?b=1&a=2", "https://example.org/n?b=1&a=2"),
        ("https://www.example.org/news/x/amp/", "https://www.example.org/news/x"),
        ("https://www.example.org/amp/news/x", "https://www.example.org/news/x"),
        ("https://amp.example.org/x.amp.html", "https://www.example.org/x.html"),
        ("https://m.example.org/x", "https://www.example.org/x"),
        ("http://jo:secret@example.org/x", "https://example.org/x"),
        ("http://post.localhost:8700/x#a", "http://post.localhost:8700/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://example.org/ampere", "https://example.org/ampere"),
        ("ftp://example.org/x", None),
        ("nonsense", None),
        ("http://", None),
    ],
)
def test_canonical_urls(url: str, expected: str | None) -> None:
    assert canonical(url) == expected
    if expected:
        assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("/story", "https://www.example.org/story"),
        ("https://news.example.org/story", "https://news.example.org/story"),
        ("https://evil.org/story", "https://www.example.org/a"),
        ("https://www.example.org/", "https://www.example.org/a"),
        ("javascript:1", "https://www.example.org/a"),
        (None, "https://www.example.org/a"),
    ],
)
def test_declared_urls_count_on_their_own_site(declared: str | None, expected: str) -> None:
    assert of_page("https://www.example.org/a?utm_medium=x", declared) == expected


def test_sites() -> None:
    assert site_of("https://feeds.bbci.co.uk/x") == "bbci.co.uk"
    assert site_of("http://post.localhost:80/x") == "post.localhost"
    assert site_of("http://127.0.0.1/x") == "127.0.0.1"


def test_publication_times_are_believed_as_far_as_they_can_be_true() -> None:
    june = datetime(2019, 6, 3, 10, 0, tzinfo=UTC)
    future, epoch = NOW + timedelta(minutes=1), datetime(1970, 1, 1, tzinfo=UTC)
    assert publication([(june, "feed")], NOW) == (june, "feed")
    assert publication([(future, "feed"), (june, "page")], NOW) == (june, "page")
    assert publication([(epoch, "feed"), (None, "page")], NOW) == (NOW, "fetched")
    assert publication([(datetime(2019, 6, 3, 10, 0), "feed")], NOW) == (june, "feed")
    assert publication([(datetime(1, 1, 1), "feed")], NOW) == (NOW, "fetched")
    assert from_iso("2019-06-03T12:00:00+02:00") == june
    assert from_iso("yesterday") is None
    assert from_iso(None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Reuters) - The bank cut its rate.", "Reuters"),
        ("LONDON, June 3 (Meridian Wire) — The bank cut its rate.", "Meridian Wire"),
        ("CORVO BAY, San Aurelio (Meridian Wire): Twelve died.", "Meridian Wire"),
        ("CORVO BAY (Meridian Wire). Twelve died.", "Meridian Wire"),
        ("MOSCOW, June 4 (TASS) — No cuts.", "TASS"),
        ("BERLIN (dpa/AFP) - Die Bank.", "dpa"),
        ("PARIS, AFP - The bank.", "AFP"),
        ("The bank cut its rate.\n\n© AFP 2019", "AFP"),
        ("The bank cut its rate. (AP)", "AP"),
        ("The bank cut its rate.\n\nSource: TASS", "TASS"),
        ("The bank cut its rate.\n\nThis article was originally published by The Kyiv Times.", "Kyiv Times"),
        ("The bank (a big one) - cut its rate.", None),
        ("The bank cut its rate. (pa)", None),
        ("The firm (Rostec) - said no.", None),
        ("Plain text.", None),
    ],
)
def test_credits(text: str, expected: str | None) -> None:
    assert credit_of(text, (), "Post") == expected


def test_credits_in_the_byline_and_of_the_outlet_itself() -> None:
    assert credit_of("Text.", ("Jo Doe and Reuters",), "Post") == "Reuters"
    assert credit_of("Text.", ("Associated Press",), "Post") == "AP"
    assert credit_of("Text.", ("Jo Doe",), "Post") is None
    assert credit_of("ROME (Reuters) - Text.", (), "Reuters") is None


def test_outlet_names() -> None:
    outlets = Outlets([Outlet("bbc", "BBC News", ("bbc.co.uk", "bbci.co.uk"), None)])
    feed = FeedName("http://post.localhost:1/f", "Post: world", "")
    assert outlets.name_of("https://www.bbc.co.uk/news/1", feed) == "BBC News"
    assert outlets.name_of("http://post.localhost:1/a", feed) == "Post: world"
    assert outlets.name_of("http://post.localhost:1/a", feed, "The Post") == "The Post"
    assert outlets.name_of("http://post.localhost:1/a", FeedName(feed.url, "t", "Given"), "The Post") == "Given"
    assert outlets.name_of("https://www.other.org/a", FeedName(feed.url, "t", "Given")) == "other.org"
    assert outlets.same_site("https://www.bbc.co.uk/1", "https://feeds.bbci.co.uk/2")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[outlet]]\nname = "A"\ndomains = ["a.org"]', "outlet 1 lacks id"),
        ('[[outlet]]\nid = "a"\nname = "A"\ndomains = []', "lacks domains"),
        ('[[outlet]]\nid = "a"\nname = "A"\ndomains = ["a.org"]\nownr = "x"', "unknown field 'ownr'"),
        (
            '[[outlet]]\nid="a"\nname="A"\ndomains=["a.org"]\n[[outlet]]\nid="b"\nname="B"\ndomains=["a.org"]',
            "at A and at B",
        ),
        ("[[outlet", "reading the outlets"),
    ],
)
def test_wrong_outlet_lists_say_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(text)
    with pytest.raises(SetupError) as caught:
        load_outlets(path)
    assert says in str(caught.value)


def test_languages() -> None:
    english = "The council said on Tuesday that it will close the pier, which has been in use for years. " * 4
    german = "Der Rat hat am Dienstag gesagt, dass er die Brücke für zwei Jahre sperren wird und das nicht gern. " * 4
    assert language_of(english, "de") == "en"
    assert language_of(german, "en-US") == "de"
    assert language_of("Too short.", None, "fr-FR") == "fr"
    assert language_of("Too short.", None) is None


def test_texts() -> None:
    assert from_html("<p>One <b>two</b>.</p><script>x()</script><p>Three<br>four</p>") == "One two.\n\nThree\n\nfour"
    assert from_html("wrapped\nline\n\nnext") == "wrapped line\n\nnext"
    assert from_html("5 < 6 &amp; 7") == "5 < 6 & 7"
    assert from_html("") == ""
    assert from_html("<div>" * 5000 + "deep") == "deep"
    assert tidy("a\u200bb\u00ad c\x00\r\nd") == "ab c\n\nd"
    assert one_line("Tom &amp;amp; <i>Jo</i>\n said 5 < 6") == "Tom & Jo said 5 < 6"
    assert cut("One. Two. Three.", 100) == ("One. Two. Three.", False)
    assert cut("x" * 95 + ". " + "y" * 50, 100) == ("x" * 95 + ".", True)


def test_the_schedule_is_polite_and_in_order() -> None:
    schedule = Schedule(per_site=1)
    for url, seconds in (("http://a.org/1", 0), ("http://a.org/2", 0), ("http://b.org/1", 1), ("http://c.org/1", 99)):
        schedule.add(url, NOW + timedelta(seconds=seconds))
    assert schedule.take(NOW - timedelta(seconds=1), 9) == ()
    assert schedule.take(NOW + timedelta(seconds=5), 9) == ("http://a.org/1", "http://b.org/1")
    assert schedule.take(NOW + timedelta(seconds=6), 9) == ()
    assert len(schedule) == 2
    schedule.done("http://a.org/1", NOW + timedelta(seconds=7))
    assert schedule.take(NOW + timedelta(seconds=7), 9) == ("http://a.org/2",)
    assert schedule.next_at() == NOW + timedelta(seconds=99)
    schedule.done("http://a.org/2", NOW)
    assert schedule.take(NOW + timedelta(seconds=99), 0) == ()
    assert schedule.take(NOW + timedelta(seconds=99), 1) == ("http://c.org/1",)
    assert schedule.next_at() is None
