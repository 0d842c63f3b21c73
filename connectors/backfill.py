"""Old articles into Kafka: a file's articles published to `articles`, their publication time kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from kafka import KafkaProducer
from kafka.errors import KafkaError

from connectors.archive import BadLine, read_articles
from connectors.page import read_page
from pipeline import topics
from pipeline.config import Settings
from pipeline.errors import Retryable
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
    try:
        with closing(
            KafkaProducer(
                bootstrap_servers=settings.kafka.bootstrap,
                acks="all",
                enable_idempotence=True,
                max_request_size=topics.MAX_MESSAGE_BYTES,
            )
        ) as producer:
            for line in read_articles(archive, datetime.now(UTC), _text):
                if isinstance(line, BadLine):
                    bad.append(line)
                    continue
                sent.append(producer.send(name, value=encode(line), key=key_of(ARTICLES, line)))
                if len(sent) == BATCH:
                    published += _acknowledged(sent)
                    on_progress(published)
            published += _acknowledged(sent)
    except (KafkaError, OSError) as error:
        raise Retryable(f"publishing articles to Kafka at {settings.kafka.bootstrap}: {error!r}; try again") from error
    return published, bad


def _acknowledged(sent: list[object]) -> int:
    for future in sent:
        future.get(timeout=60)  # type: ignore[attr-defined]
    count = len(sent)
    sent.clear()
    return count


def _text(html: str, url: str) -> str:
    return read_page(html.encode(), url, "text/html; charset=utf-8").text
