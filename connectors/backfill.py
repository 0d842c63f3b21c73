"""Old articles into Kafka: a file's articles published to `articles`, their publication time kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from connectors.archive import BadLine, read_articles
from pipeline import topics
from pipeline.config import Settings
from schemas.codec import encode
from schemas.topics import ARTICLES, key_of

BATCH = 200
"""Articles sent before their acknowledgements are waited for."""


def backfill(settings: Settings, archive: Path, on_progress: Callable[[int], object]) -> tuple[int, list[BadLine]]:
    """Publish the articles of a file; return how many, and the lines that are none.

    Raises Retryable when Kafka is away; publishing again is safe, for ids are made from content.
    """
    published, bad, sent = 0, [], []
    name = topics.kafka_name(settings, ARTICLES)
    with topics.producer(settings, f"publishing the articles of {archive}") as producer:
        for line in read_articles(archive, datetime.now(UTC)):
            if isinstance(line, BadLine):
                bad.append(line)
                continue
            sent.append(producer.send(name, value=encode(line), key=key_of(ARTICLES, line)))
            if len(sent) == BATCH:
                published += _acknowledged(sent)
                on_progress(published)
        published += _acknowledged(sent)
    return published, bad


def _acknowledged(sent: list[object]) -> int:
    for future in sent:
        future.get(timeout=60)  # type: ignore[attr-defined]
    count = len(sent)
    sent.clear()
    return count
