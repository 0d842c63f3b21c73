"""A training that was asked to pause goes on where it stood. Needs torch, which only training installs."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pipeline.models.manifest import find_model  # noqa: E402
from training.encoder.graph import WIDTH  # noqa: E402
from training.verdicts.data import VERDICTS, Row  # noqa: E402
from training.verdicts.loop import PAUSE, Paused, Plan, Run, batch_of, rate, scores  # noqa: E402
from training.verdicts.network import Network  # noqa: E402

PLAN = Plan("small", VERDICTS, epochs=2, rate=1e-4, tokens=16, smoothing=0.0, averaged=0.9, both_orders=True)
ROWS = [Row("word " * (1 + number % 14), f"claim {number}", VERDICTS[number % 4], "own") for number in range(80)]


def started(work: Path) -> Run:
    words = len(json.loads(find_model("encoder").tokenizer.read_text(encoding="utf-8"))["model"]["vocab"])
    arrays = {
        "embeddings.word_embeddings.weight": np.zeros((words, WIDTH), dtype=np.float32),
        "embeddings.position_embeddings.weight": np.zeros((128, WIDTH), dtype=np.float32),
    }
    return Run(Network(arrays, len(VERDICTS)), ROWS, PLAN, work)


def test_a_paused_run_goes_on_from_its_checkpoint(tmp_path: Path) -> None:
    run = started(tmp_path)
    tokens, labels, order = run._epoch(0)
    assert run.steps == 2 * len(order) > 2
    run.learn(batch_of([tokens[place] for place in order[0]]), labels[order[0]])
    run.save()
    (tmp_path / PAUSE).touch()
    with pytest.raises(Paused, match=f"paused at step 1 of {run.steps}"):
        started(tmp_path).train()
    (tmp_path / PAUSE).unlink()
    again = started(tmp_path)
    network = again.train()
    assert again.progress.step == again.steps
    assert again.progress.pairs == 2 * len(ROWS) - len(order[0])
    assert scores(network, ROWS[:3], PLAN).shape == (3, len(VERDICTS))


def test_the_rate_rises_shortly_and_falls_to_a_fiftieth() -> None:
    rates = [rate(step, 100) for step in range(101)]
    assert rates[0] < rates[3] < rates[5] > rates[50] > rates[99]
    assert rates[100] == pytest.approx(0.02)
