"""Where every feed stands, read from the compacted topic when the connectors start."""

from __future__ import annotations

import time
from typing import Any

from kafka import TopicPartition
from kafka.errors import KafkaError

from connectors.consuming import consumer
from connectors.polling.kept import KeptCursors
from pipeline.config import Kafka
from pipeline.errors import Retryable, SetupError
from schemas.topics import CURSORS

SILENT_SECONDS = 30.0
"""A broker that sends nothing for so long while there is more to read is taken to be away."""
_POLL_MS = 500
_RECORDS = 500


def load_into(kafka: Kafka, kept: KeptCursors) -> None:
    """Keep the last cursor of each feed.

    Raises Retryable when the broker is away or does not answer in time, SetupError when the topic does not exist.
    """
    where = f"reading the cursors from Kafka at {kafka.bootstrap}"
    try:
        # Cursors travel gzipped, and gzip has a checksum of its own; Kafka's takes 5 ms each in pure Python.
        reader = consumer(kafka, "crossclaim-cursors", check_crcs=False)
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: no answer ({error}); start the broker or correct kafka.bootstrap") from error
    try:
        _read_to_end(reader, kafka.topic_prefix + CURSORS.name, where, kept)
    except (KafkaError, OSError) as error:
        raise Retryable(f"{where}: {type(error).__name__}: {error}") from error
    finally:
        reader.close()


def _read_to_end(reader: Any, topic: str, where: str, kept: KeptCursors) -> None:
    numbers = reader.partitions_for_topic(topic)
    if not numbers:
        raise SetupError(f"{where}: the topic {topic} does not exist; create it with `crossclaim setup`")
    partitions = [TopicPartition(topic, number) for number in numbers]
    reader.assign(partitions)
    reader.seek_to_beginning(*partitions)
    ends = reader.end_offsets(partitions)
    until = time.monotonic() + SILENT_SECONDS
    while any(reader.position(partition) < ends[partition] for partition in partitions):
        if time.monotonic() > until:
            raise Retryable(f"{where}: nothing of the topic {topic} came for {SILENT_SECONDS:g} s")
        for records in reader.poll(timeout_ms=_POLL_MS, max_records=_RECORDS).values():
            until = time.monotonic() + SILENT_SECONDS
            for record in records:
                kept.put_encoded((record.key or b"").decode("utf-8", "replace"), record.value)
