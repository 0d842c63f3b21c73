"""What is remembered of an entry as its feed listed it: enough to know it again, and to see whether it changed."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.articles.canonical import site_of
from connectors.sources.feed import Entry
from schemas.ids import digest

MIN_TITLE_BYTES = 15
"""Shorter titles ("Live", "Morning briefing") are given to many articles; in Chinese these are five characters."""
_LONG, _SHORT = 16, 8


@dataclass(frozen=True)
class Mark:
    """The fingerprint of an entry in parts. Written as text, the parts stand in this order with dots between.

    `words` is of address, title and texts; `story` of site, title and publication time, "" when the entry has no such
    time or too short a title; `site` of the registrable domain; `dates` of both times. The GUID is in none of them.
    """

    words: str
    story: str
    site: str
    dates: str

    def __str__(self) -> str:
        return f"{self.words}.{self.story}.{self.site}.{self.dates}"


def mark_of(entry: Entry, url: str) -> Mark:
    """Return the mark of an entry whose canonical URL is `url` ("" when it has none)."""
    site = site_of(url)
    title = " ".join(entry.title.casefold().split())
    tells = bool(site) and entry.published is not None and len(title.encode("utf-8", "replace")) >= MIN_TITLE_BYTES
    return Mark(
        words=digest("entry", url, entry.title, entry.content, entry.summary)[:_LONG],
        story=digest("story", site, title, str(entry.published))[:_LONG] if tells else "",
        site=digest("site", site)[:_SHORT],
        dates=digest("dates", str(entry.published), str(entry.updated))[:_SHORT],
    )


def mark_read(written: str) -> Mark | None:
    """Read a mark back; None for what is none, as of an entry whose page could not be read."""
    parts = written.split(".")
    return Mark(*parts) if len(parts) == 4 else None
