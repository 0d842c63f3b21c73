"""Where every feed stands, read from the compacted topic when the connectors start."""

from __future__ import annotations

import time
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from pipeline.config import Kafka
from pipeline.errors import Retryable, SetupError
from schemas.codec import DecodeError, decode
from schemas.cursor import Cursor
from schemas.topics import CURSORS

LOAD_SECONDS = 60.0
_CONNECT_MS = 4_000
_POLL_MS = 500


def load_cursors(kafka: Kafka) -> dict[str, Cursor]:
    """Return the last cursor of each feed, by feed URL.

    Raises Retryable when the broker is away or does not answer in time, SetupError when the topic does not exist.
    """
    where = f"reading the cursors from Kafka at {kafka.bootstrap}"
    try:
        consumer: Any = KafkaConsumer(
            bootstrap_servers=kafka.bootstrap.split(","),
            client_id="crossclaim-cursors",
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            bootstrap_timeout_ms=_CONNECT_MS,
            request_timeout_ms=10_000,
        )
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: no answer ({error}); start the broker or correct kafka.bootstrap") from error
    try:
        return _read_to_end(consumer, kafka.topic_prefix + CURSORS.name, where)
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: {type(error).__name__}: {error}") from error
    finally:
        consumer.close()


def _read_to_end(consumer: Any, topic: str, where: str) -> dict[str, Cursor]:
    numbers = consumer.partitions_for_topic(topic)
    if not numbers:
        raise SetupError(f"{where}: the topic {topic} does not exist; create it with `crossclaim setup`")
    partitions = [TopicPartition(topic, number) for number in numbers]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions)
    cursors: dict[str, Cursor] = {}
    until = time.monotonic() + LOAD_SECONDS
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        if time.monotonic() > until:
            raise Retryable(f"{where}: the topic {topic} was not read to its end within {LOAD_SECONDS:g} s")
        for records in consumer.poll(timeout_ms=_POLL_MS).values():
            _take(cursors, records)
    return cursors


def _take(cursors: dict[str, Cursor], records: Any) -> None:
    for record in records:
        key = (record.key or b"").decode("utf-8", "replace")
        try:
            cursors[key] = decode(record.value, Cursor)
        except DecodeError:
            # A deleted or foreign record: the feed is read anew, and equal ids make that harmless.
            cursors.pop(key, None)
