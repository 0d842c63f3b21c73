"""Check-worthiness stays above the floors in benchmarks/quality/floors.toml, section [claims.checkworthy].

Measured on the parts "test", as by `python -m training.checkworthy.evaluate` and
`python -m benchmarks.quality.claims.checkworthy.score`.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from pipeline.claims.worth.checkworthy import Worth, read_weights
from pipeline.models.manifest import find_model
from training.checkworthy.evaluate import chosen, scored
from training.checkworthy.figures import figures
from training.checkworthy.rows import FITTED, read_rows
from training.checkworthy.rules import by_rules

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks.quality.claims.checkworthy.score import measure, sentences_of  # noqa: E402

FLOORS = tomllib.loads((ROOT / "benchmarks" / "quality" / "floors.toml").read_text(encoding="utf-8"))["claims"][
    "checkworthy"
]


def test_on_debates(shared: Path) -> None:
    rows = chosen(read_rows(shared / "claims/checkworthy.train.jsonl.gz"), FITTED, "test")
    worth = Worth(read_weights(find_model("checkworthy").graph))
    reached = figures(*scored(rows, worth.probability))
    assert reached.average_precision >= FLOORS["average_precision"]
    assert reached.f1 >= FLOORS["f1"]
    assert reached.calibration_error <= FLOORS["calibration_error_at_most"]
    assert reached.average_precision > figures(*scored(rows, by_rules)).average_precision + 0.1


def test_on_kinds_of_news_sentences() -> None:
    tally = measure(sentences_of("test"))
    assert tally.accuracy >= FLOORS["kinds_accuracy"]
    assert tally.kinds_f1 >= FLOORS["kinds_f1"]
    assert tally.average_precision >= FLOORS["news_average_precision"]


def test_no_sentence_is_in_two_parts(shared: Path) -> None:
    rows = read_rows(shared / "claims/checkworthy.train.jsonl.gz")
    assert len({row.key for row in rows}) == len(rows)
    assert {row.part for row in rows} == {"train", "dev", "test"}
    texts = [one.text for one in sentences_of(None)]
    assert len(set(texts)) == len(texts)
    assert len(sentences_of("dev")) > 200 < len(sentences_of("test"))
