"""Real Kafka and Elasticsearch: they do what the rest of the tests takes for granted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from elasticsearch import AuthenticationException
from elasticsearch import Elasticsearch as Client
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from deploy import versions
from deploy.env import kafka_cluster_id
from deploy.services import Elasticsearch, Kafka, NotOursError, PrerequisiteMissingError, distributions, sockets, tools

# On a new machine the first of them fetches 1 GB before it starts anything
pytestmark = [pytest.mark.services, pytest.mark.timeout(1800)]
ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PASSWORD = "for-this-test-only-0123"


def started(service: Any) -> Iterator[Any]:
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
    assert service.process.pids() == []
    assert not service.directory.exists(), "a temporary folder goes"


@pytest.fixture(scope="module")
def kafka() -> Iterator[Kafka]:
    yield from started(Kafka())


@pytest.fixture(scope="module")
def node() -> Iterator[Elasticsearch]:
    """With security on, as production has it."""
    yield from started(Elasticsearch(password=PASSWORD))


@pytest.fixture
def client(node: Elasticsearch) -> Iterator[Client]:
    with Client(node.url, basic_auth=(node.user, PASSWORD), request_timeout=30) as client:
        yield client


def make_topic(kafka: Kafka, name: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    try:
        admin.create_topics({name: {"num_partitions": 2, "replication_factor": 1}})
    finally:
        admin.close()


def produce(kafka: Kafka, topic: str, value: bytes) -> int:
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap, acks="all", enable_idempotence=True)
    try:
        offset: int = producer.send(topic, value, partition=0).get(timeout=30).offset
        return offset
    finally:
        producer.close()


def consume(kafka: Kafka, topic: str, count: int) -> list[bytes]:
    consumer = KafkaConsumer(
        topic, bootstrap_servers=kafka.bootstrap, group_id=f"test-{topic}-{count}", auto_offset_reset="earliest"
    )
    found: list[bytes] = []
    give_up = time.monotonic() + 30
    try:
        while len(found) < count and time.monotonic() < give_up:
            for records in consumer.poll(timeout_ms=1000).values():
                found += [record.value for record in records]
    finally:
        consumer.close()
    return found


def test_a_message_goes_through_kafka_and_outlives_restart_and_crash(kafka: Kafka) -> None:
    make_topic(kafka, "articles")
    assert produce(kafka, "articles", b"one") == 0
    assert consume(kafka, "articles", 1) == [b"one"]
    before, port = kafka.process, kafka.port

    kafka.restart()
    assert kafka.process is not before
    assert kafka.port == port
    assert produce(kafka, "articles", b"two") == 1

    kafka.kill()
    assert sockets.is_free(port)
    kafka.start()
    assert consume(kafka, "articles", 2) == [b"one", b"two"]


def test_kafka_makes_no_topic_by_itself(kafka: Kafka) -> None:
    consumer = KafkaConsumer(bootstrap_servers=kafka.bootstrap)
    try:
        assert consumer.partitions_for_topic("nobody-made-this") in (None, set())
        assert "nobody-made-this" not in consumer.topics()
    finally:
        consumer.close()


def test_a_taken_port_is_refused_and_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        for service in (Kafka(port=port), Elasticsearch(port=port)):
            with pytest.raises(NotOursError, match="another process listens"):
                service.start()
            service.close()


def test_the_proof_fails_for_another_cluster_and_another_process(kafka: Kafka) -> None:
    kafka.prove_ours()
    ours, port = kafka.cluster_id, kafka.port
    try:
        kafka.cluster_id = kafka_cluster_id()
        with pytest.raises(NotOursError, match="belongs to cluster"):
            kafka.prove_ours()
        kafka.cluster_id = ours
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            kafka.port = stranger.getsockname()[1]
            with pytest.raises(NotOursError, match="listens on port"):
                kafka.prove_ours()
    finally:
        kafka.cluster_id, kafka.port = ours, port


def test_elasticsearch_finds_by_words_and_vectors_and_keeps_its_data(node: Elasticsearch, client: Client) -> None:
    assert client.info()["version"]["number"] == versions.ELASTICSEARCH
    client.indices.create(
        index="claims",
        settings={"number_of_replicas": 0},
        mappings={
            "properties": {
                "text": {"type": "text", "analyzer": "english"},
                "vector": {
                    "type": "dense_vector",
                    "dims": 4,
                    "similarity": "cosine",
                    "index_options": {"type": "int8_hnsw"},
                },
            }
        },
    )
    for number, text in ((1, "The firm removed most of its employees"), (2, "Rain is expected")):
        vector = [1.0, 0.1, 0.0, 0.0] if number == 1 else [0.0, 0.0, 1.0, 0.1]
        client.index(
            index="claims",
            id=str(number),
            version=7,
            version_type="external",
            document={"text": text, "vector": vector},
            refresh=True,
        )

    def first(**query: Any) -> str:
        return str(client.search(index="claims", size=1, **query)["hits"]["hits"][0]["_id"])

    near = {"field": "vector", "query_vector": [0.0, 0.1, 0.9, 0.0], "k": 1, "num_candidates": 10}
    assert first(query={"match": {"text": "employee"}}) == "1", "found by its stem"
    assert first(knn=near) == "2"

    with pytest.raises(AuthenticationException):
        Client(node.url).info()
    set_kibana_password(node)
    with Client(node.url, basic_auth=("kibana_system", "another-one-0123")) as kibana:
        assert kibana.security.authenticate()["username"] == "kibana_system"

    node.restart()
    assert first(query={"match": {"text": "employee"}}) == "1"
    assert first(knn=near) == "2"
    assert client.get(index="claims", id="1")["_version"] == 7


def set_kibana_password(node: Elasticsearch) -> None:
    """By the very command that docker-compose.yml runs for it."""
    service = COMPOSE["kibana-password"]
    command = [*service["entrypoint"], *(text.replace("$$", "$") for text in service["command"])]
    environment = {
        "PATH": os.environ["PATH"],
        "ELASTICSEARCH_URL": node.url,
        "no_proxy": "127.0.0.1",
        "ELASTIC_PASSWORD": PASSWORD,
        "KIBANA_PASSWORD": "another-one-0123",
    }
    subprocess.run(command, env=environment, check=True, timeout=60)
    wrong = environment | {"ELASTIC_PASSWORD": "wrong"}
    assert subprocess.run(command, env=wrong, check=False, timeout=60, stderr=subprocess.DEVNULL).returncode != 0


def test_elasticsearch_is_healthy_as_compose_sees_it(node: Elasticsearch) -> None:
    _, text = COMPOSE["elasticsearch"]["healthcheck"]["test"]
    command = text.replace("$$", "$").replace("http://localhost:9200", node.url)
    for password, healthy in ((PASSWORD, True), ("wrong", False)):
        environment = {"PATH": os.environ["PATH"], "ELASTIC_PASSWORD": password, "no_proxy": "127.0.0.1"}
        done = subprocess.run(["sh", "-c", command], env=environment, check=False, timeout=60)
        assert (done.returncode == 0) is healthy


def test_a_crash_leaves_neither_launcher_nor_server(node: Elasticsearch) -> None:
    assert node.process is not None
    assert len(node.process.pids()) == 2
    node.kill()
    assert node.process.pids() == []
    assert sockets.is_free(node.port)
    with pytest.raises(NotOursError):
        node.prove_ours()


def test_the_kafka_image_understands_the_compose_file(tmp_path: Path) -> None:
    """The image's own wrapper turns the environment into a configuration, and Kafka's format tool accepts it."""
    wanted = {key: value for key, value in COMPOSE["kafka"]["environment"].items() if key.startswith("KAFKA_")}
    environment = wanted | {"CLUSTER_ID": kafka_cluster_id(), "KAFKA_LOG_DIRS": str(tmp_path / "data")}
    for name in ("default", "mounted", "final"):
        (tmp_path / name).mkdir()
    for name in ("log4j2.yaml", "tools-log4j2.yaml"):
        loggers = "{Root: {level: info, AppenderRef: []}, Logger: []}"
        (tmp_path / "default" / name).write_text(f"Configuration: {{Appenders: {{}}, Loggers: {loggers}}}\n")
    subprocess.run(
        [
            str(tools.java_home() / "bin" / "java"),
            "-cp",
            f"{distributions.kafka_jars()}/*",
            "kafka.docker.KafkaDockerWrapper",
            "setup",
            "--default-configs-dir",
            "default",
            "--mounted-configs-dir",
            "mounted",
            "--final-configs-dir",
            "final",
        ],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **environment},
        check=True,
        timeout=60,
    )
    written = dict(
        line.split("=", 1) for line in (tmp_path / "final/server.properties").read_text().splitlines() if "=" in line
    )
    for key, value in environment.items():
        if key.startswith("KAFKA_") and key != "KAFKA_HEAP_OPTS":
            assert written[key.removeprefix("KAFKA_").lower().replace("_", ".")] == value
    assert environment["CLUSTER_ID"] in (tmp_path / "data" / "meta.properties").read_text()


def test_the_command_starts_both_and_stops_both(tmp_path: Path) -> None:
    ports = [sockets.free_port(), sockets.free_port()]
    # not pytest's own folder: the user that Elasticsearch gets when we are root may not pass through it

    with tempfile.TemporaryDirectory(prefix="crossclaim-up-") as folder:
        Path(folder).chmod(0o755)
        running = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "deploy.services",
                "up",
                "--dir",
                folder,
                "--kafka-port",
                str(ports[0]),
                "--es-port",
                str(ports[1]),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdout is not None
        printed = running.stdout.readline()
        assert f"CROSSCLAIM_KAFKA__BOOTSTRAP=127.0.0.1:{ports[0]}" in printed
        assert f"CROSSCLAIM_ELASTICSEARCH__URL=http://127.0.0.1:{ports[1]}" in printed
        with urllib.request.urlopen(f"http://127.0.0.1:{ports[1]}/", timeout=10) as answer:
            assert answer.status == 200, "without a password, on loopback"
        running.terminate()
        assert running.wait(60) == 0
        assert all(map(sockets.is_free, ports))
