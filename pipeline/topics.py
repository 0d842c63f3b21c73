"""Topics at a broker: their names there, creating them, reading a stretch of one, and how far groups have come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from time import monotonic
from typing import Any

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError, TopicAlreadyExistsError

from pipeline.config import Settings
from pipeline.errors import Retryable, SetupError
from pipeline.stage import Position
from schemas import codec
from schemas.message import Message
from schemas.topics import TOPICS, Topic

MAX_MESSAGE_BYTES = 8_000_000
"""Largest message: the longest text that is kept (200,000 characters) with its claims and vectors fits twice over."""

READ_TIMEOUT_SECONDS = 30.0

ANSWER_MS = 4_000
"""How long a first answer of the broker is waited for: short enough that whoever asks still stops in time."""

END = 1 << 62
"""An offset behind every message: read to the end."""


def kafka_name(settings: Settings, topic: Topic) -> str:
    """A topic's name at the broker."""
    return settings.kafka.topic_prefix + topic.name


def group_name(settings: Settings, role: str) -> str:
    """The name of a role's consumer group."""
    return f"{settings.kafka.topic_prefix}crossclaim-{role}"


def admin(settings: Settings) -> KafkaAdminClient:
    """Return a client for administration; raises Retryable when no broker answers."""
    try:
        return KafkaAdminClient(
            bootstrap_servers=settings.kafka.bootstrap,
            request_timeout_ms=10_000,
            bootstrap_timeout_ms=ANSWER_MS,
        )
    except (KafkaError, OSError, ValueError) as error:
        raise Retryable(
            f"reaching Kafka at {settings.kafka.bootstrap}: {error!r}; is it started, and is kafka.bootstrap right?"
        ) from error


def create(settings: Settings) -> list[str]:
    """Create the topics that are missing and return their names; raises SetupError where one has another shape."""
    with closing(admin(settings)) as client:
        absent = _absent(client, settings)
        if absent:
            _create(client, settings, absent)
    return [kafka_name(settings, topic) for topic in absent]


def missing(settings: Settings) -> list[str]:
    """Return the names of topics that are missing; raises SetupError where one has another shape."""
    with closing(admin(settings)) as client:
        return [kafka_name(settings, topic) for topic in _absent(client, settings)]


def _absent(client: KafkaAdminClient, settings: Settings) -> list[Topic]:
    there = {found["name"]: len(found["partitions"]) for found in client.describe_topics()}
    for topic in TOPICS:
        partitions = there.get(kafka_name(settings, topic), topic.partitions)
        if partitions != topic.partitions:
            raise SetupError(
                f"checking topic {kafka_name(settings, topic)}: it has {partitions} partitions, {topic.partitions} are "
                "needed; delete it (its messages go with it) or set kafka.topic_prefix"
            )
    return [topic for topic in TOPICS if kafka_name(settings, topic) not in there]


def _create(client: KafkaAdminClient, settings: Settings, missing: list[Topic]) -> None:
    new = [
        NewTopic(
            kafka_name(settings, topic),
            topic.partitions,
            settings.kafka.replication,
            topic_configs=_configuration(topic),
        )
        for topic in missing
    ]
    try:
        client.create_topics(new)
    except TopicAlreadyExistsError:
        pass  # another set-up ran at the same time
    except KafkaError as error:
        raise SetupError(f"creating topics at {settings.kafka.bootstrap}: {error!r}") from error


def _configuration(topic: Topic) -> dict[str, str]:
    return {
        "cleanup.policy": "compact" if topic.compacted else "delete",
        "retention.ms": str(topic.retention_ms),
        "max.message.bytes": str(MAX_MESSAGE_BYTES),
    }


def read(settings: Settings, topic: Topic, partition: int, start: int, end: int) -> Iterator[tuple[Position, bytes]]:
    """Yield the raw messages at start ≤ offset < end that are still kept (no group, nothing is committed).

    `end` is END, or the offset of a message that exists.

    Raises Retryable when the broker does not hand over the next one within 30 seconds.
    """
    place = TopicPartition(kafka_name(settings, topic), partition)
    try:
        with closing(_consumer(settings)) as consumer:
            consumer.assign([place])
            kept = _kept(consumer, [place])[place]
            start, end = max(start, kept.start), kept.stop if end == END else end
            consumer.seek(place, start)
            yield from _read_until(consumer, place, end)
    except (KafkaError, OSError) as error:
        raise Retryable(f"reading topic {place.topic} at {settings.kafka.bootstrap}: {error!r}") from error


