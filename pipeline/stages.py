"""The stages in the order of the way, each a thin coat around the pure functions of its folder.

articles → Claims → claims → Matching → pairs → Contradictions → verdicts → Clusters → clusters, contradictions
articles, claims, clusters, contradictions, cursors, rejected → Indexing        contradictions → Telling → somebody
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from pipeline.alerts.stage import Teller
from pipeline.claims.stage import ReadClaims
from pipeline.clusters.fold import fold
from pipeline.clusters.state import State
from pipeline.contradictions.judge import judge
from pipeline.contradictions.rereading import Read
from pipeline.errors import Unusable
from pipeline.index.stage import index_message
from pipeline.matching.stage import MatchSettings, match
from pipeline.matching.window import Window
from pipeline.ports import Index
from pipeline.stage import LogState, Output, Position, ReadLog, Stateless, no_log
from schemas.article import Article
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.message import Message
from schemas.pair import Pair, Retraction
from schemas.rejected import Rejected
from schemas.topics import (
    ARTICLES,
    CLAIMS,
    CLUSTERS,
    CONTRADICTIONS,
    CURSORS,
    PAIRS,
    REJECTED,
    VERDICTS,
    Topic,
)
from schemas.verdict import Verdict

log = structlog.get_logger()


class Claims(Stateless):
    """Articles → who says what."""

    name = "claims"
    sources: tuple[Topic, ...] = (ARTICLES,)

    def __init__(self, read_claims: ReadClaims) -> None:
        self._read_claims = read_claims

    def step(self, article: Article, position: Position) -> Sequence[Output]:
        """Return the article's claims, with their vectors."""
        return [Output(CLAIMS, self._read_claims(article))]


class Matching:
    """Claims → pairs worth comparing; remembers the claims of the last days."""

    name = "matching"
    sources: tuple[Topic, ...] = (CLAIMS,)

    def __init__(self, settings: MatchSettings, log: ReadLog = no_log) -> None:
        self._settings = settings
        self._windows = LogState(CLAIMS, Window, lambda window, message, _: match(window, message, settings), log)

    def step(self, message: Any, position: Position) -> Sequence[Output] | None:
        """Return the pairs that an article's claims make with those held."""
        window = self._windows.before(position)
        found = None if window is None else match(window, message, self._settings)
        return None if found is None else [Output(PAIRS, item) for item in found]

    def done(self, position: Position) -> None:
        """Move the window on."""
        self._windows.done(position)


class Contradictions(Stateless):
    """Pairs → verdicts."""

    name = "contradictions"
    sources: tuple[Topic, ...] = (PAIRS,)

    def __init__(self, read: Read) -> None:
        self._read = read

    def step(self, message: Pair | Retraction, position: Position) -> Sequence[Output]:
        """Return the verdict on a pair; a retraction passes on."""
        return [Output(VERDICTS, message if isinstance(message, Retraction) else judge(message, self._read))]


class Clusters:
    """Verdicts → clusters and contradictions; remembers the graph of claims."""

    name = "clusters"
    sources: tuple[Topic, ...] = (VERDICTS,)

    def __init__(self, log: ReadLog = no_log) -> None:
        self._states = LogState(VERDICTS, State, lambda state, item, at: fold(state, item, at.timestamp_ms), log)

    def step(self, message: Verdict | Retraction, position: Position) -> Sequence[Output] | None:
        """Return the clusters and contradictions that a verdict changes."""
        state = self._states.before(position)
        if state is None:
            return None
        changes = fold(state, message, position.timestamp_ms)
        return [Output(CLUSTERS if isinstance(change, Cluster) else CONTRADICTIONS, change) for change in changes]

    def done(self, position: Position) -> None:
        """Move the graph on."""
        self._states.done(position)


class Indexing(Stateless):
    """Everything worth finding → the index."""

    name = "index"
    sources: tuple[Topic, ...] = (ARTICLES, CLAIMS, CLUSTERS, CONTRADICTIONS, CURSORS, REJECTED)

    def __init__(self, index: Index) -> None:
        self._index = index

    def step(self, message: Message, position: Position) -> Sequence[Output]:
        """Write a message's documents; raises Unusable when the index can never take one of them."""
        report = index_message(self._index, message)
        if report.refused and not isinstance(message, Rejected):  # what is refused here would come back for ever
            reasons = "; ".join(f"{r.document.collection}/{r.document.id}: {r.reason}" for r in report.refused)
            raise Unusable(f"indexing: {reasons}")
        return []


class Telling(Stateless):
    """Contradictions → alerts, each told once."""

    name = "alerts"
    sources: tuple[Topic, ...] = (CONTRADICTIONS,)

    def __init__(self, teller: Teller, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._teller, self._clock = teller, clock

    def step(self, contradiction: Contradiction, position: Position) -> Sequence[Output]:
        """Plan what is to be told of a contradiction; it is told a moment later, in `tick`."""
        self._teller.take(contradiction, self._clock())
        return []

    def tick(self) -> None:
        """Send what is due. Called about once a second, in another thread, where this stage's topic is read."""
        self._teller.tick(self._clock())
