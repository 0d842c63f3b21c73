"""The judge on cases whose answer a fact-checker would not dispute, and what must hold of any pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pair_builder import claim, denial_of, entities, figure, pair

from pipeline.contradictions.judge import judge
from schemas.claim import Claim, Denial, Source
from schemas.pair import Pair

REPORT = claim(
    "Russian state defence contractor Rostec cut its staff in Venezuela to just a few dozen from about 1,000.",
    "The Ledger-Journal",
    source=Source(name="person close to the ministry", kind="unnamed"),
    entities=(*entities("Venezuela"), *entities("Rostec", kind="ORG")),
    quantities=(
        figure("a few dozen", 24, 60, "staff", approximate=True, role="to"),
        figure("about 1,000", 900, 1100, "staff", approximate=True, role="from"),
    ),
)
PRESIDENT = claim(
    "Russia has informed us that they have removed most of their people from Venezuela.",
    "Wire",
    source=Source(name="Trump", kind="person"),
    entities=entities("Russia", "Venezuela"),
    hours=10,
)


def denial(text: str, source: str, of: Claim = REPORT) -> Claim:
    return claim(
        text, "Agency", source=Source(name=source, kind="organisation"), stance="denies", denies=denial_of(of), hours=20
    )


UNCHANGED = denial("The composition of Rostec's presence in Venezuela has not changed for many years.", "Rostec")
EXAGGERATED = denial("The figures have been exaggerated tens of times.", "Rostec")
NO_CUTS = denial("There is no talk of any cuts.", "Vladimir Zaemsky")


def test_a_cut_from_a_thousand_to_a_few_dozen_and_most_people_removed_are_one_claim() -> None:
    assert judge(pair(REPORT, PRESIDENT, 0.47)).verdict == "same"


@pytest.mark.parametrize(
    ("said", "kind"),
    [(UNCHANGED, "denial"), (EXAGGERATED, "quantity"), (NO_CUTS, "denial")],
    ids=["firm", "figures", "envoy"],
)
def test_the_denials_reject_the_newspaper(said: Claim, kind: str) -> None:
    verdict = judge(pair(REPORT, said, 0.2))
    assert (verdict.verdict, verdict.kind, verdict.denier) == ("contradiction", kind, "b")
    assert "rejects what The Ledger-Journal reports" in verdict.reasons[0]


@pytest.mark.parametrize("said", [UNCHANGED, NO_CUTS], ids=["firm", "envoy"])
def test_they_reject_the_president_too_by_what_they_deny(said: Claim) -> None:
    assert judge(pair(PRESIDENT, said, 0.5)).verdict == "contradiction"


def test_nothing_has_changed_contradicts_a_cut_without_any_mark_of_denial() -> None:
    plain = claim(
        "Rostec's presence in Venezuela has not changed for many years.", "Agency", entities=entities("Venezuela")
    )
    verdict = judge(pair(REPORT, plain, 0.52))
    assert (verdict.verdict, verdict.kind) == ("contradiction", "negation")


def test_a_source_does_not_contradict_its_own_denial() -> None:
    rostec = Source(name="Rostec", kind="organisation")
    statement = claim("Rostec's presence in Venezuela has not changed.", "Agency", source=rostec)
    rejection = denial("Rostec denied that it cut its staff in Venezuela.", "Rostec", of=statement)
    assert judge(pair(statement, rejection, 0.6)).verdict != "contradiction"


def test_a_plain_negation_of_one_sentence_is_a_contradiction() -> None:
    a = claim("Macklemore has joined the ranks of ISIS in Syria.")
    b = claim("Macklemore has not joined the ranks of ISIS in Syria.", "Wire")
    verdict = judge(pair(a, b, 0.9))
    assert verdict.verdict == "contradiction"
    assert any("not joined the ranks" in reason for reason in verdict.reasons)


TOLL = "The earthquake in Malatya killed {} people on Sunday, the disaster agency said."


def toll(number: int, outlet: str, hours: float = 0) -> Claim:
    count = figure(str(number), number, number, "people")
    return claim(TOLL.format(number), outlet, hours=hours, quantities=(count,))


def test_two_tolls_of_one_hour_contradict_each_other_in_figures() -> None:
    verdict = judge(pair(toll(1000, "Ledger"), toll(2400, "Wire"), 0.95))
    assert (verdict.verdict, verdict.kind) == ("contradiction", "quantity")
    assert any("1000 against 2400" in reason or "2400 against 1000" in reason for reason in verdict.reasons)


def test_a_toll_that_rose_since_is_no_contradiction() -> None:
    dead = {"quantities": (figure("12", 12, 12, "dead"),)}
    more = {"quantities": (figure("13", 13, 13, "dead"),)}
    a = claim("The crash near Varazdin left 12 dead.", **dead)
    b = claim("The crash near Varazdin left 13 dead.", "Wire", hours=20, **more)
    assert judge(pair(a, b, 0.95)).verdict != "contradiction"


def test_rounded_figures_are_no_contradiction() -> None:
    a = claim(
        "Some 980 people left the town of Malatya.",
        quantities=(figure("Some 980", 882, 1078, "people", approximate=True),),
    )
    b = claim(
        "About 1,000 people left the town of Malatya.",
        quantities=(figure("About 1,000", 900, 1100, "people", approximate=True),),
    )
    assert judge(pair(a, b, 0.95)).verdict in {"same", "suggested"}


def test_another_place_is_unrelated_however_alike() -> None:
    a = claim("House prices fell 1.8 percent in Kenya.", entities=entities("Kenya"))
    b = claim("House prices rose 1.8 percent in Poland.", "Wire", entities=entities("Poland"))
    verdict = judge(pair(a, b, 0.9))
    assert verdict.verdict == "unrelated"
    assert "Kenya" in verdict.reasons[0]


def test_opposite_outcomes_of_one_trial() -> None:
    a = claim("The Nairobi court convicted former governor Wycliffe Otundo of fraud on Friday.")
    b = claim("The Nairobi court acquitted former governor Wycliffe Otundo of fraud on Friday.", "Wire")
    verdict = judge(pair(a, b, 0.95))
    assert (verdict.verdict, verdict.kind) == ("contradiction", "opposite")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("This is not the first time a nun has given birth in Italy.", "A nun has given birth in Italy."),
        ("CNN could not independently verify the tape.", "CNN was unable to independently verify the tape."),
        (
            "Rumours that the actor Judd Nelson died are spreading.",
            "Judd Nelson's death is a rumour that is spreading.",
        ),
        ("The minister declined to comment on the Daehan contract.", "The minister signed the Daehan contract."),
    ],
)
def test_no_false_alarm(a: str, b: str) -> None:
    assert judge(pair(claim(a), claim(b, "Wire"), 0.85)).verdict != "contradiction"


def test_a_denial_that_names_only_its_own_words_points_at_nothing() -> None:
    text = "The suggestion is categorically false."
    said = claim(text, "Agency", stance="denies", denies=Denial(text=text))
    other = claim("The Pentagon confirmed that a bundle of weapons was lost.")
    assert judge(pair(said, other, 0.46)).verdict != "contradiction"


TEXTS = st.sampled_from(
    [
        *(REPORT.text, PRESIDENT.text, UNCHANGED.text, NO_CUTS.text, TOLL.format(12), TOLL.format(40)),
        "The court acquitted Otundo.",
        "The court did not acquit Otundo.",
        "Reports of Otundo's death are a hoax.",
        "",
        "?",
    ]
)
CLAIMS = st.builds(
    lambda text, outlet, hours, stance, number: claim(
        text or "empty",
        outlet,
        hours=hours,
        stance=stance,
        quantities=(figure(str(number), number, number, "people"),) if number else (),
    ),
    TEXTS,
    st.sampled_from(["Ledger", "Wire"]),
    st.sampled_from([0, 1, 30]),
    st.sampled_from(["asserts", "denies", "reports"]),
    st.sampled_from([0, 5, 5000]),
)


@settings(deadline=None, max_examples=150)
@given(CLAIMS, CLAIMS, st.floats(-1, 1))
def test_the_order_of_the_claims_changes_nothing(a: Claim, b: Claim, similarity: float) -> None:
    there = judge(Pair(pair_id="p", a=a, b=b, similarity=similarity))
    back = judge(Pair(pair_id="p", a=b, b=a, similarity=similarity))
    assert (there.verdict, there.kind, there.score) == (back.verdict, back.kind, back.score)
    assert {there.denier, back.denier} in ({None}, {"a", "b"})


@settings(deadline=None, max_examples=100)
@given(CLAIMS)
def test_a_claim_never_contradicts_its_own_copy(a: Claim) -> None:
    assert judge(Pair(pair_id="p", a=a, b=a, similarity=1.0)).verdict != "contradiction"


@settings(deadline=None)
@given(st.sampled_from([", officials added", ", it emerged", " this week", ", it was announced in the evening"]))
def test_an_irrelevant_clause_does_not_turn_a_contradiction(clause: str) -> None:
    a = claim("The Nairobi court convicted former governor Wycliffe Otundo of fraud on Friday.")
    b = claim(f"The Nairobi court acquitted former governor Wycliffe Otundo of fraud on Friday{clause}.", "Wire")
    assert judge(pair(a, b, 0.93)).verdict == "contradiction"


@settings(deadline=None, max_examples=100)
@given(CLAIMS, CLAIMS, st.floats(-1, 1))
def test_every_verdict_has_a_reason_and_a_score(a: Claim, b: Claim, similarity: float) -> None:
    verdict = judge(Pair(pair_id="p", a=a, b=b, similarity=similarity))
    assert verdict.reasons
    assert all(verdict.reasons)
    assert 0.0 <= verdict.score <= 1.0
    assert (verdict.kind is not None) == (verdict.verdict == "contradiction")
