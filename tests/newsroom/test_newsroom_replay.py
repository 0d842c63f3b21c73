"""The newsroom as lines for `crossclaim replay`, and the command that writes them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom_client import fetch

from newsroom import NewsroomError, articles
from newsroom.__main__ import main
from newsroom.corpus import ROOT, load

CORRECTED = "/2019/06/04/malaria-vaccine-trial"


def test_both_revisions_are_there_in_order() -> None:
    lines = articles("http://127.0.0.1:9999", round=2)
    revisions = [line for line in lines if line["url"].endswith(CORRECTED)]
    assert len(lines) == len(load().articles)
    assert {line["url"] for line in revisions} == {f"http://orbit-and-field.localhost:9999{CORRECTED}"}
    assert ["by 73 percent over" in line["text"] for line in revisions] == [True, False]
    assert revisions[1]["text"].startswith("Correction, June 7")
    assert revisions[0]["published_at"] == revisions[1]["published_at"] == "2019-06-04T10:00:00Z"


def test_the_first_round_knows_no_correction() -> None:
    lines = articles(round=1)
    assert len(lines) == len(load().articles) - 1
    assert not any("Correction" in line["text"] for line in lines)
    assert [line["published_at"] for line in lines] == sorted(line["published_at"] for line in lines)


def test_the_export_is_one_json_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    assert main(["--export", str(path), "--base-url", "http://127.0.0.1:8800"]) == 0
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines == articles("http://127.0.0.1:8800")
    assert all(line.keys() == {"url", "title", "text", "published_at", "outlet"} for line in lines)
    assert f"{len(lines)} articles" in capsys.readouterr().out


def test_what_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--export", str(tmp_path / "no" / "such.jsonl")]) == 1
    assert "exporting the articles to" in capsys.readouterr().err
    with pytest.raises(NewsroomError, match="is not a URL with a port"):
        articles("http://127.0.0.1:port")


def test_the_command_serves_until_it_is_interrupted() -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "newsroom", "--port", "0", "--round", "2"]
    with subprocess.Popen(command, cwd=ROOT.parent, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            port = int(said.split("127.0.0.1:")[1].split("/")[0])
            page = fetch(port, "orbit-and-field.localhost", CORRECTED).body.decode()
            assert "The correct figure is 37 percent" in page
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
