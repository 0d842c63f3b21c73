"""What a person asks of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.ports import Index, Query, Results


def find(
    index: Index,
    words: str | None,
    *,
    outlet: str | None = None,
    source: str | None = None,
    since: datetime | None = None,
    stance: str | None = None,
    kind: str | None = None,
    vector: Sequence[float] | None = None,
    limit: int = 20,
) -> dict[str, Results]:
    """Return the open clusters and claims that match, best first (newest first without words).

    `outlet` and `source` are names, in any case; `since` is a publication time; `stance` is asserts, denies, questions
    or reports; `kind` is the kind of source (person, organisation, place, group, unnamed, outlet). `vector` is the
    unit-length embedding of the words: with it claims are also found by meaning. At most `limit` of each.
    Raises Retryable when the store is away.
    """
    query = Query(
        "claims",
        words=words,
        outlet=outlet,
        source=source,
        since=since,
        stance=stance,
        kind=kind,
        vector=vector,
        limit=limit,
    )
    return {"clusters": index.search(replace(query, collection="clusters", vector=None)), "claims": index.search(query)}
