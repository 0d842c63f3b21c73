"""What a negation reaches and what a figure counts: sentences that were taken for contradictions and are none."""

from __future__ import annotations

import pytest
from pair_builder import claim

from pipeline.contradictions.compare import claim_of
from pipeline.contradictions.negation import negation_findings
from pipeline.contradictions.quantities import compare_figures
from pipeline.contradictions.reading import read
from pipeline.contradictions.scopes import negations


@pytest.mark.parametrize(
    "text",
    [
        "They still don't know who was firing gunshots there.",
        "He put him up in a hotel, the name of which he will not disclose.",
        "It's not even clear if Rogen has an official offer.",
        "The pictures couldn't be independently verified.",
        "The mayor hasn't yet said whether she will run.",
        "The man couldn’t confirm how many had died.",
        "This may or may not have been a meteorite.",
        "There are dozens more that did not get caught by the border patrol.",
        "Despite voting no they find Scotland more suitable than England.",
        "The hostage would meet his fate if the U.S. didn't meet the group's demands.",
        "He was not even sure the letter had come.",
    ],
)
def test_what_is_not_told_negates_nothing(text: str) -> None:
    assert negations(text) == ()


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("He has now decided instead of a fireman he wants to be a superhero.", "a fireman"),
        ("The food fell to the militants instead of to their own soldiers.", ""),
        ("The firm built a port instead of paying its debts to the state.", "paying its debts to the state"),
        (
            "Militants are not entering the U.S. through the southern border.",
            "entering the U.S. through the southern border",
        ),
        ("Many will not vote for Mrs. Clinton.", "vote for Mrs. Clinton"),
        ("That is not her account and Jillian Neal has had the account suspended.", "her account"),
        ("Macaulay Culkin is not dead despite another hoax about his death.", "dead"),
        ("The firm did not pay its taxes and fines.", "pay its taxes and fines"),
    ],
)
def test_a_negation_reaches_its_own_phrase(text: str, scope: str) -> None:
    (negation,) = negations(text)
    assert negation.scope == scope


def test_what_was_never_said_is_still_denied() -> None:
    assert negations("The tribunal never said it was trying to overrule the law.")


def test_a_name_of_common_words_is_not_what_is_negated() -> None:
    attack = claim("ISIS terrorists were planning to attack the United States with car bombs.")
    enemy = claim("It was important to remember that ISIS is the enemy and not the United States.")
    assert negation_findings(read(attack), read(enemy)) == []


def test_a_plain_negation_is_still_found() -> None:
    paid = claim("Mexico will pay for the wall.")
    refused = claim("Mexico will not pay for the wall.")
    assert [it.denier for it in negation_findings(read(paid), read(refused))] == ["b"]


def compared(a: str, b: str) -> list[tuple[str, str]]:
    """Return the figures of two texts that cannot both hold, the first claim's first."""
    figures = compare_figures(read(claim_of(a)), read(claim_of(b)))
    return [(it.a.text, it.b.text) for it in figures if it.relation == "apart"]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Twenty-two police officers were arrested in Iguala.", "14 more police officers were arrested in Iguala."),
        ("Six people were killed in the strike.", "Another 20 people were killed in the strike."),
        ("The attack took the lives of four brave Americans.", "Three other Americans died in the attack."),
        ("The union met 12 injured workers.", "The union met 40 striking workers."),
        ("About 20 journalists are missing in Syria.", "At least 66 journalists have been killed in Syria."),
        ("25 militants were killed in the village.", "31 militants were injured in the village."),
        ("40 people were caught at the border.", "Suspects were caught at the border, including four people."),
        ("The firm will cut 2,000 jobs.", "Most of the 18,000 jobs are safe."),
        ("One user said that Apple was waiting.", "Several users said that Apple was waiting."),
        ("There are 100 devices in one watch.", "Apple will sell 36 million watches."),
        ("None of the students were in the grave.", "The grave may hold the group of 43 students."),
        ("He heard 10 shots.", "He heard six shots, followed by four more shots."),
    ],
)
def test_figures_of_other_things_are_not_held_against_each_other(a: str, b: str) -> None:
    assert compared(a, b) == []
    assert compared(b, a) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Al-Baghdadi has three wives.", "Al-Baghdadi has two wives."),
        ("Drexan will cut 4,500 of its 18,000 jobs.", "Drexan will cut 2,000 jobs."),
        ("Three people were killed in the strike.", "80 people were killed in the strike."),
        ("One person was killed in the strike.", "Seven people were killed in the strike."),
        ("The union met 12 injured workers.", "The union met 40 workers."),
        ("Of the 24 sailors aboard, 21 sailors were rescued.", "Of the 24 sailors aboard, 3 sailors were rescued."),
        ("Greece took in 412 of the 600 refugees.", "Greece took in none of the 600 refugees."),
    ],
)
def test_figures_of_one_thing_still_conflict(a: str, b: str) -> None:
    assert compared(a, b)
    assert compared(b, a)
