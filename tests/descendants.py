"""The processes that a process started, and whether they still live."""

from __future__ import annotations

from pathlib import Path


def children_of(pid: int) -> set[int]:
    """Return all descendants of a process."""
    found: set[int] = set()
    todo = [pid]
    while todo:
        for task in Path(f"/proc/{todo.pop()}/task").glob("*/children"):
            new = {int(child) for child in task.read_text().split()} - found
            found |= new
            todo += new
    return found


def alive(pids: set[int]) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()}
