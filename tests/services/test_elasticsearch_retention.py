"""What is old goes: whole indices of collections to which documents are only added, and articles with their claims."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.config import Settings as AllSettings
from pipeline.errors import SetupError
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.setup import health, turns
from pipeline.index.elastic.setup.prune import SLICE, prune
from pipeline.index.elastic.setup.standing import standing
from pipeline.index.templates import body, set_up, set_up_alias, upgrade_alias
from pipeline.ports import Document
from pipeline.setup import prune as prune_all
from tests.pipeline.index.index_builders import document
from tests.services.upgrade_world import quiet

pytestmark = [pytest.mark.services, pytest.mark.timeout(1800)]

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def samples(settings: Settings) -> dict[str, Any]:
    """A template of a time-based collection."""
    found = copy.deepcopy(body(settings.prefix, "feeds")) | {"index_patterns": [f"{settings.prefix}samples-0*"]}
    found["_meta"]["time_based"] = True
    return found


def age(client: Elasticsearch, alias: str) -> list[int]:
    """Return when the indices of an alias were made."""
    return [made.created_ms for made in standing(client, alias).indices]


def test_samples_take_turns_and_go_as_whole_indices(
    client: Elasticsearch, settings: Settings, samples: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = f"{settings.prefix}samples"
    assert set_up_alias(client, alias, samples, 30) == [alias]
    assert set_up_alias(client, alias, samples, 30) == [], "an empty one keeps its turn"
    client.index(index=alias, id="one", document={"title": "one"}, refresh=True, version=1, version_type="external_gte")
    assert set_up_alias(client, alias, samples, 30) == [], "and so does one that is not a day old"
    monkeypatch.setitem(turns.TURN, "max_age", "1ms")
    assert set_up_alias(client, alias, samples, 30) == [f"{alias}-000002 takes its turn in {alias}"]
    client.index(index=alias, id="two", document={"title": "two"}, refresh=True, require_alias=True)
    assert client.get(index=f"{alias}-000002", id="two")["found"], "it is written to the newest"
    assert client.count(index=alias)["count"] == 2, "and read from all"
    turn_over = age(client, alias)[1]
    day = turns.DAY_MS
    assert turns.drop_expired(client, alias, 30, turn_over + 30 * day) == []
    assert turns.drop_expired(client, alias, 30, turn_over + 30 * day + 1) == [f"{alias}-000001"]
    assert client.count(index=alias)["count"] == 1
    assert turns.drop_expired(client, alias, 30, turn_over + 900 * day) == [], "the one that is written to stays"


def test_samples_of_a_newer_template_go_to_the_next_index(
    client: Elasticsearch, settings: Settings, samples: dict[str, Any]
) -> None:
    alias = f"{settings.prefix}samples"
    set_up_alias(client, alias, samples, 30)
    newer = copy.deepcopy(samples)
    newer["template"]["mappings"]["_meta"]["version"] += 1
    newer["template"]["mappings"]["properties"]["title"] = {"type": "keyword"}
    with pytest.raises(SetupError, match="crossclaim setup --upgrade"):
        set_up_alias(client, alias, newer, 30)
    assert upgrade_alias(client, alias, newer, quiet, False, 30) == [f"{alias}-000002 takes its turn"]
    assert set_up_alias(client, alias, newer, 30) == []
    assert [made.name for made in standing(client, alias).behind] == [f"{alias}-000001", f"{alias}-000002"]


def test_this_distribution_has_no_lifecycle_management(client: Elasticsearch) -> None:
    """When that changes, the lifecycle that is put where it exists can be tested on a real server, too."""
    assert not turns.has_ilm(client)


def published(id: str, days_ago: int, version: int = 1) -> list[Document]:
    """An article with two claims and a roster."""
    when = (NOW - timedelta(days=days_ago)).isoformat()
    claims = [
        document(f"{id}-{n}", version=version, article_id=id, published_at=when) for n in range(2)
    ]  # fmt: skip
    roster = Document("claims", f"roster-{id}", version, {"article_id": id, "status": "roster", "roster": []})
    return [Document("articles", id, version, {"article_id": id, "published_at": when}), *claims, roster]


def test_old_articles_go_with_their_claims_and_rosters(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    old, new = SLICE + 20, 10
    index.write([each for n in range(old) for each in published(f"old{n}", 100 + n, version=n % 3)])
    index.write([each for n in range(new) for each in published(f"new{n}", 89)])
    told: list[tuple[int, int]] = []
    assert prune(client, settings.prefix, 90, NOW, lambda _, done, total: told.append((done, total))) == (old, 3 * old)
    assert told == [(SLICE, old), (old, old)]
    assert client.count(index=f"{settings.prefix}articles")["count"] == new
    assert client.count(index=f"{settings.prefix}claims")["count"] == 3 * new
    assert prune(client, settings.prefix, 90, NOW, quiet) == (0, 0)


def test_one_that_was_cut_off_is_finished_by_the_next(client: Elasticsearch, settings: Settings) -> None:
    """Articles go last, so that what is left of a slice is found by them."""
    set_up(client, settings.prefix)
    ElasticIndex(settings).write([each for n in range(SLICE + 1) for each in published(f"old{n}", 100)])

    def interrupt(_doing: str, _done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prune(client, settings.prefix, 90, NOW, interrupt)
    assert client.count(index=f"{settings.prefix}claims")["count"] == 3
    assert prune(client, settings.prefix, 90, NOW, quiet) == (1, 3)


def test_a_stale_write_of_what_was_removed_stays_stale(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    index.write(published("old", 100, version=5))
    prune(client, settings.prefix, 90, NOW, quiet)
    assert index.write(published("old", 100, version=4)).stale == 4


def test_nothing_is_removed_while_an_upgrade_is_under_way(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    client.indices.create(index=f"{settings.prefix}claims-000002", settings={"index.hidden": True})
    with pytest.raises(SetupError, match="crossclaim setup --upgrade"):
        prune(client, settings.prefix, 90, NOW, quiet)


def test_everything_is_kept_unless_the_settings_say_otherwise(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index, years = ElasticIndex(settings), (datetime.now(UTC) - NOW).days + 3_000
    index.write(published("old", years))
    client.indices.refresh(index=f"{settings.prefix}articles")
    assert prune_all(AllSettings(profile="services", elasticsearch=settings)) == []
    assert index.get("articles", ["old"])
    kept = settings.model_copy(update={"keep_days": 365})
    (line,) = prune_all(AllSettings(profile="services", elasticsearch=kept))
    assert line == "1 articles older than 365 days, and 3 documents of their claims"
    with pytest.raises(SetupError, match="CROSSCLAIM_PROFILE=services"):
        prune_all(AllSettings())


def test_what_is_wrong_with_the_indices_is_found(client: Elasticsearch, settings: Settings) -> None:
    with pytest.raises(Exception, match=r"there is no .*claims: run `crossclaim setup`"):
        health.examine(client, settings.prefix)
    set_up(client, settings.prefix)
    assert "up to date and open" in health.examine(client, settings.prefix)
    alias = f"{settings.prefix}claims"
    meta = body(settings.prefix, "claims")["template"]["mappings"]["_meta"]
    client.indices.put_mapping(index=alias, meta=meta | {"version": 1})
    client.indices.put_settings(index=f"{settings.prefix}feeds", settings={"index.blocks.read_only_allow_delete": True})
    client.indices.put_settings(index=f"{settings.prefix}alerts", settings={"index.blocks.write": True})
    with pytest.raises(Exception, match="is of version 1") as caught:
        health.examine(client, settings.prefix)
    client.indices.put_settings(index=f"{settings.prefix}feeds", settings={"index.blocks.read_only_allow_delete": None})
    assert "because the disk was full" in str(caught.value)
    assert f"{settings.prefix}alerts-000001 takes no writes (write)" in str(caught.value)
    client.indices.put_settings(index=f"{settings.prefix}alerts", settings={"index.blocks.write": None})
    set_up(client, settings.prefix)
    assert "up to date and open" in health.examine(client, settings.prefix)
