"""Real Kafka and Elasticsearch for the tests of this folder: one of each, started when the first test asks for it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from elasticsearch import Elasticsearch as Client

from deploy.services import Elasticsearch, Kafka, PrerequisiteMissingError
from pipeline.config import Elasticsearch as Settings
from pipeline.index.elastic.client import connect
from pipeline.index.templates import set_up

Service = TypeVar("Service", Kafka, Elasticsearch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first waits for the start of a service, on a new machine also for 1 GB to be fetched."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(1800))


@pytest.fixture(scope="session")
def kafka() -> Iterator[Kafka]:
    """A running broker; `kafka.bootstrap` is "127.0.0.1:PORT". Topics have to be made: it makes none by itself."""
    yield from _started(Kafka())


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Elasticsearch]:
    """A running node without security; `elasticsearch.url` is "http://127.0.0.1:PORT"."""
    yield from _started(Elasticsearch())


@contextmanager
def lent(url: str) -> Iterator[tuple[Settings, Client]]:
    """Lend settings for a prefix under which nothing was set up, and a client; all of the prefix is removed after."""
    settings = Settings(url=url, prefix=f"test-{uuid.uuid4().hex[:12]}-", timeout_seconds=60)
    with connect(settings) as client:
        yield settings, client
        for name in client.indices.get(index=f"{settings.prefix}*", expand_wildcards="all"):
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=f"{settings.prefix}*")
        client.options(ignore_status=404).ingest.delete_pipeline(id=f"{settings.prefix}*")


@pytest.fixture
def lease(elasticsearch: Elasticsearch) -> Iterator[tuple[Settings, Client]]:
    """Settings and client of one test."""
    with lent(elasticsearch.url) as both:
        yield both


@pytest.fixture
def settings(lease: tuple[Settings, Client]) -> Settings:
    """Settings for a prefix under which nothing was set up."""
    return lease[0]


@pytest.fixture
def client(lease: tuple[Settings, Client]) -> Client:
    """A client of that node."""
    return lease[1]


@pytest.fixture(scope="module")
def shared(elasticsearch: Elasticsearch) -> Iterator[tuple[Settings, Client]]:
    """Settings and client of all tests of a module, everything set up."""
    with lent(elasticsearch.url) as (settings, client):
        set_up(client, settings.prefix)
        yield settings, client


def _started(service: Service) -> Iterator[Service]:
    try:
        service.start()
    except PrerequisiteMissingError as error:
        service.close()
        if os.environ.get("CI") == "true":  # there these tests may not be missing
            raise
        pytest.skip(str(error))
    try:
        yield service
    finally:
        service.close()
