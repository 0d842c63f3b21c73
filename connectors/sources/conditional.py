"""A document that is read again and again: fetched only when it changed, parsed in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from connectors.base import FeedSource, Tools, Unchanged
from connectors.extraction import ExtractionError
from connectors.fetching.http import Asked, Fetched
from connectors.polling.outcome import reads_in_full
from connectors.sources.feed import FeedError
from schemas.cursor import Cursor

R = TypeVar("R")

LARGE_BYTES = 1_000_000
"""Larger bodies are hashed in a thread: the loop waits at most a millisecond for a smaller one."""


async def fetched_if_changed(
    source: FeedSource, tools: Tools, cursor: Cursor, now: datetime, accept: str = "*/*"
) -> Fetched | Unchanged:
    """Return the source's document, asked for where it moved to, or Unchanged when it is what it was.

    Servers lie about what changed: now and then they are asked without validators. Raises FetchError.
    """
    in_full = reads_in_full(cursor, now)
    etag, modified = (None, None) if in_full else (cursor.etag, cursor.last_modified)
    fetched = await tools.fetcher.get(Asked(cursor.moved_to or source.url, etag, modified, accept))
    if fetched.not_modified or (cursor.body_hash and await _hash_of(fetched) == cursor.body_hash):
        return Unchanged(fetched)
    return fetched


async def parsed(source: FeedSource, tools: Tools, fetched: Fetched, parse: Callable[[bytes, str, str], R]) -> R:
    """Return what `parse(body, url, content_type)`, a function of a module, makes of a document.

    It runs in a process of its own: a document that hangs or crashes it is a FeedError, and costs nothing else.
    """
    content_type = fetched.headers.get("content-type", "")
    try:
        return await tools.workers.run(parse, fetched.body, fetched.final_url, content_type)
    except ExtractionError as error:
        raise FeedError(f"reading {source.url}: it {error}") from error


async def _hash_of(fetched: Fetched) -> str:
    """Fingerprint of a document's bytes."""
    return await asyncio.to_thread(lambda: fetched.body_hash) if len(fetched.body) > LARGE_BYTES else fetched.body_hash
