"""A small process between us and a service: it ends the service, with all its children, when we end.

Why not only PR_SET_PDEATHSIG on the service itself: that signal is sent when the *thread* that started it ends, it is
forgotten when the process changes its user, and grandchildren never get it (Elasticsearch's launcher starts the real
server as a child). The guard has one thread, watches its parent by a pipe that closes when the parent dies however it
dies, adopts orphaned grandchildren (PR_SET_CHILD_SUBREAPER), and asks the kernel to kill the service should the guard
itself be killed.

    python guard.py USER_ID GRACE LOG_FILE COMMAND...

USER_ID is a number, or - to stay who we are; GRACE is how many seconds the service may take to end before it is killed.

Standard input: `t` ends the service (SIGTERM), `k` kills it (SIGKILL), end of file: our parent is gone, end it.
Standard output: one line, `started PID` or `failed REASON`. Exit code: the service's.
Stands alone (standard library only), so that it starts at once.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> int:
    """Run the service until it ends, or until we are told, or left alone."""
    user, grace, log, *command = arguments
    wake_read, wake_write = os.pipe()
    for end in (wake_read, wake_write):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # only to be woken
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        service = _start(command, None if user == "-" else int(user), log, libc)
    except OSError as error:
        print(f"failed {error}", flush=True)
        return 1
    print(f"started {service.pid}", flush=True)
    return _watch(service.pid, wake_read, float(grace))


def _start(command: list[str], user: int | None, log: str, libc: ctypes.CDLL) -> "subprocess.Popen[bytes]":
    def die_with_the_guard() -> None:  # runs after the change of user, which would have cleared it
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    with open(log, "ab") as output:  # noqa: PTH123  keeps the import of pathlib, and its start time, away
        return subprocess.Popen(  # noqa: S603  the command of our own parent
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=die_with_the_guard,  # one thread: nothing can deadlock
        )


def _watch(service: int, wake: int, grace_s: float) -> int:
    code: int | None = None
    kill_at: float | None = None
    inputs = [0, wake]
    while True:
        wait = None if kill_at is None else max(0.0, kill_at - time.monotonic())
        ready = select.select(inputs, [], [], wait)[0]
        if wake in ready:
            os.read(wake, 4096)
        if 0 in ready:
            order = os.read(0, 1)
            if order == b"":
                inputs.remove(0)
            _signal(service, signal.SIGKILL if order == b"k" else signal.SIGTERM)
            kill_at = kill_at or time.monotonic() + grace_s
        ended = _reap()
        code = ended.get(service, code)
        if _no_children():
            return code if code is not None and code >= 0 else 128 - (code or 0)
        if code is not None and kill_at is None:  # the service itself is gone: its children have their grace too
            kill_at = time.monotonic() + grace_s
        if kill_at is not None and time.monotonic() >= kill_at:
            _signal(service, signal.SIGKILL)
            kill_at = time.monotonic() + 1.0


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
        os.killpg(group, number)


def _reap() -> dict[int, int]:
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended[pid] = os.waitstatus_to_exitcode(status)


def _no_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
