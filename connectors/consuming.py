"""Reading a topic beside any group: who reads keeps its own place, and nothing is committed."""

from __future__ import annotations

from typing import Any

from kafka import KafkaConsumer

from pipeline.config import Kafka

_CONNECT_MS = 4_000


def consumer(kafka: Kafka, client_id: str, **options: Any) -> Any:
    """Return a consumer that begins with the oldest message; raises KafkaError or OSError when no broker answers."""
    return KafkaConsumer(
        bootstrap_servers=kafka.bootstrap.split(","),
        client_id=client_id,
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        bootstrap_timeout_ms=_CONNECT_MS,
        request_timeout_ms=10_000,
        **options,
    )
