"""The one table of topics: what travels where, keyed by what, kept how long."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType

from schemas.alert import Alert
from schemas.article import Article
from schemas.claim import ArticleClaims
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.cursor import Cursor
from schemas.message import Message
from schemas.pair import Pair, Retraction
from schemas.rejected import Rejected
from schemas.verdict import Verdict

DAY_MS = 86_400_000
FOREVER = -1


@dataclass(frozen=True)
class Topic:
    """One topic. `key` names the field that messages are keyed by; `retention_ms` is -1 for ever."""

    name: str
    form: type[Message] | UnionType
    key: str
    partitions: int
    retention_ms: int
    compacted: bool = False


# `claims`, `pairs` and `verdicts` have one partition: claims that could match must meet in one window, and the fold of
# verdicts must see all of them. The stages behind them cost little; reading articles costs nearly everything, and its
# topic is spread. See docs/decisions/0003-state-from-the-log.md.
ARTICLES = Topic("articles", Article, "article_id", 8, 30 * DAY_MS)
CLAIMS = Topic("claims", ArticleClaims, "article_id", 1, 30 * DAY_MS)
PAIRS = Topic("pairs", Pair | Retraction, "pair_id", 1, 7 * DAY_MS)
VERDICTS = Topic("verdicts", Verdict | Retraction, "pair_id", 1, 30 * DAY_MS)
CLUSTERS = Topic("clusters", Cluster, "cluster_id", 1, FOREVER, compacted=True)
CONTRADICTIONS = Topic("contradictions", Contradiction, "contradiction_id", 1, FOREVER, compacted=True)
ALERTS = Topic("alerts", Alert, "alert_id", 1, FOREVER, compacted=True)
CURSORS = Topic("cursors", Cursor, "feed_url", 1, FOREVER, compacted=True)
REJECTED = Topic("rejected", Rejected, "rejected_id", 1, 90 * DAY_MS)

TOPICS = (ARTICLES, CLAIMS, PAIRS, VERDICTS, CLUSTERS, CONTRADICTIONS, ALERTS, CURSORS, REJECTED)


def key_of(topic: Topic, message: Message) -> bytes:
    """Return the key that a message travels under on `topic`; a retraction goes under its article."""
    field = "article_id" if isinstance(message, Retraction) else topic.key
    return str(getattr(message, field)).encode()
