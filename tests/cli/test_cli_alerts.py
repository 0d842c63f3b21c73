"""`crossclaim alerts`: what was told and what waits, whether rules and channels work, what is muted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.alerts.channels import Undelivered
from pipeline.index import index_message
from pipeline.index.sqlite import SqliteIndex
from tests.pipeline.alerts.alert_builders import NOON, Room, after, contradiction, evidence

RULES = """
[channel.file]
type = "file"
path = "alerts.jsonl"
[channel.hook]
type = "webhook"
url = "http://127.0.0.1:9/"
[[rule]]
name = "all"
channels = ["file"]
[[rule]]
name = "none"
channels = ["hook"]
words = ["Boeing"]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(RULES)
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def run(data: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "alerts", *arguments],
        env={**os.environ, "CROSSCLAIM_DATA": str(data), "CROSSCLAIM_ALERTS__RULES": str(data.parent / "rules.toml")},
        capture_output=True, timeout=60, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_rules_are_tried_on_what_the_index_holds(data: Path) -> None:
    index = SqliteIndex(data / "index.sqlite")
    for number in range(3):
        index_message(index, contradiction(f"c{number}", evidence(f"o{number}")))
    code, out, _ = run(data, "check")
    assert code == 0
    assert "all: 3 of 3 contradictions → file" in out
    assert "DENIED: " in out
    assert "none: 0 of 3" in out
    (data.parent / "rules.toml").write_text(RULES + "minimum_scor = 1\n")
    code, _, err = run(data, "check")
    assert code == 2
    assert "did you mean minimum_score" in err


def test_each_channel_says_whether_it_took_a_test(data: Path) -> None:
    code, out, _ = run(data, "test")
    assert code == 1
    assert "ok     file (file)" in out
    assert "FAILED hook (webhook): posting by channel hook: ConnectError" in out
    assert "alerts test" in (data / "alerts.jsonl").read_text()
    assert run(data, "test", "file")[0] == 0
    assert run(data, "test", "pigeon")[0] == 2


def test_muting_is_kept_and_undone(data: Path) -> None:
    assert run(data, "mute", "entity", "Rostec", "--for", "2h", "--note", "known")[0] == 0
    assert run(data, "mute", "rule", "all")[0] == 0
    code, out, _ = run(data, "mutes")
    assert "entity Rostec  until " in out
    assert "known" in out
    assert "rule all  until unmuted" in out
    assert [json.loads(line)["value"] for line in run(data, "mutes", "--json")[1].splitlines()] == ["all", "Rostec"]
    assert run(data, "unmute", "entity", "rostec")[0] == 0
    assert "Rostec" not in run(data, "mutes")[1]
    assert run(data, "unmute", "entity", "rostec")[0] == 1
    assert run(data, "mute", "weather", "rain")[0] == 2
    code, _, err = run(data, "mute", "rule", "all", "--for", "soon")
    assert code == 2
    assert "write it as 30m, 2h, 3d or 1w" in err


def test_what_was_told_and_what_waits_is_listed_and_sent_again(data: Path) -> None:
    room = Room(data)
    room.teller.take(contradiction("told", evidence("a")), NOON)
    room.teller.tick(after(5))
    room.desk.down = True
    room.teller.take(contradiction("waits", evidence("\x1b[31mred")), after(6))
    room.teller.tick(after(20))
    with pytest.raises(Undelivered):
        room.desk(room.desk.got[0])
    code, out, _ = run(data, "list")
    assert code == 0
    assert " told     all → desk: DENIED: a against Rostec" in out
    assert " held     all → desk: DENIED: [31mred against Rostec (Herald)  [nobody answers]" in out
    (line,) = run(data, "list", "--status", "held", "--json")[1].splitlines()
    waiting = json.loads(line)
    code, out, _ = run(data, "show", waiting["alert_id"][:8])
    assert "status       held" in out
    assert "Rostec cut its staff" in out
    assert run(data, "retry", waiting["alert_id"][:8])[1] == "1 to be sent again\n"
    assert json.loads(run(data, "list", "--status", "due", "--json")[1])["attempts"] == 0
    told = json.loads(run(data, "list", "--status", "told", "--json")[1])
    assert run(data, "retry", told["alert_id"])[0] == 1
    assert run(data, "show", "nothing")[0] == 1
    assert run(data, "list", "--status", "gone")[0] == 2
