"""Elasticsearch as one node on loopback.

The distribution has no start script, so its server launcher is run as that script would. The launcher starts the
server itself as a child process. Neither runs as root: when we are root, both get a numeric user of their own, and the
distribution is made reachable for it (root's home, where the cache lies, is closed to others) by hard links.
"""

import base64
import json
import os
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deploy.services import distributions, folders, sockets, tools
from deploy.services.errors import NotOursError, ServiceError
from deploy.services.process import Process

USER_WHEN_ROOT = 59_321
"""A numeric user and group: it needs no entry in /etc/passwd, and lies above what systems hand out to people."""

_START_DEADLINE_S = 300.0  # up in 20 s on two idle cores; many times that when they are busy
_ATTEMPTS = 3

_TLS = """\
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.certificate: {config}/http.crt
xpack.security.http.ssl.key: {config}/http.key
"""

_SETTINGS = """\
cluster.name: {cluster}
node.name: node-1
path.data: {folder}/data
path.logs: {folder}/logs
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport_port}
discovery.type: single-node
# a laptop's disk is often nearly full, and an index that turned read-only for that looks like a defect of ours
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: {security}
xpack.security.autoconfiguration.enabled: false
"""


@dataclass(frozen=True)
class Tls:
    """PEM files with which the node takes https: its certificate, the key, and the authority that made it."""

    certificate: Path
    key: Path
    authority: Path


