"""The SQL of a search. Pure: a plan in, text and arguments out; every value that a person gave is an argument."""

# ruff: noqa: S608 - only names of ours stand in the statements, every value is an argument

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.index.mapping import LOCALISED
from pipeline.index.query import Plan
from pipeline.index.sqlite.rows import CLOSE_MARK, OPEN_MARK, key
from pipeline.index.words import Term

FRAGMENT_TOKENS = 32
"""Length of a highlighted fragment, in words."""

STEMS_WEIGHT = 1.0
"""What a word counts for that is found by its stem in another language: as much as in the least of the texts."""

LAST_CHARACTER = "\U0010ffff"
"""Sorts after every character that can follow the beginning of an id."""

Joint = Literal["AND", "OR"]


@dataclass(frozen=True)
class Sql:
    """A statement and its arguments."""

    text: str
    arguments: tuple[Any, ...] = ()


def match(terms: Mapping[Term, Sequence[str]], joint: Joint) -> str:
    """Return terms in FTS5's own language, each or one of its phrases of stems; all are quoted, so none can be wrong in
    it."""
    return f" {joint} ".join(_term(term, stems) for term, stems in terms.items())


def _term(term: Term, stems: Sequence[str]) -> str:
    own = f'"{term.text}"{"*" if term.prefix else ""}'
    return f"({own} OR {' OR '.join(map(in_its_language, stems))})" if stems else own


def in_its_language(stems: str) -> str:
    """Return a phrase of stems in FTS5's own language."""
    return f'{LOCALISED} : "{stems}"'


