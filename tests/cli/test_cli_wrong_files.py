"""Files that are not what the commands read: said once, clearly, and nothing is read for long."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from connectors.archive import BadLine
from pipeline.cli import build_app
from pipeline.cli.files import MAX_LINE_BYTES
from pipeline.cli.hopeless import ENOUGH, Hopeless, until_hopeless
from pipeline.contradictions.compare import MAX_CHARS

COMMANDS = ("replay", "claims", "compare")
ARTICLE = {"url": "http://a.example/1", "text": "Mayor Ana Ruiz said that 40 people were hurt in Lima."}


def crossclaim(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(build_app(), arguments, input=text)


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_file_is_called_empty(command: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n")
    result = crossclaim(command, str(tmp_path / "in.jsonl"))
    assert result.exit_code == 0
    assert "in.jsonl: it is empty; there is nothing to read" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_binary_file_is_told_in_one_sentence_with_line_and_byte(command: str, tmp_path: Path) -> None:
    raw = Random(7).randbytes(200_000)
    (tmp_path / "photo.jsonl").write_bytes(raw)
    result = crossclaim(command, str(tmp_path / "photo.jsonl"))
    assert result.exit_code == 1
    (told,) = [line for line in result.stderr.splitlines() if "photo.jsonl" in line]
    read = sum(len(line) + 1 for line in raw.split(b"\n")[:ENOUGH])
    assert (
        f"lines 1 to {ENOUGH}: no text but other bytes; reading stopped after line {ENOUGH}, byte {read:,} of" in told
    )
    assert "200,000" in told


def test_the_bytes_of_a_hopeless_run_are_kept(tmp_path: Path) -> None:
    raw = Random(7).randbytes(200_000)
    (tmp_path / "photo.jsonl").write_bytes(raw)
    crossclaim("replay", str(tmp_path / "photo.jsonl"), "--out", str(tmp_path / "out"))
    (kept,) = (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()
    assert json.loads(kept)["reason"].startswith(f"lines 1 to {ENOUGH}")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_given_by_mistake_is_told_once(command: str, tmp_path: Path) -> None:
    (tmp_path / "table.jsonl").write_text("name,place\n" * 500)
    result = crossclaim(command, str(tmp_path / "table.jsonl"))
    assert result.exit_code == 1
    (told,) = [line for line in result.stderr.splitlines() if "table.jsonl" in line]
    assert f"lines 1 to {ENOUGH}: not " in told
    assert "is it the right file?" in told


def test_bad_lines_among_good_ones_are_each_told(tmp_path: Path) -> None:
    lines = [json.dumps(ARTICLE), *["nonsense"] * (ENOUGH + 5), json.dumps(ARTICLE | {"url": "http://a.example/2"})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    result = crossclaim("claims", str(tmp_path / "in.jsonl"))
    assert result.stderr.count("in.jsonl: line ") == ENOUGH + 5
    assert "http://a.example/2" in result.stdout


@pytest.mark.parametrize("given_as", ["line", "words"])
def test_a_claim_beyond_all_measure_is_refused_at_once(given_as: str, tmp_path: Path) -> None:
    long = "The bridge in Lima collapsed. " * 40_000
    if given_as == "words":
        result = crossclaim("compare", long[:100_000], "The bridge stands.")
    else:
        pairs = [{"a": long, "b": "The bridge stands."}, {"a": "The bridge fell.", "b": {"text": "x", "content": long}}]
        (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, pairs)))
        result = crossclaim("compare", str(tmp_path / "in.jsonl"))
        assert "line 2" in result.stderr
    assert result.exit_code == 1
    assert f"characters and {MAX_CHARS:,} are the most; give one sentence" in result.stderr


def test_a_line_without_an_end_and_a_torn_file_are_told(tmp_path: Path) -> None:
    pair = b'{"a": "It rains.", "b": "It rains."}\n'
    (tmp_path / "long.jsonl").write_bytes(b"x" * (MAX_LINE_BYTES + 5) + b"\n" + pair)
    result = crossclaim("compare", str(tmp_path / "long.jsonl"))
    assert f"line 1: longer than {MAX_LINE_BYTES:,} bytes" in result.stderr
    assert json.loads(result.stdout)["verdict"] == "same"
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(pair * 50)[:-12])
    result = crossclaim("compare", str(tmp_path / "torn.jsonl.gz"))
    assert result.exit_code == 1
    assert "the file is no whole gzip file" in result.stderr


def test_a_folder_of_pages_is_read_however_many_of_them_are_bad(tmp_path: Path) -> None:
    for number in range(ENOUGH + 5):
        (tmp_path / f"a{number:02}.html").write_text("<html><body></body></html>")
    (tmp_path / "good.jsonl").write_text(json.dumps(ARTICLE))
    result = crossclaim("claims", str(tmp_path))
    assert "Ruiz" in result.stdout


def bad(number: int, raw: bytes) -> BadLine:
    return BadLine(number, raw, f"line {number}: wrong")


@given(st.lists(st.sampled_from(["good", "bad", "binary"]), max_size=80))
def test_no_line_is_lost_before_the_stop(kinds: list[str]) -> None:
    raws = {"bad": b"nonsense", "binary": b"\xff\x00"}
    lines = [n if kind == "good" else bad(n, raws[kind]) for n, kind in enumerate(kinds, 1)]
    came = list(until_hopeless(lines, "an article"))
    numbers: list[int] = []
    for line in came:
        match line:
            case Hopeless():
                numbers += range(line.number, line.last + 1)
                assert line is came[-1]
            case BadLine():
                numbers.append(line.number)
            case _:
                numbers.append(line)
    stopped = bool(came) and isinstance(came[-1], Hopeless) and came[-1].stopped
    assert numbers == [*range(1, len(numbers) + 1)]
    assert len(numbers) == len(kinds) or stopped


def test_reading_stops_where_it_is_hopeless() -> None:
    def endless() -> Iterator[BadLine]:
        number = 0
        while True:
            number += 1
            yield bad(number, b"\xff")

    (told,) = islice(until_hopeless(endless(), "an article"), 2)
    assert isinstance(told, Hopeless)
    assert (told.last, told.stopped) == (ENOUGH, True)
