"""Counting what matches: by value, by time, and values that begin so."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pipeline.index.counted import beginnings, most_frequent
from pipeline.index.query import Plan, keyword
from pipeline.index.sqlite import statements
from pipeline.index.sqlite.rows import key
from pipeline.index.sqlite.search import expression, run
from pipeline.ports import Interval

MOST_COUNTED = 1_000
"""Values that are counted for a suggestion; a beginning that more have says too little to suggest by."""


def facets(
    connection: sqlite3.Connection, plan: Plan, fields: Sequence[str], size: int
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return each field's most frequent values with their numbers."""
    asked = {name: keyword(plan.fields, name) for name in fields}
    if plan.empty:
        return dict.fromkeys(asked, ())
    if not statements.is_unasked(plan):
        for sql in statements.matched(plan, expression(connection, plan)[1]):
            run(connection, sql)
    return {
        name: most_frequent(_values(field, run(connection, statements.values(plan, field, size))), size)
        for name, field in asked.items()
    }


def histogram(connection: sqlite3.Connection, plan: Plan, interval: Interval) -> tuple[tuple[datetime, int], ...]:
    """Return (beginning, documents) of each interval that is not empty."""
    if plan.empty:
        return ()
    found: Counter[datetime] = Counter()
    for hour, number in run(connection, statements.times(plan, expression(connection, plan)[1])):
        found[_beginning(datetime.fromtimestamp(hour / 1000, UTC), interval)] += number
    return tuple(sorted(found.items()))


def suggest(
    connection: sqlite3.Connection, plan: Plan, fields: Sequence[str], beginning: str, size: int
) -> tuple[tuple[str, str, int], ...]:
    """Return (field, value, documents) of values in which a word begins so."""
    words = beginnings(beginning)
    if not words:
        return ()
    begins = re.compile(rf"(?:^|[^A-Za-z0-9]){re.escape(words)}", re.IGNORECASE).search
    found: list[tuple[str, str, int]] = []
    for name in fields:
        field = keyword(plan.fields, name)
        start = len(key(field, ""))
        keys = [kept for (kept,) in run(connection, statements.distinct(plan, field)) if begins(kept[start:])]
        counted = run(connection, statements.numbers(plan, keys[:MOST_COUNTED])) if keys else []
        found += [(name, value, number) for value, number in _values(field, counted)]
    return tuple(sorted(found, key=lambda item: (-item[2], item[1]))[:size])


def _values(field: str, found: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    start = len(key(field, ""))
    return [(kept[start:], number) for kept, number in found]


def _beginning(hour: datetime, interval: Interval) -> datetime:
    day = hour.replace(hour=0)
    match interval:
        case "hour":
            return hour
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case _:
            return day.replace(day=1)
