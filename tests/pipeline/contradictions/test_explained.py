"""What each layer saw, and which decided."""

from __future__ import annotations

import pytest

from pipeline.contradictions.explained import TOLD_FEATURES, explained, heaviest
from pipeline.contradictions.judge import judge
from pipeline.contradictions.score import read_weights
from pipeline.models.cross_encoder import CrossEncoder
from schemas.claim import Claim
from schemas.pair import Pair
from tests.pipeline.contradictions.pair_builder import claim, denial_of, entities, pair

REPORT = claim("Rostec cut its staff in Venezuela to a few dozen.", entities=entities("Venezuela"))
DENIED = claim(
    "Rostec denied that it cut its staff in Venezuela.", "Volga", hours=2, stance="denies", denies=denial_of(REPORT)
)
PARIS = claim("The mayor opened a bridge over the river in Paris.", "Seine", entities=entities("Paris"))
LIMA = claim("The mayor opened a bridge over the river in Lima.", "Rimac", hours=1, entities=entities("Lima"))
COURT = "The court in Nairobi {} governor Otundo of fraud on Monday."


def court(verb: str, outlet: str) -> Claim:
    return claim(COURT.format(verb), outlet, entities=entities("Nairobi"))


CASES = [
    ("sure denial", pair(REPORT, DENIED), "contradiction", "signs"),
    ("too unlike", pair(REPORT, PARIS, 0.1), "unrelated", "gate"),
    ("same words", pair(REPORT, claim(REPORT.text, "Copy"), 0.99), "same", "gate"),
    ("other place", pair(PARIS, LIMA, 0.9), "unrelated", "gate"),
    ("opposite", pair(court("convicted", "X"), court("acquitted", "Y"), 0.9), "contradiction", "signs"),
    ("both can be", pair(REPORT, claim("Venezuela bought new buses.", "Bus"), 0.5), "compatible", "weights"),
]


@pytest.mark.parametrize(("pair_", "verdict", "layer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_layer_that_decided_is_named(pair_: Pair, verdict: str, layer: str) -> None:
    found = explained(pair_)
    assert found.verdict == judge(pair_)
    assert (found.verdict.verdict, found.decided_by.name) == (verdict, layer)
    assert [it.name for it in found.layers] == ["likeness", "gate", "signs", "weights", "model"]
    assert sum(it.decided is not None for it in found.layers) == 1


def test_every_layer_tells_what_it_saw() -> None:
    likeness, gate, rules, weighed, model = explained(pair(REPORT, DENIED, 0.7), CrossEncoder()).layers
    assert likeness.figures["cosine"] == 0.7
    assert "cosine of meaning 0.70" in likeness.lines[0]
    assert {"rostec", "staff", "venezuela"} <= set(likeness.figures["shared"])
    assert gate.figures["other_subject"] is None
    (denial,) = [it for it in rules.figures["findings"] if it["kind"] == "denial"]
    assert (denial["is"], denial["denier"]) == ("sure", "b")
    assert "B rejects the other" in rules.lines[0]
    assert sum(weighed.figures["chances"].values()) == pytest.approx(1, abs=1e-3)
    assert model.figures["read"].keys() == model.figures["together"].keys() == weighed.figures["chances"].keys()


def test_what_a_denial_rejects_is_read_with_the_other_side() -> None:
    report = claim("The firm moved its plant to Brazil.", "Herald", hours=1)
    vague = claim(
        "Nothing of the kind, the spokesman said.", "Volga", hours=2, stance="denies", denies=denial_of(REPORT)
    )
    asked: list[tuple[str, str]] = []

    def read(a: str, b: str) -> dict[str, float]:
        asked.append((a, b))
        return {"same": 0.1, "contradiction": 0.2, "compatible": 0.3, "unrelated": 0.4}

    model = explained(pair(report, vague), read, thorough=True).layers[-1]
    assert (REPORT.text, report.text) in asked
    assert model.figures["rejected"] == model.figures["read"]
    assert any(line.startswith("what one rejects") for line in model.lines)


def test_what_is_rejected_in_the_article_itself_is_not_read_twice() -> None:
    model = explained(pair(REPORT, DENIED, 0.7), CrossEncoder()).layers[-1]
    assert model.figures["rejected"] is None


def test_the_other_subject_is_said() -> None:
    gate = explained(pair(PARIS, LIMA, 0.9)).layers[1]
    assert "Paris" not in gate.figures["names"]
    assert gate.lines[0].startswith("another subject: they speak of different places")


def test_the_heaviest_features_come_first_with_their_sign() -> None:
    values = {"similarity": 0.5, "opposite": 1.0, "overlap": 0.0, "names": 1.0}
    found = heaviest(values, "contradiction")
    table = read_weights()["contradiction"]
    assert "overlap" not in {it.name for it in found}
    assert [abs(it.part) for it in found] == sorted((abs(it.part) for it in found), reverse=True)
    assert {it.name: it.part for it in found}["similarity"] == pytest.approx(0.5 * table["similarity"])
    assert len(heaviest(dict.fromkeys(table, 1.0), "same")) == TOLD_FEATURES


def test_the_model_that_was_not_asked_says_so() -> None:
    found = explained(pair(REPORT, claim("Venezuela bought new buses.", "Bus"), 0.5), CrossEncoder())
    assert found.verdict.layer == "weights"
    assert found.layers[-1].lines[0].startswith("not asked")
