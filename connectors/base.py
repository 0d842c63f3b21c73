"""What every connector is: something that is asked now and then, remembers by a cursor, and gives a batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.errors import CrossclaimError
from schemas.article import Article
from schemas.cursor import Cursor
from schemas.rejected import Rejected


@dataclass(frozen=True)
class FeedSource:
    """A feed of the feed list. `title` and `outlet` are "" where the list says nothing."""

    url: str
    title: str = ""
    outlet: str = ""


@dataclass(frozen=True)
class Problem:
    """Something that went wrong with one URL, for people to read."""

    url: str
    text: str


@dataclass(frozen=True)
class Batch:
    """What one poll gave. Publish the articles and the rejected first, the cursor only when those are acknowledged.

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


class PollStopped(CrossclaimError):  # noqa: N818 - nothing went wrong
    """The poll was ended by us before it had anything to give; the cursor stays where it was."""


class Connector(Protocol):
    """A source of articles."""

    def poll(self, cursor: Cursor | None, now: datetime) -> Batch:
        """Read what is new since `cursor`; `now` (UTC) is the time of the reading.

        Failures of the source are no exceptions: they are in the cursor's state and the batch's problems.
        Raises PollStopped when the program is stopping.
        """
        ...
