"""`/feeds`: whether the sources still speak."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from board import reading
from board.render import page
from board.views.paging import Pages, page_number
from board.wording import ago, count
from pipeline.ports import Index
from schemas.cursor import Cursor

Health = Literal["failing", "overdue", "new", "well"]

PER_PAGE = 200
SUMMED = 2_000
"""Feeds looked at for the summary; the newest polled come first, and with them nearly all that matters."""
OVERDUE_AFTER = timedelta(minutes=15)
"""A poll this late means that nobody reads: three times the usual interval of polls (polling.interval_seconds)."""

_WORST_FIRST: tuple[Health, ...] = ("failing", "overdue", "new", "well")


@dataclass(frozen=True)
class Row:
    """One feed as the list shows it."""

    feed: Cursor
    health: Health
    words: str
    next_poll: str


def feeds(request: Request) -> Response:
    """Show every feed with its health, those in trouble first."""
    index: Index = request.app.state.index
    now = datetime.now(UTC)
    number = page_number(request, PER_PAGE)
    listing = reading.newest(index, Cursor, PER_PAGE, (number - 1) * PER_PAGE)
    rows = sorted(
        (_row(feed, now) for feed in listing.messages),
        key=lambda row: (_WORST_FIRST.index(row.health), row.feed.title.casefold(), row.feed.feed_url),
    )
    context = {
        "rows": rows,
        "summary": summary(index),
        "total": listing.total,
        "pages": Pages.of(request, number, PER_PAGE, listing.total),
    }
    return page(request, "feeds.html", context, section="feeds")


def summary(index: Index) -> Counter[Health]:
    """Return how many feeds are in which health."""
    now = datetime.now(UTC)
    return Counter(health(feed, now) for feed in reading.newest(index, Cursor, SUMMED).messages)


def health(feed: Cursor, now: datetime) -> Health:
    """Return how a feed is."""
    if feed.failures:
        return "failing"
    if feed.next_poll_at and now - feed.next_poll_at > OVERDUE_AFTER:
        return "overdue"
    return "well" if feed.succeeded_at else "new"


def _row(feed: Cursor, now: datetime) -> Row:
    state = health(feed, now)
    return Row(feed, state, _words(feed, state, now), _next_poll(feed, now))


def _next_poll(feed: Cursor, now: datetime) -> str:
    if feed.next_poll_at is None:
        return "not planned"
    when = ago(feed.next_poll_at, now)
    return f"was due {when}" if when.endswith(" ago") else when


def _words(feed: Cursor, state: Health, now: datetime) -> str:
    """Return the health in a sentence that says what to do where something can be done."""
    read = f"last read {ago(feed.succeeded_at, now)}" if feed.succeeded_at else "never read yet"
    if state == "failing":
        return f"{_sentence(feed.state)} Failed {count(feed.failures, 'time')} in a row, {read}."
    if state == "overdue":
        return f"Its poll is overdue, {read}. Is crossclaim running?"
    if state == "new":
        return "Waits for its first poll."
    return "Nothing new at the last poll." if feed.state == "unchanged" else f"Reads well, {read}."


def _sentence(words: str) -> str:
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}" if words else ""
