"""The published benchmark: its pairs are whole, its scorer counts right, and crossclaim stays above its floors."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.newsclash.agreement import kappa  # noqa: E402
from benchmarks.newsclash.baselines import crossclaim  # noqa: E402
from benchmarks.newsclash.pairs import LABELS, LabelledPair, load, part_of  # noqa: E402
from benchmarks.newsclash.score import Prediction, auroc, calibration_error, score  # noqa: E402
from benchmarks.quality.verdicts_data import hashed  # noqa: E402

FLOORS = tomllib.loads((ROOT / "benchmarks" / "quality" / "floors.toml").read_text(encoding="utf-8"))["newsclash"]
KINDS = {"denial", "negation", "quantity", "opposite", "other"}
PAIRS = [LabelledPair(*fields, "x", "y", *rest) for *fields, rest in (
    ("1", "s", "courts", ("contradiction", "denial")),
    ("2", "s", "courts", ("contradiction", "quantity")),
    ("3", "s", "courts", ("same",)),
    ("4", "s", "courts", ("compatible", None, "later_figure")),
)]  # fmt: skip


def test_the_pairs_are_whole() -> None:
    pairs = [*load("dev"), *load("test")]
    assert len(pairs) >= 800
    assert len({pair.domain for pair in pairs}) >= 12
    assert len({pair.id for pair in pairs}) == len(pairs)
    assert max(Counter(frozenset((pair.a, pair.b)) for pair in pairs).values()) == 1
    assert all(pair.label in LABELS and (pair.kind in KINDS) == (pair.label == "contradiction") for pair in pairs)
    assert {pair.kind for pair in load("test")} == {None, *KINDS}


def test_the_parts_share_no_story_and_no_sentence() -> None:
    dev, test = load("dev"), load("test")
    assert {part_of(pair.story) for pair in dev} == {"dev"}
    assert {part_of(pair.story) for pair in test} == {"test"}
    sentences = [{text for pair in part for text in (pair.a, pair.b)} for part in (dev, test)]
    assert sentences[0].isdisjoint(sentences[1])


def test_scores_are_counted_by_label_kind_and_near_miss() -> None:
    told = {"1": "contradiction", "2": "compatible", "3": "suggested", "4": "contradiction"}
    measured = score(PAIRS, {name: Prediction(verdict) for name, verdict in told.items()})
    assert measured.rates["contradiction"] == (0.5, 0.5, 0.5)
    assert measured.rates["same"] == (1.0, 1.0, 1.0)
    assert measured.kinds == {"denial": (1, 1), "quantity": (0, 1)}
    assert measured.near == {"later_figure": (0, 1)}
    assert measured.auroc is None


def test_a_pair_without_a_prediction_is_an_error() -> None:
    with pytest.raises(KeyError):
        score(PAIRS, {})


@pytest.mark.parametrize(
    ("known", "area"),
    [
        ([(0.9, True), (0.1, False)], 1.0),
        ([(0.1, True), (0.9, False)], 0.0),
        ([(0.5, True), (0.5, False)], 0.5),
        ([(0.5, True), (0.5, False), (0.2, False), (0.9, True)], 0.875),
    ],
)
def test_the_area_under_the_curve_is_the_share_of_pairs_in_order(known: list[tuple[float, bool]], area: float) -> None:
    assert auroc(known) == area


def test_chances_that_come_true_are_calibrated() -> None:
    even = [(0.25, number == 0) for number in range(4)]
    assert calibration_error(even) == 0
    assert calibration_error([(0.75, right) for _, right in even]) == 0.5


def test_agreement_is_beyond_chance() -> None:
    assert kappa(["a", "b"], ["a", "b"]) == 1
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == 0


def test_both_readings_hold_every_pair() -> None:
    command = [sys.executable, "-m", "benchmarks.newsclash.agreement"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.startswith(f"{len(load('dev')) + len(load('test'))} pairs, equal 0.996, kappa 0.994\n")


def test_the_scorer_reads_a_file_of_predictions(tmp_path: Path) -> None:
    predictions = tmp_path / "told.jsonl"
    lines = [json.dumps({"id": pair.id, "verdict": pair.label, "contradiction": 0.5}) for pair in load("dev")]
    predictions.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.newsclash.score", str(predictions), "--part", "dev"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert "macro-F1 1.000" in done.stdout


def test_crossclaim_stays_above_its_floors() -> None:
    """Of a fixed third of the pairs: reading them together takes a minute."""
    pairs = [pair for pair in load("test") if hashed(pair.id) % 3 == 0]
    measured = score(pairs, crossclaim(pairs))
    contradiction, same = measured.rates["contradiction"], measured.rates["same"]
    reached = {
        "macro_f1": measured.macro_f1,
        "contradiction_precision": contradiction[0],
        "contradiction_recall": contradiction[1],
        "same_f1": same[2],
    }
    below = {name: (round(reached[name], 3), floor) for name, floor in FLOORS.items() if reached[name] < floor}
    assert not below, f"(reached, floor): {below}"
