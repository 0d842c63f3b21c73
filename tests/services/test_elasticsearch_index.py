"""The index contract on a real Elasticsearch, and what only a server can get wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from pipeline.config import Elasticsearch as Settings
from pipeline.config import Settings as AllSettings
from pipeline.errors import Retryable, SetupError
from pipeline.index import open_index
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.bulk import CHUNK_BYTES
from pipeline.index.elastic.client import connect
from pipeline.index.mapping import MAX_DOCUMENT_BYTES
from pipeline.index.templates import body, set_up
from pipeline.ports import COLLECTIONS, Query
from tests.pipeline.index.contract import IndexContract
from tests.pipeline.index.contract_support import ids
from tests.pipeline.index.index_builders import direction, document

pytestmark = pytest.mark.services


@pytest.fixture
def index(shared: tuple[Settings, Elasticsearch]) -> Iterator[ElasticIndex]:
    """An empty index. Making indices is slow, so only those that a test wrote to are made anew."""
    settings, client = shared
    opened = ElasticIndex(settings)
    yield opened
    opened.close()
    found = client.indices.stats(index=f"{settings.prefix}*", metric="indexing")["indices"]
    for name, stats in found.items():
        if stats["primaries"]["indexing"]["index_total"]:
            client.indices.delete(index=name)
    set_up(client, settings.prefix)


@pytest.fixture
def settle(shared: tuple[Settings, Elasticsearch]) -> Callable[[], None]:
    settings, client = shared

    def refresh() -> None:
        client.indices.refresh(index=f"{settings.prefix}*")

    return refresh


class TestElasticsearch(IndexContract):
    """Every promise of the port."""


def test_it_is_what_the_services_profile_opens(index: ElasticIndex, shared: tuple[Settings, Elasticsearch]) -> None:
    settings, _ = shared
    opened = open_index(AllSettings(profile="services", elasticsearch=settings))
    assert opened.write([document("a")]).written == 1
    assert index.get("claims", ["a"]).keys() == {"a"}


def test_what_is_written_is_found_within_seconds_without_help(index: ElasticIndex) -> None:
    index.write([document("a")])
    deadline = time.monotonic() + 20  # the promise is one second; a busy machine may take longer
    while not index.search(Query("claims", words="staff")).total:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_setting_up_again_changes_nothing(client: Elasticsearch, settings: Settings) -> None:
    assert set_up(client, settings.prefix) == [f"{settings.prefix}{collection}" for collection in COLLECTIONS]
    index = ElasticIndex(settings)
    index.write([document("a")])
    assert set_up(client, settings.prefix) == []
    assert index.get("claims", ["a"]).keys() == {"a"}


def test_setting_up_adds_the_fields_that_an_older_index_lacks(client: Elasticsearch, settings: Settings) -> None:
    older = body(settings.prefix, "feeds")["template"]
    ours = older["mappings"]["_meta"]["version"]
    older["mappings"]["_meta"]["version"] = ours - 1
    del older["mappings"]["properties"]["entries"]
    alias = f"{settings.prefix}feeds"
    client.indices.create(index=f"{alias}-000001", body=older | {"aliases": {alias: {}}})
    set_up(client, settings.prefix)
    (found,) = client.indices.get_mapping(index=alias).values()
    assert found["mappings"]["_meta"]["version"] == ours
    assert "entries" in found["mappings"]["properties"]


def test_setting_up_refuses_an_index_of_a_newer_program(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    client.indices.put_mapping(index=f"{settings.prefix}claims", body={"_meta": {"version": 99}})
    with pytest.raises(SetupError, match="upgrade crossclaim"):
        set_up(client, settings.prefix)


def test_a_longer_prefix_beside_ours_is_no_conflict(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    longer = settings.model_copy(update={"prefix": f"{settings.prefix}claims-"})
    assert len(set_up(client, longer.prefix)) == len(COLLECTIONS)
    for collection in COLLECTIONS:
        client.indices.delete(index=f"{longer.prefix}{collection}-000001")
        client.indices.delete_index_template(name=f"{longer.prefix}{collection}")


def test_without_indices_it_says_what_to_run(client: Elasticsearch, settings: Settings) -> None:
    index = ElasticIndex(settings)
    with pytest.raises(SetupError, match="crossclaim setup"):
        index.write([document("a")])
    with pytest.raises(SetupError, match="crossclaim setup"):
        index.search(Query("claims", words="staff"))
    with pytest.raises(SetupError, match="crossclaim setup"):
        index.get("claims", ["a"])
    assert not client.indices.exists(index=f"{settings.prefix}claims"), "no index is made by writing to it"


def test_a_server_that_is_away_is_tried_again() -> None:
    index = ElasticIndex(Settings(url="http://127.0.0.1:9"))
    for call in (
        lambda: index.write([document("a")]),
        lambda: index.get("claims", ["a"]),
        lambda: index.search(Query("claims")),
    ):
        with pytest.raises(Retryable, match="cannot be reached"):
            call()


def test_a_read_only_index_is_tried_again(index: ElasticIndex, shared: tuple[Settings, Elasticsearch]) -> None:
    """What a full disk does to an index."""
    settings, client = shared
    name = f"{settings.prefix}claims"
    client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": True})
    with pytest.raises(Retryable, match="busy"):
        index.write([document("a")])
    client.indices.put_settings(index=name, settings={"index.blocks.read_only_allow_delete": None})
    assert index.write([document("a")]).written == 1


def test_wrong_addresses_end_the_start() -> None:
    for url in ("localhost:9200", "ftp://x:1", "http://"):
        with pytest.raises(SetupError, match="CROSSCLAIM_ELASTICSEARCH__URL"):
            ElasticIndex(Settings(url=url))


def test_a_write_larger_than_one_request_is_cut(index: ElasticIndex) -> None:
    large = "many words about staff " * 20_000
    written = [document(f"d{n}", content=large) for n in range(2 * CHUNK_BYTES // len(large))]
    assert index.write(written).written == len(written)
    assert len(index.get("claims", [doc.id for doc in written])) == len(written)


def test_the_largest_document_that_we_send_is_taken(index: ElasticIndex) -> None:
    report = index.write([document("large", content="x" * (MAX_DOCUMENT_BYTES - 1_000))])
    assert (report.written, report.refused) == (1, ())


def test_many_vectors_are_searched_approximately_and_still_found(
    index: ElasticIndex, settle: Callable[[], None]
) -> None:
    index.write([document(f"d{n}", vector=direction(n % 380, 0.3)) for n in range(1_500)])
    index.write([document("sought", vector=direction(7))])
    settle()
    assert ids(index.search(Query("claims", vector=direction(7), limit=5)))[0] == "sought"


@pytest.mark.parametrize("password", [None, "wrong"])
def test_a_server_that_does_not_let_us_in_ends_the_start(secured: Any, password: str | None) -> None:
    settings = Settings(url=secured.url, password=SecretStr(password) if password else None)
    with pytest.raises(SetupError, match="CROSSCLAIM_ELASTICSEARCH__PASSWORD"):
        ElasticIndex(settings).write([document("a")])


def test_the_right_password_lets_us_in(secured: Any) -> None:
    settings = Settings(url=secured.url, password=SecretStr("right-password"))
    set_up(connect(settings), settings.prefix)
    assert ElasticIndex(settings).write([document("a")]).written == 1


@pytest.fixture(scope="module")
def secured(elasticsearch: Any) -> Iterator[Any]:
    node = type(elasticsearch)(password="right-password", heap="512m")
    try:
        node.start()
        yield node
    finally:
        node.close()
