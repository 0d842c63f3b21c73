"""The table of verdicts: what it is measured on, what the systems say of tiny sets, and how figures are told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.newsclash.score import Prediction  # noqa: E402
from benchmarks.quality.verdict_table import __main__ as command  # noqa: E402
from benchmarks.quality.verdict_table.cases import (  # noqa: E402
    FOUR,
    NEUTRAL,
    SAME_OR_NOT,
    Case,
    CaseSet,
    sampled,
)
from benchmarks.quality.verdict_table.fit import fit, fit_cosine  # noqa: E402
from benchmarks.quality.verdict_table.measure import Outcome, Reading, figures, run_all, run_one  # noqa: E402
from benchmarks.quality.verdict_table.reading import Texts  # noqa: E402
from benchmarks.quality.verdict_table.report import as_json, by_set, by_source, markdown  # noqa: E402
from benchmarks.quality.verdict_table.sets import FAMILIES, load_fit, load_sets  # noqa: E402
from benchmarks.quality.verdict_table.simple import majority, predicted, read_fitted  # noqa: E402
from benchmarks.quality.verdict_table.stances import Stance, nearest, sample, topics  # noqa: E402
from benchmarks.quality.verdict_table.systems import SYSTEMS, crossclaim, folded, likeliest  # noqa: E402
from benchmarks.quality.verdicts_data import DATA  # noqa: E402

with_data = pytest.mark.skipif(
    not DATA.is_dir() and os.environ.get("CI") != "true", reason="the labelled pairs are not here"
)

CLOSED = "The port of Odesa was closed on Monday after the storm."
PAIRS: Sequence[tuple[str, str, str]] = (
    (CLOSED, "The port of Odesa was not closed on Monday after the storm.", "contradiction"),
    (CLOSED, "On Monday the port of Odesa was closed after a storm.", "same"),
    (CLOSED, "A bakery in Lyon won a prize for its bread.", "unrelated"),
)
TINY = CaseSet("newsclash", tuple(Case(str(n), ((a, b),), label) for n, (a, b, label) in enumerate(PAIRS)), FOUR)


def labelled(*labels: str) -> CaseSet:
    return CaseSet("x", tuple(Case(str(n), (("a", "b"),), label) for n, label in enumerate(labels)), FOUR)


def outcome(cases: CaseSet, *told: tuple[str, float], seconds: float = 1.0) -> Outcome:
    return Outcome(cases, "s", tuple(Prediction(*one) for one in told), seconds)


# what is measured


def test_a_sample_is_the_same_in_every_run_and_stays_in_order() -> None:
    cases = [Case(str(number), ((f"text {number}", "b"),), "same") for number in range(50)]
    kept = sampled(cases, 8)
    assert [case.id for case in kept] == ["7", "24", "30", "32", "33", "41", "44", "46"]
    assert set(sampled(cases[10:], 8)) >= set(kept) - set(cases[:10])


def test_stances_tie_articles_to_topics_unless_unrelated() -> None:
    rows = [
        Stance("h1", "", "3", "agree"),
        Stance("h1", "", "2", "disagree"),
        Stance("h2", "", "2", "discuss"),
        Stance("h2", "", "1", "agree"),
        Stance("h2", "", "9", "unrelated"),
    ]
    assert topics(rows) == {"1": "1", "2": "1", "3": "1", "9": "9"}


def test_each_topic_and_stance_has_its_share() -> None:
    rows = [Stance(f"h{n}", "", "1", stance) for stance in ("agree", "discuss") for n in range(9)]
    found = sample(rows, {"1": "1"})
    assert [row.stance for row in found] == ["agree"] * 3 + ["discuss"] * 3
    assert sample(reversed(rows), {"1": "1"}) == found


def test_a_headline_meets_the_sentences_that_have_its_words() -> None:
    body = (
        "It was a grey morning in the city.\n\nThe minister said the old port would be closed by noon. Nobody slept. "
        "A spokesman denied that the port will be closed at all. Ships waited outside in the long swell. Port closed."
    )
    found = nearest("Minister: port will be closed", body)
    assert {headline for headline, _ in found} == {"Minister: port will be closed"}
    assert {text.split()[1] for _, text in found[:2]} == {"minister", "spokesman"}
    assert len(found) == 3
    assert nearest("Port", "Too short.") == ()


@with_data
def test_the_sets_are_as_announced() -> None:
    sets = load_sets(FAMILIES)
    assert {one.name for one in sets} == set(FAMILIES)
    assert all(case.label in one.names.values() and case.pairs for one in sets for case in one.cases)
    sources = {one.source: one for one in sets if one.source}
    assert len(sources) >= 30
    assert [name for name, one in sources.items() if not one.aggregated] == ["covidfact"]
    assert sum(len(one.pairs) for one in sets) < 6_000


@with_data
def test_nothing_that_is_measured_is_fitted_on() -> None:
    for name, family in FAMILIES.items():
        measured = {frozenset(pair) for one in family.test() for pair in one.pairs}
        assert measured.isdisjoint(frozenset(pair) for pair in load_fit(name).pairs), name


def test_every_set_has_its_thresholds() -> None:
    assert read_fitted().keys() == FAMILIES.keys()


# the systems


def test_crossclaim_says_what_its_judge_says() -> None:
    told = crossclaim(TINY, Texts())
    assert [one.verdict for one in told] == ["contradiction", "same", "unrelated"]
    chances = [one.contradiction or 0.0 for one in told]
    assert chances[0] == max(chances)


def test_verdicts_take_the_names_of_the_set() -> None:
    same_or_not = CaseSet("claim_match.dev", TINY.cases, SAME_OR_NOT)
    assert [one.verdict for one in crossclaim(same_or_not, Texts())] == ["different", "same", "different"]


def test_all_systems_answer_every_case_and_reading_is_not_their_time() -> None:
    outcomes, reading = run_one(TINY, SYSTEMS)
    assert [one.system for one in outcomes] == list(SYSTEMS)
    assert {len(one.told) for one in outcomes} == {3}
    assert reading.texts == 4
    assert reading.seconds > outcomes[SYSTEMS.index("rules")].seconds


def test_chances_of_one_label_are_added_up() -> None:
    chances = {"same": 0.05, "contradiction": 0.4, "compatible": 0.3, "unrelated": 0.25}
    two = CaseSet("x", (Case("1", (("a", "b"), ("a", "c")), "neutral"),), NEUTRAL)
    assert likeliest(two, chances) == Prediction("neutral", 0.4)
    assert likeliest(TINY, chances) == Prediction("contradiction", 0.4)


def test_an_article_disagrees_when_one_of_its_sentences_does() -> None:
    two = CaseSet("x", (Case("1", (("a", "b"), ("a", "c")), "same"), Case("2", (("a", "d"),), "same")), FOUR)
    told = [Prediction("same", 0.1), Prediction("contradiction", 0.8), Prediction("unrelated", 0.2)]
    assert folded(two, told) == [Prediction("contradiction", 0.8), Prediction("unrelated", 0.2)]


# fitting


def test_a_cosine_has_the_label_that_fits_its_range() -> None:
    values = [number / 40 for number in range(40)]
    labels = ["unrelated"] * 12 + ["contradiction"] * 16 + ["same"] * 12
    found = fit_cosine(values, labels)
    assert [predicted(value, found).verdict for value in (0.1, 0.5, 0.9)] == ["unrelated", "contradiction", "same"]
    assert predicted(0.5, found).contradiction == 1.0
    assert predicted(-1.0, found).contradiction == 0.0


def test_what_is_simple_is_fitted_to_a_set() -> None:
    found = fit(TINY, Texts())
    assert found.chance == pytest.approx(1 / 3, abs=1e-4)
    assert found.words.related <= found.words.same
    assert [one.verdict for one in majority(TINY, found)] == [found.commonest] * 3


# figures


def test_figures_are_of_the_labels_that_a_set_has() -> None:
    cases = labelled("same", "contradiction")
    found = figures([outcome(cases, ("same", 0.0), ("unrelated", 1.0))])
    assert found.contradiction == (0, 0, 0)
    assert found.same == (1, 1, 1)
    assert (found.macro_f1, found.auroc, found.calibration_error) == (0.5, 1.0, 0.0)
    none = figures([outcome(labelled("same", "unrelated"), ("same", 0.0), ("same", 0.0))])
    assert (none.contradiction, none.auroc, none.calibration_error) == (None, None, None)


def test_sources_count_together_but_for_those_left_out() -> None:
    of_source = [
        CaseSet("nli", labelled("same", "contradiction").cases, FOUR, source="one"),
        CaseSet("nli", labelled("same").cases, FOUR, source="two"),
        CaseSet("nli", labelled("same").cases * 40, FOUR, source="three", aggregated=False),
    ]
    told = [outcome(one, *[("same", 0.5)] * len(one.cases), seconds=0.5) for one in of_source]
    together = by_set(told)["nli"]["s"]
    assert (together.pairs, together.same) == (3, (2 / 3, 1.0, 0.8))
    assert together.pairs_per_second == pytest.approx(3)
    assert {name: row["s"].pairs for name, row in by_source(told).items()} == {
        "three (left out above)": 40,
        "those under 30 pairs": 3,
    }


def test_the_table_is_markdown_with_a_row_for_each_set_and_system() -> None:
    other = CaseSet("y", labelled("same", "unrelated").cases, FOUR, "all of it")
    told = [
        outcome(labelled("same", "contradiction"), ("same", 0.0), ("same", 0.5)),
        outcome(other, *[("same", 0)] * 2),
    ]
    text = markdown(told, Reading(10, 2.0))
    rows = [line for line in text.splitlines() if line.startswith(("| x", "| y"))]
    assert rows[0] == "| x | s | 2 | .000 | .000 | .000 | .500 | 1.000 | .667 | .333 | 1.000 | .250 | 2 |"
    assert rows[1].startswith("| y | s | 2 | – | – | – |")
    assert "- y: all of it." in text
    assert "5 texts/s" in text
    assert "| s | .000 | .667 | .333 | 1.000 | .250 |" in text
    assert json.loads(as_json(told, Reading(0, 0.0)))["sets"]["y"]["s"]["contradiction"] is None


def test_processes_say_what_one_process_says() -> None:
    sets = [labelled("same", "contradiction"), CaseSet("newsclash", TINY.cases, FOUR)]
    sets = [CaseSet("newsclash", one.cases, FOUR) for one in sets]
    seen: list[int] = []
    alone, _ = run_all(sets, ["majority", "lexical"], 1, lambda one: seen.append(len(one.cases)))
    several, _ = run_all(sets, ["majority", "lexical"], 2, lambda one: None)
    assert [(one.cases, one.told) for one in alone] == [(one.cases, one.told) for one in several]
    assert sorted(seen) == [2, 3]


# the command


@with_data
def test_the_command_prints_a_table_and_writes_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures_file = tmp_path / "figures.json"
    systems = ["--system", "majority", "--system", "lexical"]
    command.main(["--set", "news_pairs.mined", *systems, "--jobs", "1", "--json", str(figures_file)])
    printed = capsys.readouterr().out
    assert "| news_pairs.mined | majority | 326 |" in printed
    assert json.loads(figures_file.read_text(encoding="utf-8"))["sets"]["news_pairs.mined"]["lexical"]["pairs"] == 326


@pytest.mark.parametrize("wrong", [["--write", "--set", "stance"], ["--set", "none"]])
def test_the_command_says_what_it_cannot_do(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(wrong)
    assert capsys.readouterr().err
