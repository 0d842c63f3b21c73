"""Names joined into groups (union-find)."""

from __future__ import annotations


class Groups:
    """Names joined into groups; the root of a group is its smallest name, so that order does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return the root of a name's group; a new name is a group of its own."""
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def join(self, left: str, right: str) -> None:
        """Make one group of two."""
        first, second = sorted((self.find(left), self.find(right)))
        self._parent[second] = first
