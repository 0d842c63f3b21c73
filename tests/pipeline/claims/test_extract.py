from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest

from pipeline.claims.selection import MAX_CLAIMS


def claims(extractor, make_article, text, language="en"):
    found = extractor.extract(make_article(text, language))
    assert all(text[claim.start : claim.end] == claim.text for claim in found)
    assert all(claim.source.name for claim in found)
    return found


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Mayor Ana Lopez said that 40 houses burned down in Tolmera.", "Ana Lopez", "40 houses burned down"),
        ("Forty houses burned down in Tolmera, Ana Lopez said.", "Ana Lopez", "Forty houses burned down in Tolmera"),
        ("“Forty houses burned down,” said Ana Lopez, the mayor.", "Ana Lopez", "Forty houses burned down"),
        ("According to Reuters, 40 houses burned down in Tolmera.", "Reuters", "40 houses burned down in Tolmera"),
        ("Ana Lopez wrote:\n\n“We lost forty houses in one night.”", "Ana Lopez", "We lost forty houses in one night"),
        ("Ana Lopez said the fire “destroyed (f)orty houses” on Monday.", "Ana Lopez", "destroyed forty houses"),
        (
            "Ana Lopez said: ‘Forty houses burned down in the night.’",
            "Ana Lopez",
            "Forty houses burned down in the night",
        ),
    ],
)
def test_who_says_what(extractor, make_article, text, source, content):
    (claim,) = claims(extractor, make_article, text)
    assert claim.source.name == source
    assert content in claim.content
    assert claim.stance == "asserts"


def test_a_quotation_over_paragraphs_keeps_its_speaker(extractor, make_article):
    text = (
        "Ana Lopez was at the scene. “Forty houses burned down in Tolmera,” she said. “Two men were killed.\n\n"
        "“The road to the harbour was closed on Friday.”\n\nThe police in Tolmera said that 12 people were hurt."
    )
    found = claims(extractor, make_article, text)
    assert [claim.source.name for claim in found if claim.cue][:-1] == ["Ana Lopez"] * 3
    assert found[-1].source.kind == "group"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Acme Corp denied that it had closed the plant in Leeds.", "denies"),
        ("Acme Corp rejected the report that the plant in Leeds was closed.", "denies"),
        ("Acme Corp said reports of a closed plant in Leeds were completely false.", "denies"),
        ("Acme Corp did not deny that it had closed the plant in Leeds.", "asserts"),
        ("Acme Corp rejected a demand by workers in Leeds to reopen the plant.", "asserts"),
        ("Acme Corp was denied access to the plant in Leeds on Friday.", "asserts"),
        ("Acme Corp said the plant in Leeds did not make a profit in 2018.", "asserts"),
    ],
)
def test_denials_and_what_only_looks_like_them(extractor, make_article, text, stance):
    found = claims(extractor, make_article, text)
    assert {claim.stance for claim in found} <= {stance}
    assert bool(found) or stance != "denies"
    assert all((claim.denies is not None) == (stance == "denies") for claim in found)


def test_relative_days_and_pronouns_are_resolved(extractor, make_article):
    text = "Acme Corp closed its plant in Leeds. Chief executive Jane Roe said on Monday that she had sold 12 machines."
    found = claims(extractor, make_article, text)
    assert found[-1].standalone == "Jane Roe had sold 12 machines."
    (claim,) = claims(extractor, make_article, "Jane Roe said: “I don't have 12 machines in Leeds and I was fired.”")
    assert claim.standalone == "Jane Roe doesn't have 12 machines in Leeds and Jane Roe was fired."
    (claim,) = claims(extractor, make_article, "Acme Corp closed its plant in Leeds on Monday and fired 300 workers.")
    assert "on 3 June 2019" in claim.standalone


@pytest.mark.parametrize(
    "text",
    [
        "Please share this article with 20 friends on Facebook today.",
        "Copyright 2019 Acme News. All rights reserved in 40 countries.",
        "Sign up for our newsletter, which was read by 20,000 people in London.",
        "What happened to the 40 houses in Tolmera?",
        "",
        "\n\n \t",
    ],
)
def test_what_makes_no_claim(extractor, make_article, text):
    assert claims(extractor, make_article, text) == ()


def test_another_language_gives_the_outlets_sentences(extractor, make_article):
    text = "Der Minister sagte am Montag, dass 40 Häuser in Tolmera verbrannt sind. Zwei Männer wurden 2019 getötet."
    found = claims(extractor, make_article, text, language="de")
    assert found
    assert {claim.source.kind for claim in found} == {"outlet"}


HOSTILE = {
    "no punctuation": "the man said that " * 50_000,
    "nested quotation marks": "“" * 10_000 + "x" + "”" * 10_000,
    "open nested quotations": "“a ‘b " * 10_000,
    "right to left": "قال الرئيس إن " * 20_000,
    "emoji": "😀 said 😀. " * 5_000,
    "control characters": "\x00\x01said\x02 that\x0b it " * 5_000,
    "one long sentence": "He said " + "very " * 20_000 + "good.",
    "end marks": "." * 200_000,
    "apostrophes": "'a ‘as’ s’ " * 20_000,
    "brackets": "(" * 100_000,
    "lone surrogates": "\ud800 said that x was y. " * 200,
    "one word": "x" * 500_000,
    "line ends": "a\n" * 100_000,
    "debris of HTML": "<div class='x'>&nbsp;<p>He said <a href=\"#\">that</a></p> &amp;&lt; </div>\n" * 5_000,
    "both directions": "\u202eHe said \u202dقال that \u200f40\u200e\u2066 men fled. " * 5_000,
    "denials of denials": "He denied the report that she had denied a claim that it was no lie. " * 5_000,
    "figures": "12-" * 60_000 + " a third of 3 to 4 of $5 million " * 5_000,
    "dates": "on Monday last week two years ago in May 2019, " * 10_000,
}


HOSTILE["200,000 words"] = "In 2019 Mayor Ana Lopez of Tolmera said that 40 houses burned down. " * 15_400

MOST_MEMORY = 200 * 2**20
"""Bytes that a hostile text may need at its peak, beyond what the process held. The worst of these took 80 MB."""


def memory(field):
    """Return a figure of this process in bytes: VmRSS, what it holds, or VmHWM, the most since the last forgetting."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(re.search(rf"{field}:\s+(\d+) kB", status)[1])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_bounded_in_time_and_memory(extractor, make_article, name):
    claims(extractor, make_article, "Mayor Ana Lopez said that 40 houses burned down in Tolmera.")
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of memory
    held, started = memory("VmRSS"), time.process_time()
    found = claims(extractor, make_article, HOSTILE[name])
    assert len(found) <= MAX_CLAIMS
    assert time.process_time() - started < 8
    assert memory("VmHWM") - held < MOST_MEMORY


def test_real_articles_give_sound_claims(extractor, make_article, shared):
    with gzip.open(shared / "claims/news_articles.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(8), strict=False)]
    found = [claim for text in texts for claim in claims(extractor, make_article, text)]
    assert len(found) >= 2 * len(texts)
    for claim in found:
        assert claim.standalone[0] == claim.standalone[0].upper()
        assert claim.standalone.endswith((".", "!", "?"))
        assert 0 <= claim.checkworthy <= 1
        assert claim.source.name