class Elasticsearch:
    """`with Elasticsearch() as node: node.url`. Data outlives stop and kill; `close` deletes a temporary folder."""

    user = "elastic"

    def __init__(
        self,
        directory: Path | None = None,
        *,
        port: int | None = None,
        heap: str = "1g",
        password: str | None = None,
        tls: Tls | None = None,
    ) -> None:
        """With a `password` security is on and the user is "elastic"; without one it is off (loopback only).

        With `tls`, which needs a password, the node takes https only.
        """
        self._temporary = directory is None
        self.directory = folders.own_folder("elasticsearch", directory)
        self.heap = heap
        self.password = password
        self.tls = tls
        self._fixed_port = port
        self.port = 0
        self._transport_port = 0
        self.cluster_name = folders.identity(self.directory, folders.random_name)
        self.log = self.directory / "elasticsearch.log"
        self.process: Process | None = None

    @property
    def url(self) -> str:
        """What clients connect to: "http://127.0.0.1:PORT", or https, without user and password."""
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Starts the node and waits until it can index; after a stop or kill on the same port and data."""
        if self.process is not None and self.process.alive():
            return
        for attempt in range(1, _ATTEMPTS + 1):
            if self.process is None:  # the first start chooses ports, later ones keep them
                self.port = self._fixed_port or sockets.free_port()
                self._transport_port = sockets.free_port()
            if not sockets.is_free(self.port):
                raise NotOursError(
                    f"starting Elasticsearch: another process listens on port {self.port}; choose another port"
                )
            try:
                self._start_once()
                return
            except ServiceError as error:
                self.kill()
                if "Address already in use" not in str(error) or attempt == _ATTEMPTS or self._fixed_port:
                    raise
                self.process = None

    def stop(self) -> None:
        """Ends the node in order (SIGTERM, after 10 s SIGKILL); returns when no process of it is left."""
        if self.process is not None:
            self.process.stop()

    def kill(self) -> None:
        """Ends it as a crash would (SIGKILL to launcher and server)."""
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
        """Raises `NotOursError` unless our process holds the port and the node names our random cluster."""
        assert self.process is not None
        self.process.prove_it_listens_on(self.port)
        found = self._ask("/").get("cluster_name")
        if found != self.cluster_name:
            raise NotOursError(
                f"checking Elasticsearch: {self.url} belongs to cluster {found}, ours is {self.cluster_name}; "
                "choose another port"
            )

    def _start_once(self) -> None:
        user = USER_WHEN_ROOT if os.geteuid() == 0 else None
        home = self._home(user)
        environment = self._environment(home)
        self._write_configuration(home)
        self._keep_password(home, environment)
        if user is not None:
            self._hand_over(user)
        self.process = Process(
            "Elasticsearch",
            [
                environment["JAVA"],
                "-Xms16m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                f"{home}/lib/tools/server-launcher/*:{home}/lib/*",
                "org.elasticsearch.server.launcher.ServerLauncher",
            ],
            log=self.log,
            cwd=home,
            environment=environment,
            user=user,
        )
        self.process.wait_until(self._answers, deadline_s=_START_DEADLINE_S)
        self.prove_ours()

    def _home(self, user: int | None) -> Path:
        home = distributions.elasticsearch_home()
        if user is None:
            return home
        folders.check_reachable(self.directory)
        linked = self.directory / "home"
        if not linked.exists():
            folders.link_tree(home, linked)
        return linked

    def _hand_over(self, user: int) -> None:
        # The distribution stays root's: the files are the cache's own, and the server has no need to write there
        os.chown(self.directory, user, user)
        for name in ("config", "data", "logs", "tmp"):
            folders.give_to(user, self.directory / name)

    def _environment(self, home: Path) -> dict[str, str]:
        java = tools.java_home()
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "ES_HOME": str(home),
            "ES_PATH_CONF": str(self.directory / "config"),
            "ES_DISTRIBUTION_TYPE": "tar",
            "ES_JAVA_HOME": str(java),
            "ES_TMPDIR": str(self.directory / "tmp"),
            "ES_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
            "JAVA": str(java / "bin" / "java"),
            "JAVA_TYPE": "ES_JAVA_HOME",
            "HOSTNAME": "localhost",
        }

    def _write_configuration(self, home: Path) -> None:
        for name in ("data", "logs", "tmp", "config"):
            (self.directory / name).mkdir(exist_ok=True)
        config = self.directory / "config"
        shutil.copytree(home / "config", config, dirs_exist_ok=True, copy_function=shutil.copyfile)
        settings = _SETTINGS.format(
            cluster=self.cluster_name,
            folder=self.directory,
            port=self.port,
            transport_port=self._transport_port,
            security=str(self.password is not None).lower(),
        )
        if self.tls is not None:
            settings += _TLS.format(config=config)
            shutil.copyfile(self.tls.certificate, config / "http.crt")
            shutil.copyfile(self.tls.key, config / "http.key")
        (config / "elasticsearch.yml").write_text(settings)
        options = (home / "config" / "jvm.options").read_text()
        (config / "jvm.options").write_text(_without_files_in_home(options, self.directory / "logs"))

    def _keep_password(self, home: Path, environment: dict[str, str]) -> None:
        """Puts the password of "elastic" where the node looks for it at its first start, never on a command line."""
        if self.password is None or (self.directory / "config" / "elasticsearch.keystore").exists():
            return
        command = [
            environment["JAVA"],
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-Dcli.name=keystore",
            "-Dcli.script=elasticsearch-keystore",
            "-Dcli.libs=lib/tools/keystore-cli",
            f"-Des.path.home={home}",
            f"-Des.path.conf={environment['ES_PATH_CONF']}",
            "-Des.distribution.type=tar",
            "-Des.java.type=ES_JAVA_HOME",
            "-cp",
            f"{home}/lib/*:{home}/lib/cli-launcher/*",
            "org.elasticsearch.launcher.CliToolLauncher",
        ]
        for arguments, given in ((["create"], ""), (["add", "--stdin", "bootstrap.password"], self.password)):
            done = subprocess.run(  # noqa: S603  our own command, no shell
                [*command, *arguments],
                input=given,
                env=environment,
                cwd=home,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            if done.returncode != 0:
                raise ServiceError(f"setting Elasticsearch's password: {done.stdout}{done.stderr}")

    def _answers(self) -> bool:
        try:
            health = self._ask("/_cluster/health?wait_for_status=yellow&timeout=2s")
            if health.get("status") not in ("yellow", "green"):
                return False
            self._store_password()
        except (OSError, ValueError):
            return False
        return True

    def _store_password(self) -> None:
        """Store the password where the node keeps its users.

        Until that index is there the node goes by its keystore, and while it makes the index, some seconds after its
        first start, it lets nobody in.
        """
        if self.password is not None:
            self._ask(f"/_security/user/{self.user}/_password", {"password": self.password})

    def _ask(self, path: str, body: dict[str, str] | None = None) -> dict[str, Any]:
        """Return the answer to a GET, or to a POST where there is a body."""
        request = urllib.request.Request(self.url + path)  # noqa: S310  our own loopback address
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self.password is not None:
            token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        # without the proxies that a user's environment may name: this is our own loopback address
        handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
        if self.tls is not None:
            context = ssl.create_default_context(cafile=str(self.tls.authority))
            handlers.append(urllib.request.HTTPSHandler(context=context))
        opener = urllib.request.build_opener(*handlers)
        with opener.open(request, timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


def _without_files_in_home(options: str, logs: Path) -> str:
    # The shipped options put the crash report and the collector's log into the distribution, which is not ours to write
    kept = (line for line in options.splitlines() if "file=gc.log" not in line and "ErrorFile" not in line)
    return "\n".join([*kept, f"-XX:ErrorFile={logs}/hs_err_pid%p.log", f"-XX:HeapDumpPath={logs}", ""])
