"""Apache Kafka in KRaft mode, broker and controller in one process, on loopback."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from deploy.env import kafka_cluster_id
from deploy.services import distributions, folders, sockets, tools
from deploy.services.errors import NotOursError, ServiceError
from deploy.services.process import Process

_START_DEADLINE_S = 180.0  # up in 3 to 6 s on two idle cores; many times that when they are busy
_ATTEMPTS = 3  # a free port may be taken by another process before Kafka has it

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
# `crossclaim setup` makes the topics; one that nobody made is a defect, and shows as such
auto.create.topics.enable=false
# one broker: nothing can be replicated
default.replication.factor=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# fewer than the defaults of 50: each is a folder and a log to open, and one machine has few consumers
offsets.topic.num.partitions=5
transaction.state.log.num.partitions=5
# a test's first consumer need not wait for a second one
group.initial.rebalance.delay.ms=0
"""

_LOGGING = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %-5p %c{1}: %m%n
rootLogger.level = info
rootLogger.appenderRef.out.ref = out
"""


class Kafka:
    """`with Kafka() as kafka: kafka.bootstrap`. Data outlives stop and kill; `close` deletes a temporary folder."""

    def __init__(self, directory: Path | None = None, *, port: int | None = None, heap: str = "512m") -> None:
        """`directory`: data, configuration and log (default: a temporary one). `heap`: as in `java -Xmx`."""
        self._temporary = directory is None
        self.directory = folders.own_folder("kafka", directory)
        self.heap = heap
        self._fixed_port = port
        self.port = 0
        self._controller_port = 0
        self.cluster_id = folders.identity(self.directory, kafka_cluster_id)
        self.log = self.directory / "kafka.log"
        self.process: Process | None = None

    @property
    def bootstrap(self) -> str:
        """What clients connect to: "127.0.0.1:PORT"."""
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the broker and waits until it answers; after a stop or kill on the same port and data."""
        if self.process is not None and self.process.alive():
            return
        for attempt in range(1, _ATTEMPTS + 1):
            if self.process is None:  # the first start chooses ports, later ones keep them
                self.port = self._fixed_port or sockets.free_port()
                self._controller_port = sockets.free_port()
            if not sockets.is_free(self.port):
                raise NotOursError(f"starting Kafka: another process listens on port {self.port}; choose another port")
            try:
                self._start_once()
                return
            except ServiceError as error:
                self.kill()
                if "Address already in use" not in str(error) or attempt == _ATTEMPTS or self._fixed_port:
                    raise
                self.process = None

    def stop(self) -> None:
        """Ends the broker in order (SIGTERM, after 10 s SIGKILL); returns when no process of it is left."""
        if self.process is not None:
            self.process.stop()

    def kill(self) -> None:
        """Ends it as a crash would (SIGKILL)."""
        if self.process is not None:
            self.process.kill()

    def restart(self) -> None:
        """Stop and start, on the same port and data."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop; the temporary folder goes, a given one stays."""
        self.stop()
        if self._temporary:
            shutil.rmtree(self.directory, ignore_errors=True)

    def prove_ours(self) -> None:
        """Raises `NotOursError` unless our process holds the port and the broker names our random cluster id."""
        assert self.process is not None
        self.process.prove_it_listens_on(self.port)
        found = _cluster_id_at(self.bootstrap)
        if found != self.cluster_id:
            raise NotOursError(
                f"checking Kafka: {self.bootstrap} belongs to cluster {found}, ours is {self.cluster_id}; "
                "choose another port"
            )

    def _start_once(self) -> None:
        properties = self._write_configuration()
        java = [
            str(tools.java_home() / "bin" / "java"),
            "-cp",
            f"{distributions.kafka_jars()}/*",
            f"-Dlog4j2.configurationFile={self.directory / 'log4j2.properties'}",
        ]
        self._format(java, properties)
        memory = [f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"]
        self.process = Process(
            "Kafka",
            [*java, *memory, "kafka.Kafka", str(properties)],
            log=self.log,
            cwd=self.directory,
            environment=_environment(),
        )
        self.process.wait_until(self._answers, deadline_s=_START_DEADLINE_S)
        self.prove_ours()

    def _write_configuration(self) -> Path:
        data = self.directory / "data"
        data.mkdir(exist_ok=True)
        (self.directory / "log4j2.properties").write_text(_LOGGING)
        properties = self.directory / "server.properties"
        properties.write_text(_PROPERTIES.format(port=self.port, controller_port=self._controller_port, data=data))
        return properties

    def _format(self, java: list[str], properties: Path) -> None:
        if (self.directory / "data" / "meta.properties").exists():
            return
        done = subprocess.run(  # noqa: S603  our own command, no shell
            [
                *java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                self.cluster_id,
                "--config",
                str(properties),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=_environment(),
        )
        if done.returncode != 0:
            raise ServiceError(f"formatting Kafka's folder {self.directory}: {done.stdout}{done.stderr}")

    def _answers(self) -> bool:
        # A plain connection first: a client that finds nobody backs off, and logs it
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        try:
            return bool(_cluster_id_at(self.bootstrap))
        except (KafkaError, OSError):
            time.sleep(0.2)
            return False


def _cluster_id_at(bootstrap: str) -> str:
    client = KafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=5000)
    try:
        return str(client.describe_cluster()["cluster_id"])
    finally:
        client.close()


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
