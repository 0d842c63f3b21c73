"""Running a search: by words, by time, by meaning, or by words and meaning fused."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.elastic import queries
from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.queries import Joint
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
    hits = (_hit(plan, raw, 0.0 if plan.newest else raw["_score"]) for raw in found["hits"])
    return Results(tuple(hits), found["total"]["value"])


def _by_meaning(run: Callable[[dict[str, Any]], Raw], plan: Plan) -> Results:
    """Rank ids by words and by meaning, fuse them, and only then read the documents of the page."""
    depth = max(CANDIDATES, plan.query.offset + plan.query.limit)
    joint, worded = _ranked_by_words(run, plan, depth)
    near = run(queries.by_meaning(plan, depth))["hits"]
    # kNN scores are (1 + cosine) / 2.
    ranked = (
        fuse([_id(plan, raw) for raw in worded], [_id(plan, raw) for raw in near], all_words=joint == "must")
        if worded
        else [(_id(plan, raw), 2 * raw["_score"] - 1) for raw in near]
    )
    if plan.newest:
        times = {_id(plan, raw): _time(plan, raw) for raw in (*worded, *near)}
        ranked.sort(key=lambda item: (-times[item[0]], item[0]))
    chosen = ranked[plan.query.offset : plan.query.offset + plan.query.limit]
    read = run(queries.page(plan, joint, [id for id, _ in chosen]))["hits"] if chosen else []
    documents = {raw["_id"]: raw for raw in read}
    # One that was removed meanwhile is left out.
    hits = (_hit(plan, documents[id], score) for id, score in chosen if id in documents)
    return Results(tuple(hits), len(ranked))


def _ranked_by_words(run: Callable[[dict[str, Any]], Raw], plan: Plan, depth: int) -> tuple[Joint, Sequence[Raw]]:
    """All words must occur ("must"); where no document has them all, any of them ("should")."""
    if not plan.terms:
        return "must", ()
    found: Sequence[Raw] = run(queries.ranked_by_words(plan, "must", depth))["hits"]
    if found or len(plan.terms) < 2:
        return "must", found
    return "should", run(queries.ranked_by_words(plan, "should", depth))["hits"]


def _worded(run: Callable[[dict[str, Any]], Raw], plan: Plan, *, size: int, offset: int) -> tuple[bool, Raw]:
    """All words must occur (True); where no document has them all, any of them (False)."""
    found = run(queries.by_words(plan, "must", size=size, offset=offset))
    if found["total"]["value"] or len(plan.terms) < 2:
        return True, found
    return False, run(queries.by_words(plan, "should", size=size, offset=offset))


def _id(plan: Plan, raw: Raw) -> str:
    return str(raw["fields"][plan.fields.id_field][0])


def _time(plan: Plan, raw: Raw) -> int:
    values = raw["fields"].get(plan.fields.when)
    return int(values[0]) if values else 0


def _hit(plan: Plan, raw: Raw, score: float) -> Hit:
    return Hit(plan.query.collection, raw["_id"], score, raw["_source"], _marked(plan, raw))


def _marked(plan: Plan, raw: Raw) -> dict[str, Sequence[str]]:
    """Return the marked fragments by field; those found in the document's own language by the field they stand in."""
    found: dict[str, Sequence[str]] = dict(raw.get("highlight", {}))
    foreign = [name for name in found if name not in plan.fields.texts]
    for fragment in (fragment for name in foreign for fragment in found.pop(name)):
        text = html.unescape(fragment.replace("<mark>", "").replace("</mark>", ""))
        holder = next((name for name in plan.fields.texts if text in _text(raw["_source"].get(name))), None)
        if holder:
            found[holder] = [fragment]
    return found


def _text(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
