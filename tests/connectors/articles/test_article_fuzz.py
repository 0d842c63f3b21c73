"""Whatever the web sends, the readers of pages, dates, addresses, credits and languages answer, and soon."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from connectors.articles.canonical import canonical, of_page, site_of
from connectors.articles.choice import of_feed
from connectors.articles.choice import of_page as article_on
from connectors.articles.credit import credit_of
from connectors.articles.dates import EARLIEST, from_iso, in_utc, publication
from connectors.articles.language import language_of, primary, spoken
from connectors.articles.page import Page, read_page
from connectors.sources.feed import Entry
from connectors.text import from_html, one_line, tidy

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
MANY = settings(max_examples=400, deadline=2_000, suppress_health_check=SLOW)
SOME = settings(max_examples=150, deadline=4_000, suppress_health_check=SLOW)
LONG_SECONDS = 5.0
"""The longest that any one of the hostile texts of 300,000 characters may take, on a machine with other work."""

any_text = st.text(st.characters(), max_size=300)
address = st.one_of(
    any_text,
    st.builds(
        "{}://{}{}/{}{}{}".format,
        st.sampled_from(["http", "https", "HTTP", "ftp", "javascript", ""]),
        st.sampled_from(["m.", "amp.", "www.google.com/amp/s/", "user:pw@", "[", "127.0.0.1:", "xn--", "..", ""]),
        st.text(max_size=30),
        st.sampled_from(["amp/", "index.html", "//", ";jsessionid=", "%", "%c3%28", "../..", ""]),
        st.text(max_size=60),
        st.sampled_from(["?utm_source=x", "?a=&b", "?url=http://", "#x", "?%", "&amp;x=1", ""]),
    ),
)
tags = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "<article>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<table><tr><td>",
        "<meta ",
        'content="',
        '">',
        "<time datetime='",
        "<link rel=canonical href=",
        '<script type="application/ld+json">',
        "{[",
        "&#0;",
        "&#x110000;",
        "\x00",
        "<?xml version='1.0'?>",
        "<!DOCTYPE html [<!ENTITY a 'b'>]>",
        "\ud800",
        "We use cookies. ",
        "Read more",
    ]
)
markup = st.lists(st.one_of(tags, any_text), max_size=40).map("".join)


@MANY
@given(address, address)
@example("https://www.google.com/url?url=https://www.google.com/url?url=https://a.org", "//")
@example("http://[::1", "http://[")
@example("http://example.org:99999/", "\ud800")
def test_addresses(url: str, declared: str) -> None:
    found = canonical(url)
    site_of(url)
    of_page(url, declared)
    if found is not None:
        assert found.startswith(("http://", "https://"))
        assert canonical(found) == found


@MANY
@given(any_text | st.datetimes().map(str) | st.from_regex(r"[0-9T:+Z.-]{1,40}"), st.datetimes())
def test_dates(text: str, moment: datetime) -> None:
    read = from_iso(text)
    assert read is None or read.tzinfo is UTC
    in_utc(moment)
    published, source = publication(((read, "page"), (moment, "feed")), NOW)
    assert EARLIEST <= published <= NOW
    assert source in ("page", "feed", "fetched")


@MANY
@given(markup, st.lists(any_text, max_size=3), any_text)
def test_texts_and_credits(text: str, authors: list[str], outlet: str) -> None:
    for clean in (tidy(text), from_html(text)):
        assert "\x00" not in clean
        assert "\ud800" not in clean
    assert "\n" not in one_line(text)
    credit = credit_of(text, tuple(authors), outlet)
    assert credit is None or credit.strip()


@SOME
@given(any_text, st.lists(st.none() | any_text, max_size=3))
def test_languages(text: str, declared: list[str | None]) -> None:
    for code in (spoken(text), language_of(text, *declared), *map(primary, declared)):
        assert code is None or (code.isascii() and code.isalpha() and code.islower())


@SOME
@given(st.one_of(st.binary(max_size=600), markup.map(lambda text: text.encode("utf-8", "replace"))), any_text, any_text)
def test_pages(body: bytes, url: str, content_type: str) -> None:
    page = read_page(body, url, content_type)
    assert "\x00" not in page.text
    assert article_on(page).text is not None


@SOME
@given(markup, markup, st.booleans())
def test_entries(content: str, summary: str, complete: bool) -> None:
    found = of_feed(Entry(None, None, "", content, summary, None, None, (), None, complete=complete))
    assert found.whole == (bool(found.text) and found.reason is None)


PIECES = (
    "a",
    " ",
    "\n",
    "(",
    "((",
    ") - ",
    "A (",
    "(A",
    "LONDON, ",
    "© ",
    "copyright 2019 ",
    "source: ",
    "by ",
    "1",
    "1-",
    "T",
    "%",
    "&",
    "&amp;",
    "<",
    "<p",
    "<!--",
    "/amp",
    "?a=",
    "http://",
    ";jsessionid=",
    "we use cookies ",
    "subscribe to ",
    "[…",
    "“",
    "\u200b",
    "ä",
    "\u0301",
    "first published by ",
    "The post a",
    "appeared first on ",
    "read more ",
    "accept all\n\n",
    "www.",
    "-",
    "_",
    ".",
    "Aa ",
    "A/",
)


@pytest.fixture(scope="module", autouse=True)
def model() -> None:
    """Load the model of languages before anything is timed."""
    spoken("The council said on Tuesday that it will close the pier.")


@pytest.mark.parametrize("piece", PIECES)
def test_long_repetitions_take_no_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    entry = Entry(None, None, "", f"<p>{text}", f"\n\nThe post {text}", None, None, (), None)
    works: dict[str, Callable[[], object]] = {
        "address": lambda: (canonical(text), canonical(f"https://a.org/{text[:3_900]}")),
        "date": lambda: from_iso(text),
        "credit": lambda: (credit_of(text, (text,), "Post"), credit_of(f"{text}\n\n{text}", (), "")),
        "language": lambda: (spoken(text), primary(text)),
        "text": lambda: (tidy(text), one_line(text), from_html(text)),
        "page": lambda: article_on(Page(text)),
        "feed": lambda: of_feed(entry),
    }
    for name, work in works.items():
        begun = time.perf_counter()
        work()
        assert time.perf_counter() - begun < LONG_SECONDS, name
