"""A batch into Kafka: what is promised, articles and dead letters, the cursor only when the broker has all of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol

from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError, MessageSizeTooLargeError, RecordListTooLargeError

from connectors.base import Batch
from connectors.refused import MAX_RAW_BYTES, refused
from pipeline.config import Kafka
from pipeline.errors import Retryable
from schemas.article import Article
from schemas.codec import encode
from schemas.message import Message
from schemas.topics import ARTICLES, CURSORS, REJECTED, Topic, key_of

MAX_MESSAGE_BYTES = 1_000_000
"""What Kafka takes by default (message.max.bytes, less the frame)."""
ACKNOWLEDGED_WITHIN_SECONDS = 30.0
CONNECT_MS = 4_000
_CLOSE_SECONDS = 3.0
_WAKE_SECONDS = 0.25


class Publisher(Protocol):
    """Where batches go."""

    def publish(self, batch: Batch) -> None:
        """Publish a batch; when it returns, all of it is acknowledged. Raises Retryable: publish it again later."""
        ...

    def abandon(self) -> None:
        """End every `publish` under way with Retryable, at once."""
        ...

    def close(self) -> None:
        """Flush, and let go of the broker."""
        ...


class KafkaPublisher:
    """Publishes batches to the topics `articles`, `rejected` and `cursors`; safe to share between threads.

    After a Retryable, close it and make a new one: an idempotent producer that lost a batch refuses further ones.
    """

    def __init__(self, kafka: Kafka) -> None:
        self._prefix = kafka.topic_prefix
        self._abandoned = threading.Event()
        where = f"connecting to Kafka at {kafka.bootstrap}"
        try:
            self._producer: Any = KafkaProducer(
                bootstrap_servers=kafka.bootstrap.split(","),
                client_id="crossclaim-connectors",
                acks="all",
                enable_idempotence=True,
                compression_type="gzip",
                linger_ms=5,
                batch_size=kafka.batch_bytes,
                max_request_size=2 * MAX_MESSAGE_BYTES,
                bootstrap_timeout_ms=CONNECT_MS,
                max_block_ms=CONNECT_MS,
                request_timeout_ms=10_000,
                delivery_timeout_ms=int(ACKNOWLEDGED_WITHIN_SECONDS * 1000),
                allow_auto_create_topics=False,
            )
        except (KafkaError, OSError) as error:
            raise Retryable(f"{where}: no answer ({error}); start the broker or correct kafka.bootstrap") from error

    def publish(self, batch: Batch) -> None:
        """See `Publisher`. An article too large for the broker is rejected instead; the batch goes on."""
        if batch.promise:
            self._send([(CURSORS, batch.promise)])
        messages: list[tuple[Topic, Message]] = [(REJECTED, letter) for letter in batch.rejected]
        messages += [_fitting(article) for article in batch.articles]
        self._send(messages)
        self._send([(CURSORS, batch.cursor)])

    def abandon(self) -> None:
        """See `Publisher`."""
        self._abandoned.set()

    def close(self) -> None:
        """Flush what is under way and close; an unacknowledged message was never reported as published."""
        try:
            self._producer.close(timeout=0.0 if self._abandoned.is_set() else _CLOSE_SECONDS)
        except KafkaError:
            # Its close flushes first, and when that fails leaves its threads running, with what they hold.
            self._producer._sender.force_close()
            with suppress(KafkaError):
                self._producer.close(timeout=_WAKE_SECONDS)

    def _acknowledged(self, future: Any, name: str) -> None:
        """Wait for one acknowledgement, in slices, so that an abandoned wait ends."""
        until = time.monotonic() + ACKNOWLEDGED_WITHIN_SECONDS
        while not future.is_done and time.monotonic() < until:
            if self._abandoned.is_set():
                raise Retryable(f"publishing to {name}: given up because the program stops; it is read again next time")
            with suppress(KafkaTimeoutError):
                future.get(timeout=_WAKE_SECONDS)
        future.get(timeout=_WAKE_SECONDS)

    def _send(self, messages: Iterable[tuple[Topic, Message]]) -> None:
        """Send messages and wait until each of them is acknowledged."""
        name = ""
        try:
            futures = []
            for topic, message in messages:
                name = self._prefix + topic.name
                futures.append(self._producer.send(name, value=encode(message), key=key_of(topic, message)))
            for future in futures:
                self._acknowledged(future, name)
        except (MessageSizeTooLargeError, RecordListTooLargeError) as error:
            text = f"publishing to {name}: a message is larger than the broker takes; raise its message.max.bytes"
            raise Retryable(f"{text} ({error})") from error
        except KafkaError as error:
            text = f"publishing to {name}: the broker did not acknowledge it ({type(error).__name__}: {error})"
            raise Retryable(f"{text}; see that it runs and that `crossclaim setup` created the topics") from error


def _fitting(article: Article) -> tuple[Topic, Message]:
    size = len(encode(article))
    if size <= MAX_MESSAGE_BYTES:
        return ARTICLES, article
    text = f"publishing {article.url}: {size:,} bytes are more than Kafka takes; lower polling.max_text_chars"
    return REJECTED, refused(article.url, "too-large", text, encode(article)[:MAX_RAW_BYTES], datetime.now(UTC))
