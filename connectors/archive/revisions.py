"""Which revision of its article a text is, within one archive."""

from __future__ import annotations


class Revisions:
    """Counts, for each URL, how often another text came."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[int, str]] = {}

    def of(self, url: str, content_hash: str, given: int | None = None) -> int:
        """Return the number of this text, from 1; `given` is what the archive itself says."""
        before, hash_before = self._last.get(url, (0, ""))
        revision = given or (before if hash_before == content_hash else before + 1)
        self._last[url] = (revision, content_hash)
        return revision
