"""What an operator is told of Elasticsearch, and the lifecycle that is put where the cluster manages lifecycles."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from pipeline.cli.setting_up import Lines
from pipeline.config import Elasticsearch as Settings
from pipeline.config import Settings as AllSettings
from pipeline.errors import SetupError
from pipeline.index.elastic.client import connect
from pipeline.index.elastic.setup import health, turns
from pipeline.index.elastic.setup.standing import Made, Standing, analysis_of
from pipeline.index.templates import body
from pipeline.setup import Wishes, set_up

GB = 1_000_000_000


def made(number: int, created_ms: int = 0, **changes: Any) -> Made:
    values: dict[str, Any] = {
        "name": f"c-claims-{number:06d}",
        "uuid": str(number),
        "version": wanted()["template"]["mappings"]["_meta"]["version"],
        "analysis": analysis_of(wanted()["template"]["settings"]),
        "created_ms": created_ms,
        "aliases": frozenset({"c-claims"}),
        "written": False,
        "blocked": frozenset(),
        "hidden": False,
        "copied": None,
    }
    return Made(**values | changes)


def wanted() -> dict[str, Any]:
    return body("c-", "claims")


@pytest.mark.parametrize(
    ("total", "free", "low", "headroom", "wanted_gb"),
    [
        (100 * GB, 16 * GB, "85%", "200gb", None),
        (100 * GB, 14 * GB, "85%", "200gb", "15.0 GB"),
        (100 * GB, 14 * GB, "0.85", "-1", "15.0 GB"),
        (10_000 * GB, 300 * GB, "85%", "200gb", None),
        (10_000 * GB, 100 * GB, "85%", "200gb", "214.7 GB"),
        (10_000 * GB, 300 * GB, "85%", "-1", "1500.0 GB"),
        (100 * GB, 14 * GB, "10gb", "-1", None),
        (100 * GB, 9 * GB, "10gb", "-1", "10.7 GB"),
        (100 * GB, 0, "whatever", "-1", None),
    ],
)
def test_a_disk_that_is_nearly_full_is_told(
    total: int, free: int, low: str, headroom: str, wanted_gb: str | None
) -> None:
    told = health.of_disk("node-1", total, free, low, headroom)
    if wanted_gb is None:
        assert told is None
    else:
        assert told is not None
        assert f"wants {wanted_gb}" in told
        assert "make room" in told


@pytest.mark.parametrize(
    ("changes", "upgrading", "words"),
    [
        ({}, False, ""),
        ({}, True, ""),
        ({"version": 1}, False, "run `crossclaim setup`"),
        ({"version": 99}, False, "upgrade crossclaim"),
        ({"analysis": "{}"}, False, "run `crossclaim setup --upgrade`"),
        ({"blocked": frozenset({"write"})}, True, "`crossclaim setup --upgrade` finishes it"),
        ({"blocked": frozenset({"write"})}, False, "by somebody's wish"),
        ({"blocked": frozenset({"read_only_allow_delete"})}, True, "the disk was full"),
    ],
)
def test_what_is_wrong_with_an_index_is_told_with_what_mends_it(
    changes: dict[str, Any], upgrading: bool, words: str
) -> None:
    told = "".join(health.of_index(made(1, **changes), wanted(), upgrading=upgrading))
    assert words in told
    assert bool(words) == bool(told)


def test_an_index_goes_when_the_next_ones_turn_began_long_enough_ago() -> None:
    day = turns.DAY_MS
    found = Standing("c-claims", tuple(made(n, n * day) for n in range(1, 5)))
    gone = [[each.number for each in turns.expired(found, 2, now * day + 1)] for now in range(2, 8)]
    assert gone == [[], [], [1], [1, 2], [1, 2, 3], [1, 2, 3]]


def test_which_index_is_which() -> None:
    old, current, next_one = made(1, aliases=frozenset()), made(2, written=True), made(3, aliases=frozenset({"token"}))
    found = Standing("c-claims", (old, current, next_one))
    assert (found.old, found.current, found.successor) == ((old,), current, next_one)
    assert Standing("c-claims", (old, current)).successor is None
    with pytest.raises(SetupError, match="names no index for writing"):
        _ = Standing("c-claims", (old,)).current
    with pytest.raises(SetupError, match="c-claims-000002, c-claims-000004 for writing"):
        _ = Standing("c-claims", (current, made(4, written=True))).current


def test_settings_read_back_from_the_server_are_the_same_analysis() -> None:
    ours = {"index": {"analysis": {"filter": {"x": {"type": "stop", "ignore_case": True, "max": 3}}}}}
    theirs = {"index": {"analysis": {"filter": {"x": {"max": "3", "ignore_case": "true", "type": "stop"}}}}}
    assert analysis_of(ours) == analysis_of(theirs)
    assert analysis_of(ours) != analysis_of({"index": {}})


@contextmanager
def server(answers: dict[str, tuple[int, dict[str, Any]]]) -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    """A server on loopback that answers by path and notes what it was asked."""
    asked: list[tuple[str, str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_PUT(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, sent: Any) -> None:
            asked.append((self.command, self.path, sent))
            status, answer = answers.get(self.path, (200, {"acknowledged": True}))
            raw = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", asked
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


def test_where_lifecycles_are_managed_one_is_put_and_named_in_the_template() -> None:
    status = {"/_ilm/status": (200, {"operation_mode": "RUNNING"})}
    with server(status) as (url, asked), connect(Settings(url=url)) as client:
        assert turns.has_ilm(client)
        template = turns.managed(client, "c-metrics", wanted(), 45)
        turns.adopt(client, "c-metrics")
    assert template["template"]["settings"]["index"]["lifecycle"] == {
        "name": "c-metrics", "rollover_alias": "c-metrics"
    }  # fmt: skip
    assert template["template"]["settings"]["index"]["number_of_shards"] == 1, "what else it says stays"
    assert "lifecycle" not in wanted()["template"]["settings"]["index"]
    method, path, sent = asked[-2]
    assert (method, path) == ("PUT", "/_ilm/policy/c-metrics")
    assert sent["policy"]["phases"]["delete"] == {"min_age": "45d", "actions": {"delete": {}}}
    assert sent["policy"]["phases"]["hot"]["actions"] == {"rollover": turns.TURN}
    method, path, sent = asked[-1]
    assert (method, path) == ("PUT", "/c-metrics/_settings")
    assert sent == {"index.lifecycle.name": "c-metrics", "index.lifecycle.rollover_alias": "c-metrics"}


def test_where_there_is_no_lifecycle_management_nothing_is_put() -> None:
    missing = {"error": "no handler found for uri [/_ilm/status] and method [GET]"}
    with server({"/_ilm/status": (400, missing)}) as (url, _), connect(Settings(url=url)) as client:
        assert not turns.has_ilm(client)


def test_progress_without_a_terminal_is_a_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    for done in range(0, 3_000, 1_000):
        lines("copying c-claims-000001", done, 3_000)
    lines("copying c-feeds-000001", 0, 10)
    assert capsys.readouterr().err.splitlines() == [
        "copying c-claims-000001: 0 of 3,000 documents",
        "copying c-feeds-000001: 0 of 10 documents",
    ]


def test_the_embedded_profile_and_unknown_collections_are_refused() -> None:
    with pytest.raises(SetupError, match="CROSSCLAIM_PROFILE=services"):
        set_up(AllSettings(), Wishes(upgrade=True))
    with pytest.raises(SetupError, match="claimz is none of articles, claims"):
        set_up(AllSettings(profile="services"), Wishes(anew=("claimz",)))


def test_progress_on_a_terminal_is_bars() -> None:
    program = """
from pipeline.cli.setting_up import progress
with progress() as tell:
    for done in (0, 400, 1000):
        tell("copying c-claims-000001", done, 1000)
    tell("copying c-feeds-000001", 3, 10)
"""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen([sys.executable, "-c", program], stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # its end, on Linux
            while more := os.read(ours, 65_536):
                shown += more
        os.close(ours)
    assert process.returncode == 0
    assert b"copying c-claims-000001" in shown
    assert b"1000/1000" in shown
    assert b"3/10" in shown
