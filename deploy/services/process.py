"""One service process and its children: started under the guard, asked to end, killed, looked at."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deploy.services import guard, sockets
from deploy.services.errors import NotOursError, ServiceError

GRACE_S = 10.0
_LOG_TAIL_BYTES = 4000
_POLL_S = 0.1


class Process:
    """A running service. Its pid never leaves the guard, so no signal can reach a process that reused the number."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        cwd: Path,
        environment: Mapping[str, str],
        user: int | None = None,
        grace_s: float = GRACE_S,
    ) -> None:
        """Starts `command` in `cwd`; `user` is the numeric user and group to become (only root can).

        `grace_s`: how long it may take to end once asked, before it is killed.
        """
        self._grace_s = grace_s
        self.name = name
        self.log = log
        who = "-" if user is None else str(user)
        arguments = [sys.executable, "-E", "-S", guard.__file__, who, str(grace_s), str(log), *command]
        self._guard = subprocess.Popen(  # noqa: S603  our own guard and the caller's command, no shell
            arguments,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=cwd,
            env=dict(environment),
            start_new_session=True,  # Ctrl-C in the terminal is for us: we end the services in order
        )
        assert self._guard.stdout is not None
        word, _, rest = self._guard.stdout.readline().decode().strip().partition(" ")
        if word != "started":
            raise ServiceError(f"starting {name}: {rest or 'the guard process ended at once'}")
        self.session = int(rest)

    def pids(self) -> list[int]:
        """The service's own processes: all in the session that was made for it."""
        return sockets.pids_of_session(self.session)

    def alive(self) -> bool:
        """Whether the service, or anything it started, still runs."""
        return self._guard.poll() is None

    def memory_mb(self) -> float:
        """Resident memory of all its processes."""
        return sum(map(sockets.resident_bytes, self.pids())) / 1e6

    def stop(self) -> None:
        """SIGTERM; SIGKILL by the guard when it has not ended in time. Returns when no process is left."""
        self._order(b"t", self._grace_s + 10)

    def kill(self) -> None:
        """SIGKILL to all its processes at once: the crash of a machine, as far as the service can tell."""
        self._order(b"k", 10)

    def _order(self, letter: bytes, deadline_s: float) -> None:
        assert self._guard.stdin is not None
        assert self._guard.stdout is not None
        if self._guard.stdin.closed:  # ended by an earlier order
            return
        with contextlib.suppress(BrokenPipeError):  # it ended by itself
            self._guard.stdin.write(letter)
            self._guard.stdin.flush()
        try:
            self._guard.wait(deadline_s)
        except subprocess.TimeoutExpired:
            raise ServiceError(
                f"stopping {self.name}: processes {self.pids()} still run after {deadline_s:.0f} s; "
                f"end them by hand, then look at {self.log}"
            ) from None
        for pipe in (self._guard.stdin, self._guard.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def wait_until(self, ready: Callable[[], bool], *, deadline_s: float) -> None:
        """Returns when `ready()`; raises when the service ended or the deadline passed, with the end of its log."""
        give_up = time.monotonic() + deadline_s
        while not ready():
            if not self.alive():
                raise ServiceError(
                    f"starting {self.name}: it ended with code {self._guard.returncode}\n{self.log_tail()}"
                )
            if time.monotonic() > give_up:
                raise ServiceError(f"starting {self.name}: not ready after {deadline_s:.0f} s\n{self.log_tail()}")
            time.sleep(_POLL_S)

    def prove_it_listens_on(self, port: int) -> None:
        """Raises `NotOursError` unless the only processes that listen on `port` are this service's."""
        listeners = sockets.listeners(port)
        strangers = listeners - set(self.pids())
        if strangers or not listeners:
            who = f"process {sorted(strangers)}" if strangers else "no process that we can see"
            raise NotOursError(
                f"checking {self.name}: {who} listens on port {port}, not the one we started; choose another port"
            )

    def log_tail(self) -> str:
        """The end of its log, for error texts."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _LOG_TAIL_BYTES))
                return f"--- the end of {self.log}:\n{file.read().decode(errors='replace')}"
        except OSError as error:
            return f"(its log cannot be read: {error})"
