"""The pages of a feed's new entries, some at a time: each candidate is counted once, by its fate."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

import msgspec

from connectors.articles.ahead import ahead
from connectors.articles.assemble import MIN_TEXT_CHARS, Context, Read, assemble
from connectors.articles.choice import spoken_by_feed
from connectors.articles.entries import MAX_TRIES, Candidate, same_text, unread
from connectors.articles.page import read_page
from connectors.base import PollStopped, Problem, Tools
from connectors.extraction import ExtractionError, ExtractionStopped
from connectors.fetching.http import Asked, Fetched, FetchError
from connectors.publishing.promises import numbered
from connectors.refused import refused
from schemas.article import Article
from schemas.cursor import Promise, SeenEntry
from schemas.rejected import Rejected

PAGES_AT_ONCE = 8
"""Pages of one feed that are read at a time, as far as their hosts let them: an aggregator lists many hosts."""
TOLD_CHARS = 2_000
"""A page of so much text is no mere notice: its words tell the article's language, and the feed's need not be asked."""
_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass
class Gathered:
    """What a poll has so far. `listed` is what is remembered of the entries; `by_article` the same by article.

    `promised` may stand in the topic already, from a run that crashed; `waiting` are keys of entries.
    """

    by_article: dict[str, SeenEntry]
    listed: dict[str, SeenEntry]
    promised: dict[str, Promise]
    articles: list[Article] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)
    duplicates: int = 0

    @classmethod
    def beginning(
        cls,
        seen: Mapping[str, SeenEntry],
        kept: Mapping[str, SeenEntry],
        promised: Mapping[str, Promise] = MappingProxyType({}),
    ) -> Gathered:
        """Begin with what was known and what is unchanged."""
        return cls({known.article_id: known for known in seen.values()}, dict(kept), dict(promised))


@dataclass(frozen=True)
class Answer:
    """What came of reading a page; `problem` says why there is no `read`, `later` that it may come right.

    `asked` is False when the page was not even asked for, so that it is no try. `spoken` is the language of the feed's
    text, where the page's words do not tell it.
    """

    read: Read | None = None
    raw: bytes = b""
    problem: str | None = None
    later: bool = False
    asked: bool = True
    spoken: str | None = None


class PageReader:
    """Reads the pages of candidates."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def answers(self, candidates: Sequence[Candidate]) -> AsyncGenerator[tuple[Candidate, Answer], None]:
        """Yield what comes of each candidate's page, in order. Raises PollStopped when the program is stopping."""
        return ahead(self._answer, candidates, PAGES_AT_ONCE)

    async def _answer(self, candidate: Candidate) -> Answer:
        answer = await self._page(candidate)
        page = answer.read.page if answer.read else None
        if answer.later or (page and page.spoken and len(page.text) >= TOLD_CHARS):
            return answer
        try:
            # In a worker too: the model that tells languages is there.
            return replace(answer, spoken=await self._tools.workers.run(spoken_by_feed, candidate.entry))
        except ExtractionError:
            return answer
        except ExtractionStopped as error:
            raise PollStopped(str(error)) from error

    async def _page(self, candidate: Candidate) -> Answer:
        if candidate.entry.complete:
            return Answer()
        url = candidate.entry.link or candidate.url
        robots = self._tools.robots
        try:
            if robots and not await robots.allows(url):
                return Answer(problem=f"reading {url}: the site's robots.txt forbids it; only the feed's text is used")
            await self._tools.workers.few_waiting()
            fetched = await self._tools.fetcher.get(Asked(url, accept=_ACCEPT))
            return await self._parsed(candidate, fetched)
        except ExtractionStopped as error:
            raise PollStopped(str(error)) from error
        except FetchError as error:
            if error.kind == "stopped":
                raise PollStopped(str(error)) from error
            held = error.kind == "held"
            return Answer(problem=str(error), later=held or error.kind == "retryable", asked=not held)

    async def _parsed(self, candidate: Candidate, fetched: Fetched) -> Answer:
        content_type = fetched.headers.get("content-type", "")
        try:
            page = await self._tools.workers.run(read_page, fetched.body, fetched.final_url, content_type)
        except ExtractionError as error:
            return Answer(raw=fetched.body, problem=f"reading {candidate.url}: the page {error}")
        problem = f"reading {candidate.url}: no article text was found in {_kind(content_type)}"
        enough = len(page.text) >= MIN_TEXT_CHARS
        return Answer(Read(page, fetched.final_url), fetched.body, None if enough else problem)


def settle(candidate: Candidate, answer: Answer, context: Context, gathered: Gathered, now: datetime) -> None:
    """Note a candidate's fate in `gathered`: article, duplicate, waiting or rejected."""
    if answer.problem:
        gathered.problems.append(Problem(candidate.url, answer.problem))
    tries = candidate.tries + answer.asked
    if answer.later and tries < MAX_TRIES:
        gathered.listed[candidate.key] = unread(candidate, now, tries)
        gathered.waiting.add(candidate.key)
        return
    article = assemble(candidate, answer.read, context, now, lambda _: answer.spoken)
    if article is None:
        _reject(candidate, answer, gathered, now)
    else:
        _accept(candidate, article, gathered, now)


def _kind(content_type: str) -> str:
    return content_type.partition(";")[0].strip() or "an answer of unknown type"


def _reject(candidate: Candidate, answer: Answer, gathered: Gathered, now: datetime) -> None:
    reason = "unreadable" if answer.problem and not answer.read else "no-text"
    error = answer.problem or f"reading {candidate.url}: no article text was found"
    raw = answer.raw or msgspec.json.encode(candidate.entry)
    gathered.rejected.append(refused(candidate.url, reason, error, raw, now))
    gathered.listed[candidate.key] = msgspec.structs.replace(
        unread(candidate, now, candidate.tries), entry_hash=candidate.entry_hash
    )


def _accept(candidate: Candidate, article: Article, gathered: Gathered, now: datetime) -> None:
    """Take the article, unless it says what was published of it already, under this entry or another."""
    published = gathered.by_article
    known = published.get(article.article_id) or same_text(candidate, article, published.values())
    if known and known.revision:
        article = msgspec.structs.replace(article, revision=known.revision + 1)
    before = gathered.promised.pop(article.article_id, None)
    if before:
        article = numbered(article, before)
    if known and known.content_hash == article.content_hash and not before:
        gathered.duplicates += 1
        remembered = msgspec.structs.replace(known, entry_hash=candidate.entry_hash, last_listed=now)
    else:
        gathered.articles.append(article)
        remembered = SeenEntry(
            article_id=article.article_id,
            content_hash=article.content_hash,
            revision=article.revision,
            entry_hash=candidate.entry_hash,
            last_listed=now,
        )
    gathered.listed[candidate.key] = gathered.by_article[article.article_id] = remembered


def left_as_known(candidates: tuple[Candidate, ...], gathered: Gathered) -> None:
    """Keep what was known of candidates that were not come to; they are read with the next poll."""
    for candidate in candidates:
        if candidate.known:
            gathered.listed.setdefault(candidate.key, candidate.known)
