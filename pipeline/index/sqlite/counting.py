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


def facets(
    connection: sqlite3.Connection, plan: Plan, fields: Sequence[str], size: int
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return each field's most frequent values with their numbers."""
    asked = {name: keyword(plan.fields, name) for name in fields}
    if plan.empty:
        return dict.fromkeys(asked, ())
    match = expression(connection, plan)
    return {
        name: most_frequent(_values(field, run(connection, statements.values(plan, match, field, size))), size)
        for name, field in asked.items()
    }


def histogram(connection: sqlite3.Connection, plan: Plan, interval: Interval) -> tuple[tuple[datetime, int], ...]:
    """Return (beginning, documents) of each interval that is not empty."""
    if plan.empty:
        return ()
    found: Counter[datetime] = Counter()
    for hour, number in run(connection, statements.times(plan, expression(connection, plan))):
        found[_beginning(datetime.fromtimestamp(hour / 1000, UTC), interval)] += number
    return tuple(sorted(found.items()))


def suggest(
    connection: sqlite3.Connection, plan: Plan, fields: Sequence[str], beginning: str, size: int
) -> tuple[tuple[str, str, int], ...]:
    """Return (field, value, documents) of values in which a word begins so."""
    words = beginnings(beginning)
    if not words:
        return ()
    pattern = re.compile(rf"(?:^|[^A-Za-z0-9]){re.escape(words)}", re.IGNORECASE)
    connection.create_function("begins", 2, lambda value, _: bool(pattern.search(value)), deterministic=True)
    found = [
        (name, value, number)
        for name in fields
        for value, number in _values(
            keyword(plan.fields, name),
            run(connection, statements.beginning(plan, keyword(plan.fields, name), words, size)),
        )
    ]
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
