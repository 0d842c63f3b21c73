from __future__ import annotations

import pytest
import spacy

from pipeline.claims.extract import MODEL
from pipeline.claims.naming.entities import entities
from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed, clean
from pipeline.claims.sentences import Sentence
from schemas.claim import Entity


@pytest.fixture(scope="module")
def found():
    """The entities of a sentence, by name."""
    language = spacy.load(MODEL)

    def read(text: str) -> dict[str, Entity]:
        sentence = Sentence(0, len(text), 0)
        cleaned = clean(text, sentence, [])
        parsed = Parsed(sentence, cleaned, language(cleaned.text))
        return {entity.name: entity for entity in entities(parsed, Names(text), 0, len(text))}

    return read


@pytest.mark.parametrize("wording", ["The U.S.", "The US", "The United States", "America"])
def test_a_country_has_one_name(found, wording) -> None:
    entities = found(f"{wording} sent 300 troops to Norway in January, the army said on Monday.")
    assert entities["United States"].stands_for is None
    assert "Norway" in entities


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Moscow said it would withdraw 3,000 troops from the border by May.", "Moscow", "Russia"),
        ("Beijing and Moscow accused the bank of freezing 4 billion dollars.", "Moscow", "Russia"),
        ("Kiev rejected the plan to cede two regions in the east.", "Kyiv", "Ukraine"),
        ("The Kremlin denied that it had sent 200 soldiers to the island.", "Kremlin", "Russia"),
        ("The White House's budget cuts 12 billion dollars from health care.", "White House", "United States"),
        ("Brussels proposed 90 million euros of aid to the company in March.", "Brussels", "European Union"),
        ("Talks between London and Tehran broke down on Friday.", "Tehran", "Iran"),
        ("London's response to the offer was a letter.", "London", "United Kingdom"),
        ("House prices in London fell 3 percent in May.", "London", None),
        ("Police arrested 40 protesters in Moscow on Sunday.", "Moscow", None),
        ("A man with a knife was shot outside the White House on Friday.", "White House", None),
        ("Two Russian ships sank near the port in 2023.", "Russian", "Russia"),
        ("More than 400 South Koreans were evacuated from the city.", "South Korean", "South Korea"),
    ],
)
def test_what_a_name_stands_for_is_said_openly(found, text, name, country) -> None:
    assert found(text)[name].stands_for == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The World Health Organization (WHO) said in May that 300 people had died. WHO doctors found 20 more cases.",
         "World Health Organization"),
        ("The UN said 4 million people had fled the war since 2022.", "United Nations"),
        ("Apple Inc. sold 40 million phones in 2023, the company said.", "Apple"),
        ("The Ministry of Defence lost 12 ships in 2019, a report found.", "Defence Ministry"),
    ],
)  # fmt: skip
def test_an_organisation_has_one_name(found, text, name) -> None:
    names = found(text)
    assert name in names
    assert not names.keys() & {"WHO", "UN", "Apple Inc.", "the Ministry of Defence"}


def test_a_person_has_one_name_in_the_article(extractor, make_article) -> None:
    text = (
        "Vladimir Putin visited the plant in May 2019. Mr Putin signed 12 contracts worth 3 billion dollars on Monday."
    )
    named = {entity.name for claim in extractor.extract(make_article(text)) for entity in claim.entities}
    assert "Vladimir Putin" in named
    assert not named & {"Putin", "Mr Putin"}


def test_old_messages_lack_what_a_name_stands_for() -> None:
    assert Entity(name="Rostec", kind="ORG").stands_for is None
