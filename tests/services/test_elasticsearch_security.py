"""An Elasticsearch that asks who we are, over https: each part gets its rights and no more, each mistake is told."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ApiError
from pydantic import SecretStr

from deploy.services import Elasticsearch as Node
from pipeline.config import Elasticsearch as Settings
from pipeline.config import Settings as AllSettings
from pipeline.errors import CrossclaimError, Retryable, SetupError
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.client import connect
from pipeline.index.elastic.setup import health, roles
from pipeline.index.elastic.setup.roles import Role
from pipeline.index.templates import drop_old, set_up, upgrade
from pipeline.ports import Query
from pipeline.setup import Wishes, prune, set_up_index
from tests.pipeline.index.index_builders import document
from tests.services.certificates import certificates, fingerprint

pytestmark = [pytest.mark.services, pytest.mark.timeout(1800)]

PASSWORD = "of-elastic-and-secret"
PREFIX = "safe-"
WORDS = {"worker": "of-the-worker-secret", "reader": "of-the-reader-secret"}


@pytest.fixture(scope="module")
def node(elasticsearch: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A node with security and https."""
    tls = certificates(tmp_path_factory.mktemp("certificates"), "crossclaim tests")
    with Node(password=PASSWORD, heap="512m", tls=tls) as started:
        yield started


@pytest.fixture(scope="module")
def admin(node: Any) -> Settings:
    """The settings of one who may do everything."""
    return Settings(
        url=node.url, password=SecretStr(PASSWORD), ca_certs=node.tls.authority, prefix=PREFIX, timeout_seconds=60,
        worker_password=SecretStr(WORDS["worker"]), reader_password=SecretStr(WORDS["reader"]),
    )  # fmt: skip


@pytest.fixture(scope="module")
def everything(admin: Settings) -> list[str]:
    """Roles, users and indices, made by the one who may do everything."""
    with connect(admin) as client:
        client.indices.create(index="somebody-else")
    return set_up_index(AllSettings(profile="services", elasticsearch=admin), Wishes(roles=True))


def of(admin: Settings, role: Role) -> Settings:
    password = SecretStr(WORDS[role])
    return admin.model_copy(update={"user": f"safe_{role}", "password": password})


def denied(call: Any) -> bool:
    """Whether Elasticsearch does not allow it."""
    try:
        call()
    except ApiError as error:
        return error.status_code == 403
    except SetupError as error:
        return "may not do that" in str(error) or "give the user" in str(error)
    return False


def test_roles_and_users_are_made_by_the_command(everything: list[str]) -> None:
    assert everything[:5] == [
        "role safe_setup", "role safe_worker", "role safe_reader", "user safe_worker", "user safe_reader"
    ]  # fmt: skip


def test_a_worker_writes_and_reads_documents_and_nothing_else(admin: Settings, everything: list[str]) -> None:
    settings = of(admin, "worker")
    index = ElasticIndex(settings)
    assert index.write([document("a"), document("b")]).written == 2
    assert index.write([document("a", version=2)]).written == 1
    assert index.get("claims", ["a"]).keys() == {"a"}
    assert index.search(Query("claims")).total >= 0
    with connect(settings) as client:
        claims = f"{PREFIX}claims"
        for call in (
            lambda: client.indices.delete(index=f"{claims}-000001"),
            lambda: client.indices.create(index=f"{PREFIX}other-000001"),
            lambda: client.indices.put_mapping(index=claims, properties={"x": {"type": "keyword"}}),
            lambda: client.indices.put_settings(index=claims, settings={"index.blocks.write": True}),
            lambda: client.indices.update_aliases(actions=[{"add": {"index": f"{claims}-000001", "alias": "x"}}]),
            lambda: client.delete(index=claims, id="a"),
            lambda: client.delete_by_query(index=claims, query={"match_all": {}}),
            lambda: client.search(index="somebody-else"),
            lambda: client.index(index="somebody-else", document={}),
            lambda: client.indices.put_index_template(name="x", index_patterns=["x"]),
            lambda: client.security.get_user(username="elastic"),
            lambda: client.security.put_user(username="x", password="long enough", roles=["superuser"]),
        ):
            assert denied(call)


def test_a_reader_reads_and_writes_nothing(admin: Settings, everything: list[str]) -> None:
    ElasticIndex(of(admin, "worker")).write([document("read-me")])
    settings = of(admin, "reader")
    index = ElasticIndex(settings)
    assert index.get("claims", ["read-me"]).keys() == {"read-me"}
    assert index.search(Query("claims")).total >= 0
    assert denied(lambda: index.write([document("c")]))
    with connect(settings) as client:
        assert denied(lambda: client.search(index="somebody-else"))
        assert denied(lambda: client.indices.delete(index=f"{PREFIX}claims-000001"))


def test_the_role_of_setup_sets_up_upgrades_and_prunes_and_gives_no_rights(
    admin: Settings, everything: list[str]
) -> None:
    with connect(admin) as client:
        client.security.put_user(username="hired", password="of-the-hired-one", roles=["safe_setup"])
    settings = admin.model_copy(update={"user": "hired", "password": SecretStr("of-the-hired-one"), "keep_days": 1})
    ElasticIndex(of(admin, "worker")).write([document("kept")])
    with connect(settings) as client:
        assert set_up(client, PREFIX) == []
        (line,) = upgrade(client, PREFIX, lambda *_: None, ["claims"])
        assert "claims-000002 has taken" in line
        assert drop_old(client, PREFIX) == [f"{PREFIX}claims-000001"]
        assert denied(lambda: client.search(index="somebody-else"))
        assert denied(lambda: roles.put_roles(client, PREFIX))
    prune(AllSettings(profile="services", elasticsearch=settings))
    assert ElasticIndex(of(admin, "reader")).get("claims", ["kept"])


