"""What operators read: the log of the connectors, and documents whose commands, settings and states are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
import typer.main
from structlog.testing import capture_logs
from typer.core import TyperGroup
from typer.testing import CliRunner

from connectors.base import Problem
from connectors.lists.looking import Verdict
from connectors.tally import Summary
from pipeline.cli import build_app
from pipeline.cli.operate import Progress
from pipeline.config import names, unknown_variables
from pipeline.errors import SetupError
from pipeline.feed_health import ORDER

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
GONE = Problem("http://a.example/feed", "reading http://a.example/feed: status 404, it does not exist")


def test_a_problem_is_logged_once_while_it_lasts_and_again_when_it_comes_back() -> None:
    progress = Progress()
    with capture_logs() as logs:
        progress(Summary(problems=(GONE,)))
        progress(Summary(problems=(GONE, GONE)))
        progress(Summary(problems=()))
        progress(Summary(problems=(GONE,)))
    told = [line for line in logs if line["event"] == "problem"]
    assert [(line["feed"], line["what"]) for line in told] == [(GONE.url, GONE.text)] * 2


def test_counts_are_logged_when_they_change() -> None:
    progress = Progress()
    with capture_logs() as logs:
        for summary in (Summary(), Summary(feeds_read=1, articles=3), Summary(feeds_read=1, articles=3)):
            progress(summary)
    assert [(line["feeds"], line["articles"]) for line in logs] == [(1, 3)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_is_there(document: Path) -> None:
    app = typer.main.get_command(build_app())
    assert isinstance(app, TyperGroup)
    for first, second in re.findall(r"crossclaim ([a-z]+)(?: ([a-z]+))?", "".join(_code(document))):
        assert first in app.commands, f"{document.name}: crossclaim {first}"
        command = app.commands[first]
        if isinstance(command, TyperGroup) and second:
            assert second in command.commands, f"{document.name}: crossclaim {first} {second}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_setting_that_a_document_names_is_there(document: Path) -> None:
    code = "".join(_code(document))
    assert unknown_variables(re.findall(r"CROSSCLAIM_[A-Z_]+[A-Z]", code)) == []
    sections = {name.partition(".")[0] for name in names() if "." in name}
    for name in re.findall(rf"\b(?:{'|'.join(sections)})\.[a-z_]+\b(?!\()", code):
        is_file = name.endswith((".md", ".py", ".json", ".log", ".toml", ".atom"))
        assert is_file or name in names(), f"{document.name}: {name}"


def test_every_state_and_verdict_is_explained() -> None:
    text = (ROOT / "docs" / "operating.md").read_text()
    for state in ORDER:
        assert f"\n| {state} |" in text
    for verdict in get_args(Verdict):
        assert f"`{verdict}`" in text


def _code(document: Path) -> list[str]:
    """What stands in code, inline or in blocks: words around it may be anything."""
    return [f"{code}\n" for code in re.findall(r"```.*?```|`[^`\n]+`", document.read_text(), re.S)]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--version"], 0, "crossclaim 0."),
        (["board", "--port", "99999"], 2, "65535"),
        (["worker", "--metrics-port", "70000"], 2, "65535"),
        (["compare", "nowhere"], None, "give a file of pairs, or two claims"),
        (["setup"], None, "set CROSSCLAIM_PROFILE=services"),
        (["connect"], None, "start `crossclaim run` in another terminal"),
    ],
)
def test_wrong_use_is_told_before_anything_starts(
    arguments: list[str], code: int | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSCLAIM_DATA", str(tmp_path))
    result = CliRunner().invoke(build_app(), arguments)
    if code is None:
        assert isinstance(result.exception, SetupError)
        assert words in str(result.exception)
    else:
        assert (result.exit_code, words in result.output) == (code, True), result.output
