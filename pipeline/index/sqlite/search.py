"""Running a search: by words, by time, by meaning, or by words and meaning together."""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from pipeline.index.query import Plan
from pipeline.index.ranking import CANDIDATES, MIN_SIMILARITY, fuse
from pipeline.index.sqlite import statements
from pipeline.index.sqlite.rows import CLOSE_MARK, OPEN_MARK, key
from pipeline.index.sqlite.statements import Sql, match
from pipeline.index.sqlite.stems import phrases
from pipeline.index.sqlite.vectors import Vectors
from pipeline.index.words import Term
from pipeline.ports import Hit, Results

STEP = 300
"""Nearest vectors whose filters are looked at together: nearly all pass, so for CANDIDATES once is mostly enough."""

SPARE = 2
"""How many times as many matches of words are scored as are wanted, for some do not pass the filters."""

Highlights = Mapping[str, Sequence[str]]


def search(connection: sqlite3.Connection, plan: Plan, vectors: Vectors | None) -> Results:
    """Return what a plan finds, within one state of the file."""
    if plan.empty:
        return Results((), 0)
    strict, wanted = expression(connection, plan)
    if plan.vector is not None and vectors is not None:
        return _by_meaning(connection, plan, wanted, vectors, strict=strict)
    total = run(connection, statements.count(plan, wanted))[0][0]
    found = run(connection, statements.page(plan, wanted)) if total and plan.query.limit else []
    marked = _highlights(connection, plan, wanted, [row for row, *_ in found])
    hits = (_hit(plan, id, score, body, marked.get(row, {})) for row, id, score, body in found)
    return Results(tuple(hits), total)


def expression(connection: sqlite3.Connection, plan: Plan) -> tuple[bool, str | None]:
    """Return the words for FTS5, None without words: all must occur (True), or any where no document has them all."""
    if not plan.terms:
        return True, None
    terms = _terms(connection, plan)
    strict = match(terms, "AND")
    if len(plan.terms) == 1 or run(connection, statements.exists(plan, strict)):
        return True, strict
    return False, match(terms, "OR")


def _terms(connection: sqlite3.Connection, plan: Plan) -> dict[Term, list[str]]:
    """Return the terms with those of their stems, in the languages of the collection, that occur in it.

    One that does not would find nothing, but is weighed again for each match of the other words: with all of them a
    search took four times as long.
    """
    if not plan.fields.localised:
        return {term: [] for term in plan.terms}
    known = {
        str(found).removeprefix(key("language", ""))
        for (found,) in run(connection, statements.distinct(plan, "language"))
    }
    return {
        term: [
            stems
            for stems in (() if term.prefix else phrases(term.text, known))
            if run(connection, statements.occurs(plan, stems))
        ]
        for term in plan.terms
    }


def vector_of(connection: sqlite3.Connection, plan: Plan, id: str) -> list[float] | None:
    """Return a document's vector, None when there is none."""
    found = run(connection, statements.vector(plan, id))
    return np.frombuffer(found[0][0], "<f2").astype(float).tolist() if found and found[0][0] else None


def _by_meaning(
    connection: sqlite3.Connection, plan: Plan, expression: str | None, vectors: Vectors, *, strict: bool
) -> Results:
    depth = max(CANDIDATES, plan.query.offset + plan.query.limit)
    worded = _worded(connection, plan, expression, depth) if expression else []
    near = _nearest(connection, plan, vectors, depth)
    ranked = fuse(worded, list(near), all_words=strict) if expression else list(near.items())
    documents = {row: rest for row, *rest in run(connection, statements.bodies(plan, [row for row, _ in ranked]))}
    if plan.newest:
        ranked.sort(key=lambda item: (-(documents[item[0]][1] or 0), documents[item[0]][0]))
    chosen = ranked[plan.query.offset : plan.query.offset + plan.query.limit]
    marked = _highlights(connection, plan, expression, [row for row, _ in chosen])
    hits = (_hit(plan, documents[row][0], score, documents[row][2], marked.get(row, {})) for row, score in chosen)
    return Results(tuple(hits), len(ranked))


def _worded(connection: sqlite3.Connection, plan: Plan, expression: str, depth: int) -> list[int]:
    """Return the rows of the best matches of words that pass the filters, best first."""
    scores = dict(run(connection, statements.unfiltered(plan, expression, SPARE * depth)))
    passing = run(connection, statements.among(plan, list(scores)))
    if len(passing) < depth and len(scores) == SPARE * depth:
        return [row for row, _ in run(connection, statements.best(plan, expression, depth))]
    return [row for row, _ in sorted(passing, key=lambda found: (-scores[found[0]], found[1]))][:depth]


def _nearest(connection: sqlite3.Connection, plan: Plan, vectors: Vectors, depth: int) -> dict[int, float]:
    """Return the cosine of the nearest rows that pass the filters, nearest first."""
    assert plan.vector is not None
    ranked = vectors.nearest(connection, plan.vector, MIN_SIMILARITY)
    found: dict[int, float] = {}
    for start in range(0, len(ranked), STEP):
        batch = ranked[start : start + STEP]
        passing = {row for row, _ in run(connection, statements.among(plan, [row for row, _ in batch]))}
        found.update((row, score) for row, score in batch if row in passing)
        if len(found) >= depth:
            break
    return dict(list(found.items())[:depth])


def _highlights(
    connection: sqlite3.Connection, plan: Plan, expression: str | None, rows: Sequence[int]
) -> dict[int, Highlights]:
    if expression is None or not rows:
        return {}
    found = run(connection, statements.fragments(plan, expression, rows))
    return {row: _marked(plan.fields.texts, fragments) for row, *fragments in found}


def _marked(names: Iterable[str], fragments: Iterable[str | None]) -> Highlights:
    pairs = zip(names, fragments, strict=True)
    return {name: (_safe(fragment),) for name, fragment in pairs if fragment and OPEN_MARK in fragment}


def _safe(fragment: str) -> str:
    escaped = html.escape(fragment, quote=True)
    return escaped.replace(OPEN_MARK, "<mark>").replace(CLOSE_MARK, "</mark>")


def _hit(plan: Plan, id: str, score: float, body: str, highlights: Highlights) -> Hit:
    decoded: dict[str, Any] = msgspec.json.decode(body)
    return Hit(plan.query.collection, id, score, decoded, highlights)


def run(connection: sqlite3.Connection, sql: Sql) -> list[Any]:
    """Return all rows of a statement."""
    return connection.execute(sql.text, sql.arguments).fetchall()
