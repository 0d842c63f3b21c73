"""A real newsroom on a free loopback port."""

from collections.abc import Iterator

import pytest
from newsroom_client import Get, Reply, fetch, port_of

from newsroom import Newsroom
from newsroom.model import Corpus


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """Round 1, shared by the tests of a file; a test that advances it starts its own."""
    newsroom = Newsroom()
    newsroom.start(port=0)
    yield newsroom
    newsroom.stop()


@pytest.fixture(scope="module")
def corpus(newsroom: Newsroom) -> Corpus:
    return newsroom.load()


@pytest.fixture(scope="module")
def get(newsroom: Newsroom) -> Get:
    """get(outlet id, path, headers=…); the empty outlet is the plain host."""

    def get(outlet: str, path: str, **options: object) -> Reply:
        host = f"{outlet}.localhost" if outlet else "127.0.0.1"
        return fetch(port_of(newsroom), host, path, **options)  # type: ignore[arg-type]

    return get
