"""What tests of the commands that ask share: an index with sample stories, a hostile one, and runs in subprocesses."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.index.sqlite import SqliteIndex
from pipeline.index.stage import index_messages
from schemas.contradiction import Contradiction
from schemas.message import Message
from tests.board import stories
from tests.board.builders import article, cluster, cluster_id, contradiction, evidence, side

COMMAND = (sys.executable, "-m", "pipeline.cli")

FORGED = replace(
    stories.JOURNAL,
    url="https://forged.example/\x1b]8;;https://evil.example\x07",
    outlet="[red]Forger[/red]",
    at=datetime(2019, 6, 5, 9, 0, tzinfo=UTC),
    sentence="They said zebras \x1b[31mare [bold]red[/bold] &lt;mark&gt;\r\n on Monday \u202eneercs.",
    quote="zebras \x1b[31mare [bold]red[/bold] &lt;mark&gt;\r\n on Monday \u202eneercs",
    standalone="zebras \x1b[31mare [bold]red[/bold]",
    source="\x1b[2JDr [link=https://evil.example]No",
)
HONEST = replace(
    FORGED, url="https://honest.example/1", outlet="Honest", sentence="No zebras are.", quote="No zebras are",
    standalone="No zebras are", source="[/nothing]",
)  # fmt: skip


def hostile() -> list[Message]:
    """Return a story whose texts try to steer the terminal."""
    group = cluster_id(FORGED, HONEST)
    piece = evidence("denial", 0.9, ("why \x1b[5m[blink]",), side(FORGED, group), side(HONEST, group))
    told = contradiction(piece)
    whole = cluster(FORGED, HONEST, headline=FORGED.standalone, contradictions=(told.contradiction_id,))
    return [*article(FORGED), *article(HONEST), whole, told]


def keep(data: Path, *messages: Message) -> None:
    """Keep messages in the index of a folder."""
    index = SqliteIndex(data / "index.sqlite")
    assert not index_messages(index, list(messages)).refused
    index.close()


def venezuela() -> Contradiction:
    """Return the contradiction of the Venezuela story."""
    return next(message for message in stories.venezuela() if isinstance(message, Contradiction))


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a command over a folder of data."""
    return {**os.environ, "CROSSCLAIM_DATA": str(data), "TERM": "xterm-256color", **more}


def run(data: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command with its output piped; return its exit code and what it printed."""
    done = subprocess.run(
        [*COMMAND, *arguments], env=environment(data), capture_output=True, timeout=60, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def json_lines(data: Path, *arguments: str) -> list[dict[str, Any]]:
    """Run a command that prints JSON lines, and return them."""
    code, out, err = run(data, *arguments, "--json")
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def on_terminal(data: Path, *arguments: str, columns: int = 120) -> str:
    """Run a command on a terminal of its own, and return what it wrote there."""
    with _terminal() as (ours, theirs):
        started = subprocess.Popen(
            [*COMMAND, *arguments], env=environment(data, COLUMNS=str(columns)), stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        got = b""
        while part := _read(ours):
            got += part
        assert started.wait(timeout=60) == 0, got
    return got.decode()


@contextmanager
def _terminal() -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""