def _consumer(settings: Settings) -> KafkaConsumer:
    return KafkaConsumer(
        bootstrap_servers=settings.kafka.bootstrap,
        bootstrap_timeout_ms=ANSWER_MS,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=MAX_MESSAGE_BYTES,
        fetch_max_bytes=4 * MAX_MESSAGE_BYTES,
    )


def _kept(consumer: KafkaConsumer, places: list[TopicPartition]) -> dict[TopicPartition, range]:
    """Return the offsets that each partition holds."""
    try:
        starts, ends = consumer.beginning_offsets(places), consumer.end_offsets(places)
    except KeyError as error:
        # kafka-python 3.0.12 leaves partitions out of its answer while their leader is not known to it yet
        raise Retryable(f"asking for the offsets of {error}: it has no leader yet") from error
    return {place: range(starts[place], ends[place]) for place in places}


def _read_until(consumer: KafkaConsumer, place: TopicPartition, end: int) -> Iterator[tuple[Position, bytes]]:
    deadline = monotonic() + READ_TIMEOUT_SECONDS
    while consumer.position(place) < end:
        for record in consumer.poll(timeout_ms=500).get(place, ()):
            if record.offset >= end:
                return
            deadline = monotonic() + READ_TIMEOUT_SECONDS
            yield Position(place.topic, place.partition, record.offset, record.timestamp), record.value
        if monotonic() > deadline:
            raise Retryable(f"reading topic {place.topic}: nothing came for {READ_TIMEOUT_SECONDS:.0f} seconds")


def messages(
    settings: Settings, topic: Topic, partition: int, start: int, end: int
) -> Iterator[tuple[Position, Message]]:
    """Yield what `read` does, decoded; messages that cannot be decoded were rejected when they first came."""
    for position, raw in read(settings, topic, partition, start, end):
        try:
            yield position, codec.decode(raw, topic.form)
        except codec.DecodeError:
            continue


@contextmanager
def producer(settings: Settings, doing: str) -> Iterator[KafkaProducer]:
    """Yield a producer whose futures the caller checks; what Kafka answers badly becomes Retryable, "`doing`: …"."""
    try:
        with closing(
            KafkaProducer(
                bootstrap_servers=settings.kafka.bootstrap,
                bootstrap_timeout_ms=ANSWER_MS,
                acks="all",
                enable_idempotence=True,
                max_request_size=MAX_MESSAGE_BYTES,
                batch_size=settings.kafka.batch_bytes,
            )
        ) as open_producer:
            yield open_producer
    except (KafkaError, OSError) as error:
        raise Retryable(f"{doing}: Kafka at {settings.kafka.bootstrap}: {error!r}; try again") from error


def lag(settings: Settings, roles: Mapping[str, tuple[Topic, ...]]) -> int:
    """Return how many messages the roles' groups have still to acknowledge; raises as `lags` does."""
    return sum(lags(settings, roles).values())


def lags(settings: Settings, roles: Mapping[str, tuple[Topic, ...]]) -> dict[tuple[str, str], int]:
    """Return how many messages the roles' groups have still to acknowledge, by (role, Kafka's name of the topic).

    What was acknowledged is asked for before the ends of the topics: everything that follows from a message is written
    before it is acknowledged, so 0 means that nothing is on its way.
    """
    try:
        with closing(admin(settings)) as client, closing(_consumer(settings)) as consumer:
            acknowledged = {role: _acknowledged(client, group_name(settings, role)) for role in roles}
            places = {role: _places(settings, sources) for role, sources in roles.items()}
            # All at once: a second question about other topics finds them unknown to the consumer.
            kept = _kept(consumer, sorted({place for each in places.values() for place in each}))
    except (KafkaError, OSError) as error:
        raise Retryable(f"asking Kafka at {settings.kafka.bootstrap} how far the workers are: {error!r}") from error
    waiting: Counter[tuple[str, str]] = Counter()
    for role in roles:
        for place in places[role]:
            known = max(acknowledged[role].get(place, 0), kept[place].start)
            waiting[role, place.topic] += max(0, kept[place].stop - known)
    return waiting


def _acknowledged(client: KafkaAdminClient, group: str) -> dict[TopicPartition, int]:
    offsets: dict[TopicPartition, Any] = client.list_group_offsets(group).get(group, {})
    return {place: known.offset for place, known in offsets.items()}


def _places(settings: Settings, sources: tuple[Topic, ...]) -> list[TopicPartition]:
    return [TopicPartition(kafka_name(settings, topic), n) for topic in sources for n in range(topic.partitions)]
