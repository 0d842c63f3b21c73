"""Revisions that survive a crash between an article's publication and its cursor's. Pure.

What is about to be published is promised first, in the cursor. After a crash nobody knows whether it was: the same text
is published again under the same revision, which does no harm; other text gets a higher one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from schemas.article import Article
from schemas.cursor import Cursor, Promise, SeenEntry

MAX_PROMISES = 500
"""Promises that are carried on at most: those of articles that were never read again are forgotten then."""


def promise(cursor: Cursor, articles: Iterable[Article]) -> Cursor | None:
    """Return the cursor to publish before the articles, None when there are none."""
    new = {it.article_id: Promise(revision=it.revision, content_hash=it.content_hash) for it in articles}
    if not new:
        return None
    promised = dict(list({**cursor.promised, **new}.items())[-MAX_PROMISES:])
    # Without validators: after a crash the entries must be read again, though the feed is what it was.
    return msgspec.structs.replace(cursor, promised=promised, etag=None, last_modified=None, body_hash=None)


def doubted(cursor: Cursor) -> Mapping[str, SeenEntry]:
    """Return what is known of entries, so that those of promised articles are read again, changed or not."""
    if not cursor.promised:
        return cursor.seen
    return {
        key: msgspec.structs.replace(known, entry_hash="") if known.article_id in cursor.promised else known
        for key, known in cursor.seen.items()
    }


def kept(cursor: Cursor, settled: Iterable[str]) -> Cursor:
    """Return the cursor without the promises of articles that are settled: published, or found to be known."""
    if not cursor.promised:
        return cursor
    done = set(settled)
    return msgspec.structs.replace(cursor, promised={id: it for id, it in cursor.promised.items() if id not in done})


def numbered(article: Article, before: Promise) -> Article:
    """Return a promised article under a revision that no other text of it can have."""
    same = before.content_hash == article.content_hash
    return msgspec.structs.replace(
        article, revision=before.revision if same else max(article.revision, before.revision + 1)
    )
