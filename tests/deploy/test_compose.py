"""The files for containers keep to their rules, and every rule can fail."""

from __future__ import annotations

import copy
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_rules import OURS, RULES, Compose, Rule

from deploy import env
from pipeline.config import load
from pipeline.index.elastic.setup.roles import named

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def compose() -> Compose:
    parsed: Compose = yaml.safe_load(TEXT)
    return parsed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_it_keeps_to(rule: Rule, compose: Compose) -> None:
    assert list(rule(compose)) == []


# (rule, path to what is changed, what it is changed to; ... deletes it)
BREACHES: list[tuple[str, str, Any]] = [
    ("expected_services", "services.board", ...),
    ("images_are_the_tested_ones", "services.kafka.image", "apache/kafka:latest"),
    ("images_are_the_tested_ones", "services.kibana.image", "docker.elastic.co/kibana/kibana:9.0.0"),
    ("images_are_the_tested_ones", "services.elasticsearch.image", "elasticsearch:9.4.3"),
    ("images_are_the_tested_ones", "services.worker.build", ...),
    ("images_are_the_tested_ones", "services.redis", {"image": "redis"}),
    ("long_running_have_health_checks", "services.worker.healthcheck", ...),
    ("long_running_have_health_checks", "services.kafka.healthcheck.start_period", ...),
    ("restarts", "services.board.restart", "always"),
    ("restarts", "services.setup.restart", "unless-stopped"),
    ("dependencies_wait_for_what_they_need", "services.worker.depends_on", ["kafka"]),
    ("dependencies_wait_for_what_they_need", "services.worker.depends_on.setup", ...),
    ("dependencies_wait_for_what_they_need", "services.kibana.depends_on.elasticsearch.condition", "service_started"),
    ("dependencies_wait_for_what_they_need", "services.setup.depends_on.zookeeper", {"condition": "service_healthy"}),
    ("data_is_in_named_volumes", "services.kafka.volumes", []),
    ("data_is_in_named_volumes", "volumes.kafka-data", ...),
    ("data_is_in_named_volumes", "services.elasticsearch.volumes", ["./data:/usr/share/elasticsearch/data"]),
    ("data_is_in_named_volumes", "services.kafka.environment.KAFKA_LOG_DIRS", "/tmp/kafka-logs"),
    ("memory_is_limited", "services.board.mem_limit", ...),
    ("memory_is_limited", "services.elasticsearch.mem_limit", "3g"),
    ("secrets_come_from_the_env_file", "services.kibana.environment.ELASTICSEARCH_PASSWORD", "changeme"),
    ("secrets_come_from_the_env_file", "services.elasticsearch.environment.ELASTIC_PASSWORD", "${ELASTIC_PASSWORD}"),
    ("secrets_come_from_the_env_file", "services.worker.environment.CROSSCLAIM_ELASTICSEARCH__PASSWORD", "${X:-x}"),
    ("ports_are_loopback", "services.kibana.ports", ["5601:5601"]),
    ("ports_are_loopback", "services.board.ports", ["0.0.0.0:8600:8600"]),
    ("ports_are_loopback", "services.board.network_mode", "host"),
    ("nobody_is_root", "services.kafka.user", ...),
    ("nobody_is_root", "services.elasticsearch.user", "0:0"),
    ("privileges_are_dropped", "services.worker.security_opt", ...),
    ("privileges_are_dropped", "services.kafka.cap_drop", ["NET_RAW"]),
    ("privileges_are_dropped", "services.board.cap_add", ["SYS_ADMIN"]),
    ("privileges_are_dropped", "services.board.volumes", ["/var/run/docker.sock:/var/run/docker.sock"]),
    ("root_is_read_only", "services.worker.read_only", ...),
    ("root_is_read_only", "services.setup.tmpfs", ...),
    ("nothing_hinders_scaling", "services.worker.container_name", "worker"),
    ("nothing_hinders_scaling", "services.worker.ports", ["127.0.0.1:9100:9100"]),
    ("kafka_is_reached_from_inside_only", "services.kafka.networks", ["inside", "outside"]),
    ("kafka_is_reached_from_inside_only", "networks.inside.internal", False),
    ("settings_are_well_formed", "services.worker.environment.CROSSCLAIM_kafka_", "x"),
    ("settings_are_well_formed", "services.worker.environment.CROSSCLAIM_PROFILE", "embedded"),
]


@pytest.mark.parametrize(("rule", "path", "value"), BREACHES, ids=[f"{rule}-{path}" for rule, path, _ in BREACHES])
def test_a_breach_is_found(rule: str, path: str, value: Any, compose: Compose) -> None:
    broken = copy.deepcopy(compose)
    *above, last = path.split(".")
    place = broken
    for name in above:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    assert list(next(r for r in RULES if r.__name__ == rule)(broken)) != []


def test_every_rule_has_a_breach() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, _, _ in BREACHES}


