"""Which claims become pairs."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_builder import DIMENSIONS, claim, message, vector

from pipeline.errors import Unusable
from pipeline.matching import window as holding
from pipeline.matching.stage import MAX_PAIRS, MatchSettings, match
from pipeline.matching.window import Window
from schemas.claim import ArticleClaims, Denial
from schemas.pair import Pair, Retraction

SETTINGS = MatchSettings()


def pairs(window: Window, *messages: ArticleClaims, limits: MatchSettings = SETTINGS) -> list[Pair]:
    found = [it for each in messages for it in match(window, each, limits) or []]
    return [it for it in found if isinstance(it, Pair)]


def said(article: str, text: str, *weights: float, days: float = 0, **more: object) -> ArticleClaims:
    return message(article, [claim(article, text, days=days)], [vector(*weights)], **more)  # type: ignore[arg-type]


def test_two_articles_on_one_thing_make_a_pair_with_the_earlier_first() -> None:
    late = said("late", "Rostec cut its staff in Caracas", 1, 0.2, days=1)
    early = said("early", "Rostec reduced staff at Caracas office", 1, 0.1)
    (pair,) = pairs(Window(DIMENSIONS), late, early)
    assert (pair.a.article_id, pair.b.article_id) == ("early", "late")
    assert pair.similarity == pytest.approx(0.9953, abs=1e-3)


def test_like_vectors_without_shared_words_or_names_make_no_pair() -> None:
    assert pairs(Window(DIMENSIONS), said("x", "cats purr loudly", 1), said("y", "dogs bark often", 1)) == []


def test_a_shared_name_is_enough() -> None:
    x = message("x", [claim("x", "cats purr", names=("Brazil",))], [vector(1)])
    y = message("y", [claim("y", "dogs bark", names=("Brazil",))], [vector(1, 0.5)])
    (pair,) = pairs(Window(DIMENSIONS), x, y)
    assert pair.shared == ("Brazil",)


def test_unlike_vectors_make_no_pair_though_words_are_shared() -> None:
    assert (
        pairs(Window(DIMENSIONS), said("x", "the reactor was closed", 1), said("y", "the reactor was closed", 0, 1))
        == []
    )


def test_a_pair_knows_how_alike_its_articles_are() -> None:
    reactor = claim("x", "the reactor was closed")
    both = message("x", [reactor, claim("x", "a choir sang")], [vector(1), vector(0, 1)])
    (pair,) = pairs(Window(DIMENSIONS), both, said("y", "the reactor was closed", 1))
    assert pair.similarity == 1
    assert pair.context == pytest.approx(0.5**0.5, abs=1e-3)


def test_the_window_in_days_is_kept_to() -> None:
    x = said("x", "the reactor was closed", 1)
    assert pairs(Window(DIMENSIONS), x, said("y", "the reactor was closed", 1, days=14))
    assert not pairs(Window(DIMENSIONS), x, said("y", "the reactor was closed", 1, days=14.1))


def test_claims_of_one_article_are_no_pair() -> None:
    texts = ["the reactor was closed", "the closed reactor leaked"]
    both = message("x", [claim("x", text) for text in texts], [vector(1), vector(1, 0.1)])
    assert pairs(Window(DIMENSIONS), both) == []


def denied_article() -> ArticleClaims:
    first = claim("x", "Rostec cut its staff in Caracas")
    second = claim("x", "no talk of that kind whatever", denies=Denial(claim_id=first.claim_id, text=first.text))
    return message("x", [first, second], [vector(1), vector(0, 1)])


def test_a_denial_is_paired_with_what_it_denies_in_its_own_article() -> None:
    (pair,) = pairs(Window(DIMENSIONS), denied_article())
    assert pair.a.article_id == pair.b.article_id == "x"


@pytest.mark.parametrize("denial_first", [True, False])
def test_a_denial_meets_reports_of_what_it_denies_in_other_articles(denial_first: bool) -> None:
    report = said("y", "Rostec has cut staff at Caracas", 1, 0.1, days=1)
    order = [denied_article(), report] if denial_first else [report, denied_article()]
    found = pairs(Window(DIMENSIONS), *order)
    texts = {frozenset((it.a.text, it.b.text)) for it in found}
    assert frozenset(("no talk of that kind whatever", "Rostec has cut staff at Caracas")) in texts
    assert len(found) == 3


def test_what_is_held_already_is_a_duplicate() -> None:
    window = Window(DIMENSIONS)
    first = said("x", "the reactor was closed", 1)
    assert match(window, first, SETTINGS) == []
    assert match(window, first, SETTINGS) is None
    assert len(window) == 1


def test_a_revision_retracts_first_and_replaces() -> None:
    window = Window(DIMENSIONS)
    pairs(window, said("x", "the reactor was closed", 1), said("y", "the reactor was closed today", 1))
    found = match(window, said("x", "the reactor was never closed", 1, revision=2), SETTINGS)
    assert found is not None
    assert isinstance(found[0], Retraction)
    assert (found[0].article_id, found[0].revision) == ("x", 2)
    assert [it.a.article_id for it in found[1:] if isinstance(it, Pair)] == ["x"]
    assert len(window) == 2


def test_an_older_revision_that_comes_late_changes_nothing() -> None:
    window = Window(DIMENSIONS)
    match(window, said("x", "the reactor was never closed", 1, revision=2), SETTINGS)
    assert match(window, said("x", "the reactor was closed", 1), SETTINGS) is None


def test_a_revision_without_claims_still_retracts() -> None:
    window = Window(DIMENSIONS)
    match(window, said("x", "the reactor was closed", 1), SETTINGS)
    assert match(window, message("x", [], [], revision=2), SETTINGS) == [Retraction(article_id="x", revision=2)]
    assert len(window) == 0


def test_the_window_is_bounded_and_forgets_the_longest_held() -> None:
    window = Window(DIMENSIONS)
    limits = MatchSettings(window_claims=100)
    for number in range(400):
        match(window, said(f"a{number}", f"reactor {number} was closed again", 1, number), limits)
    assert len(window) == 100
    assert len(window.articles) == 100
    assert window.rows <= 101
    assert not pairs(window, said("old", "reactor was closed again", 1, 0), limits=MatchSettings(window_days=0))


def test_memory_is_given_back_when_articles_are_revised_again_and_again() -> None:
    window = Window(DIMENSIONS)
    for revision in range(1, 3000):
        match(window, said("x", f"word{revision} other{revision}", 1, revision=revision), SETTINGS)
    assert (len(window), window.rows, window.words) == (1, 1, 2)


def test_a_claim_has_at_most_so_many_partners_and_they_are_the_most_alike() -> None:
    window = Window(DIMENSIONS)
    for number in range(40):
        match(window, said(f"a{number:02}", "the reactor was closed", 1, number / 100), SETTINGS)
    found = pairs(window, said("last", "the reactor was closed", 1, 0, days=0.5))
    assert len(found) == MAX_PAIRS
    assert {it.a.article_id for it in found} == {f"a{number:02}" for number in range(MAX_PAIRS)}


def test_vectors_that_do_not_fit_the_claims_are_refused() -> None:
    with pytest.raises(Unusable, match="extract its claims again"):
        match(Window(DIMENSIONS), message("x", [claim("x", "the reactor was closed")], []), SETTINGS)


def test_vectors_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(Unusable, match="no numbers"):
        match(Window(DIMENSIONS), said("x", "the reactor was closed", np.nan), SETTINGS)


WORDS = ("reactor", "closed", "leak", "Rostec", "staff", "cut", "election")


@st.composite
def newsrooms(draw: st.DrawFn) -> list[ArticleClaims]:
    """A handful of articles of two claims, some of whose second claims deny the first."""
    made = []
    for number in range(draw(st.integers(2, 6))):
        name = f"a{number}"
        texts = [" ".join(draw(st.permutations(WORDS))[: draw(st.integers(2, 5))]) + f" {name}{i}" for i in range(2)]
        days = draw(st.floats(0, 20))
        first = claim(name, texts[0], days=days)
        denies = Denial(claim_id=first.claim_id) if draw(st.booleans()) else None
        claims = [first, claim(name, texts[1], days=days, denies=denies)]
        rows = [vector(1, *draw(st.lists(st.floats(-1, 1), min_size=3, max_size=3))) for _ in claims]
        made.append(message(name, claims, rows))
    return made


@settings(deadline=None, max_examples=60)
@given(newsrooms(), st.randoms())
def test_the_order_of_arrival_does_not_change_the_pairs(articles: list[ArticleClaims], random: object) -> None:
    shuffled = list(articles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _told(pairs(Window(DIMENSIONS), *articles)) == _told(pairs(Window(DIMENSIONS), *shuffled))


@settings(deadline=None, max_examples=60)
@given(newsrooms())
def test_replay_makes_no_pair_twice(articles: list[ArticleClaims]) -> None:
    twice = list(itertools.chain.from_iterable((it, it) for it in articles))
    assert _told(pairs(Window(DIMENSIONS), *articles)) == _told(pairs(Window(DIMENSIONS), *twice, *articles))


def _told(found: list[Pair]) -> list[tuple[str, str, str, float, float | None]]:
    return sorted((it.pair_id, it.a.claim_id, it.b.claim_id, it.similarity, it.context) for it in found)


def test_a_window_that_forgets_everything_holds_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also denials, which are filed under the words of what they deny; and what was packed and not at hand."""
    monkeypatch.setattr(holding, "UNPACKED", 5)
    window = Window(DIMENSIONS)
    for number in range(20):
        first = claim(f"a{number}", f"the reactor {number} was closed", names=("Rostec",))
        denial = claim(f"a{number}", f"nothing like that {number}", denies=Denial(claim_id=first.claim_id))
        match(window, message(f"a{number}", [first, denial], [vector(1), vector(0, 1)]), SETTINGS)
    for number in range(20):
        window.forget_article(f"a{number}")
    assert (len(window), window.rows, window.words, len(window.articles)) == (0, 0, 0, 0)
    assert len(pairs(window, said("x", "the reactor was closed", 1), said("y", "the reactor was closed", 1))) == 1
