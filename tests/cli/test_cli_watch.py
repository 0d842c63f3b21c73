"""`crossclaim watch` over a real index, as a process: what comes is told once, and signals end it with 0."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.watching import Watcher
from pipeline.errors import Retryable
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Query, Results
from schemas.contradiction import Contradiction
from tests.cli.asking import COMMAND, environment, hostile, json_lines, keep, run
from tests.pipeline.alerts.alert_builders import NOON, contradiction, evidence

LONG = 60.0


class Watching:
    """A running `crossclaim watch` whose lines are read as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out: queue.Queue[str] = queue.Queue()
        self.err: queue.Queue[str] = queue.Queue()
        for stream, lines in ((process.stdout, self.out), (process.stderr, self.err)):
            threading.Thread(target=self._read, args=(stream, lines), daemon=True).start()

    @staticmethod
    def _read(stream: Any, lines: queue.Queue[str]) -> None:
        for line in stream:
            lines.put(line)

    def told(self) -> tuple[str, str]:
        """Return the next contradiction that is told: what has become of it, and its id."""
        body = json.loads(self.out.get(timeout=LONG))
        return body["change"], body["contradiction_id"]

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; return the exit code and the seconds that the end took."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(timeout=LONG), time.monotonic() - began


@contextmanager
def watching(data: Path, *arguments: str) -> Iterator[Watching]:
    process = subprocess.Popen(
        [*COMMAND, "watch", "--every", "0.1", *arguments],
        env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    running = Watching(process)
    try:
        assert "watching" in running.err.get(timeout=LONG)
        yield running
    finally:
        process.kill()
        process.wait()


def one(id: str, version: int = 1, **changes: Any) -> Contradiction:
    return contradiction(id, evidence(f"source of {id}"), version=version, **changes)


def test_what_comes_is_told_once_and_what_was_there_is_not(tmp_path: Path) -> None:
    keep(tmp_path, one("old"))
    with watching(tmp_path, "--json") as running:
        keep(tmp_path, one("first"))
        assert running.told() == ("new", "first")
        keep(tmp_path, one("first", 2), one("old", 2, score=0.95))  # more evidence is nothing new
        keep(tmp_path, one("backfilled", first_seen=NOON - timedelta(days=900)))
        assert running.told() == ("new", "backfilled")
        keep(tmp_path, one("old", 3, status="resolved"))
        assert running.told() == ("resolved", "old")
        keep(tmp_path, one("old", 4))
        assert running.told() == ("open again", "old")
        assert running.out.empty()


def test_what_takes_the_place_of_what_was_told_is_not_new(tmp_path: Path) -> None:
    with watching(tmp_path, "--json") as running:
        keep(tmp_path, one("former"))
        assert running.told() == ("new", "former")
        keep(tmp_path, one("joined", supersedes=("former",)), one("former", 2, status="superseded"))
        keep(tmp_path, one("joined", 2, supersedes=("former",), status="resolved"))
        assert running.told() == ("resolved", "joined")
        assert running.out.empty()


def test_only_what_is_wanted_is_told(tmp_path: Path) -> None:
    with watching(
        tmp_path, "--json", "--kind", "denial", "--minimum-score", "0.8", "--words", "rostec Alpha"
    ) as running:
        keep(tmp_path, one("weak of Alpha", score=0.5), one("beta"))
        keep(tmp_path, contradiction("figures", evidence("Alpha", kind="quantity")))
        keep(tmp_path, one("weak of Alpha", 2, score=0.9))
        assert running.told() == ("new", "weak of Alpha")
        assert running.out.empty()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_it_with_0_at_once(tmp_path: Path, number: int) -> None:
    with watching(tmp_path, "--every", "3600") as running:
        code, seconds = running.end(number)
        assert code == 0
        assert seconds < 3
        assert running.err.empty()


def test_a_signal_ends_it_also_while_the_index_does_not_answer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        process = subprocess.Popen(
            [*COMMAND, "watch"],
            env=environment(
                tmp_path,
                CROSSCLAIM_PROFILE="services",
                CROSSCLAIM_ELASTICSEARCH__URL=f"http://127.0.0.1:{deaf.getsockname()[1]}",
            ),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        deaf.settimeout(LONG)
        asking, _ = deaf.accept()
        asking.recv(1_000)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=LONG)
        asking.close()
    assert (process.returncode, err) == (0, "")
    assert time.monotonic() - began < 3


def test_a_reader_who_has_enough_ends_it(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    process = subprocess.Popen(
        [*COMMAND, "watch", "--every", "0.1", "--json"],
        env=environment(tmp_path), stdout=theirs, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(theirs)
    assert process.stderr
    assert "watching" in process.stderr.readline()
    os.close(ours)
    keep(tmp_path, one("first"))
    assert process.wait(timeout=LONG) == 0
    assert process.stderr.read() == ""


def test_once_prints_what_is_open_the_earliest_first(tmp_path: Path) -> None:
    early = NOON - timedelta(days=3)
    keep(tmp_path, one("late"), one("early", first_seen=early), one("over", status="resolved"))
    assert [it["contradiction_id"] for it in json_lines(tmp_path, "watch", "--once")] == ["early", "late"]
    code, out, err = run(tmp_path, "watch", "--once", "--bell")
    assert code == 0
    assert re.findall(r"^(\w+)  DENIED: ", out, re.MULTILINE) == ["early", "late"]
    assert err == "\a\a"


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    keep(tmp_path, *hostile())
    _, out, _ = run(tmp_path, "watch", "--once")
    assert "zebras [31mare [bold]red[/bold] &lt;mark&gt; on Monday neercs" in out
    assert "why [5m[blink]" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", out)


@pytest.mark.parametrize("options", [("--kind", "ghost"), ("--words", "?!"), ("--every", "0")])
def test_wrong_options_are_told(tmp_path: Path, options: tuple[str, ...]) -> None:
    assert run(tmp_path, "watch", *options)[0] == 2


class Away(SqliteIndex):
    """An index that is away for some of its searches."""

    asked = 0
    away: tuple[int, ...] = ()

    def search(self, query: Query) -> Results:
        self.asked += 1
        if self.asked in self.away:
            raise Retryable("asking the index: nobody answers")
        return super().search(query)


def test_what_comes_while_the_index_is_away_is_told_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.cli.watch import _looks

    monkeypatch.setattr("pipeline.cli.watching.PAGE", 2)
    index = Away(tmp_path / "index.sqlite")
    index.away = (2, 3, 8)
    stop = threading.Event()
    keep(tmp_path, *(one(f"old {number}") for number in range(3)))
    watcher = Watcher(index)
    looks = _looks(watcher, 0.01, stop)
    assert next(looks) == []  # asked 1 to 5: away in the second page, then at all
    assert watcher.known == 3
    keep(tmp_path, one("new"))
    told = [it.contradiction.contradiction_id for _ in range(4) for it in next(looks)]
    assert told == ["new"]
    stop.set()
    assert list(looks) == []
    err = capsys.readouterr().err
    assert err.count("nobody answers") == 2
    assert err.count("answers again") == 2
    index.close()
