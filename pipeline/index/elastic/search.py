"""Running a search: by words, by time, by meaning, or by words and meaning fused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.elastic import queries
from pipeline.index.elastic.client import patiently
from pipeline.index.mapping import milliseconds
from pipeline.index.query import Plan
from pipeline.index.ranking import CANDIDATES, fuse
from pipeline.ports import Hit, Results

DOING = "searching in Elasticsearch"
ATTEMPTS = 3
"""A person waits for this: fewer tries than for a write."""

Raw = Mapping[str, Any]


def search(client: Elasticsearch, prefix: str, plan: Plan) -> Results:
    """Return what a plan finds."""
    if plan.empty:
        return Results((), 0)

    def run(body: dict[str, Any]) -> Raw:
        index = f"{prefix}{plan.query.collection}"
        found: Raw = patiently(
            DOING,
            lambda: client.search(index=index, body=body, allow_partial_search_results=False).body,
            attempts=ATTEMPTS,
        )
        return found["hits"]  # type: ignore[no-any-return]

    return _by_meaning(run, plan) if plan.vector else _by_words(run, plan)


def _by_words(run: Callable[[dict[str, Any]], Raw], plan: Plan) -> Results:
    _, found = _worded(run, plan, size=plan.query.limit, offset=plan.query.offset)
    hits = (_hit(plan, raw, 0.0 if plan.newest else raw["_score"], raw) for raw in found["hits"])
    return Results(tuple(hits), found["total"]["value"])


def _by_meaning(run: Callable[[dict[str, Any]], Raw], plan: Plan) -> Results:
    depth = max(CANDIDATES, plan.query.offset + plan.query.limit)
    strict, found = _worded(run, plan, size=depth, offset=0) if plan.terms else (True, {"hits": []})
    worded = found["hits"]
    near = run(queries.by_meaning(plan, depth))["hits"]
    marked = {raw["_id"]: raw for raw in worded}
    documents = marked | {raw["_id"]: raw for raw in near}
    # kNN scores are (1 + cosine) / 2.
    ranked = (
        fuse(list(marked), [raw["_id"] for raw in near], all_words=strict)
        if worded
        else [(raw["_id"], 2 * raw["_score"] - 1) for raw in near]
    )
    if plan.newest:
        ranked.sort(key=lambda item: (-_time(plan, documents[item[0]]), item[0]))
    chosen = ranked[plan.query.offset : plan.query.offset + plan.query.limit]
    hits = (_hit(plan, documents[id], score, marked.get(id, {})) for id, score in chosen)
    return Results(tuple(hits), len(ranked))


def _worded(run: Callable[[dict[str, Any]], Raw], plan: Plan, *, size: int, offset: int) -> tuple[bool, Raw]:
    """All words must occur (True); where no document has them all, any of them (False)."""
    found = run(queries.by_words(plan, "must", size=size, offset=offset))
    if found["total"]["value"] or len(plan.terms) < 2:
        return True, found
    return False, run(queries.by_words(plan, "should", size=size, offset=offset))


def _time(plan: Plan, raw: Raw) -> int:
    value = raw["_source"].get(plan.fields.when)
    return milliseconds(value) if value else 0


def _hit(plan: Plan, raw: Raw, score: float, marked: Raw) -> Hit:
    return Hit(plan.query.collection, raw["_id"], score, raw["_source"], marked.get("highlight", {}))
