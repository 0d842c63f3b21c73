"""Who listens on a port, read from /proc: the proof that an answer comes from the process that we started."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_LISTEN = "0A"  # the state field of /proc/net/tcp
_SESSION_FIELD = 3  # of /proc/PID/stat, counted behind the command's closing bracket


def free_port() -> int:
    """A port of the loopback interface that is free now; another may still take it, hence the proof at start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Whether nothing listens on the port of any address (left-over connections do not count)."""
    return not _listening_inodes(port)


def listeners(port: int) -> set[int]:
    """The ids of the processes that listen on TCP `port`, IPv4 and IPv6; those of other users only if we are root."""
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    return {pid for pid in _pids() if wanted and wanted.intersection(_open_files(pid))}


def pids_of_session(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    return [pid for pid in _pids() if _session(pid) == session]


def resident_bytes(pid: int) -> int:
    """Resident memory of a process; 0 when it is gone."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("tcp", "tcp6"):
        path = _PROC / "net" / table
        if not path.exists():  # a kernel without IPv6
            continue
        for line in path.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                inodes.add(fields[9])
    return inodes


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())


def _open_files(pid: int) -> Iterator[str]:
    try:
        for descriptor in (_PROC / str(pid) / "fd").iterdir():
            try:
                yield str(descriptor.readlink())
            except OSError:
                continue  # closed meanwhile
    except OSError:
        return  # ended meanwhile, or another user's


def _session(pid: int) -> int | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state == "Z" else int(fields[_SESSION_FIELD - 1])
