"""An entry and its page to an article: which text, whose, from when, and whether it is whole. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from connectors.canonical import of_page
from connectors.credit import credit_of
from connectors.dates import publication
from connectors.entries import Candidate
from connectors.language import language_of
from connectors.outlets import FeedName, Outlets
from connectors.page import Page
from connectors.text import cut, from_html, one_line
from schemas.article import Article, TimeSource
from schemas.ids import article_id, content_hash

TEASER_CHARS = 250
"""Shorter texts are taken for teasers: the shortest agency flashes with a second sentence are about so long."""
MIN_TEXT_CHARS = 40
"""Shorter is no text: what is left of a page without an article is "Home" or "Share"; a sentence of news is longer."""
PAID_TEASER_CHARS = 2_000
"""A page that says that it is not free, and gives less than this, has shown its beginning only."""
SUMMARY_CHARS = 500
_NOTICE_CHARS = 1_500
_NOTICE = re.compile(
    r"\b(?:we (?:and our partners )?(?:use|store) cookies|accept (?:all )?cookies|cookie (?:policy|consent|settings)|"
    r"enable javascript|disable your ad ?blocker|are you a robot|verify you are (?:a )?human|unusual traffic)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:continue reading|read more|read the full (?:story|article)|weiterlesen|lire la suite|"
    r"leer más)\W*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Context:
    """What is known beside the entry: the feed's names and language, the list of outlets, the longest text kept."""

    feed: FeedName
    language: str | None
    outlets: Outlets
    max_text_chars: int


@dataclass(frozen=True)
class Read:
    """A page that was read, and the URL that it came from in the end."""

    page: Page
    final_url: str


def assemble(candidate: Candidate, read: Read | None, context: Context, now: datetime) -> Article | None:
    """Return the article, or None when neither page nor entry holds text. `read` is None when there was no page.

    An article keeps its id as long as its entry is known, whatever its URL becomes. `revision` is one above what was
    published before; compare `content_hash` with that to see whether there is anything to publish.
    """
    entry = candidate.entry
    page = read.page if read else Page("")
    text, partial = _text(candidate, page)
    if len(text) < MIN_TEXT_CHARS:
        return None
    text, was_cut = cut(text, context.max_text_chars)
    url = (of_page(read.final_url, page.canonical) if read else None) or candidate.url
    title = entry.title or page.title or one_line(text)[:100]
    authors = entry.authors or page.authors
    outlet = context.outlets.name_of(url, context.feed, page.site_name)
    published, source = publication(_times(candidate, page), now)
    known = candidate.known if candidate.known and candidate.known.revision else None
    return Article(
        article_id=known.article_id if known else article_id(url),
        url=url,
        outlet=outlet,
        title=title,
        text=text,
        published_at=published,
        fetched_at=now,
        content_hash=content_hash(title, text),
        revision=known.revision + 1 if known else 1,
        published_from=source,
        feed=context.feed.url,
        language=language_of(text, page.language, context.language),
        authors=authors,
        section=page.section or entry.section,
        summary=_summary(entry.summary or page.description or "", text),
        credit=credit_of(text, authors, outlet),
        partial=partial or was_cut,
    )


def _times(candidate: Candidate, page: Page) -> tuple[tuple[datetime | None, TimeSource], ...]:
    """Return when it may have been published, the most believable time first."""
    entry = candidate.entry
    said: tuple[tuple[datetime | None, TimeSource], ...] = ((entry.published, "feed"), (page.published, "page"))
    return (*(reversed(said) if candidate.redated else said), (entry.updated, "feed"))


def _text(candidate: Candidate, page: Page) -> tuple[str, bool]:
    """Return the longer of the page's and the feed's text, and whether it is only a part of the article."""
    entry = candidate.entry
    feed_text = max(from_html(entry.content), from_html(entry.summary), key=len)
    page_text = "" if _is_notice(page.text) else page.text
    text = page_text if len(page_text) >= len(feed_text) else feed_text
    paid = page.paid and len(text) < PAID_TEASER_CHARS
    # Without a page nobody knows whether the feed gives all: what it calls content is, what it calls summary is not.
    guess = not page_text and not (entry.content and entry.content != entry.summary)
    return text, bool(text) and (len(text) < TEASER_CHARS or paid or guess or bool(_GOES_ON.search(text[-60:])))


def _is_notice(text: str) -> bool:
    """True for a page that shows a cookie, script or robot notice instead of its article."""
    return len(text) < _NOTICE_CHARS and bool(_NOTICE.search(text))


def _summary(markup: str, text: str) -> str | None:
    summary = one_line(from_html(markup))
    return cut(summary, SUMMARY_CHARS)[0] if summary and summary != text else None
