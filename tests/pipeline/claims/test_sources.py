"""Who speaks: names, posts, pronouns and roles, each from its general cause."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("NORTHFORD, England—Acme Corp said Wednesday that it would close 12 plants.", "Acme Corp", "organisation"),
        ("LEEDS (Meridian Wire): Jane Roe said that 12 people were hurt.", "Jane Roe", "person"),
        ("LEEDS. Jane Roe said that 12 people were hurt in the fire.", "Jane Roe", "person"),
        (
            "Moscow's envoy to the Bolivarian Republic Vladimir Zaemsky said that 12 people were hurt.",
            "Vladimir Zaemsky",
            "person",
        ),
        (
            "The chief executive of Vantor Airlines on Thursday said that 12 planes were sold.",
            "chief executive of Vantor Airlines",
            "unnamed",
        ),
        ("Acme Corp on Monday said that 12 people were hurt.", "Acme Corp", "organisation"),
        ("Commenting on the fire, fryd_ first said that 12 people were hurt in it.", "fryd", "unnamed"),
        ("Commenting on the fire, *** said that 12 people were hurt in it.", "*", "unnamed"),
        ("A lawyer for Roe said that 12 people were hurt.", "lawyer for Roe", "unnamed"),
        ("One of them said that 12 people were hurt in the fire.", "One of them", "unnamed"),
        ("The growers' federation said that 12 farms were sold.", "growers' federation", "organisation"),
        (
            "Seven people were hurt, most of them by broken glass, director Sione Matagi said.",
            "Sione Matagi",
            "person",
        ),
        ("Finally a striker said that 12 people were hurt.", "striker", "unnamed"),
    ],
)
def test_name_and_kind(extractor, make_article, text, name, kind):
    claim = extractor.extract(make_article(text))[-1]
    assert (claim.source.name, claim.source.kind) == (name, kind)


def test_the_group_is_who_acts_not_where(extractor, make_article):
    text = (
        "Corran Steel is to cut 900 jobs at its Northgate works. The furnace lost money in nine years.\n\n"
        "The group said that 300 workers in Northgate would leave by March."
    )
    assert extractor.extract(make_article(text))[-1].source.name == "Corran Steel"


def test_a_verdict_is_not_said_by_the_jury(extractor, make_article):
    text = "Desmond Pryce was jailed in Leeds after a jury found him guilty of taking 12 bribes."
    assert {claim.source.kind for claim in extractor.extract(make_article(text))} == {"outlet"}


def test_he_is_a_person_not_the_first_word_of_a_sentence(extractor, make_article):
    text = (
        "Vladimir Zaemsky, the envoy, spoke in Caracas. “Work is being done as agreed in 2001,” Zaemsky said.\n\n"
        "He said that 12 technicians had left."
    )
    assert extractor.extract(make_article(text))[-1].source.name == "Vladimir Zaemsky"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Angela Ruiz, the mayor of Velm, opened the bridge. The mayor said that it cost 30 million euros.",
            "Angela Ruiz",
        ),
        ("Defence minister Jon Falk flew to Tal. The minister said that 200 troops had left.", "Jon Falk"),
        ("Lena Voss was arrested. The 45-year-old said that she had sold 12 cars.", "Lena Voss"),
        ("Eastmark Air lost money. The airline said that 12 planes would be sold.", "Eastmark Air"),
        ("Ada Brink met Tom Hale in Velm. He said that 12 songs were stolen.", "Tom Hale"),
        ("Tom Hale told reporters of a theft. “Ada Brink took 12 songs from the office,” he said.", "Tom Hale"),
        ("The Rennick Institute published a study of bees. The study found that 40 percent had died.", "study of bees"),
        ("Mr Weber was seen with Karl Weber's brother. Mr Weber said that 12 people were hurt.", "Karl Weber"),
    ],
)
def test_roles_and_pronouns_speak_under_their_name(extractor, make_article, text, name):
    assert extractor.extract(make_article(text))[-1].source.name == name
