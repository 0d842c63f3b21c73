"""Topics at a real broker: the embedded one, with the settings that `crossclaim run` gives it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from pipeline import topics
from pipeline.config import Settings, load
from pipeline.errors import Retryable, SetupError
from pipeline.run.broker import embedded_broker, free_port
from schemas.codec import encode
from schemas.pair import Retraction
from schemas.topics import PAIRS, TOPICS, VERDICTS

pytestmark = pytest.mark.broker


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with embedded_broker(tmp_path_factory.mktemp("broker") / "broker.log") as bootstrap:
        ready = load(kafka={"bootstrap": bootstrap, "batch_bytes": 0})
        assert len(topics.create(ready)) == len(TOPICS)
        yield ready


def put(settings: Settings, count: int) -> None:
    """Put messages on `verdicts` as fast as they go, so that a producer that batches would batch them."""
    with topics.producer(settings, "testing") as producer:
        name = topics.kafka_name(settings, VERDICTS)
        message = encode(Retraction(article_id="a", revision=2))
        for sent in [producer.send(name, value=message, key=b"k") for _ in range(count)]:
            sent.get(timeout=30)


def test_creating_topics_again_changes_nothing(settings: Settings) -> None:
    assert topics.create(settings) == []
    assert topics.missing(settings) == []


def test_every_message_is_counted_as_still_to_come_and_can_be_read_back(settings: Settings) -> None:
    put(settings, 5)
    assert topics.lag(settings, {"analyse": (PAIRS, VERDICTS)}) == 5
    found = list(topics.messages(settings, VERDICTS, 0, 0, topics.END))
    assert [position.offset for position, _ in found] == [0, 1, 2, 3, 4]
    assert [p.offset for p, _ in topics.messages(settings, VERDICTS, 0, 1, 3)] == [1, 2]


def test_a_broker_that_is_away_is_named_soon() -> None:
    away = load(kafka={"bootstrap": f"127.0.0.1:{free_port()}"})
    with pytest.raises(Retryable, match="is it started, and is kafka"):
        topics.create(away)


def test_a_topic_of_another_shape_is_refused(settings: Settings) -> None:
    other = settings.model_copy(update={"kafka": settings.kafka.model_copy(update={"topic_prefix": "other-"})})
    with closing(topics.admin(other)) as client:
        client.create_topics([topics.NewTopic("other-articles", 3, 1)])
    with pytest.raises(SetupError, match="3 partitions, 8 are needed"):
        topics.create(other)
