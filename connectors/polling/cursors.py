"""Where every feed stands, read from the compacted topic when the connectors start."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from connectors.polling.kept import KeptCursors
from pipeline.config import Kafka
from pipeline.errors import Retryable, SetupError
from schemas.codec import DecodeError, decode
from schemas.cursor import Cursor
from schemas.topics import CURSORS

SILENT_SECONDS = 30.0
"""A broker that sends nothing for so long while there is more to read is taken to be away."""
_CONNECT_MS = 4_000
_POLL_MS = 500
_RECORDS = 500


def load_cursors(kafka: Kafka) -> dict[str, Cursor]:
    """Return the last cursor of each feed, by feed URL: for thousands of feeds, not for hundreds of thousands.

    Raises Retryable when the broker is away or does not answer in time, SetupError when the topic does not exist.
    """
    last: dict[str, bytes | None] = {}
    read_cursors(kafka, last.__setitem__)
    cursors: dict[str, Cursor] = {}
    for url, raw in last.items():
        # A deleted or foreign record: the feed is read anew, and equal ids make that harmless.
        with suppress(DecodeError):
            cursors[url] = decode(raw or b"", Cursor)
    return cursors


def load_into(kafka: Kafka, kept: KeptCursors) -> None:
    """Keep the last cursor of each feed; raises as `load_cursors`."""
    read_cursors(kafka, kept.put_encoded)


def read_cursors(kafka: Kafka, take: Callable[[str, bytes | None], None]) -> None:
    """Call `take` with key and value of every record of the topic, in the order of each key."""
    where = f"reading the cursors from Kafka at {kafka.bootstrap}"
    try:
        consumer: Any = KafkaConsumer(
            bootstrap_servers=kafka.bootstrap.split(","),
            client_id="crossclaim-cursors",
            group_id=None,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            # Cursors travel gzipped, and gzip has a checksum of its own; Kafka's takes 5 ms each in pure Python.
            check_crcs=False,
            bootstrap_timeout_ms=_CONNECT_MS,
            request_timeout_ms=10_000,
        )
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: no answer ({error}); start the broker or correct kafka.bootstrap") from error
    try:
        _read_to_end(consumer, kafka.topic_prefix + CURSORS.name, where, take)
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: {type(error).__name__}: {error}") from error
    finally:
        consumer.close()


def _read_to_end(consumer: Any, topic: str, where: str, take: Callable[[str, bytes | None], None]) -> None:
    numbers = consumer.partitions_for_topic(topic)
    if not numbers:
        raise SetupError(f"{where}: the topic {topic} does not exist; create it with `crossclaim setup`")
    partitions = [TopicPartition(topic, number) for number in numbers]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions)
    until = time.monotonic() + SILENT_SECONDS
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        if time.monotonic() > until:
            raise Retryable(f"{where}: nothing of the topic {topic} came for {SILENT_SECONDS:g} s")
        for records in consumer.poll(timeout_ms=_POLL_MS, max_records=_RECORDS).values():
            until = time.monotonic() + SILENT_SECONDS
            for record in records:
                take((record.key or b"").decode("utf-8", "replace"), record.value)
