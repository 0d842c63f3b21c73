"""Dead letters: read from the topic `rejected`, put back on the topics that they came from."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import topics
from pipeline.config import Settings
from schemas.rejected import Rejected
from schemas.topics import REJECTED, TOPICS


def read(settings: Settings) -> list[Rejected]:
    """Return the dead letters that are still kept, oldest first; one that came twice is there once."""
    letters: dict[str, Rejected] = {}
    for partition in range(REJECTED.partitions):
        for _, message in topics.messages(settings, REJECTED, partition, 0, topics.END):
            if isinstance(message, Rejected):
                letters[message.rejected_id] = message
    return list(letters.values())


def replay(settings: Settings, letters: Sequence[Rejected]) -> int:
    """Publish the raw bytes again where they came from; return how many. Letters of no topic of ours stay."""
    ours = {topics.kafka_name(settings, topic) for topic in TOPICS}
    back = [letter for letter in letters if letter.topic in ours]
    with topics.producer(settings, "putting dead letters back") as producer:
        for sent in [producer.send(letter.topic, value=letter.raw, key=letter.key) for letter in back]:
            sent.get(timeout=30)
    return len(back)
