"""`crossclaim labels`: judgements of the board, in the form that the verdict model learns from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipeline.desk import labels
from pipeline.index.sqlite import SqliteIndex
from schemas.contradiction import Contradiction
from tests.board import sample, stories
from tests.pipeline.alerts.alert_builders import after
from training.verdicts.data import own


def run(data: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pipeline.cli", "labels", *arguments]
    done = subprocess.run(
        command, env={**os.environ, "CROSSCLAIM_DATA": str(data)}, capture_output=True, timeout=60, text=True
    )
    return done.returncode, done.stdout


def test_judgements_are_listed_and_exported_for_training(tmp_path: Path) -> None:
    index = SqliteIndex(tmp_path / "index.sqlite")
    sample.fill(index)
    told = [m for m in (*stories.venezuela(), *stories.others()) if isinstance(m, Contradiction) and m.status == "open"]
    for number, (each, judgement) in enumerate(zip(told, ("compatible", "resolved"), strict=False)):
        labels.keep(index, labels.judge(each, each.evidence[0], judgement, "a note", after(number)))  # type: ignore[arg-type]
    code, listed = run(tmp_path, "list")
    assert code == 0
    assert "compatible" in listed
    assert "a note" in listed
    code, exported = run(tmp_path, "export")
    (row,) = [json.loads(line) for line in exported.splitlines()]
    assert row["label"] == "compatible"
    assert row["a"] == index.get("claims", [told[0].a.claim_id])[told[0].a.claim_id]["standalone"]
    file = tmp_path / "labels.jsonl"
    assert run(tmp_path, "export", "--out", str(file)) == (0, "")
    assert [r.label for part in ("train", "dev") for r in own([file], part)] == ["compatible"]  # type: ignore[arg-type]
