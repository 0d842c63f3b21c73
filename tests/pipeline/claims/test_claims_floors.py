"""Attribution, quantities, denials and stand-alone wording stay above the floors in benchmarks/quality/floors.toml.

Measured on the parts "test" of the labelled rows, as by `python -m benchmarks.quality.claims.quantities.score`.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks.quality.claims.attribution import gold  # noqa: E402
from benchmarks.quality.claims.attribution import score as attribution  # noqa: E402
from benchmarks.quality.claims.denials import score as denials  # noqa: E402
from benchmarks.quality.claims.quantities import score as quantities  # noqa: E402
from benchmarks.quality.claims.quantities.equal import same_interval, same_unit  # noqa: E402
from benchmarks.quality.claims.standalone import score as standalone  # noqa: E402
from pipeline.claims.reading import SentenceReader  # noqa: E402
from schemas.claim import Quantity  # noqa: E402

FLOORS = tomllib.loads((ROOT / "benchmarks" / "quality" / "floors.toml").read_text(encoding="utf-8"))["claims"]


def below(name, reached):
    return {what: (round(reached[what], 3), floor) for what, floor in FLOORS[name].items() if reached[what] < floor}


def test_attribution_stays_above_its_floors(shared) -> None:
    reader = SentenceReader()
    rows = gold.gold(shared / "claims/attribution.dev.jsonl.gz", 800)
    counts = gold.measure(lambda text: attribution.found(reader, text), rows)["all"]
    wrong = below("attribution", {part: gold.rates(*counts[part].tokens)[2] for part in gold.PARTS})
    assert not wrong, f"(reached, floor): {wrong}"


def test_quantities_stay_above_their_floors(extractor) -> None:
    tally = quantities.measure(extractor, quantities.sentences_of("test"))
    reached = {f"{name}_f1": tally.rates(getattr(tally, name))[2] for name in ("exact", "interval", "span")}
    wrong = below("quantities", {**reached, "counted": tally.share("counted")})
    assert not wrong, f"(reached, floor): {wrong}"


def test_denials_stay_above_their_floors(extractor) -> None:
    tally = denials.measure(extractor, denials.passages_of("test"))
    reached = dict(zip(("precision", "recall", "f1"), tally.detection, strict=True))
    wrong = below("denials", {**reached, "source": tally.source_accuracy, "target_f1": tally.target_mean})
    assert not wrong, f"(reached, floor): {wrong}"


def test_standalone_wording_stays_above_its_floors(extractor) -> None:
    tally = standalone.measure(extractor, standalone.passages_of("test"))
    reworded, left, every = tally.total(leave=False), tally.total(leave=True), tally.total()
    reached = {
        "reworded": reworded.passed / reworded.items,
        "left": left.passed / left.items,
        "unharmed": 1 - every.harmed / every.items,
    }
    wrong = below("standalone", reached)
    assert not wrong, f"(reached, floor): {wrong}"


def test_labels_stand_where_they_say() -> None:
    for sentence in quantities.sentences_of(None):
        assert all(sentence.text[one.start : one.end] == one.text for one in sentence.quantities), sentence.id
    for passage in denials.passages_of(None):
        marked = [span for one in passage.denials for span in (one.cue, *one.source, *one.target)]
        assert all(passage.text[span.start : span.end] == span.text for span in marked), passage.id
    for item in standalone.passages_of(None):
        assert item.text[item.start : item.start + len(item.claim)] == item.claim, item.id


def test_sentences_pass_as_they_stand_exactly_where_they_are_to_be_left() -> None:
    for item in standalone.passages_of(None):
        assert (not standalone.failures(item, item.claim, "")) == item.kind.startswith("leave"), item.id


@pytest.mark.parametrize(
    ("rows", "enough"),
    [(quantities.sentences_of, 300), (denials.passages_of, 200), (standalone.passages_of, 150)],
)
def test_labelled_rows_are_many_and_different(rows, enough) -> None:
    every = rows(None)
    assert len(rows("test")) >= enough
    assert len({row.id for row in every}) == len(every)
    assert len({row.text for row in every}) == len(every)


@pytest.mark.parametrize(
    ("label", "found", "equal"),
    [
        ((1.6, 1.6, "tonne"), (1600, 1600, "kg"), True),
        ((160, 160, "minute"), (2.667, 2.667, "hours"), True),
        ((None, 50, None), (0, 50, None), True),
        ((50, None, "percent"), (50, 100, "percent"), True),
        ((50, None, None), (50, 100, None), False),
        ((66.667, 66.667, "percent"), (66.7, 66.7, "%"), True),
        ((900, 1100, None), (950, 1050, None), False),
        ((12, 12, "SEK"), (12, 12, "NOK"), False),
    ],
)
def test_quantities_are_equal_by_dimension(label, found, equal) -> None:
    a, b = (Quantity(text="", low=low, high=high, unit=unit) for low, high, unit in (label, found))
    assert (same_interval(a, b) and same_unit(a, b)) == equal


@pytest.mark.parametrize(
    ("wording", "words", "stands"),
    [
        ("Lena Voss's airline owes them money.", "voss", True),
        ("Vossberg is a town.", "Voss", False),
        ("The miners are hurt.", "miner", True),
        ("There he stood.", "the", False),
    ],
)
def test_words_are_sought_whole(wording, words, stands) -> None:
    assert standalone.holds(wording, words) == stands
