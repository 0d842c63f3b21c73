"""What a denial rejects: in its own words, in the article before it, or left open."""

from __future__ import annotations

import pytest

from pipeline.claims.denying.denials import Candidate, denied
from pipeline.claims.denying.hearsay import hearsay
from pipeline.claims.denying.opposition import negative, opposed


def candidate(name: str, source: str, content: str, position: int, denies: bool = False, **more) -> Candidate:
    return Candidate(name, position, source, None, content, content, denies, False, **more)


def test_the_named_source_is_denied():
    denial = candidate("d", "Acme", "The Herald's report is false", 200, denies=True)
    herald = candidate("h", "Daily Herald", "Acme closed its plant in Leeds", 0)
    other = candidate("o", "Jane Roe", "The report was read by many", 100)
    assert denied(denial, [herald, other, denial]) == "h"
    assert denied(denial, [denial]) is None


def test_what_is_spelled_out_is_denied_not_what_is_near():
    denial = candidate("d", "Acme", "Acme denied it", 200, denies=True, target="it had closed its plant in Leeds")
    plant = candidate("p", "Jane Roe", "Acme closed its plant in Leeds", 0)
    near = candidate("n", "John Doe", "Acme pays low wages", 150)
    assert denied(denial, [plant, near]) == "p"
    assert denied(denial, [near]) is None


def test_a_pointer_means_what_was_said_last():
    denial = candidate("d", "Acme", "Acme denied it", 200, denies=True, points=True)
    first = candidate("f", "Jane Roe", "The lake is dirty", 0)
    last = candidate("l", "John Doe", "Wages are low", 150)
    after = candidate("a", "John Doe", "Wages are low", 300)
    told = candidate("t", "The Outlet", "Rain fell", 180, outlet=True)
    assert denied(denial, [first, last, after, told]) == "l"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("Rumour had it that the school would be sold. ", "the school would be sold"),
        ("Word spread on Tuesday that the dam had burst. ", "the dam had burst"),
        ("Activists speak of 500 arrests. ", "500 arrests"),
        ("First came the leak: Norrby to buy Zell. ", "Norrby to buy Zell"),
        ("The sun shone on the village. ", None),
    ],
)
def test_hearsay(before, told):
    assert hearsay(before + "It did not.", len(before)) == told


@pytest.mark.parametrize(
    ("first", "answer", "opposite"),
    [
        ("the talks were over", "They are not over", True),
        ("the couple fought every night", "they never did", True),
        ("The hostages were moved across the border", "No one has been moved", True),
        ("a bomb had exploded at the station", "no bomb had exploded", True),
        ("planes attacked the hospital", "There had been no attack on the hospital", True),
        ("the minister had resigned", "the bank had not resigned", False),
        ("the minister had not resigned", "I have not resigned", False),
        ("Prices rose in May", "He had not slept for a week", False),
    ],
)
def test_opposites(first, answer, opposite):
    one = negative(answer)
    assert one is not None
    assert opposed(one, first) is opposite


def test_only_a_main_clause_negates():
    assert negative("Because it did not rain, the crop failed") is None
    assert negative("The crop failed") is None


def test_a_link_needs_something_shared():
    asked = candidate("q", "who", "The customer refused to answer", 0)
    warned = candidate(
        "w", "Kelly", "Users who hide are doing things that are not legal", 180, denies=True, points=True
    )
    assert denied(warned, [asked]) is None


def test_a_pointer_means_the_sentence_before_it_and_nothing_said_later():
    lies = candidate("d", "Jan Novak", "It is all lies", 700, denies=True, points=True)
    study = candidate("s", "Ada Smith", "Voters say they admire Novak more", 60)
    after = candidate("a", "Ada Smith", "Wages are low", 760)
    near = candidate("n", "Ada Smith", "The bank lost its gold", 600)
    assert denied(lies, [study, after]) is None
    assert denied(lies, [study, after, near]) == "n"


def test_the_outlet_is_denied_by_the_one_it_is_about():
    rumour = candidate("d", "Acme", "Acme dismisses the rumour as inaccurate", 200, denies=True, points=True)
    about = candidate("o", "The Outlet", "Users of the browser are cut off by Acme", 0, outlet=True)
    other = candidate("p", "The Outlet", "The lake is dirty", 0, outlet=True)
    assert denied(rumour, [about]) == "o"
    assert denied(rumour, [other]) is None


def test_one_word_spelled_out_is_not_enough_far_away():
    change = candidate("d", "Bernie Roe", "Change never happens from the top", 0, denies=True, target="change")
    path = candidate("p", "Jeff Weaver", "The path toward bold change needs leaders", 900)
    top = candidate("t", "Jeff Weaver", "Bold change comes from the top", 900)
    assert denied(change, [path]) is None
    assert denied(change, [top]) == "t"
