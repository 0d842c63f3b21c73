"""Removing articles older than so many days, each with its claims. Only `crossclaim prune` does it, never a setup.

In slices of some hundred articles, the oldest first: the claims and rosters of a slice, then its articles, so that a
prune that is cut off leaves articles, by which the next one finds their claims, and never claims without an article. A
document that is written meanwhile is left alone (a version conflict), and found again by the next prune if it is old.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.setup.copying import Tell
from pipeline.index.elastic.setup.standing import standing

SLICE = 500
"""Articles in one slice; their claims are some eight times as many, which a server removes in a second or so."""

Query = dict[str, Any]


def prune(client: Elasticsearch, prefix: str, keep_days: int, now: datetime, tell: Tell) -> tuple[int, int]:
    """Remove what was published more than `keep_days` before `now`; return the numbers of articles and claims.

    Raises SetupError while an upgrade is under way, whose copy would hold what was removed here.
    """
    articles, claims = f"{prefix}articles", f"{prefix}claims"
    _no_upgrade(client, (articles, claims))
    old = older_than(now - timedelta(days=keep_days))
    _refresh(client, articles, claims)
    total, done, gone = _count(client, articles, old), 0, 0
    while ids := _oldest(client, articles, old):
        gone += _remove(client, claims, {"terms": {"article_id": ids}})
        removed = _remove(client, articles, {"bool": {"filter": [{"ids": {"values": ids}}, old]}})
        done += removed
        tell("removing old articles", done, total)
        if not removed:  # all of them are being written just now
            break
    return done, gone


def older_than(limit: datetime) -> Query:
    """Return the query for what was published before a moment."""
    return {"range": {"published_at": {"lt": limit.astimezone(UTC).isoformat()}}}


def _oldest(client: Elasticsearch, articles: str, old: Query) -> list[str]:
    found = patiently(
        "looking for old articles",
        lambda: client.search(index=articles, query=old, sort=["published_at"], size=SLICE, source=False).body,
    )
    return [hit["_id"] for hit in found["hits"]["hits"]]


def _remove(client: Elasticsearch, alias: str, query: Query) -> int:
    """Remove what a query finds and make it unseen; return how many."""
    answer = patiently(
        f"removing from {alias}",
        lambda: client.options(request_timeout=300).delete_by_query(
            index=alias, query=query, conflicts="proceed", refresh=True
        ),
    )
    if answer["failures"]:
        raise SetupError(
            f"removing from {alias}: {answer['failures'][0]}; mend that, then run `crossclaim prune` again"
        )
    return int(answer["deleted"])


def _no_upgrade(client: Elasticsearch, aliases: Sequence[str]) -> None:
    for alias in aliases:
        left = standing(client, alias).successor
        if left is not None:
            raise SetupError(
                f"removing from {alias}: an upgrade is filling {left.name}; let it end, or finish it by "
                "`crossclaim setup --upgrade`, then run `crossclaim prune` again"
            )


def _refresh(client: Elasticsearch, *aliases: str) -> None:
    patiently("looking for old articles", lambda: client.indices.refresh(index=list(aliases)))


def _count(client: Elasticsearch, alias: str, query: Query) -> int:
    return int(patiently("counting old articles", lambda: client.count(index=alias, query=query))["count"])
