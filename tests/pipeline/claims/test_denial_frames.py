"""Which sentences deny, who denies in them, and what."""

from __future__ import annotations

import time

import pytest


def denials(extractor, make_article, text):
    """Return (who denies, who passes it on, what is denied) of each denial; what is linked is given by its content."""
    found = extractor.extract(make_article(text))
    contents = {claim.claim_id: claim.content for claim in found}
    return [
        (
            claim.source.name,
            claim.reporter.name if claim.reporter else None,
            contents.get(claim.denies.claim_id or "") or claim.denies.text,
        )
        for claim in found
        if claim.denies is not None
    ]


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        # verbs
        ("Harrow Steel has denied planning to close its mill.", "Harrow Steel", "planning to close its mill"),
        ("Iran has denied involvement in the attack.", "Iran", "the attack"),
        ("A spokesman denied to AFP that the minister had fled the country.", "spokesman", "the minister had fled"),
        ("Musk shot down reports that Tesla was in merger talks.", "Musk", "Tesla was in merger talks"),
        ("The agency hit back at claims it ignored warnings.", "agency", "it ignored warnings"),
        ("The mayor poured cold water on talk of a merger.", "mayor", "a merger"),
        ("Rejecting suggestions of a rift, the minister said all was well.", "minister", "a rift"),
        ("The firm was forced to deny that it was insolvent.", "firm", "it was insolvent"),
        ("The rumour of a split was quashed by his agent.", "his agent", "a split"),
        ("The claims, which the company denies, first appeared in a magazine.", "company", "The claims"),
        # names
        ("The mayor called the report that he fled the town false.", "mayor", "he fled the town"),
        ("Norland dismissed as nonsense a claim that it sold arms.", "Norland", "it sold arms"),
        ("Fact-checkers found the claim to be false.", "Fact-checkers", "the claim"),
        # words
        ("The palace said there was no truth in claims the princess had moved.", "palace", "the princess had moved"),
        (
            "Accounts of mass poisoning are overblown, the ministry of mines says.",
            "ministry of mines",
            "mass poisoning",
        ),
        ("It is not true that we are closing schools, the minister said.", "minister", "we are closing schools"),
        ("It would be wrong to say that the army knew, the general said.", "general", "the army knew"),
        ("Contrary to popular belief, bats are not blind.", "The Outlet", "bats blind"),
        ("The dam is safe, contrary to claims that it leaks.", "The Outlet", "it leaks"),
        ('"Nothing could be further from the truth," she replied to charges that she stole.', "she", "she stole"),
        ("What they write is nonsense, the queen's secretary said.", "queen's secretary", "What they write"),
        ("It was not the mayor who fled, his wife said.", "his wife", "the mayor who fled"),
        ("The ministry brushed the report aside.", "ministry", "the report"),
        ("The mayor is rumoured to have fled. He has not, his wife says.", "his wife", "have fled"),
        # answers
        ('"Utter nonsense," the minister said of reports of a currency reform.', "minister", "a currency reform"),
        ('Asked whether he had lied, the minister said: "Absolutely not."', "minister", "he had lied"),
        ("Asked if he would run, the senator said no.", "senator", "he would run"),
        ("Dorn pleaded not guilty to charges of fraud.", "Dorn", "fraud"),
        ("The firm insisted it had not breached sanctions.", "firm", "breached sanctions"),
        ("The bank, he insisted, has not lost any data.", "he", "The bank lost any data"),
        # nouns and headlines
        ("The prime minister issued a denial that he had met the envoy.", "prime minister", "he had met the envoy"),
        ("MINISTER DENIES AFFAIR WITH LOBBYIST", "MINISTER", "AFFAIR WITH LOBBYIST"),
        ("Tesla denies report of battery fires", "Tesla", "battery fires"),
        ("UN: No truth in claims that aid was stolen", "UN", "aid was stolen"),
        ("The allegations were denied.", "The Outlet", "The allegations"),
        # what is denied stands before
        (
            "The vote was rigged, rebels said. The commission rejected the allegation.",
            "commission",
            "The vote was rigged",
        ),
        ("The coach was fired, two players said. Not true, the club said.", "club", "The coach was fired"),
        ("Villagers say soldiers burned 20 houses. The army denies it.", "army", "soldiers burned 20 houses"),
        ("The town was shelled, residents said. The army said it was not.", "army", "The town was shelled"),
        ('Rumour had it that the school would be sold. "It won\'t be," the abbot said.', "abbot", "the school would"),
    ],
)
def test_who_denies_what(extractor, make_article, text, who, what):
    found = denials(extractor, make_article, text)
    assert [one[0] for one in found] == [who]
    assert found[0][2].startswith(what)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said the firm had denied the claims.", ("firm", "minister", "the claims")),
        ('"Kremna has denied that it sent troops," the UN envoy said.', ("Kremna", "UN envoy", "it sent troops")),
        ('"I deny that I took a single crown," Brandl said.', ("Brandl", None, "I took a single crown")),
    ],
)
def test_a_denial_passed_on_keeps_who_denies(extractor, make_article, text, expected):
    assert expected in denials(extractor, make_article, text)


