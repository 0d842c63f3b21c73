"""What a link in an article is worth: where its words show that the denial is of another point, nothing is told."""

from __future__ import annotations

import pytest
from pair_builder import claim, denial_of, entities, pair

from pipeline.contradictions.cues import denial_cue
from pipeline.contradictions.judge import judge
from schemas.claim import Claim, Denial, Source
from schemas.verdict import Verdict


def linked(text: str, other: Claim, who: str, cue: str = "said") -> Claim:
    return claim(
        text,
        other.outlet,
        source=Source(name=who, kind="person"),
        stance="denies",
        cue=cue,
        denies=denial_of(other),
        entities=other.entities,
    )


def told(a: Claim, b: Claim, similarity: float = 0.5) -> Verdict:
    return judge(pair(a, b, similarity))


def test_a_plain_negative_rejects_only_what_is_stated() -> None:
    left = claim(
        "Warren left the meeting and Clinton went on to a speech.", entities=entities("Clinton", kind="PERSON")
    )
    met = claim("Warren had discussed the vice presidency with Clinton.", entities=left.entities)
    denial = "She had not discussed that with Clinton."
    assert told(linked(denial, left, "the senator"), left).verdict != "contradiction"
    assert told(linked(denial, met, "the senator"), met).verdict == "contradiction"


def test_a_shared_word_alone_does_not_make_a_link_sure() -> None:
    report = claim("Customers of the cable firm were told on Monday to stop using the browser or lose their service.")
    denial = "The mayor rejected the accusation that his driver had parked outside the service entrance all night."
    assert told(linked(denial, report, "the mayor"), report).score < 0.95


@pytest.mark.parametrize(
    ("first", "denial"),
    [
        (
            "Mr. Trump does not necessarily want to kill the families of terrorists.",
            "Mr. Trump called the report that he wanted to kill the families of terrorists a lie.",
        ),
        (
            "A doctored image of the student was shared thousands of times.",
            "The student called the image-doctoring a slander.",
        ),
        (
            "Acme has heard that people are saying it launched a spiced soap.",
            "Acme has squashed rumours of a spiced soap.",
        ),
    ],
)
def test_who_does_not_claim_it_is_not_contradicted(first: str, denial: str) -> None:
    report = claim(first)
    assert told(linked(denial, report, "the spokeswoman", "called"), report).verdict != "contradiction"


def test_who_negates_what_is_denied_is_on_the_same_side() -> None:
    denial = claim(
        "No part of the experience was a hoax.",
        source=Source(name="the man", kind="person"),
        stance="denies",
        denies=Denial(claim_id=None, text="Every part of that scene was staged."),
    )
    ally = claim("Not a single scene had been staged or scripted.", "Wire", source=Source(name="Lin", kind="person"))
    assert told(denial, ally, 0.5).verdict != "contradiction"


def test_parts_of_those_asked_do_not_deny_each_other() -> None:
    most = claim("She has harmed the country.", source=Source(name="66 percent", kind="group"))
    few = linked("She has done nothing wrong that harmed the country.", most, "Only 24 percent of voters")
    assert told(few, most, 0.45).verdict != "contradiction"


@pytest.mark.parametrize(
    "text",
    [
        "Clinton has rejected a Fox News proposal for one final debate.",
        "The prosecutor will dismiss most of such cases.",
        "The customer complained about billing issues and false charges.",
        "He was made to deny his birthright as a citizen.",
        "His words appeared to contradict his past statements.",
    ],
)
def test_what_is_refused_or_compared_is_not_denied(text: str) -> None:
    assert denial_cue(text) is None


@pytest.mark.parametrize(
    "text", ["The charges are false.", "She rejected the allegations.", "The report contradicts the minister."]
)
def test_what_is_denied_still_is(text: str) -> None:
    assert denial_cue(text) is not None
