"""A claim while it is put together: all but its id and what it denies, which need the article's other claims."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.claims import cues, denials
from pipeline.claims.checkworthy import checkworthy
from pipeline.claims.entities import entities
from pipeline.claims.parsed import Parsed, is_mark
from pipeline.claims.quantities import quantities
from pipeline.claims.registry import Names
from pipeline.claims.sources import outlet_source, source
from pipeline.claims.speakers import Saying, Span, Unit
from pipeline.claims.standalone import Context, finish, standalone
from pipeline.claims.wordlist import words
from schemas.article import Article
from schemas.claim import Entity, Quantity, Source, Stance

SHORTEST = 3
"""Words a content must have to be a claim; shorter ones ("yes", "no comment") name nothing to check. A judgement."""

SAID_THRESHOLD = 0.12
"""The lowest check-worthiness of something said. Lower than an outlet's own: that it was said is a fact already. Set
on the first case, where promises ("We will oppose them") lie below it and positions
("We see the sanctions as …") above."""


@dataclass(frozen=True)
class Draft:
    """A claim in the making. `denied` are the words that its cue rejects, `context` where to look what they mean."""

    span: Span
    sentence: Span
    content: str
    standalone: str
    source: Source
    stance: Stance
    cue: str | None = None
    reporter: Source | None = None
    denied: str | None = None
    context: str = ""
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    worth: float = 0.0
    lead: bool = False


def of_saying(article: Article, units: list[Unit], saying: Saying, names: Names) -> Draft | None:
    """Return the draft of something said, or None where it is too short or not attributable."""
    text, frame = article.text, saying.frame
    unit, framing = units[saying.unit].parsed, units[saying.frame_unit].parsed
    if unit is None or framing is None or frame.source is None or frame.head is None:
        return None
    who = source(text, framing, frame.source, frame.head, names)
    if who.kind == "unnamed" and who.name.lower() in _NOBODY:
        return None
    spans = frame.content if saying.own else (_tokens(unit, saying.content[0]),)
    content = " ".join(_plain(unit, span) for span in spans)
    cue = " ".join(t.text for t in framing.doc[frame.cue[0] : frame.cue[1]])
    denied = None if frame.denied is None or not saying.own else _plain(framing, frame.denied)
    content = content or denied or ""
    worth = checkworthy(content)
    if len(content.split()) < SHORTEST or worth < SAID_THRESHOLD:
        return None
    quoted = not saying.own or any(q.holds(saying.content[0][0]) for q in units[saying.unit].inside if saying.content)
    reading = Context(names, who, article.published_at, quoted)
    return Draft(
        span=saying.text,
        sentence=(units[saying.unit].sentence.start, units[saying.unit].sentence.end),
        content=content,
        standalone=_wording(unit, spans, reading, saying, cue, content),
        source=who,
        stance=_stance(saying, content, text, units),
        cue=cue,
        reporter=_reporter(text, units, saying, framing, names),
        denied=denied,
        context=_context(text, units, saying),
        quantities=quantities(unit, text, *saying.text),
        entities=entities(unit, names, *saying.text),
        worth=worth,
    )


_NOBODY = words("nothing it there that this which what nobody no one you everyone anyone all")


def of_outlet(article: Article, unit: Unit, names: Names, lead: bool) -> Draft | None:
    """Return the draft of a sentence that the outlet itself asserts."""
    parsed = unit.parsed
    if parsed is None or not len(parsed.doc):
        return None
    who = outlet_source(article.outlet)
    span = (unit.sentence.start, unit.sentence.end)
    whole = (0, len(parsed.doc))
    content = _plain(parsed, whole)
    return Draft(
        span=span,
        sentence=span,
        content=content,
        standalone=standalone(parsed, (whole,), Context(names, who, article.published_at, False)),
        source=who,
        stance="denies" if denials.denies_by_content(content) and denials.refers(content) else "asserts",
        context=content,
        quantities=quantities(parsed, article.text, *span),
        entities=entities(parsed, names, *span),
        worth=unit.worth,
        lead=lead,
    )


def foreign(article: Article, unit: Unit) -> Draft:
    """Return the draft of a sentence in a language that is not parsed."""
    span = (unit.sentence.start, unit.sentence.end)
    content = " ".join(article.text[span[0] : span[1]].split())
    who = outlet_source(article.outlet)
    return Draft(span, span, content, finish(content), who, "asserts", worth=unit.worth)


def _stance(saying: Saying, content: str, text: str, units: list[Unit]) -> Stance:
    frame = saying.frame
    if frame.denying and saying.own:
        return "asserts" if denials.negated(text[saying.text[0] : saying.text[1]]) else "denies"
    if denials.denies_by_content(content):
        return "denies"
    return "questions" if frame.lemma in cues.QUESTIONING or (frame.negated and saying.own) else "asserts"


def _reporter(text: str, units: list[Unit], saying: Saying, framing: Parsed, names: Names) -> Source | None:
    frame = saying.frame
    if saying.reporter is not None and saying.reporter_unit is not None:
        other, parsed = saying.reporter, units[saying.reporter_unit].parsed
        if parsed is None or other.source is None or other.head is None:
            return None
        return source(text, parsed, other.source, other.head, names)
    if frame.reporter is None or frame.reporter_head is None:
        return None
    return source(text, framing, frame.reporter, frame.reporter_head, names)


def _wording(unit: Parsed, spans: tuple[Span, ...], reading: Context, saying: Saying, cue: str, content: str) -> str:
    wording = standalone(unit, tuple(span for span in spans if span[0] < span[1]), reading)
    frame = saying.frame
    if frame.denying and saying.own and (not spans or (frame.content and frame.lemma == "deny")):
        return finish(f"{reading.source.name} {cue} {'' if frame.nominal or not spans else 'that '}{content}")
    return finish(f"{reading.source.name} {cue} {content}") if frame.nominal and saying.own else wording


def _context(text: str, units: list[Unit], saying: Saying) -> str:
    """Return the words around a denial that say what it means: its frame's sentence and its own."""
    numbers = [saying.frame_unit, saying.unit]
    quoted = [q.start for q in units[saying.unit].inside]
    numbers += [n for n in range(saying.unit, min(saying.unit + 3, len(units))) if _shares(units[n], quoted)]
    return " ".join(text[units[n].sentence.start : units[n].sentence.end] for n in dict.fromkeys(numbers))


def _shares(unit: Unit, quoted: list[int]) -> bool:
    return any(quotation.start in quoted for quotation in unit.inside)


def _tokens(parsed: Parsed, span: Span) -> Span:
    inside = [token.i for token in parsed.doc if span[0] <= parsed.start_of(token) < span[1]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _plain(parsed: Parsed, span: Span) -> str:
    wording = parsed.doc[span[0] : span[1]].text
    return " ".join(wording.strip("\"' ").split()) if not all(map(is_mark, wording)) else ""
