"""A replay that reads its articles in processes beside comes to the same, and ends with all of them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from newsroom.replay import export
from pipeline.config import ROOT
from tests.descendants import alive, children_of

READY_SECONDS = 120
END_SECONDS = 10


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom's articles, with a line that is no article and one that is delivered twice among them."""
    file = tmp_path_factory.mktemp("newsroom") / "articles.jsonl"
    export(file)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:50], "no article", lines[10], *lines[50:]]) + "\n")
    return file


def replaying(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline.cli", "replay", str(source), "--out", str(out), "--json"]
    return subprocess.Popen(
        [*command, "--workers", str(workers)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def test_it_comes_to_the_same_with_any_number_of_processes(articles: Path, tmp_path: Path) -> None:
    counts = []
    for workers in (1, 3):
        with replaying(articles, tmp_path / str(workers), workers) as process:
            out, _ = process.communicate(timeout=300)
            assert process.returncode == 1, "one line was no article"
        told = json.loads(out)
        counts.append({name: told[name] for name in told if name not in NOT_THE_SAME})
    assert counts[0] == counts[1]
    assert counts[0]["contradictions"] > 0
    for name in ("claims", "pairs", "verdicts"):
        one, three = ((tmp_path / str(workers) / f"{name}.jsonl").read_bytes() for workers in (1, 3))
        assert one == three, name


NOT_THE_SAME = ("seconds", "articles_per_second", "peak_memory_mb")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_its_processes_end_with_it(articles: Path, tmp_path: Path, number: signal.Signals) -> None:
    many = tmp_path / "many.jsonl"
    lines = articles.read_text().splitlines()
    many.write_text(
        "".join(line.replace('"http', f'"http://x{turn}.', 1) + "\n" for turn in range(20) for line in lines)
    )
    with replaying(many, tmp_path / "out", 2) as process:
        claims = tmp_path / "out" / "claims.jsonl"
        deadline = monotonic() + READY_SECONDS
        while not claims.exists() or claims.stat().st_size == 0:
            assert process.poll() is None
            assert monotonic() < deadline
            sleep(0.05)
        children = children_of(process.pid)
        assert len(children) >= 3, "the two that read, and what they are forked from"
        began = monotonic()
        process.send_signal(number)
        process.wait(END_SECONDS)
        while alive(children):
            assert monotonic() - began < END_SECONDS, [commands(pid) for pid in alive(children)]
            sleep(0.05)
        assert process.returncode != 0


def commands(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
