"""What the parts of the contract share."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.ports import Index, Query, Results

Settle = Callable[[], None]
"""Returns when what was written can be searched."""


def ids(results: Results) -> list[str]:
    """The ids of the hits, in their order."""
    return [hit.id for hit in results.hits]


def quotes(index: Index, **where: str | list[str]) -> set[str]:
    """The wording of the claims found without words."""
    return {hit.body["standalone"] for hit in index.search(Query("claims", where=where, limit=1000)).hits}
