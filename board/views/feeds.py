"""`/feeds`: whether the sources still speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from board.render import page
from board.views.paging import Pages, page_number
from board.wording import ago
from pipeline.feed_health import ORDER, FeedHealth, Standing, Standings, standings
from pipeline.ports import Index

PER_PAGE = 50
LONGEST = 300
"""Characters of a search; nobody types more."""

STATES: Mapping[Standing, str] = {
    "silent": "Silent",
    "failing": "Fails",
    "ended": "Ended",
    "overdue": "Overdue",
    "new": "New",
    "well": "Well",
    "left": "Off the list",
}

assert set(STATES) == set(ORDER)


@dataclass(frozen=True)
class Asked:
    """Which feeds are wanted: those with all `words` in title, outlet or address, in one state. "" asks nothing."""

    words: str = ""
    state: str = ""

    def wants(self, it: FeedHealth) -> bool:
        """Say whether a feed is wanted."""
        text = f"{it.feed.title} {it.feed.outlet} {it.feed.feed_url}".casefold()
        return (not self.state or it.state == self.state) and all(w in text for w in self.words.casefold().split())

    def address(self, state: str) -> str:
        """The page's address for the same words and another state."""
        asked = urlencode({name: value for name, value in (("q", self.words), ("state", state)) if value})
        return f"/feeds?{asked}" if asked else "/feeds"


@dataclass(frozen=True)
class Row:
    """One feed as the list shows it."""

    it: FeedHealth
    last_read: str
    next_poll: str


def feeds(request: Request) -> Response:
    """Show the feeds that are wanted with their health, the worst first."""
    asked = _asked(request)
    now = datetime.now(UTC)
    found = standings(request.app.state.index, now)
    named = [it for it in found.feeds if Asked(asked.words).wants(it)]
    wanted = [it for it in named if asked.wants(it)]
    number = page_number(request, PER_PAGE)
    start = (number - 1) * PER_PAGE
    context = {
        "rows": [_row(it, now) for it in wanted[start : start + PER_PAGE]],
        "asked": asked,
        "choices": _choices(named, asked),
        "found": found,
        "wanted": len(wanted),
        "states": STATES,
        "pages": Pages.of(request, number, PER_PAGE, len(wanted)),
    }
    return page(request, "feeds.html", context, section="feeds")


def summary(index: Index) -> Counter[Standing]:
    """Return how many feeds are in which state."""
    found: Standings = standings(index, datetime.now(UTC))
    return Counter(it.state for it in found.feeds)


def _asked(request: Request) -> Asked:
    words = " ".join(request.query_params.get("q", "").split())[:LONGEST]
    state = request.query_params.get("state", "")
    return Asked(words, state if state in STATES else "")


def _choices(named: list[FeedHealth], asked: Asked) -> list[tuple[str, str, int, bool]]:
    """Address, words, count and whether it is chosen, for each state that there is; all of them first."""
    counts = Counter(it.state for it in named)
    each = [(state, STATES[state], counts[state]) for state in ORDER if counts[state] or state == asked.state]
    return [
        (asked.address(state), words, number, state == asked.state)
        for state, words, number in [("", "All", len(named)), *each]
    ]


def _row(it: FeedHealth, now: datetime) -> Row:
    read = it.feed.succeeded_at
    return Row(it, ago(read, now) if read else "never", _next_poll(it, now))


def _next_poll(it: FeedHealth, now: datetime) -> str:
    due = it.feed.next_poll_at
    if it.state in ("ended", "left"):
        return "none"
    if due is None:
        return "not planned"
    when = ago(due, now)
    return f"was due {when}" if when.endswith(" ago") else when
