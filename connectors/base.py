"""What every source of articles is: a lister that is asked now and then, and a batch that comes of its listing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import CrossclaimError
from schemas.article import Article
from schemas.cursor import Cursor
from schemas.rejected import Rejected

if TYPE_CHECKING:
    from connectors.articles.outlets import Outlets
    from connectors.extraction import Workers
    from connectors.fetching.http import Fetched, Fetcher
    from connectors.fetching.robots import Robots
    from connectors.sources.feed import Feed
    from pipeline.config import Kafka, Polling


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed of the feed list. `title` and `outlet` are "" where the list says nothing.

    `kind` says who lists its entries: "feed", "sitemap", "topic", or "package.module:function" naming a lister.
    """

    url: str
    title: str = ""
    outlet: str = ""
    kind: str = "feed"


@dataclass(frozen=True)
class Tools:
    """What a lister works with. `stopping` is True once the program ends; `robots` is None where it is not asked."""

    fetcher: Fetcher
    workers: Workers
    outlets: Outlets
    polling: Polling
    kafka: Kafka
    stopping: Callable[[], bool] = lambda: False
    robots: Robots | None = None


@dataclass(frozen=True)
class Listing:
    """What a source lists now. `fetched` is the answer it was read from, None where there was none of HTTP.

    `position` is the lister's own bookmark, opaque to all others: it comes back in `cursor.position`.
    """

    feed: Feed
    fetched: Fetched | None = None
    position: str | None = None


@dataclass(frozen=True)
class Unchanged:
    """A source lists what it listed before; its answer's headers say when to ask again."""

    fetched: Fetched | None = None


Lister = Callable[[FeedSource, Tools, Cursor, datetime], Awaitable[Listing | Unchanged | None]]
"""`async def list_x(source, tools, cursor, now)`: what the source lists, Unchanged or None when it is what it was.

Raises FetchError or FeedError when it cannot be read; whatever else it raises is a defect of the lister, and ends the
program.
"""


@dataclass(frozen=True)
class Problem:
    """Something that went wrong with one URL, for people to read."""

    url: str
    text: str


@dataclass(frozen=True)
class Batch:
    """What one poll gave. Publish the articles and the rejected first, the cursor only when those are acknowledged.

    Before all that publish `promise`, where there is one: the cursor as it was, and what is about to be published. So
    that a crash in between does not lead to other text under the same revision.

    Each new or changed entry is counted once: as an article, as rejected, as waiting (tried again later) or as a
    duplicate (read again, and it says what it said). `more` is True when entries are left: poll again with this cursor.
    """

    articles: tuple[Article, ...]
    cursor: Cursor
    problems: tuple[Problem, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    waiting: int = 0
    duplicates: int = 0
    more: bool = False
    promise: Cursor | None = None


class PollStopped(CrossclaimError):  # noqa: N818 - nothing went wrong
    """The poll was ended by us before it had anything to give; the cursor stays where it was."""


class Connector(Protocol):
    """A source of articles."""

    async def poll(self, cursor: Cursor | None, now: datetime) -> Batch:
        """Read what is new since `cursor`; `now` (UTC) is the time of the reading.

        Failures of the source are no exceptions: they are in the cursor's state and the batch's problems.
        Raises PollStopped when the program is stopping.
        """
        ...
