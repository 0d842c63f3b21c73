from __future__ import annotations

import pytest

from pipeline.claims.naming import gazetteer
from pipeline.claims.naming.names import bare, initials, is_outlet, lowered, organisation


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("the Kremlin's", "Kremlin"),
        ("“Rostec”", "Rostec"),
        ("The Hague", "The Hague"),
        ("the U.S.", "U.S."),
        ("Apple Inc.", "Apple Inc."),
        ("The", "The"),
        ("A", "A"),
        ("United States'", "United States"),
    ],
)
def test_bare(name, expected) -> None:
    assert bare(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Apple Inc.", "Apple"),
        ("Samsung Electronics Co., Ltd.", "Samsung Electronics"),
        ("Tesco plc", "Tesco"),
        ("Volkswagen AG", "Volkswagen"),
        ("JPMorgan Chase & Co", "JPMorgan Chase"),
        ("Toyota Motor Corporation", "Toyota Motor"),
        ("British Broadcasting Corporation", "British Broadcasting Corporation"),
        ("Johnson & Johnson", "Johnson & Johnson"),
        ("Ministry of Defense", "Defence Ministry"),
        ("Russian Ministry of Foreign Affairs", "Russian Foreign Ministry"),
        ("Department of Justice", "Justice Department"),
        ("IMF", "International Monetary Fund"),
        ("Federal Reserve Board", "Federal Reserve"),
        ("SE", "SE"),
        ("Foreign Office", "Foreign Office"),
        ("General Electric Co.", "General Electric"),
    ],
)
def test_organisation(name, expected) -> None:
    assert organisation(name) == expected


def test_initials_are_read_where_they_are_explained() -> None:
    text = (
        "The National Grain Board (NGB) and the Port of Tal Authority (PTA) met. A storm (RED) came. It (ABC) did not."
    )
    assert initials(text) == {"ngb": "National Grain Board", "pta": "Port of Tal Authority"}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ZELENSKY", "", "Zelensky"),
        ("BIDEN", "Mr Biden spoke.", "Biden"),
        ("NASA", "NASA spoke.", "NASA"),
        ("U.S.S.R.", "", "U.S.S.R."),
        ("Rostec", "", "Rostec"),
    ],
)
def test_capitals_of_headlines(name, text, expected) -> None:
    assert lowered(name, text) == expected


def test_the_tables_say_one_thing_of_a_name() -> None:
    assert gazetteer.COUNTRIES["u.s."] == gazetteer.COUNTRIES["america"] == "United States"
    assert gazetteer.PEOPLES["russians"] == ("Russian", "Russia")
    assert gazetteer.CAPITALS["kiev"] == ("Kyiv", "Ukraine")
    assert not gazetteer.PEOPLES.keys() & gazetteer.COUNTRIES.keys()
    assert not gazetteer.CAPITALS.keys() & gazetteer.HOUSES.keys()


def test_outlets() -> None:
    assert is_outlet("The Wall Street Journal")
    assert not is_outlet("Rostec")
