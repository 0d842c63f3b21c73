"""The claims of an article, put together from the pure files of this folder."""

from __future__ import annotations

from collections.abc import Iterable

import spacy

from pipeline.claims.assembly import finished
from pipeline.claims.denying.rejections import rejections
from pipeline.claims.draft import Draft, foreign, of_denial, of_outlet, of_saying, unclaimed
from pipeline.claims.naming.recogniser import Recogniser
from pipeline.claims.naming.registry import names
from pipeline.claims.parsed import Parsed
from pipeline.claims.reading import MODEL, Means, SentenceReader
from pipeline.claims.referring.context import sentences_before
from pipeline.claims.saying.quotations import Quotation, quotations
from pipeline.claims.saying.speakers import Saying, Unit, sayings
from pipeline.claims.selection import LEAD, MAX_CLAIMS, near_denials, own_candidates, room, worth_parsing
from pipeline.claims.sentences import MAX_CHARACTERS, Sentence, paragraphs, sentences
from pipeline.claims.worth.checkworthy import checkworthy, ends_article
from schemas.article import Article
from schemas.claim import Claim


class ClaimExtractor:
    """Reads claims out of articles. Holds the models and the lemmas of words met, so one may be shared."""

    def __init__(self, means: Means = "both") -> None:
        """Load the models (a few seconds, about 250 MB with the process). Raises ModelError where one is damaged."""
        self._reader = SentenceReader(means)
        loaded = spacy.load(MODEL, exclude=["tok2vec", "parser", "tagger", "lemmatizer", "attribute_ruler"])
        self._recogniser = Recogniser(loaded.get_pipe("ner"))

    def extract(self, article: Article) -> tuple[Claim, ...]:
        """Return the claims of an article, at most MAX_CLAIMS, in order of position.

        Pure and deterministic. An article in another language than English yields only its outlet's own sentences;
        text without claims yields none. Never raises for what the text holds.
        """
        most = room(len(article.text[:MAX_CHARACTERS].split()))
        if article.language and not article.language.lower().startswith("en"):
            return finished(article, _foreign(article, _units(article.text)), most, enough=0.0)
        units, said = self.read(article.text)
        return finished(article, self._drafts(article, units, said), most)

    def read(self, text: str) -> tuple[list[Unit], list[Saying]]:
        """Return the sentences of a text, the promising ones parsed, and all that is said in them."""
        units = _units(text)
        self._parse(text, units)
        return units, sayings(text, units)

    def _parse(self, text: str, units: list[Unit]) -> None:
        chosen = worth_parsing(text, units)
        self._read(chosen, text)
        for unit in chosen:
            if unit.parsed is not None:
                unit.rejections = rejections(unit.parsed)
                unit.frames = self._reader.claims(text, unit.parsed, unit.inside, unit.rejections)

    def _read(self, chosen: list[Unit], text: str) -> None:
        """Parse sentences, in place."""
        parsed = self._reader.parse(text, [(unit.sentence, unit.inside) for unit in chosen])
        for unit, one in zip(chosen, parsed, strict=True):
            unit.parsed = one

    def _drafts(self, article: Article, units: list[Unit], said: list[Saying]) -> list[Draft]:
        taken = frozenset(number for saying in said for number in (saying.unit, saying.frame_unit))
        denials = unclaimed(units, said)
        own = [
            n for n in own_candidates(article.text, units, taken) if units[n].parsed is not None and n not in denials
        ]
        wanted = sorted(taken | {saying.frame_unit for saying in said} | set(own) | set(denials))
        self._recognise([units[number].parsed for number in wanted])
        known = names(article.text[:MAX_CHARACTERS], self._mentioning(article.text, units, wanted), _quoted(units))
        near = near_denials(article.text, units)
        drafts = [of_saying(article, units, saying, known, weak=saying.unit in near) for saying in said]
        drafts += [of_denial(article, units[n], rejection, known) for n, rejection in denials.items()]
        drafts += [of_outlet(article, units[number], known, number < LEAD) for number in sorted(own)]
        return [draft for draft in drafts if draft is not None]

    def _mentioning(self, text: str, units: list[Unit], wanted: list[int]) -> dict[int, Parsed]:
        """Return the recognised sentences by number, with those that a claim's pronouns and "the company" point to."""
        before = sentences_before(units, wanted)
        self._read([units[number] for number in before if units[number].parsed is None], text)
        self._recognise([units[number].parsed for number in before])
        return {n: p for n in sorted({*wanted, *before}) if (p := units[n].parsed) is not None}

    def _recognise(self, sentences_parsed: Iterable[Parsed | None]) -> None:
        """Find the named entities of the sentences that hold a claim, in place; the costliest step, so only there."""
        self._recogniser([parsed.doc for parsed in sentences_parsed if parsed is not None])


def _quoted(units: list[Unit]) -> set[tuple[int, int]]:
    return {(quotation.start, quotation.end) for unit in units for quotation in unit.inside}


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


def _foreign(article: Article, units: list[Unit]) -> list[Draft]:
    worth = [unit for unit in units if unit.worth > 0 and unit.sentence.end - unit.sentence.start >= 40]
    return [foreign(article, unit) for unit in worth[: MAX_CLAIMS * 2]]
