"""A service ends with us, however we end, and nothing else than it is ever believed to be it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.services import NotOursError, ServiceError, sockets
from deploy.services.process import Process

LISTEN = """
import socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen(); time.sleep(600)
"""
# A service like Elasticsearch's launcher: the work is done by a child, and this child is deaf to SIGTERM as well
WITH_DEAF_CHILD = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # which the child inherits
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
signal.signal(signal.SIGTERM, signal.SIG_DFL)
open("ready", "w").close()
time.sleep(600)
"""


@contextmanager
def process(folder: Path, code: str, *arguments: str, grace_s: float = 0.5) -> Iterator[Process]:
    command = [sys.executable, "-c", code, *arguments]
    running = Process("a test", command, log=folder / "log", cwd=folder, environment={}, grace_s=grace_s)
    try:
        yield running
    finally:
        running.kill()


def wait_for(condition: Callable[[], object], deadline_s: float = 10) -> None:
    give_up = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < give_up, "did not come about"
        time.sleep(0.02)


def test_its_own_port_is_proven(tmp_path: Path) -> None:
    port = sockets.free_port()
    with process(tmp_path, LISTEN, str(port)) as running:
        running.wait_until(lambda: not sockets.is_free(port), deadline_s=10)
        running.prove_it_listens_on(port)


def test_a_stranger_on_the_port_is_refused(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as stranger,
        process(tmp_path, "import time; time.sleep(60)") as running,
    ):
        port = stranger.getsockname()[1]
        with pytest.raises(NotOursError, match=rf"process \[{os.getpid()}\] listens on port {port}"):
            running.prove_it_listens_on(port)


def test_a_stranger_beside_it_is_refused_too(tmp_path: Path) -> None:
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        with process(tmp_path, LISTEN, str(port)) as running:
            wait_for(lambda: len(sockets.listeners(port)) == 2)
            with pytest.raises(NotOursError):
                running.prove_it_listens_on(port)


def test_a_port_that_nobody_serves_proves_nothing(tmp_path: Path) -> None:
    with process(tmp_path, "import time; time.sleep(60)") as running, pytest.raises(NotOursError, match="no process"):
        running.prove_it_listens_on(sockets.free_port())


def test_the_port_is_seen_on_ipv6_as_well() -> None:
    if not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        assert sockets.listeners(server.getsockname()[1]) == {os.getpid()}


def test_stop_asks_then_kills_and_leaves_no_child(tmp_path: Path) -> None:
    with process(tmp_path, WITH_DEAF_CHILD) as running:
        wait_for((tmp_path / "ready").exists)
        assert len(running.pids()) == 2
        begun = time.monotonic()
        running.stop()
        assert 0.5 <= time.monotonic() - begun < 5
        assert running.pids() == []
        assert not running.alive()


def test_kill_does_not_wait(tmp_path: Path) -> None:
    with process(tmp_path, WITH_DEAF_CHILD, grace_s=30) as running:
        wait_for((tmp_path / "ready").exists)
        assert len(running.pids()) == 2
        running.kill()
        assert running.pids() == []
        running.stop()  # of something that has ended: nothing happens


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_we_die(tmp_path: Path, how: signal.Signals) -> None:
    parent = (
        "import sys, time, pathlib; from deploy.services.process import Process\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "p = Process('x', [sys.executable, '-c', sys.argv[2]], log=folder / 'log',\n"
        "            cwd=folder, environment={}, grace_s=0.5)\n"
        "print(p.session, flush=True); time.sleep(600)\n"
    )
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", parent, str(tmp_path), WITH_DEAF_CHILD], cwd=root, stdout=subprocess.PIPE, text=True
    ) as ours:
        assert ours.stdout is not None
        session = int(ours.stdout.readline())
        wait_for((tmp_path / "ready").exists)
        ours.send_signal(how)
        wait_for(lambda: sockets.pids_of_session(session) == [])


def test_it_ends_when_its_guard_is_killed(tmp_path: Path) -> None:
    with process(tmp_path, "import time; time.sleep(600)") as running:
        wait_for(lambda: running.pids())
        stat = Path(f"/proc/{running.session}/stat").read_text()
        os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)
        wait_for(lambda: running.pids() == [])


def test_a_service_that_ends_early_is_reported_with_its_log(tmp_path: Path) -> None:
    with (
        process(tmp_path, "import sys; sys.exit('bad setting')") as running,
        pytest.raises(ServiceError, match=r"ended with code 1\n(.|\n)*bad setting"),
    ):
        running.wait_until(lambda: False, deadline_s=10)


def test_a_service_that_never_gets_ready_is_given_up(tmp_path: Path) -> None:
    with (
        process(tmp_path, "import time; print('hm', flush=True); time.sleep(60)") as running,
        pytest.raises(ServiceError, match="not ready after"),
    ):
        running.wait_until(lambda: False, deadline_s=0.3)


def test_a_program_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match=r"starting x: .*No such file"):
        Process("x", ["/nowhere/java"], log=tmp_path / "log", cwd=tmp_path, environment={})