def test_a_key_has_the_rights_of_its_role(admin: Settings, everything: list[str]) -> None:
    with connect(admin) as client:
        key = roles.make_key(client, PREFIX, "worker")
    settings = admin.model_copy(update={"password": None, "api_key": SecretStr(key)})
    assert ElasticIndex(settings).write([document("by-key")]).written == 1
    with connect(settings) as client:
        assert denied(lambda: client.delete(index=f"{PREFIX}claims", id="by-key"))
    assert key not in repr(settings)


def test_the_command_prints_a_key_once_and_nothing_else(admin: Settings, everything: list[str]) -> None:
    environment = os.environ | {
        "CROSSCLAIM_PROFILE": "services",
        "CROSSCLAIM_ELASTICSEARCH__URL": admin.url,
        "CROSSCLAIM_ELASTICSEARCH__PASSWORD": PASSWORD,
        "CROSSCLAIM_ELASTICSEARCH__CA_CERTS": str(admin.ca_certs),
        "CROSSCLAIM_ELASTICSEARCH__PREFIX": PREFIX,
    }
    command = [sys.executable, "-m", "pipeline.cli", "setup", "--api-key", "reader"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    key = done.stdout.strip()
    settings = admin.model_copy(update={"password": None, "api_key": SecretStr(key)})
    assert denied(lambda: ElasticIndex(settings).write([document("x")]))
    assert ElasticIndex(settings).search(Query("claims", limit=1)).total >= 0
    assert done.stderr == ""


def test_every_part_can_be_examined_with_the_rights_it_has(admin: Settings, everything: list[str]) -> None:
    for role in ("worker", "reader"):
        with connect(of(admin, role)) as client:
            assert "up to date" in health.examine(client, PREFIX)


def test_the_files_of_roles_are_for_the_usual_prefix() -> None:
    for name in roles.ROLES:
        kept = json.loads((roles.FOLDER / f"{name}.json").read_text())
        assert roles.role("crossclaim-", name) == kept
        assert "*" not in {index for rule in roles.role("own-", name)["indices"] for index in rule["names"]}
    assert roles.named("crossclaim-", "worker") == "crossclaim_worker"


def test_without_security_there_is_nobody_to_give_rights_to(elasticsearch: Any) -> None:
    with connect(Settings(url=elasticsearch.url)) as client, pytest.raises(SetupError, match=r"xpack\.security"):
        roles.put_roles(client, PREFIX)


def told(settings: Settings) -> str:
    """Return what is told of a connection that fails, and see that no secret is in it."""
    log = io.StringIO()
    with redirect_stderr(log), pytest.raises(CrossclaimError) as caught:
        ElasticIndex(settings).get("claims", ["a"])
    assert not isinstance(caught.value, Retryable), caught.value
    secrets = [PASSWORD, "wrong-secret", *WORDS.values()]
    assert not any(secret in f"{caught.value}{caught.value.__cause__!r}{log.getvalue()}" for secret in secrets)
    return str(caught.value)


def test_each_mistake_of_a_connection_is_told_with_its_setting(
    admin: Settings, everything: list[str], elasticsearch: Any, tmp_path: Path
) -> None:
    def changed(**changes: Any) -> str:
        return told(admin.model_copy(update=changes))

    other = certificates(tmp_path, "somebody else").authority
    plain = admin.url.replace("https:", "http:")
    assert "CROSSCLAIM_ELASTICSEARCH__PASSWORD" in changed(password=SecretStr("wrong-secret"))
    assert "CROSSCLAIM_ELASTICSEARCH__API_KEY" in changed(password=None, api_key=SecretStr("wrong-secret"))
    assert "does not let us in" in changed(password=None)
    assert "CROSSCLAIM_ELASTICSEARCH__CA_CERTS" in changed(ca_certs=None)
    assert "CROSSCLAIM_ELASTICSEARCH__CA_CERTS" in changed(ca_certs=other)
    assert "for another name" in changed(url=admin.url.replace("127.0.0.1", "localhost"))
    assert "takes https only" in changed(url=plain, ca_certs=None)
    assert "begins with http:" in changed(url=plain)
    assert "does not take https" in changed(url=elasticsearch.url.replace("http:", "https:"))
    assert "CROSSCLAIM_ELASTICSEARCH__CA_FINGERPRINT" in changed(ca_certs=None, ca_fingerprint=fingerprint(other))
    assert "remove the other" in changed(api_key=SecretStr("wrong-secret"))
    assert "go together" in changed(client_cert=other)
    assert "cannot be read" in changed(ca_certs=tmp_path / "nothing")
    assert "holds no certificates" in changed(ca_certs=tmp_path / "extensions")
    assert "is no SHA-256" in changed(ca_certs=None, ca_fingerprint="12:34")
    assert "takes the place of" in changed(ca_fingerprint=fingerprint(other))
    assert "holds a user or a password" in changed(url=admin.url.replace("//", "//elastic:wrong-secret@"))
    assert "API_KEY is no key" in changed(password=None, api_key=SecretStr("wrong-secret\nof two lines"))
    assert "is no address" in changed(url="elastic:wrong-secret@host:9200")


def test_a_fingerprint_takes_the_place_of_the_authority(admin: Settings, node: Any, everything: list[str]) -> None:
    by_fingerprint = {"ca_certs": None, "ca_fingerprint": fingerprint(node.tls.authority)}
    assert ElasticIndex(admin.model_copy(update=by_fingerprint)).search(Query("claims")).total >= 0
    unverified = admin.model_copy(update={"ca_certs": None, "verify_certs": False})
    assert ElasticIndex(unverified).search(Query("claims")).total >= 0
