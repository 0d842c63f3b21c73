"""Real Kafka and Elasticsearch for the tests of this folder: one of each, started when the first test asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from deploy.services import Elasticsearch, Kafka, PrerequisiteMissingError

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
