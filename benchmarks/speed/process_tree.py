"""Memory and CPU of this process and all that it started, read from /proc (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


def memory(skip: frozenset[int] = frozenset()) -> tuple[float, float]:
    """Return megabytes: resident ones of this process, and those of it and its descendants but `skip` and theirs.

    In the second figure a page that several processes share counts once, a part for each of them (PSS).
    """
    return _resident(os.getpid()), sum(_proportional(process) for process in tree(os.getpid(), skip))


def children() -> frozenset[int]:
    """Return the processes that this one started, and theirs."""
    return frozenset(tree(os.getpid())[1:])


def cpu_seconds(process: int | None = None) -> float:
    """Return the CPU seconds of a process, this one without an argument."""
    fields = _stat(process or os.getpid())
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def tree(root: int, skip: frozenset[int] = frozenset()) -> list[int]:
    """Return a process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        if process not in skip:
            found.append(process)
            waiting += children.get(process, [])
    return found


def _stat(process: int) -> list[str]:
    """Return the fields of /proc/N/stat after the name; none when the process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0


def _proportional(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024 / 1e6
