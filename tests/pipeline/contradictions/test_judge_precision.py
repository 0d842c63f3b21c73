"""What looks like a contradiction and is none, kind by kind, and what is plain: the cases that keep alarms true."""

from __future__ import annotations

import pytest
from pair_builder import claim, denial_of, entities, figure, pair

from pipeline.contradictions.compare import claim_of, pair_with
from pipeline.contradictions.judge import judge
from schemas.claim import Claim, Denial, Source

PRYCE = "{} Pryce was found {} of bribery after a trial of five weeks."


def pryce(first: str, verdict: str, outlet: str) -> Claim:
    return claim(PRYCE.format(first, verdict), outlet, entities=entities(f"{first} Pryce", kind="PERSON"))


def test_namesakes_are_different_people() -> None:
    verdict = judge(pair(pryce("Martin", "guilty", "Ledger"), pryce("Desmond", "not guilty", "Wire"), 0.9))
    assert verdict.verdict == "unrelated"
    assert "Martin Pryce" in verdict.reasons[0]
    assert "Desmond Pryce" in verdict.reasons[0]


def test_one_person_under_two_spellings_is_no_namesake() -> None:
    verdict = judge(pair(pryce("Katherine", "guilty", "Ledger"), pryce("Catherine", "not guilty", "Wire"), 0.9))
    assert verdict.verdict == "contradiction"


def test_two_central_banks_share_no_name() -> None:
    a = claim(
        "The Bank of Nordmark left its main interest rate unchanged on Thursday.",
        entities=entities("The Bank of Nordmark", kind="ORG"),
    )
    b = claim(
        "The National Bank of Veltria raised its main interest rate on Thursday.",
        "Wire",
        entities=entities("The National Bank of Veltria", kind="ORG"),
    )
    assert judge(pair(a, b, 0.8)).verdict != "contradiction"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            "Nordmark's central bank held its interest rate and was in no hurry to raise borrowing costs.",
            "The Bank of Nordmark left its interest rate unchanged but dropped its promise of gradual increases.",
        ),
        (
            "The composition of Rostec's mission in Venezuela has not changed for years.",
            "Venezuela had received no notice of any withdrawal by Rostec.",
        ),
        (
            "The power company rejected a finding that its line had started the fire in Marlow.",
            "The power company's line did not start the fire in Marlow.",
        ),
        (
            "Work in Venezuela goes on under the agreements in force there is no talk of any cuts.",
            "Specialists who maintain the equipment were still at work in Venezuela.",
        ),
        (
            "Nordmark's central bank was in no hurry to raise borrowing costs.",
            "The Bank of Nordmark left its rate unchanged but dropped its promise of increases in borrowing costs.",
        ),
    ],
    ids=["held", "no-notice", "rejected", "still-at-work", "no-hurry"],
)
def test_two_who_say_that_it_is_not_so_agree(a: str, b: str) -> None:
    assert judge(pair(claim(a), claim(b, "Wire"), 0.75)).verdict != "contradiction"


def test_what_shares_only_the_event_is_not_what_is_denied() -> None:
    blamed = claim("A fallen power line started the Marlow Ridge fire.", entities=entities("Marlow Ridge"))
    denial = claim(
        "Sierra Alta Power's equipment had nothing to do with it.",
        "Wire",
        stance="denies",
        denies=Denial(claim_id=None, text=blamed.text),
        entities=entities("Sierra Alta Power", kind="ORG"),
    )
    contained = claim(
        "The fire on Marlow Ridge was 10 percent contained.", "Gazette", entities=entities("Marlow Ridge")
    )
    assert judge(pair(blamed, denial, 0.6)).verdict == "contradiction"
    assert judge(pair(contained, denial, 0.6)).verdict != "contradiction"


def jobs(number: int, outlet: str, day: str = "Thursday") -> Claim:
    return claim(
        f"Corran Steel cut {number} jobs at its Northgate works on {day} as it shut a furnace.",
        outlet,
        entities=(*entities("Corran Steel", kind="ORG"), *entities("Northgate")),
        quantities=(figure(str(number), number, number, "jobs"),),
    )


