"""Typed access to TOML tables that collects mistakes, so that an editor mends them all in one go."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")
NO_TIME = datetime.min.replace(tzinfo=UTC)


def parse(text: str, where: str, problems: list[str]) -> dict[str, Any]:
    """The table in a TOML text; an empty one, and a note in `problems`, where it cannot be read."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{where}: not valid TOML: {error}")
        return {}


@dataclass(frozen=True, slots=True)
class Fields:
    """One table, the name of where it stands, and the list that its mistakes go to."""

    where: str
    table: Mapping[str, Any]
    problems: list[str]

    def text(self, key: str) -> str:
        """A text that must be there and hold more than blanks."""
        value = self.table.get(key)
        return value if isinstance(value, str) and value.strip() else self._wrong(key, "a text", "")

    def optional(self, key: str) -> str | None:
        """A text that may be left out."""
        return self.text(key) if key in self.table else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of at least one text."""
        value = self.table.get(key)
        if isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        return self._wrong(key, "a list of texts", ())

    def choice(self, key: str, allowed: tuple[T, ...]) -> T:
        """One of a few values."""
        value = self.table.get(key)
        for item in allowed:
            if item == value:
                return item
        return self._wrong(key, f"one of {', '.join(map(str, allowed))}", allowed[0])

    def number(self, key: str, default: int) -> int:
        """A whole number from 1 on."""
        value = self.table.get(key, default)
        return value if isinstance(value, int) and value >= 1 else self._wrong(key, "a number from 1 on", default)

    def moment(self, key: str) -> datetime:
        """A time with its zone; without one nobody could put two outlets' articles in order."""
        value = self.table.get(key)
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
        return self._wrong(key, "a time with its zone, such as 2019-06-03T14:05:00Z", NO_TIME)

    def tables(self, key: str) -> list["Fields"]:
        """A list of at least one table."""
        value = self.table.get(key)
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return [Fields(f"{self.where}: {key} {n}", item, self.problems) for n, item in enumerate(value, 1)]
        return self._wrong(key, "a list of tables", [])

    def inner(self, key: str) -> "Fields":
        """A table within this one."""
        value = self.table.get(key)
        table = value if isinstance(value, dict) else self._wrong(key, "a table", {})
        return Fields(f"{self.where}: {key}", table, self.problems)

    def known(self, keys: frozenset[str]) -> None:
        """Note every key that is not in `keys`: a misspelt one would otherwise pass unseen."""
        for key in sorted(self.table.keys() - keys):
            self.problems.append(f"{self.where}: unknown key {key!r}; known are {', '.join(sorted(keys))}")

    def _wrong(self, key: str, wanted: str, instead: T) -> T:
        self.problems.append(f"{self.where}: {key} must be {wanted}")
        return instead