def occurs(plan: Plan, stems: str) -> Sql:
    """Return one row when a phrase of stems occurs at all, none otherwise."""
    table = f"{plan.query.collection}_texts"
    return Sql(f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1", (in_its_language(stems),))


def page(plan: Plan, expression: str | None) -> Sql:
    """Return (row, id, score, body) of the page asked for."""
    scored = expression is not None and not plan.newest
    where = conditions(plan, expression)
    order = "score DESC, d.id" if scored else "d.at DESC NULLS LAST, d.id"
    return Sql(
        f"SELECT d.row, d.id, {_score(plan) if scored else '0.0'} AS score, d.body FROM {_tables(plan, expression)} "
        f"WHERE {where.text} ORDER BY {order} LIMIT ? OFFSET ?",
        (*where.arguments, plan.query.limit, plan.query.offset),
    )


def count(plan: Plan, expression: str | None) -> Sql:
    """Return how many documents match."""
    where = conditions(plan, expression)
    return Sql(f"SELECT count(*) FROM {_tables(plan, expression)} WHERE {where.text}", where.arguments)


def exists(plan: Plan, expression: str) -> Sql:
    """Return one row when anything matches, none otherwise."""
    where = conditions(plan, expression)
    return Sql(f"SELECT 1 FROM {_tables(plan, expression)} WHERE {where.text} LIMIT 1", where.arguments)


def best(plan: Plan, expression: str, depth: int) -> Sql:
    """Return the rows of the `depth` best matches of words, best first."""
    where = conditions(plan, expression)
    return Sql(
        f"SELECT d.row, {_score(plan)} AS score FROM {_tables(plan, expression)} WHERE {where.text} "
        "ORDER BY score DESC, d.id LIMIT ?",
        (*where.arguments, depth),
    )


def unfiltered(plan: Plan, expression: str, depth: int) -> Sql:
    """Return (row, score) of the `depth` best matches of words, best first, whether they pass the filters or not.

    The documents themselves are not looked at: to look each match of common words up takes longer than to score it.
    """
    table = f"{plan.query.collection}_texts"
    return Sql(
        f"SELECT rowid, {_score(plan)} AS score FROM {table} WHERE {table} MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (expression, depth),
    )


def among(plan: Plan, rows: Sequence[int]) -> Sql:
    """Return (row, id) of those of `rows` that pass the filters, in any order."""
    where = conditions(plan, None)
    # CROSS JOIN has each row looked up; left to itself SQLite reads the whole index of statuses instead.
    return Sql(
        f"SELECT d.row, d.id FROM json_each(?) AS wanted CROSS JOIN {plan.query.collection} AS d "
        f"ON d.row = wanted.value WHERE {where.text}",
        (json.dumps(rows), *where.arguments),
    )


def bodies(plan: Plan, rows: Sequence[int]) -> Sql:
    """Return (row, id, at, body) of rows."""
    return Sql(
        f"SELECT row, id, at, body FROM {plan.query.collection} WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(rows),),
    )


def fragments(plan: Plan, expression: str, rows: Sequence[int]) -> Sql:
    """Return the row and one marked fragment for each text field, of the rows of a page."""
    table = f"{plan.query.collection}_texts"
    columns = ", ".join(
        f"snippet({table}, {column}, '{OPEN_MARK}', '{CLOSE_MARK}', '…', {FRAGMENT_TOKENS})"
        for column in range(len(plan.fields.texts))
    )
    return Sql(
        f"SELECT rowid, {columns} FROM {table} WHERE {table} MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
        (expression, json.dumps(rows)),
    )


def matched(plan: Plan, expression: str | None) -> tuple[Sql, ...]:
    """Put the rows that match into a temporary table of this connection, for several counts over them."""
    where = conditions(plan, expression)
    return (
        Sql("CREATE TEMP TABLE IF NOT EXISTS matched (row INTEGER PRIMARY KEY)"),
        Sql("DELETE FROM matched"),
        Sql(f"INSERT INTO matched SELECT d.row FROM {_tables(plan, expression)} WHERE {where.text}", where.arguments),
    )


def values(plan: Plan, field: str, size: int) -> Sql:
    """Return (key, number) of a field's most frequent values: among `matched`, or among all when nothing is asked."""
    collection = plan.query.collection
    among = _standing(plan) if is_unasked(plan) else Sql("k.row IN matched")
    return Sql(
        f"SELECT k.key, count(*) AS n FROM {collection}_keywords AS k WHERE k.key >= ? AND k.key < ? AND {among.text} "
        "GROUP BY k.key ORDER BY n DESC, k.key LIMIT ?",
        (key(field, ""), key(field, LAST_CHARACTER), *among.arguments, size),
    )


def distinct(plan: Plan, field: str) -> Sql:
    """Return a field's values, each once; steps from one to the next instead of reading all."""
    name = f"{plan.query.collection}_keywords"
    return Sql(
        f"WITH RECURSIVE step (key) AS (SELECT min(key) FROM {name} WHERE key >= ? UNION ALL "
        f"SELECT (SELECT min(key) FROM {name} WHERE key > step.key) FROM step WHERE step.key < ?) "
        "SELECT key FROM step WHERE key < ?",
        (key(field, ""), key(field, LAST_CHARACTER), key(field, LAST_CHARACTER)),
    )


def numbers(plan: Plan, keys: Sequence[str]) -> Sql:
    """Return (key, number) of values among all documents that stand, the most frequent first."""
    standing = _standing(plan)
    return Sql(
        f"SELECT k.key, count(*) AS n FROM {plan.query.collection}_keywords AS k "
        f"WHERE k.key IN (SELECT value FROM json_each(?)) AND {standing.text} GROUP BY k.key ORDER BY n DESC, k.key",
        (json.dumps(keys), *standing.arguments),
    )


def is_unasked(plan: Plan) -> bool:
    """Say whether a plan asks for nothing but that documents stand."""
    asked = (plan.terms, plan.filters, plan.query.id_prefix, plan.query.like)
    return not any(asked) and plan.since is None and plan.until is None


def _standing(plan: Plan) -> Sql:
    """Leave out the documents that do not stand: they are few, and all others need not be looked up."""
    if not plan.statuses:
        return Sql("1")
    return Sql(
        f"k.row NOT IN (SELECT row FROM {plan.query.collection} WHERE status NOT IN ({_marks(plan.statuses)}))",
        plan.statuses,
    )


def times(plan: Plan, expression: str | None) -> Sql:
    """Return (at, number) of what matches and has a time, by the hour (milliseconds since 1970)."""
    where = conditions(plan, expression)
    hour = 3_600_000
    return Sql(
        f"SELECT d.at - ((d.at % {hour}) + {hour}) % {hour} AS hour, count(*) FROM {_tables(plan, expression)} "
        f"WHERE {where.text} AND d.at IS NOT NULL GROUP BY hour ORDER BY hour",
        where.arguments,
    )


def vector(plan: Plan, id: str) -> Sql:
    """Return the vector of a document."""
    name = plan.query.collection
    return Sql(f"SELECT v.vector FROM {name}_vectors AS v JOIN {name} AS d ON d.row = v.row WHERE d.id = ?", (id,))


def conditions(plan: Plan, expression: str | None) -> Sql:
    """Return all that must hold of a document `d`."""
    collection = plan.query.collection
    parts, arguments = ["1"], list[Any]()
    if expression is not None:
        parts.append(f"{collection}_texts MATCH ?")
        arguments.append(expression)
    if plan.statuses:
        parts.append(f"d.status IN ({_marks(plan.statuses)})")
        arguments += plan.statuses
    if plan.since is not None:
        parts.append("d.at >= ?")
        arguments.append(plan.since)
    if plan.until is not None:
        parts.append("d.at < ?")
        arguments.append(plan.until)
    if plan.query.like is not None:
        parts.append("d.id <> ?")
        arguments.append(plan.query.like)
    if plan.query.id_prefix is not None:
        parts.append("d.id >= ? AND d.id < ?")
        arguments += [plan.query.id_prefix, plan.query.id_prefix + LAST_CHARACTER]
    for wanted in plan.filters:
        keys = [key(wanted.field, value, folded=wanted.folded) for value in wanted.values]
        parts.append(f"d.row IN (SELECT row FROM {collection}_keywords WHERE key IN ({_marks(keys)}))")
        arguments += keys
    return Sql(" AND ".join(parts), tuple(arguments))


def _tables(plan: Plan, expression: str | None) -> str:
    name = plan.query.collection
    return (
        f"{name} AS d" if expression is None else f"{name}_texts CROSS JOIN {name} AS d ON d.row = {name}_texts.rowid"
    )


def _score(plan: Plan) -> str:
    weights = ", ".join(map(str, (*plan.fields.texts.values(), *([STEMS_WEIGHT] if plan.fields.localised else []))))
    return f"-bm25({plan.query.collection}_texts, {weights})"


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
