"""The lister of Kafka topics: articles that a partner sends, read on from where the reading before ended.

The place is in the cursor, which is published after the articles: what was not acknowledged is read again, so that
nothing is lost whenever the program ends. No consumer group is joined, so nobody else's reading is disturbed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from kafka import TopicPartition
from kafka.errors import KafkaError

from connectors.aside import aside
from connectors.base import FeedSource, Listing, Tools
from connectors.consuming import consumer
from connectors.fetching.http import FetchError
from connectors.sources.feed import Entry, Feed, FeedError, Unread
from connectors.sources.partner import MAX_BYTES, entry_of
from pipeline.config import Kafka
from schemas.cursor import Cursor
from schemas.topics import TOPICS

MESSAGES_PER_POLL = 50
"""No more than become articles in one batch; the rest follows at once."""
READ_SECONDS = 10.0
_POLL_MS = 500

Offsets = dict[str, int]
"""The next offset to read, by the number of the partition."""


@dataclass(frozen=True)
class Stretch:
    """Messages of a topic in order, each with where it lies, where to read on, and whether there is more."""

    messages: tuple[tuple[str, bytes], ...]
    offsets: Offsets
    more: bool


async def list_topic(source: FeedSource, tools: Tools, cursor: Cursor, now: datetime) -> Listing | None:
    """Return the next messages of the topic that `kafka://name` means, at our own broker; see `base.Lister`.

    The first time it is read from its beginning. Raises FetchError when the broker does not answer, FeedError when
    the address is wrong or there is no such topic.
    """
    name = topic_name(source.url, tools.kafka.topic_prefix)
    offsets = _offsets(cursor.position)
    stretch = await aside(read_stretch, tools.kafka, name, offsets)
    if stretch.offsets == offsets:
        return None
    entries, unread = list[Entry](), list[Unread]()
    for where, raw in stretch.messages:
        try:
            entries.append(entry_of(raw))
        except ValueError as error:
            text = f"reading {source.url}{where}: {error}"
            unread.append(Unread(f"{source.url}{where}", text, raw[:MAX_BYTES]))
    feed = Feed(name, None, tuple(entries), unread=tuple(unread), more=stretch.more)
    return Listing(feed, position=msgspec.json.encode(stretch.offsets).decode())


def topic_name(url: str, own_prefix: str) -> str:
    """Return the topic that an address means; raises FeedError when it means none, or one of our own."""
    parts = urlsplit(url)
    name = parts.netloc
    if parts.scheme != "kafka" or not name or parts.path.strip("/") or "@" in name or ":" in name:
        raise FeedError(f"reading {url}: this is no topic; write kafka://name (the broker is that of kafka.bootstrap)")
    if name in {own_prefix + topic.name for topic in TOPICS}:
        raise FeedError(f"reading {url}: this is a topic of crossclaim itself; articles go in circles there")
    return name


def read_stretch(kafka: Kafka, name: str, offsets: Offsets) -> Stretch:
    """Read on from `offsets`, at most MESSAGES_PER_POLL messages; a partition not named there from its beginning.

    Raises FetchError ("retryable") when the broker does not answer, FeedError when there is no such topic.
    """
    where = f"reading the topic {name} at {kafka.bootstrap}"
    try:
        options = {"allow_auto_create_topics": False, "max_poll_records": MESSAGES_PER_POLL}
        with closing(consumer(kafka, "crossclaim-topic", **options)) as reader:
            return _stretch(reader, name, offsets, where)
    except (KafkaError, OSError) as error:
        text = f"{where}: {type(error).__name__}: {error}; see that the broker runs and kafka.bootstrap is right"
        raise FetchError(text, "retryable") from error


def _stretch(reader: Any, name: str, offsets: Offsets, where: str) -> Stretch:
    numbers = reader.partitions_for_topic(name)
    if not numbers:
        raise FeedError(f"{where}: there is no such topic; create it, or correct its name")
    partitions = [TopicPartition(name, number) for number in sorted(numbers)]
    reader.assign(partitions)
    first, ends = reader.beginning_offsets(partitions), reader.end_offsets(partitions)
    for partition in partitions:
        # What was deleted meanwhile is gone; a topic made anew begins anew.
        wanted = offsets.get(str(partition.partition), first[partition])
        reader.seek(partition, wanted if first[partition] <= wanted <= ends[partition] else first[partition])
    messages = list(_messages(reader, partitions, ends))
    after = {str(partition.partition): reader.position(partition) for partition in partitions}
    return Stretch(tuple(messages), after, any(after[str(it.partition)] < ends[it] for it in partitions))


def _messages(reader: Any, partitions: list[Any], ends: dict[Any, int]) -> Iterator[tuple[str, bytes]]:
    """Yield messages until the ends, the most that are taken, or the end of the time; deleted ones hold nothing."""
    until = time.monotonic() + READ_SECONDS
    left = MESSAGES_PER_POLL
    while left > 0 and time.monotonic() < until and any(reader.position(it) < ends[it] for it in partitions):
        for records in reader.poll(timeout_ms=_POLL_MS, max_records=left).values():
            left -= len(records)
            yield from ((f"/{it.partition}/{it.offset}", it.value) for it in records if it.value is not None)


def _offsets(position: str | None) -> Offsets:
    try:
        return msgspec.json.decode(position, type=Offsets) if position else {}
    except msgspec.DecodeError:
        return {}
