"""`crossclaim run --sample` as a newcomer sees it, in processes of its own, ended by Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from pipeline.run.broker import free_port
from tests.descendants import alive, children_of

pytestmark = [pytest.mark.broker, pytest.mark.timeout(400)]

READY_SECONDS = 240.0
STOP_SECONDS = 10.0


@contextmanager
def crossclaim(folder: Path, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command with its output in `folder`/out.txt; it and its parts are gone afterwards."""
    environment = {**os.environ, **{f"CROSSCLAIM_{name}": value for name, value in settings.items()}}
    with (folder / "out.txt").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", *arguments],
            stdout=out, stderr=subprocess.STDOUT, env=environment, start_new_session=True,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def said(folder: Path) -> str:
    return (folder / "out.txt").read_text(errors="replace")


def until_said(process: subprocess.Popen[bytes], folder: Path, words: str) -> None:
    deadline = monotonic() + READY_SECONDS
    while words not in said(folder):
        assert process.poll() is None, said(folder)
        assert monotonic() < deadline, said(folder)
        sleep(0.2)


def test_a_newcomer_sees_the_contradiction_on_terminal_and_board(tmp_path: Path) -> None:
    port = str(free_port())
    with crossclaim(tmp_path, "run", "--sample", "--data", str(tmp_path / "data"), BOARD__PORT=port) as process:
        until_said(process, tmp_path, "Reading on; Ctrl-C ends it.")
        out = " ".join(said(tmp_path).replace("│", " ").split())
        for words in ("86", "Contradictions (", "Rostec", "Zaemsky", "DENIED", f"http://127.0.0.1:{port}/"):
            assert words in out
        page = httpx.get(f"http://127.0.0.1:{port}/contradictions").text
        assert "Rostec" in page
        assert (tmp_path / "data" / "alerts.jsonl").read_text().count('"alert_id"') > 0

        parts = children_of(process.pid)
        assert len(alive(parts)) >= 5  # broker, board, two workers, connectors
        began = monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(STOP_SECONDS + 2) == 0
        assert monotonic() - began < STOP_SECONDS
        assert not alive(parts)


def test_a_stop_in_the_middle_takes_less_than_ten_seconds(tmp_path: Path) -> None:
    data, port = str(tmp_path / "data"), str(free_port())
    with crossclaim(tmp_path, "run", "--sample", "--data", data, BOARD__PORT=port) as process:
        until_said(process, tmp_path, "feeds read 16/16")
        parts = children_of(process.pid)
        began = monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS + 2)
        assert monotonic() - began < STOP_SECONDS
        assert not alive(parts)


def test_kafka_that_is_away_at_start_is_named_and_waited_for(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    settings = {"PROFILE": "services", "KAFKA__BOOTSTRAP": nobody}
    with crossclaim(tmp_path, "run", "--data", str(tmp_path / "data"), **settings) as process:
        until_said(process, tmp_path, "reaching Kafka at")
        assert nobody in said(tmp_path)
        began = monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS + 2)
        assert monotonic() - began < STOP_SECONDS


def test_a_worker_whose_broker_died_still_ends_when_told(tmp_path: Path) -> None:
    """Faust waits for ever for a broker that is gone; the worker's own clock ends it."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        nobody.listen()  # takes connections and never answers
        address = f"127.0.0.1:{nobody.getsockname()[1]}"
        data = str(tmp_path / "data")
        with crossclaim(tmp_path, "worker", "--role", "deliver", KAFKA__BOOTSTRAP=address, DATA=data) as process:
            until_said(process, tmp_path, "Starting...")
            began = monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_SECONDS + 2)
            assert monotonic() - began < STOP_SECONDS


@pytest.mark.parametrize(
    ("arguments", "settings", "words"),
    [
        (("run", "--feeds", "nowhere.opml"), {}, "nowhere.opml"),
        (("worker", "--role", "cook"), {}, "'cook' is no role"),
        (("board",), {"BOARD__PORT": "many"}, "board.port"),
        (("replay", "nowhere.jsonl"), {}, "there is no such file"),
        (("worker", "--role", "deliver"), {"ALERTS__RULES": "nowhere.toml"}, "nowhere.toml does not exist"),
        (("doctor",), {"MODELS": "nowhere"}, "WRONG models"),
    ],
)
def test_wrong_use_ends_at_once_and_says_what_is_wrong(
    arguments: tuple[str, ...], settings: dict[str, str], words: str, tmp_path: Path
) -> None:
    settings = {"DATA": str(tmp_path / "data"), **settings}
    with crossclaim(tmp_path, *arguments, **settings) as process:
        assert process.wait(60) == 2
        assert words in " ".join(said(tmp_path).split())
