"""An entry and its page to an article: which text, whose, from when, and whether it is whole. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from connectors.articles.canonical import of_page as address_of
from connectors.articles.choice import better, of_feed, of_page
from connectors.articles.credit import credit_of
from connectors.articles.dates import publication
from connectors.articles.entries import Candidate
from connectors.articles.language import first_of, spoken
from connectors.articles.outlets import FeedName, Outlets
from connectors.articles.page import Page
from connectors.text import cut, from_html, one_line
from schemas.article import Article, TimeSource
from schemas.ids import article_id, content_hash

MIN_TEXT_CHARS = 40
"""Shorter is no text: what is left of a page without an article is "Home" or "Share"; a sentence of news is longer."""
SUMMARY_CHARS = 500


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


def assemble(
    candidate: Candidate,
    read: Read | None,
    context: Context,
    now: datetime,
    words: Callable[[str], str | None] = spoken,
) -> Article | None:
    """Return the article, or None when neither page nor entry holds text. `read` is None when there was no page.

    `words` tells the language of a text by its words, where the page has not been asked.

    An article keeps its id as long as its entry is known, whatever its URL becomes. `revision` is one above what was
    published before; compare `content_hash` with that to see whether there is anything to publish.
    """
    entry = candidate.entry
    page = read.page if read else Page("")
    shown = of_page(page)
    chosen = better(shown, of_feed(entry))
    if len(chosen.text) < MIN_TEXT_CHARS:
        return None
    text, was_cut = cut(chosen.text, context.max_text_chars)
    url = (address_of(read.final_url, page.canonical) if read else None) or candidate.url
    title = entry.title or page.title or one_line(text)[:100]
    authors = entry.authors or page.authors
    outlet = context.outlets.name_of(url, context.feed, entry.outlet or page.site_name)
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
        language=(page.spoken if shown.text else None)
        or words(text)
        or first_of((entry.language or page.language, context.language)),
        authors=authors,
        section=page.section or entry.section,
        summary=_summary(entry.summary or page.description or "", text),
        credit=credit_of(text, authors, outlet),
        partial=not chosen.whole or was_cut,
        partial_reason=chosen.reason or ("cut" if was_cut else None),
        owner=context.outlets.owner_of(url, outlet),
    )


def _times(candidate: Candidate, page: Page) -> tuple[tuple[datetime | None, TimeSource], ...]:
    """Return when it may have been published, the most believable time first."""
    entry = candidate.entry
    said: tuple[tuple[datetime | None, TimeSource], ...] = ((entry.published, "feed"), (page.published, "page"))
    return (*(reversed(said) if candidate.redated else said), (entry.updated, "feed"))


def _summary(markup: str, text: str) -> str | None:
    summary = one_line(from_html(markup))
    return cut(summary, SUMMARY_CHARS)[0] if summary and summary != text else None
