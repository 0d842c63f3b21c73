"""What a person asks of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.ports import Collection, Index, Query, Results


def find(
    index: Index, query: Query, collections: Sequence[Collection] = ("clusters", "claims")
) -> dict[Collection, Results]:
    """Return what of each collection matches a query for claims, best first (newest first without words).

    With a vector claims are also found by meaning; the others have none. Raises Retryable when the store is away.
    """
    return {
        name: index.search(replace(query, collection=name, vector=query.vector if name == "claims" else None))
        for name in collections
    }
