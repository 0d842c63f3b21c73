"""Counting what matches: by value, by time, and values that begin so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.counted import beginnings, most_frequent
from pipeline.index.elastic import queries
from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.queries import Body, Joint
from pipeline.index.query import Plan, keyword
from pipeline.ports import Interval

DOING = "counting in Elasticsearch"
ATTEMPTS = 3
"""A person waits for this: fewer tries than for a write."""

_SPECIAL = re.compile(r'([.?+*|{}\[\]()"\\#@&<>~^$-])')


def facets(
    client: Elasticsearch, prefix: str, plan: Plan, fields: Sequence[str], size: int
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return each field's most frequent values with their numbers."""
    asked = {name: keyword(plan.fields, name) for name in fields}
    if plan.empty or not asked:
        return dict.fromkeys(asked, ())
    # Two shards' most frequent values need not be all's: more are asked of each than are told.
    wanted = {
        name: {"terms": {"field": field, "size": size, "order": [{"_count": "desc"}, {"_key": "asc"}]}}
        for name, field in asked.items()
    }
    found = _aggregated(client, prefix, plan, wanted)
    return {name: most_frequent(_buckets(found, name), size) for name in asked}


def histogram(client: Elasticsearch, prefix: str, plan: Plan, interval: Interval) -> tuple[tuple[datetime, int], ...]:
    """Return (beginning, documents) of each interval that is not empty."""
    if plan.empty:
        return ()
    wanted = {
        "times": {"date_histogram": {"field": plan.fields.when, "calendar_interval": interval, "min_doc_count": 1}}
    }
    found = _aggregated(client, prefix, plan, wanted)["times"]["buckets"]
    return tuple((datetime.fromtimestamp(bar["key"] / 1000, UTC), int(bar["doc_count"])) for bar in found)


def suggest(
    client: Elasticsearch, prefix: str, plan: Plan, fields: Sequence[str], beginning: str, size: int
) -> tuple[tuple[str, str, int], ...]:
    """Return (field, value, documents) of values in which a word begins so."""
    words = beginnings(beginning)
    if not words:
        return ()
    pattern = f"(.*[^A-Za-z0-9])?{_in_any_case(words)}.*"
    wanted = {
        name: {"terms": {"field": keyword(plan.fields, name), "include": pattern, "size": size}} for name in fields
    }
    found = _aggregated(client, prefix, plan, wanted)
    return tuple(
        (name, value, count)
        for count, value, name in sorted(
            ((count, value, name) for name in fields for value, count in _buckets(found, name)),
            key=lambda item: (-item[0], item[1]),
        )[:size]
    )


def _buckets(found: dict[str, Any], name: str) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in found[name]["buckets"]]


def _aggregated(client: Elasticsearch, prefix: str, plan: Plan, wanted: Body) -> dict[str, Any]:
    """Aggregate over all that match: all words must occur; where no document has them all, any of them."""
    index = f"{prefix}{plan.query.collection}"
    joints: tuple[Joint, ...] = ("must", "should") if len(plan.terms) > 1 else ("must",)
    answer: dict[str, Any] = {}
    for joint in joints:
        body = queries.counted(plan, joint, wanted)
        answer = patiently(
            DOING,
            lambda body=body: client.search(index=index, body=body, allow_partial_search_results=False).body,  # type: ignore[misc]
            attempts=ATTEMPTS,
        )
        if answer["hits"]["total"]["value"]:
            break
    return answer["aggregations"]  # type: ignore[no-any-return]


def _in_any_case(text: str) -> str:
    """Return a regular expression of Lucene that matches `text` in any case, and nothing else."""
    return "".join(
        f"[{_escaped(letter.lower())}{_escaped(letter.upper())}]"
        if letter.lower() != letter.upper() and len(letter.upper()) == len(letter.lower()) == 1
        else _escaped(letter)
        for letter in text
    )


def _escaped(letter: str) -> str:
    return _SPECIAL.sub(r"\\\1", letter)
