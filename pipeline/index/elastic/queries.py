"""A plan as the bodies of Elasticsearch searches. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pipeline.index.mapping import LOCALISED, VECTOR
from pipeline.index.query import Filter, Plan
from pipeline.index.ranking import MIN_SIMILARITY
from pipeline.index.words import Term

FRAGMENT_CHARS = 200
"""Length of a highlighted fragment, in characters."""

CANDIDATES_FACTOR = 2
"""Neighbours that the graph is asked for, for each that is wanted: better recall for a little time."""

HIDDEN = [VECTOR, LOCALISED]
"""Fields that are never given back."""

IN_ITS_LANGUAGE = f"{LOCALISED}.*"
"""The fields of all languages; of these a document has one, or none if it is in English."""

MAX_NEIGHBOURS = 10_000
"""Elasticsearch's own bound on num_candidates."""

Joint = Literal["must", "should"]
Body = dict[str, Any]


def by_words(plan: Plan, joint: Joint, *, size: int, offset: int = 0) -> Body:
    """Search by words (all of them: "must"; any: "should"), or everything when there are none."""
    body: Body = {
        "query": {"bool": {"filter": filters(plan)}},
        "size": size,
        "from": offset,
        "track_total_hits": True,
        "sort": _sort(plan),
        "_source": {"excludes": HIDDEN},
    }
    if plan.terms:
        body["query"]["bool"]["must"] = [_joined(plan, joint)]
        body["highlight"] = _highlight(plan)
    return body


def ranked_by_words(plan: Plan, joint: Joint, depth: int) -> Body:
    """Rank the `depth` best matches of words, without their documents: only a page of them is ever read."""
    return {
        "query": {"bool": {"filter": filters(plan), "must": [_joined(plan, joint)]}},
        "size": depth,
        "track_total_hits": False,
        **_bare(plan),
    }


def page(plan: Plan, joint: Joint, ids: Sequence[str]) -> Body:
    """Read documents by id, the words marked in them."""
    body: Body = {
        "query": {"bool": {"filter": [{"ids": {"values": list(ids)}}]}},
        "size": len(ids),
        "_source": {"excludes": HIDDEN},
    }
    if plan.terms:
        body["highlight"] = {**_highlight(plan), "highlight_query": _joined(plan, joint)}
    return body


def _bare(plan: Plan) -> Body:
    """Nothing of a document but its id and its time, in milliseconds since 1970, both from columns: what is stored is
    kept in compressed blocks, and to unpack one for each of two hundred `_id` takes longer than the search."""
    when = {"field": plan.fields.when, "format": "epoch_millis"}
    return {"stored_fields": "_none_", "docvalue_fields": [plan.fields.id_field, when]}


def counted(plan: Plan, joint: Joint, aggregations: Body) -> Body:
    """Count what matches by words and filters, without giving any document back."""
    query: Body = {"bool": {"filter": filters(plan)}}
    if plan.terms:
        query["bool"]["must"] = [_joined(plan, joint)]
    return {"query": query, "size": 0, "track_total_hits": True, "aggs": aggregations}


def by_meaning(plan: Plan, depth: int) -> Body:
    """Rank the `depth` nearest vectors, filters applied while the graph is walked, without their documents."""
    return {
        "knn": {
            "field": VECTOR,
            "query_vector": list(plan.vector or ()),
            "k": depth,
            "num_candidates": min(depth * CANDIDATES_FACTOR, MAX_NEIGHBOURS),
            "similarity": MIN_SIMILARITY,
            "filter": filters(plan),
        },
        "size": depth,
        **_bare(plan),
    }


def filters(plan: Plan) -> list[Body]:
    """Return all that must hold besides the words."""
    found = [_filter(wanted) for wanted in plan.filters]
    if plan.statuses:
        found.append({"terms": {"status": list(plan.statuses)}})
    if plan.query.id_prefix is not None:
        found.append({"prefix": {plan.fields.id_field: plan.query.id_prefix}})
    between = {"gte": plan.since, "lt": plan.until}
    if bounds := {name: value for name, value in between.items() if value is not None}:
        found.append({"range": {plan.fields.when: {**bounds, "format": "epoch_millis"}}})
    if plan.query.like is not None:
        found.append({"bool": {"must_not": {"ids": {"values": [plan.query.like]}}}})
    return found


def _filter(wanted: Filter) -> Body:
    if not wanted.folded:
        return {"terms": {wanted.field: list(wanted.values)}}
    return {"term": {wanted.field: {"value": wanted.values[0], "case_insensitive": True}}}


def _joined(plan: Plan, joint: Joint) -> Body:
    lightest = min(1.0, *plan.fields.texts.values())  # combined_fields takes no weight below 1
    fields = [f"{name}^{weight / lightest}" for name, weight in plan.fields.texts.items()]
    clauses = [_clause(term, fields, localised=plan.fields.localised) for term in plan.terms]
    return {"bool": {"must": clauses} if joint == "must" else {"should": clauses, "minimum_should_match": 1}}


def _clause(term: Term, fields: Sequence[str], *, localised: bool) -> Body:
    """One term, in whichever of the fields; combined_fields weighs a word as if they were one text, as SQLite does.

    "and" is for words that an analyser takes apart, as it does Chinese.
    """
    if term.phrase or term.prefix:
        kind = "phrase" if term.phrase else "bool_prefix"
        every = [*fields, IN_ITS_LANGUAGE] if localised else list(fields)
        return {"multi_match": {"query": term.text, "type": kind, "fields": every}}
    found: Body = {"combined_fields": {"query": term.text, "fields": list(fields), "operator": "and"}}
    if not localised:
        return found
    own = {"multi_match": {"query": term.text, "fields": [IN_ITS_LANGUAGE], "operator": "and"}}
    return {"dis_max": {"queries": [found, own]}}


def _highlight(plan: Plan) -> Body:
    return {
        "pre_tags": ["<mark>"],
        "post_tags": ["</mark>"],
        "encoder": "html",
        "number_of_fragments": 1,
        "fragment_size": FRAGMENT_CHARS,
        "fields": {name: {} for name in (*plan.fields.texts, *([IN_ITS_LANGUAGE] if plan.fields.localised else []))},
    }


def _sort(plan: Plan) -> list[Body]:
    first: Body = {plan.fields.when: {"order": "desc", "missing": "_last"}} if plan.newest else {"_score": "desc"}
    return [first, {plan.fields.id_field: {"order": "asc", "missing": "_last"}}]
