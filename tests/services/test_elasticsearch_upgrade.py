"""An index is made anew while it is written and read: nothing is lost, nothing is seen twice, whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.errors import Retryable, SetupError
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.client import connect
from pipeline.index.elastic.setup import fence, localising
from pipeline.index.elastic.setup.rebuild import rebuild
from pipeline.index.elastic.setup.standing import standing
from pipeline.index.templates import body, drop_old, set_up, upgrade
from pipeline.ports import Query
from tests.pipeline.index.contract_support import ids
from tests.pipeline.index.index_builders import direction, document
from tests.services.upgrade_world import Traffic, account, made_by_an_older_version, quiet, sample, set_up_older

pytestmark = [pytest.mark.services, pytest.mark.timeout(1800)]

BASE = 3_000
"""Documents that are there when the upgrade begins."""


@pytest.fixture
def traffic(client: Elasticsearch, settings: Settings) -> Traffic:
    """An index of the older version that holds something, and those who will write and read it."""
    set_up_older(client, settings.prefix)
    made = Traffic(settings, BASE)
    made.write([sample(n, n % 3) for n in range(BASE)])
    client.indices.refresh(index=f"{settings.prefix}claims")
    return made


def test_nothing_is_lost_or_seen_twice_while_it_is_written_and_read(
    client: Elasticsearch, settings: Settings, traffic: Traffic
) -> None:
    alias = f"{settings.prefix}claims"
    told: list[tuple[str, int, int]] = []
    with traffic.running():
        traffic.until_written(5)
        lines = upgrade(client, settings.prefix, lambda *progress: told.append(progress))
        traffic.until_written(5)
    assert traffic.troubles == []
    assert len(lines) == 1, "only what needs it is made anew"
    assert f"{alias}-000002 has taken the place of {alias}-000001" in lines[0]
    account(client, settings.prefix, traffic)
    found = standing(client, alias)
    assert [made.name for made in found.behind] == [f"{alias}-000002"]
    assert (found.current.written, found.current.hidden, found.current.copied) == (True, False, None)
    assert found.current.version == body(settings.prefix, "claims")["template"]["mappings"]["_meta"]["version"]
    assert "write" in found.old[0].blocked, "a late write meant for the old index is refused there"
    assert found.old[0].hidden, "whoever looks at crossclaim-* does not see it twice"
    assert told[0][1] <= told[0][2], told[0]
    assert max(total for _, _, total in told) >= BASE


def test_it_is_searched_anew(client: Elasticsearch, settings: Settings) -> None:
    """What the new analysers and types find, and what was of use before: vectors, which no answer holds."""
    set_up_older(client, settings.prefix)
    index = ElasticIndex(settings)
    near = document("near", text="Café owners object.", vector=direction(7), checkworthy=0.25)
    index.write([near, document("far", vector=direction(9))])
    client.indices.refresh(index=f"{settings.prefix}claims")
    assert index.search(Query("claims", words="cafe")).total == 0
    upgrade(client, settings.prefix, quiet)
    assert ids(index.search(Query("claims", words="cafe"))) == ["near"]
    assert ids(index.search(Query("claims", vector=direction(7), limit=1))) == ["near"]
    assert index.get("claims", ["near"])["near"]["checkworthy"] == 0.25
    assert set_up(client, settings.prefix) == []
    assert upgrade(client, settings.prefix, quiet) == [], "it is up to date now"


def test_what_was_found_before_is_found_at_once(client: Elasticsearch, settings: Settings) -> None:
    """The new index is refreshed before it is switched to, however rarely it refreshes itself."""
    set_up(client, settings.prefix)
    alias, wanted = f"{settings.prefix}claims", body(settings.prefix, "claims")
    wanted["template"]["settings"]["index"]["refresh_interval"] = -1
    index = ElasticIndex(settings)
    index.write([sample(n, 1) for n in range(50)])
    client.indices.refresh(index=alias)
    rebuild(client, alias, wanted, quiet)
    assert index.search(Query("claims")).total == 50


def test_what_was_written_although_it_was_blocked_is_not_lost(client: Elasticsearch, settings: Settings) -> None:
    """Somebody lifts the block in the last step, and a worker writes before the switch."""
    set_up(client, settings.prefix)
    alias, index = f"{settings.prefix}claims", ElasticIndex(settings)
    index.write([sample(n, 1) for n in range(50)])
    versions = [1]
    lifted = False

    def tell(_doing: str, done: int, total: int) -> None:
        """After each pass one document more is to be copied, so that the last step, too, has one."""
        nonlocal lifted
        old = standing(client, alias).current
        if lifted or done == 0 or done < total or old.number != 1:
            return
        lifted = "write" in old.blocked
        if lifted:
            client.indices.put_settings(index=alias, settings={"index.blocks.write": None})
        versions.append(versions[-1] + 1)
        index.write([sample(3, versions[-1])])

    rebuild(client, alias, body(settings.prefix, "claims"), tell)
    assert lifted
    assert index.get("claims", ["d3"])["d3"]["revision"] == versions[-1]
    assert "write" in standing(client, alias).old[0].blocked


CHILD = """
import os, signal, sys
from pipeline.config import Elasticsearch as Settings
from pipeline.index.elastic.client import connect
from pipeline.index.elastic.setup.standing import standing
from pipeline.index.elastic.setup import rebuild
from pipeline.index.templates import upgrade
url, prefix, stage, number = sys.argv[1:]
rebuild.SHORT_SECONDS = 0.0  # a second pass, which is where "copied" ends, also where the first took no second
client = connect(Settings(url=url, prefix=prefix, timeout_seconds=60))
def tell(doing, done, total):
    found = standing(client, prefix + "claims")
    stages = {
        "copying": True,
        "copied": found.successor.copied["up_to"] >= 0,
        "blocked": "write" in found.current.blocked,
    }
    if stages[stage]:
        os.kill(os.getpid(), int(number))