def test_two_figures_in_one_frame_are_a_plain_contradiction() -> None:
    verdict = judge(pair(jobs(900, "Standard"), jobs(2400, "Ledger"), 0.68))
    assert (verdict.verdict, verdict.kind) == ("contradiction", "quantity")
    assert verdict.score >= 0.6


def test_figures_of_two_days_are_no_contradiction() -> None:
    verdict = judge(pair(jobs(900, "Standard"), jobs(2400, "Ledger", day="Monday"), 0.9))
    assert verdict.verdict != "contradiction"


def test_what_is_rejected_in_so_many_words_is_plain() -> None:
    a = claim("The actor Judd Nelson has been found dead at 55.")
    b = claim("Reports that the actor Judd Nelson was dead turned out to be false.", "Wire")
    verdict = judge(pair(a, b, 0.7))
    assert (verdict.verdict, verdict.kind) == ("contradiction", "denial")
    assert verdict.score >= 0.6


@pytest.mark.parametrize(
    "b",
    [
        "At least 10 fighters were caught at the border in Texas, though an administration official denied it.",
        "A fake news site reported that at least 10 fighters were caught at the border in Texas.",
    ],
    ids=["aside", "fake-site"],
)
def test_a_denial_told_beside_the_claim_does_not_reject_it(b: str) -> None:
    a = claim("At least 10 fighters were caught at the border in Texas.")
    assert judge(pair(a, claim(b, "Wire"), 0.8)).verdict != "contradiction"


def test_a_condition_negates_nothing() -> None:
    a = claim("The group threatened to kill Somers unless its demands were met.")
    b = claim("The group will kill Somers if its demands are not met.", "Wire")
    assert judge(pair(a, b, 0.8)).verdict != "contradiction"


def test_a_denial_is_sure_only_of_what_it_speaks_of() -> None:
    said = claim(
        "The story has nothing to do with reality.",
        "Dispatch",
        source=Source(name="Vladimir Zaemsky", kind="person"),
        stance="denies",
        denies=Denial(text="a report that Rostec has sent nearly all of its specialists in Venezuela home"),
    )
    for text in ("The newspaper cited a person close to Rostec.", "Russia has sold Venezuela weapons for billions."):
        assert judge(pair(claim(text), said, 0.42)).score < 0.9
        assert judge(pair(claim(text), said, 0.42)).verdict != "contradiction"
    report = claim("Rostec sent most of its specialists in Venezuela home.", entities=entities("Rostec", "Venezuela"))
    assert judge(pair(report, said, 0.42)).verdict == "contradiction"


def test_a_link_without_a_shared_word_weighs_less() -> None:
    other = claim("The minister took the money from a builder.")
    linked = claim(
        "That is nonsense.", "Wire", stance="denies", denies=denial_of(other), source=Source(name="x", kind="person")
    )
    assert judge(pair(other, linked, 0.1)).verdict == "unrelated"
    verdict = judge(pair(other, linked, 0.32))
    assert verdict.verdict == "contradiction"
    assert 0.5 <= verdict.score < 0.6


def test_a_persons_family_name_is_the_same_source() -> None:
    statement = claim("The figures of Rostec are wrong.", source=Source(name="Vladimir Zaemsky", kind="person"))
    said = claim(
        "He denied it.",
        "Wire",
        stance="denies",
        denies=denial_of(statement),
        source=Source(name="Zaemsky", kind="person"),
    )
    assert judge(pair(statement, said, 0.6)).verdict != "contradiction"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The Harrow poll was conducted by telephone in Ohio among 1,031 registered voters.",
            "The Harrow poll in Ohio, including 389 registered voters who lean to the left, was conducted online.",
        ),
        (
            "Rescuers pulled dozens of Palestinians from their houses in Gaza after Israel opened the dams.",
            "Hundreds of Palestinians in Gaza left their homes on Sunday after Israel opened dams near the border.",
        ),
    ],
)
def test_figures_of_one_word_for_other_things_are_not_told(first: str, second: str) -> None:
    assert judge(pair_with(claim_of(first), claim_of(second), 0.66)).verdict == "compatible"