def test_crossclaim_accepts_its_settings(compose: Compose, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OURS:
        for key, value in compose["services"][name]["environment"].items():
            monkeypatch.setenv(key, value)
    settings = load()
    assert settings.profile == "services"
    assert settings.kafka.bootstrap == "kafka:9092"
    assert settings.elasticsearch.url == "http://elasticsearch:9200"
    assert settings.elasticsearch.password is not None
    assert (settings.board.host, settings.board.port) == ("0.0.0.0", 8600)
    assert settings.feeds == Path("/app/config/feeds.opml")
    assert settings.data == Path("/var/lib/crossclaim")


@pytest.mark.parametrize(
    ("name", "user"),
    [
        ("setup", "elastic"),
        ("connectors", "crossclaim_worker"),
        ("worker", "crossclaim_worker"),
        ("delivery", "crossclaim_worker"),
        ("board", "crossclaim_reader"),
    ],
)
def test_each_part_has_the_rights_it_needs_and_no_more(name: str, user: str, compose: Compose) -> None:
    """The users are those that the service `setup` makes, with the passwords that it gives them."""
    environment = compose["services"][name]["environment"]
    assert environment["CROSSCLAIM_ELASTICSEARCH__USER"] == user
    setup = compose["services"]["setup"]
    assert "--roles" in setup["command"]
    if user != "elastic":
        given = f"CROSSCLAIM_ELASTICSEARCH__{user.removeprefix('crossclaim_').upper()}_PASSWORD"
        assert environment["CROSSCLAIM_ELASTICSEARCH__PASSWORD"] == setup["environment"][given]
        assert named("crossclaim-", "worker" if "worker" in user else "reader") == user


def test_the_env_file_has_every_value_that_is_asked_for() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))
    written = dict(line.split("=", 1) for line in env.content().splitlines())
    assert asked == set(written)
    assert all(len(value) >= 22 for value in written.values())
    assert len(written["KIBANA_ENCRYPTION_KEY"]) >= 32
    assert env.content() != env.content(), "made anew each time"


def test_the_env_file_is_the_owners_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    command = [sys.executable, "-m", "deploy.env", "--file", str(path)]
    first = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    content = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "written" in first.stdout
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "kept" in second.stdout
    assert path.read_text() == content
    assert content.splitlines()[0].split("=")[1] not in first.stdout, "no password is printed"


def test_an_env_file_of_an_older_version_gets_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    older = "".join(f"{line}\n" for line in env.content().splitlines() if not line.startswith("WORKER_PASSWORD"))
    path.write_text(older.rstrip("\n"))
    assert env.add_missing(path) == ["WORKER_PASSWORD"]
    assert path.read_text().startswith(older)
    assert [line.split("=")[0] for line in path.read_text().splitlines()][-1] == "WORKER_PASSWORD"
    assert env.add_missing(path) == []


def test_an_env_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.env", "--file", str(tmp_path / "no" / ".env")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("writing ")


def dockerfile_is_wrong(text: str) -> list[str]:
    stages = re.findall(r"^FROM (\S+)", text, re.M)
    last = text[text.rindex("\nFROM ") :]
    user = re.findall(r"^USER (\S+)", last, re.M)
    rules = {
        "two stages at least": len(stages) >= 2,
        "Python 3.11 slim, pinned": all(re.fullmatch(r"python:3\.11\.\d+-slim-\w+", stage) for stage in stages),
        "the lock, with hashes": bool(re.search(r"pip install --require-hashes .*requirements\.lock", text)),
        "nothing beside the lock": all("--no-deps" in line for line in re.findall(r"pip install.*", text)),
        "not root at the end": bool(user) and user[-1].split(":")[0] not in ("0", "root"),
        "a health check": "\nHEALTHCHECK " in last,
        "no secret": not re.search(r"PASSWORD|TOKEN|SECRET", text),
        "nothing is copied whole": not re.search(r"^(COPY|ADD) \.", text, re.M),
    }
    return [rule for rule, kept in rules.items() if not kept]


def test_the_dockerfile_keeps_to_its_rules() -> None:
    assert dockerfile_is_wrong(DOCKERFILE) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("FROM python:3.11.14-slim-bookworm AS build", "", "two stages at least"),
        ("python:3.11.14-slim-bookworm", "python:3-slim", "Python 3.11 slim, pinned"),
        ("--require-hashes", "", "the lock, with hashes"),
        ("--no-deps --no-build-isolation", "", "nothing beside the lock"),
        ("USER 10001:10001", "", "not root at the end"),
        ("USER 10001:10001", "USER 0", "not root at the end"),
        ("\nHEALTHCHECK ", "\n#", "a health check"),
        ("COPY models models", "COPY . .", "nothing is copied whole"),
        ("EXPOSE 8600", "ENV ELASTIC_PASSWORD=x", "no secret"),
    ],
)
def test_a_wrong_dockerfile_is_found(old: str, new: str, rule: str) -> None:
    assert old in DOCKERFILE
    assert rule in dockerfile_is_wrong(DOCKERFILE.replace(old, new))


def test_user_and_volume_agree_with_compose(compose: Compose) -> None:
    user = re.findall(r"^USER (\S+)", DOCKERFILE, re.M)[-1]
    for name in OURS:
        assert compose["services"][name]["user"] == user
        assert compose["services"][name]["environment"]["CROSSCLAIM_DATA"] in DOCKERFILE


def test_the_build_context_holds_what_is_copied_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text().split("\n")
    assert "*" in lines, "everything is left out first"
    allowed = {line[1:] for line in lines if line.startswith("!")}
    copied = {source for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.M) for source in line.split()[:-1]}
    assert copied == allowed
    assert not any(name.startswith((".env", "data", ".git")) for name in allowed)


def test_no_registry_host_is_named_but_those_of_images() -> None:
    named = re.compile(r"repo1?\.maven|repo\.maven|maven\.org|pypi\.org|deb\.debian", re.I)
    for file in (ROOT / "deploy").rglob("*"):
        if file.suffix in (".py", ".md") or file.name == "Dockerfile":
            assert not named.search(file.read_text()), file
