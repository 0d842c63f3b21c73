"""Sample messages: the Venezuela case and a few invented stories. `python -m tests.board.sample` serves them."""

from __future__ import annotations

import argparse
import signal
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from board.serve import serve
from pipeline.config import load
from pipeline.index.sqlite import SqliteIndex
from pipeline.index.stage import index_messages
from pipeline.ports import Index
from schemas.cursor import Cursor, Rhythm
from schemas.message import Message
from tests.board import stories

BASE = "http://127.0.0.1:8600"
"""Under which address the tests that open no port ask for pages."""


def feeds(now: datetime) -> list[Message]:
    """Return feeds in every health."""
    silent = Cursor(
        feed_url="https://valleyecho.example/rss",
        title="Valley Echo",
        outlet="Valley Echo",
        polled_at=now - timedelta(minutes=4),
        succeeded_at=now - timedelta(minutes=4),
        next_poll_at=now + timedelta(hours=1),
        state="unchanged",
        articles=412,
        interval_seconds=3_600.0,
        rhythm=Rhythm(
            watched_since=now - timedelta(days=60),
            usual=6.0,
            gaps=300,
            longest_gap=90_000.0,
            news_at=now - timedelta(days=8, hours=2),
        ),
    )
    return [
        silent,
        *_feeds(now),
    ]


def _feeds(now: datetime) -> list[Message]:
    return [
        Cursor(
            feed_url=url,
            title=title,
            outlet=outlet,
            polled_at=now - timedelta(minutes=3) if state != "new" else None,
            succeeded_at=now - timedelta(minutes=since) if since else None,
            next_poll_at=now + timedelta(minutes=following),
            failures=failures,
            state=state,
            articles=articles,
        )
        for url, title, outlet, state, since, following, failures, articles in stories.FEEDS
    ]


def messages(now: datetime) -> list[Message]:
    """Return everything: articles, claims, clusters, contradictions, feeds."""
    return [*stories.venezuela(), *stories.others(), *feeds(now)]


def fill(index: Index, now: datetime | None = None) -> None:
    """Keep all sample messages in an index."""
    keep(index, messages(now or datetime.now(UTC)))


def keep(index: Index, kept: list[Message]) -> None:
    """Keep messages; one that the index refuses is a mistake here."""
    refused = index_messages(index, kept).refused
    if refused:
        raise ValueError(f"keeping sample messages: {refused[0].document.collection}: {refused[0].reason}")


def main() -> None:
    """Serve the sample until Ctrl-C."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--data", type=Path, help="folder for the index (default: a temporary one)")
    arguments.add_argument("--port", type=int, default=0, help="0 takes a free port")
    given = arguments.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with tempfile.TemporaryDirectory() as temporary:
        index = SqliteIndex((given.data or Path(temporary)) / "index.sqlite")
        fill(index)
        serve(load(board={"port": given.port}), index, stop, lambda address: print(address, flush=True))
        index.close()


if __name__ == "__main__":
    main()
