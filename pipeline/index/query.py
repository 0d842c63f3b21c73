"""A Query made ready for a store: its terms, and its filters as (field, values)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.index.mapping import Mapping, instant, mapping
from pipeline.index.words import Term, parse
from pipeline.ports import Query

MAX_WINDOW = 10_000
"""How far one can page: Elasticsearch's index.max_result_window."""


@dataclass(frozen=True)
class Filter:
    """One of `values` must be in `field`; `folded` compares without regard to case."""

    field: str
    values: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class Plan:
    """What to run. `empty` is true when nothing can match: a filter on what the collection lacks, or words without a
    letter. `since` and `until` are in milliseconds since 1970."""

    query: Query
    fields: Mapping
    terms: tuple[Term, ...]
    filters: tuple[Filter, ...]
    statuses: tuple[str, ...]
    since: int | None
    until: int | None
    vector: tuple[float, ...] | None
    empty: bool

    @property
    def newest(self) -> bool:
        """True when results are to be sorted by time."""
        return self.query.sort == "newest" or not (self.terms or self.vector)


def plan(query: Query) -> Plan:
    """Return what to run for a query.

    Raises ValueError for a page beyond MAX_WINDOW, a field in `where` that cannot be filtered by, or a vector of
    another length than the collection's.
    """
    fields = mapping(query.collection)
    _check(query, fields)
    where = {name: (values,) if isinstance(values, str) else tuple(values) for name, values in query.where.items()}
    statuses = where.pop("status", fields.standing) if fields.has_status else ()
    filters = [Filter(keyword(fields, name), values) for name, values in where.items()]
    named = {"outlet": query.outlet, "source": query.source, "stance": query.stance, "kind": query.kind}
    asked = {name: value for name, value in named.items() if value is not None}
    filters += [
        Filter(field, (value,), folded=name in ("outlet", "source"))
        for name, value in asked.items()
        if (field := fields.field(name))
    ]
    terms = parse(query.words or "")
    vector = tuple(query.vector) if query.vector is not None and fields.dimensions else None
    unanswerable = any(fields.field(name) is None for name in asked) or any(not f.values for f in filters)
    unanswerable = unanswerable or (fields.has_status and not statuses)
    speechless = bool((query.words or "").strip()) and not terms and not vector and not query.like
    since = instant(query.since) if query.since else None
    until = instant(query.until) if query.until else None
    return Plan(query, fields, terms, tuple(filters), statuses, since, until, vector, unanswerable or speechless)


def directed(prepared: Plan, vector: Sequence[float] | None) -> Plan:
    """Return a plan for `like` once the store has looked up that claim's vector; without one nothing is like it."""
    return replace(
        prepared, vector=tuple(vector) if vector is not None else None, empty=prepared.empty or vector is None
    )


def keyword(fields: Mapping, name: str) -> str:
    """Return the keyword field that `name` means. Raises ValueError where there is none."""
    field = fields.field(name)
    if field is None:
        choice = ", ".join(sorted(fields.keywords))
        raise ValueError(f"searching {fields.collection}: cannot filter by {name!r}; take one of {choice}")
    return field


def _check(query: Query, fields: Mapping) -> None:
    if query.limit < 0 or query.offset < 0 or query.limit + query.offset > MAX_WINDOW:
        raise ValueError(
            f"searching {query.collection}: limit {query.limit} and offset {query.offset} must be from 0 to "
            f"{MAX_WINDOW} in all; narrow the search by `since` or a filter instead of paging further"
        )
    if query.like is not None and (query.vector is not None or not fields.dimensions):
        raise ValueError(f"searching {query.collection}: `like` needs a collection with vectors, and no other vector")
    if query.vector is not None and fields.dimensions not in (None, len(query.vector)):
        raise ValueError(
            f"searching {query.collection}: the vector has {len(query.vector)} numbers instead of {fields.dimensions}"
        )
