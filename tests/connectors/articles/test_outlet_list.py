"""The list of outlets that is shipped, and what its loader says of a wrong one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from connectors.articles.canonical import canonical
from connectors.articles.outlets import FeedName, load_outlets
from pipeline.errors import SetupError

FEED = FeedName("https://feeds.example.org/x", "A feed", "")


def test_the_shipped_list_is_whole() -> None:
    outlets = load_outlets()
    assert len(outlets.all) > 300
    countries = Counter(outlet.country for outlet in outlets.all)
    assert len(countries) > 60
    assert None not in countries
    assert all(outlet.language for outlet in outlets.all)
    feeds = [canonical(feed) for outlet in outlets.all for feed in outlet.feeds]
    assert len(feeds) == len(set(feeds))
    assert len(feeds) > 100


def test_an_owner_is_written_in_one_way() -> None:
    owners = {outlet.owner for outlet in load_outlets().all if outlet.owner}
    assert len({owner.casefold() for owner in owners}) == len(owners)


@pytest.mark.parametrize(
    ("url", "name", "owner"),
    [
        ("https://www.bbc.co.uk/news/1", "BBC News", "British Broadcasting Corporation"),
        ("https://timesofindia.indiatimes.com/a.cms", "The Times of India", "Bennett, Coleman & Co."),
        ("https://economictimes.indiatimes.com/a.cms", "The Economic Times", "Bennett, Coleman & Co."),
        ("https://cincodias.elpais.com/a", "Cinco Días", "PRISA"),
        ("https://elpais.com/a", "El País", "PRISA"),
        ("https://www1.folha.uol.com.br/a", "Folha de S.Paulo", "Grupo Folha"),
        ("https://g1.globo.com/a", "G1", "Grupo Globo"),
        ("https://www.reuters.com/a", "Reuters", "Thomson Reuters"),
        ("https://unknown.example/a", "unknown.example", None),
    ],
)
def test_whose_article_it_is(url: str, name: str, owner: str | None) -> None:
    outlets = load_outlets()
    assert outlets.name_of(url, FEED) == name
    assert outlets.owner_of(url, name) == owner


def test_an_agency_is_credited_under_its_outlet_s_name() -> None:
    """Else its own article and those that credit it would count as two sources."""
    outlets = load_outlets()
    for agency in ("Reuters", "AP", "AFP", "dpa", "UPI", "EFE", "ANSA", "TASS", "Xinhua", "Kyodo", "Yonhap", "PTI"):
        assert outlets.named(agency) is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('id="a"\nname="A"\ndomains=["https://a.org/x"]', "is no domain"),
        ('id="a"\nname="A"\ndomains=["a.org"]\ncountry="England"', 'write it like "GB"'),
        ('id="a"\nname="A"\ndomains=["a.org"]\nlanguage="English"', 'write it like "en"'),
        ('id="a"\nname="A"\ndomains=["a.org"]\nowner=""', "owner is ''"),
        ('id="a"\nname="A"\ndomains=["a.org"]\nfeeds=["a feed"]', "feeds holds what is no address"),
        (
            'id="a"\nname="A"\ndomains=["a.org"]\n[[outlet]]\nid="a"\nname="B"\ndomains=["b.org"]',
            "the id a stands at A",
        ),
        ('id="a"\nname="A"\ndomains=["a.org"]\n[[outlet]]\nid="b"\nname="a"\ndomains=["b.org"]', "the name a stands"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(f"[[outlet]]\n{text}\n")
    with pytest.raises(SetupError) as caught:
        load_outlets(path)
    assert says in str(caught.value)
