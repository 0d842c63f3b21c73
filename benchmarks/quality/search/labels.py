"""The searches and the graded claims, as they stand in the files beside this one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

FOLDER = Path(__file__).parent
Part = Literal["dev", "test"]
Form = TypeVar("Form")


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody typed. `part` is "dev" for tuning, "test" for reporting."""

    id: str
    kind: str
    part: Part
    text: str


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How well a claim answers a search, 0 to 3."""

    search: str
    claim: str
    grade: Literal[0, 1, 2, 3]


def searches(part: Part | None = None) -> list[Search]:
    """Return the searches of a part, or all."""
    found = _lines("searches.jsonl", Search)
    return [one for one in found if part in (None, one.part)]


def grades() -> dict[str, dict[str, int]]:
    """Return the grades of each search's claims."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for one in _lines("grades.jsonl", Grade):
        found[one.search][one.claim] = one.grade
    return dict(found)


def _lines(name: str, form: type[Form]) -> list[Form]:
    return [msgspec.json.decode(line, type=form) for line in (FOLDER / name).read_bytes().splitlines()]