def test_that_before_a_phrase_is_what_is_denied(extractor, make_article):
    text = "Four flights were cancelled for lack of fuel, the Gazette said. The airline denied that in a statement."
    (found,) = extractor.extract(make_article(text=text))[-1:]
    assert found.stance == "denies"
    assert found.denies.text != "in a statement"


@pytest.mark.parametrize(
    "text",
    [
        # refused, not denied
        "The judge dismissed the charges against the two men.",
        "The union rejected the employers' offer of 3 percent.",
        "Parliament rejected the bill by 210 votes to 190.",
        "The president rejected calls to resign.",
        "She was denied her pension for eleven years.",
        "Germany denied Brazil a place in the final.",
        "The insurer rejected her claim for compensation.",
        "The editor rejected the article.",
        "Clinton has rejected a Fox News proposal for one final debate.",
        "The hostage was made to deny his birthright as a citizen of the United States.",
        # held side by side, ordered
        "On several occasions his words appeared to contradict his past statements.",
        "“Don’t say, ‘Merry Christmas,’” the man retorted.",
        # deplored
        "The minister denounced the attack on the hospital.",
        "Critics described the law as absurd.",
        "It is wrong that children go hungry, the bishop said.",
        # denied or foreseen denials
        "The company did not deny the report.",
        "The army would neither confirm nor deny that its jets were involved.",
        "Nobody denies that the climate is changing, she said.",
        "The company refused to deny the report.",
        "The minister is expected to deny the allegations on Friday.",
        "Without denying the charge, he spoke of a plot.",
        # facts in the negative
        "No one was hurt in the fire, the brigade said.",
        "The drug is not safe for children, the regulator said.",
        "The president admitted that the figures had been wrong.",
        # other uses of the words
        "The gang used forged documents to obtain loans, prosecutors said.",
        "Holocaust denial is a crime in many countries.",
        "The army pushed back the rebels near the border.",
        "He poured cold water on the fire.",
        "The novel is a work of fiction set in 1920.",
        "It is not true love, the singer says.",
        "Contrary to custom, the queen wore black.",
        "The two countries dispute the islands.",
    ],
)
def test_what_only_looks_like_a_denial(extractor, make_article, text):
    assert denials(extractor, make_article, text) == []


def test_a_denial_is_kept_however_little_it_says(extractor, make_article):
    text = "Residents say the plant lets off gas at night. Not so, says the operator."
    found = extractor.extract(make_article(text))
    assert [claim.stance for claim in found] == ["asserts", "denies"]
    assert found[1].denies.claim_id == found[0].claim_id


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Acme denied the report, saying it had closed no plant in Leeds.", "It had closed no plant in Leeds."),
        ("The report was dismissed by Acme.", "The report was dismissed by Acme."),
        ("Acme called the report false.", "Acme called the report false."),
    ],
)
def test_a_denial_reads_alone(extractor, make_article, text, wording):
    (claim,) = [claim for claim in extractor.extract(make_article(text)) if claim.stance == "denies"]
    assert claim.standalone.replace("Acme had", "It had") == wording


def test_long_input_is_read_soon(extractor, make_article):
    for part in ("claims that ", "not true that ", "denied the report of ", "no such ", '"Not so," said '):
        started = time.process_time()
        extractor.extract(make_article(part * 4000))
        assert time.process_time() - started < 8
