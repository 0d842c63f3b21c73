"""The first case: the article that everything is measured against."""

from __future__ import annotations

import pytest

from schemas.claim import Claim


@pytest.fixture(scope="module")
def claims(extractor, make_article, seed_text) -> tuple[Claim, ...]:
    return extractor.extract(make_article(seed_text))


def the(claims: tuple[Claim, ...], words: str) -> Claim:
    found = [claim for claim in claims if words in claim.content]
    assert found, f"no claim says {words!r}"
    return found[0]


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("removed most of their people", "Trump", "person"),
        ("key defense advisors", "Wall Street Journal", "outlet"),
        ("a few dozen", "unnamed source close to Russia's Defense Ministry", "unnamed"),
        ("the fight is being lost", "unnamed source close to the Kremlin", "unnamed"),
        ("foot the bill", "unnamed source close to the Kremlin", "unnamed"),
        ("has not changed for many years", "Rostec", "organisation"),
        ("exaggerated tens of times", "Rostec", "organisation"),
        ("remain committed to deepening cooperation", "Rosoboronexport", "organisation"),
        ("no talk of any cuts", "Vladimir Zaemsky", "person"),
        ("concerned over the continuing actions", "Sergey Ryabkov", "person"),
        ("will defend its interests", "Dmitry Peskov", "person"),
        ("strengthening our relations", "Delcy Rodriguez", "person"),
        ("relations between both countries are excellent", "Alexey Seredin", "person"),
    ],
)
def test_every_speaker_is_found(claims, words, name, kind):
    source = the(claims, words).source
    assert (source.name, source.kind) == (name, kind)


def test_the_journal_passes_on_what_its_source_says(claims):
    reporter = the(claims, "a few dozen").reporter
    assert reporter is not None
    assert reporter.name == "Wall Street Journal"


@pytest.mark.parametrize(
    "words", ["has not changed", "exaggerated tens", "nothing to do with reality", "no talk of any"]
)
def test_denials_point_to_the_report_of_cuts(claims, words):
    denial = the(claims, words)
    assert denial.stance == "denies"
    assert denial.denies is not None
    assert denial.denies.claim_id == the(claims, "a few dozen").claim_id


def test_a_rejected_demand_is_no_denial(claims):
    assert not any("rejected the Trump regime" in claim.content for claim in claims if claim.stance == "denies")


def test_figures(claims):
    figures = {q.text: q for q in the(claims, "a few dozen").quantities}
    assert (figures["a few dozen"].low, figures["a few dozen"].high, figures["a few dozen"].role) == (24, 60, "to")
    assert (figures["about 1,000"].low, figures["about 1,000"].high, figures["about 1,000"].role) == (900, 1100, "from")
    assert {q.counted for q in figures.values()} == {"staff"}
    (times,) = the(claims, "exaggerated tens").quantities
    assert (times.low, times.role) == (20, "factor")
    (none,) = the(claims, "no talk of any cuts").quantities
    assert (none.low, none.high, none.counted) == (0, 0, "cut")


def test_the_country_is_named_when_read_alone(claims):
    assert "cut its staff in Venezuela to just a few dozen" in the(claims, "a few dozen").standalone


def test_there_is_not_the_kremlin(claims):
    assert "stay there" in the(claims, "foot the bill").standalone


def test_the_report_of_one_who_claims_otherwise_denies_nothing(claims):
    assert not [claim for claim in claims if claim.cue == "claiming otherwise"]


def test_the_end_of_the_page_yields_nothing(claims, seed_text):
    assert max(claim.end for claim in claims) < seed_text.index("Note to readers")


def test_spans_are_verbatim_and_in_order(claims, seed_text):
    for claim in claims:
        assert seed_text[claim.start : claim.end] == claim.text
        assert seed_text[claim.sentence_start :].startswith(claim.sentence)
        assert claim.sentence_start <= claim.start
        for quantity in claim.quantities:
            assert claim.text[quantity.start : quantity.end] == quantity.text
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert len({claim.claim_id for claim in claims}) == len(claims)


def test_the_same_article_gives_the_same_claims(extractor, claims, make_article, seed_text):
    extractor.extract(make_article("Somebody else, Jane Roe, said that the bridge in Oslo fell down in 2012."))
    assert extractor.extract(make_article(seed_text)) == claims