upgrade(client, prefix, tell)
"""


def child(settings: Settings, stage: str, number: int) -> int:
    """Run an upgrade in a process of its own that ends by a signal at a stage; return its exit status."""
    command = [sys.executable, "-c", CHILD, settings.url, settings.prefix, stage, str(int(number))]
    return subprocess.run(command, env=dict(os.environ), check=False, capture_output=True, timeout=300).returncode


@pytest.mark.parametrize("stage", ["copying", "copied", "blocked"])
def test_one_that_is_killed_is_finished_by_the_next(
    client: Elasticsearch, settings: Settings, traffic: Traffic, stage: str
) -> None:
    alias = f"{settings.prefix}claims"
    with traffic.running():
        traffic.until_written(2)
        assert child(settings, stage, signal.SIGKILL) == -signal.SIGKILL
        found = standing(client, alias)
        assert found.current.name == f"{alias}-000001", "it is still the old one that is read"
        assert found.successor is not None
        assert ("write" in found.current.blocked) == (stage == "blocked")
        if stage == "blocked":
            waited = traffic.waited
            traffic.until(lambda: traffic.waited > waited)
        else:
            traffic.until_written(2)
        upgrade(client, settings.prefix, quiet)
        traffic.until_written(2)
    assert traffic.troubles == []
    account(client, settings.prefix, traffic)
    found = standing(client, alias)
    assert [made.name for made in found.behind] == [f"{alias}-000002"], "it went on with what was there"
    assert not any(name.startswith(f"{alias}-copy-") for made in found.indices for name in made.aliases)


@pytest.mark.parametrize("stage", ["copying", "blocked"])
def test_ctrl_c_leaves_everything_as_it_was(
    client: Elasticsearch, settings: Settings, traffic: Traffic, stage: str
) -> None:
    alias = f"{settings.prefix}claims"
    with traffic.running():
        traffic.until_written(2)
        assert child(settings, stage, signal.SIGINT) != 0
        traffic.until_written(2)
    assert traffic.troubles == []
    account(client, settings.prefix, traffic)
    (only,) = standing(client, alias).indices
    assert (only.name, only.aliases, only.blocked) == (f"{alias}-000001", {alias}, frozenset())


def test_setting_up_says_that_an_upgrade_is_wanted_or_was_cut_off(
    client: Elasticsearch, settings: Settings, traffic: Traffic
) -> None:
    with pytest.raises(SetupError, match=r"cannot take the new fields.*analyzer \[news_.*crossclaim setup --upgrade"):
        set_up(client, settings.prefix)
    assert child(settings, "copying", signal.SIGKILL) == -signal.SIGKILL
    client.indices.put_mapping(index=f"{settings.prefix}claims", meta=current_meta(settings))
    assert any("was cut off" in line for line in set_up(client, settings.prefix))


def current_meta(settings: Settings) -> dict[str, Any]:
    found: dict[str, Any] = body(settings.prefix, "claims")["template"]["mappings"]["_meta"]
    return found


def test_only_other_analysers_are_told_and_change_nothing(client: Elasticsearch, settings: Settings) -> None:
    set_up_older(client, settings.prefix)
    client.indices.delete(index=f"{settings.prefix}claims-000001")
    wanted = body(settings.prefix, "claims")["template"]
    wanted["settings"]["index"]["analysis"]["analyzer"]["news_english"]["filter"].remove("asciifolding")
    alias = f"{settings.prefix}claims"
    client.indices.create(
        index=f"{alias}-000001", settings=wanted["settings"], mappings=wanted["mappings"], aliases={alias: {}}
    )
    assert ["analysed as an older version did" in line for line in set_up(client, settings.prefix)] == [True]
    assert len(upgrade(client, settings.prefix, quiet)) == 1
    assert set_up(client, settings.prefix) == []


def test_a_document_that_does_not_fit_is_told_and_everything_stays(client: Elasticsearch, settings: Settings) -> None:
    set_up_older(client, settings.prefix)
    alias, index = f"{settings.prefix}claims", ElasticIndex(settings)
    index.write([document("a"), document("odd", checkworthy="very")])
    with pytest.raises(SetupError, match=r"document odd does not fit.*checkworthy"):
        upgrade(client, settings.prefix, quiet)
    (only,) = standing(client, alias).indices
    assert (only.name, only.blocked) == (f"{alias}-000001", frozenset())
    assert index.write([document("b")]).written == 1


def test_it_is_made_anew_when_asked_and_the_old_one_goes_when_asked(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    index = ElasticIndex(settings)
    index.write([document("a", version=7), document("b")])
    somebody = {"index": f"{settings.prefix}claims-000001", "alias": f"{settings.prefix}of-a"}
    client.indices.update_aliases(actions=[{"add": somebody | {"filter": {"term": {"claim_id": "a"}}}}])
    assert upgrade(client, settings.prefix, quiet) == []
    for number in (2, 3):
        client.indices.put_settings(index=f"{settings.prefix}claims", settings={"index.blocks.write": number == 3})
        (line,) = upgrade(client, settings.prefix, quiet, ["claims"])
        assert f"claims-00000{number} has taken" in line
    assert index.write([document("a", version=6)]).stale == 1, "versions are kept"
    (hit,) = client.search(index=f"{settings.prefix}of-a")["hits"]["hits"]
    assert (hit["_index"], hit["_id"]) == (f"{settings.prefix}claims-000003", "a"), "others' aliases go along"
    assert len(drop_old(client, settings.prefix)) == 2
    assert index.get("claims", ["a", "b"]).keys() == {"a", "b"}
    assert [made.number for made in standing(client, f"{settings.prefix}claims").indices] == [3]


def test_one_killed_after_its_switch_is_tidied_up(client: Elasticsearch, settings: Settings) -> None:
    set_up(client, settings.prefix)
    upgrade(client, settings.prefix, quiet, ["feeds"])
    alias, meta = f"{settings.prefix}feeds", body(settings.prefix, "feeds")["template"]["mappings"]["_meta"]
    client.indices.put_settings(index=f"{alias}-000002", settings={"index.hidden": True})
    client.indices.put_settings(index=f"{alias}-000001", settings={"index.hidden": None})
    client.indices.put_mapping(index=f"{alias}-000002", meta=meta | {"copied": {"from": "x", "up_to": 1}})
    assert set_up(client, settings.prefix) == []
    assert [made.hidden for made in standing(client, alias).indices] == [True, False]
    assert standing(client, alias).current.copied is None


def test_a_second_upgrade_takes_over_and_the_first_can_do_no_harm(
    client: Elasticsearch, settings: Settings, traffic: Traffic
) -> None:
    """The first is held up in its last step, with writes blocked; the second lets writers in and begins to copy."""
    alias, wanted = f"{settings.prefix}claims", body(settings.prefix, "claims")
    second_copies, first_is_over = threading.Event(), threading.Event()

    def of_the_second(_doing: str, _done: int, _total: int) -> None:
        second_copies.set()
        assert first_is_over.wait(60)

    second = threading.Thread(target=rebuild, args=[client, alias, wanted, of_the_second])

    def of_the_first(_doing: str, _done: int, _total: int) -> None:
        if not second_copies.is_set() and "write" in standing(client, alias).current.blocked:
            second.start()
            assert second_copies.wait(60)
            traffic.until_written(2)

    with traffic.running():
        traffic.until_written(2)
        with pytest.raises(fence.Lost, match="another"):
            rebuild(client, alias, wanted, of_the_first)
        traffic.until_written(2)
        assert standing(client, alias).current.name == f"{alias}-000001"
        first_is_over.set()
        second.join()
        traffic.until_written(2)
    assert standing(client, alias).current.name == f"{alias}-000002"
    assert traffic.troubles == []
    account(client, settings.prefix, traffic)


def test_a_server_that_dies_in_the_middle_loses_nothing(settings: Settings, elasticsearch: Any) -> None:
    node = type(elasticsearch)(heap="512m")
    try:
        node.start()
        own = settings.model_copy(update={"url": node.url})
        with connect(own) as client:
            localising.put_pipeline(client, own.prefix)
            made_by_an_older_version(client, own.prefix)
            traffic = Traffic(own, BASE)
            traffic.write([sample(n, 1) for n in range(BASE)])
            alias, wanted = f"{own.prefix}claims", body(own.prefix, "claims")
            with pytest.raises(Retryable):
                rebuild(client, alias, wanted, lambda *_: node.kill())
            node.start()
            client.cluster.health(wait_for_status="yellow", timeout="60s")
            assert rebuild(client, alias, wanted, quiet) == f"{alias}-000002"
            account(client, own.prefix, traffic)
    finally:
        node.close()
