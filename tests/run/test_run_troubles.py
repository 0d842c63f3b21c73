"""What a person is told of feeds that fail while crossclaim runs, and of a broker or folder that is not there."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import build_app
from pipeline.config import Settings, data_folder
from pipeline.errors import SetupError
from pipeline.index.sqlite import SqliteIndex
from pipeline.index.stage import index_messages
from pipeline.run.broker import free_port
from pipeline.run.running import ADDRESS_FILE
from pipeline.run.troubles import FEW, Troubles, told
from schemas.cursor import Cursor
from tests.run.test_run_sample import crossclaim, until_said

NOW = datetime.now(UTC)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(), arguments)


def cursor(at: datetime, failures: int, state: str) -> Cursor:
    return Cursor(feed_url="http://a.example/", title="A", outlet="A", polled_at=at, failures=failures, state=state)


def test_each_failure_is_told_once_and_so_is_its_end() -> None:
    assert told({}, {"http://a/": "gone"}) == ["not read: http://a/  gone"]
    assert told({"http://a/": "gone"}, {"http://a/": "gone"}) == []
    assert told({"http://a/": "gone"}, {"http://a/": "slow"}) == ["not read: http://a/  slow"]
    assert told({"http://a/": "gone"}, {}) == ["reads again: http://a/"]


def test_of_many_a_few_are_told() -> None:
    lines = told({}, {f"http://{number}/": "gone" for number in range(500)})
    assert len(lines) == FEW + 1
    assert lines[-1] == "490 more feeds are not read; see `crossclaim feeds health` or the board"


def test_what_an_earlier_run_left_behind_is_not_told(tmp_path: Path) -> None:
    index, said = SqliteIndex(tmp_path / "index.sqlite"), list[str]()
    index_messages(index, [cursor(NOW - timedelta(hours=1), 3, "status 403")])
    Troubles(index, NOW, said.append).look()
    assert said == []
    index_messages(index, [cursor(NOW + timedelta(seconds=1), 4, "status 403")])
    Troubles(index, NOW, said.append).look()
    assert said == ["not read: http://a.example/  status 403"]
    index.close()


@pytest.mark.broker
@pytest.mark.timeout(400)
def test_a_running_session_tells_why_a_feed_fails_and_lets_dead_letters_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.txt").write_text("http://127.0.0.1:9/feed\n")
    data = tmp_path / "data"
    run = ("run", "--feeds", str(tmp_path / "mine.txt"), "--data", str(data))
    with crossclaim(tmp_path, *run, BOARD__PORT=str(free_port())) as process:
        until_said(process, tmp_path, "not read: http://127.0.0.1:9/feed")
        until_said(process, tmp_path, "polling.allow_private")
        until_said(process, tmp_path, "Reading on")
        monkeypatch.setenv("CROSSCLAIM_DATA", str(data))
        result = invoke("rejected", "list")
        assert (result.exit_code, result.stdout) == (0, ""), result.output
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
    assert not (data / ADDRESS_FILE).exists()


@pytest.mark.parametrize("arguments", [("rejected", "list"), ("rejected", "replay", "all"), ("backfill", __file__)])
def test_without_a_running_broker_the_embedded_profile_says_what_to_start(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path))
    (tmp_path / ADDRESS_FILE).write_text(f"127.0.0.1:{free_port()}\n")  # left behind by one that was killed
    result = invoke(*arguments)
    assert isinstance(result.exception, SetupError)
    told = str(result.exception)
    assert "only while `crossclaim run` runs" in told
    assert "start `crossclaim run` in another terminal (or name its data folder by CROSSCLAIM_DATA)" in told
    assert str(tmp_path) in told


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_a_data_folder_that_cannot_be_is_told_with_the_remedy(folder: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SetupError, match="a file is in its place; set CROSSCLAIM_DATA to a folder that you may write"):
        data_folder(Settings(data=tmp_path / folder))


def test_doctor_tells_the_remedy_for_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path / "taken"))
    result = invoke("doctor")
    assert result.exit_code == 2
    assert "WRONG  data folder" in result.stdout
    assert "set CROSSCLAIM_DATA" in result.stdout
