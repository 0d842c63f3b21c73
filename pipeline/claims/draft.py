"""A claim while it is put together: all but its id and what it denies, which need the article's other claims."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.claims.denying import denials
from pipeline.claims.denying.opposition import ANSWERS, EMPHATIC, INSISTING, negative
from pipeline.claims.denying.rejection import Rejection
from pipeline.claims.denying.rejections import same_speaker
from pipeline.claims.figures.quantities import quantities
from pipeline.claims.naming.entities import entities
from pipeline.claims.naming.registry import Names
from pipeline.claims.parsed import Parsed, is_mark, text_of
from pipeline.claims.referring.standalone import Context, finish, standalone
from pipeline.claims.saying import cues
from pipeline.claims.saying.frames import Frame, together
from pipeline.claims.saying.sources import outlet_source, source
from pipeline.claims.saying.speakers import Saying, Span, Unit
from pipeline.claims.timing import event_time
from pipeline.claims.wordlist import words
from pipeline.claims.worth.checkworthy import checkworthy
from schemas.article import Article
from schemas.claim import Entity, Quantity, Source, Stance

SHORTEST = 3
"""Words a content must have to be a claim; shorter ones ("yes", "no comment") name nothing to check. A judgement."""

SAID_THRESHOLD = 0.016
"""The lowest check-worthiness of something said. Lower than an outlet's own: that it was said is a fact already. Set
on the first case, where promises ("We will oppose them") lie below it and positions
("We see the sanctions as …") above."""


@dataclass(frozen=True)
class Draft:
    """A claim in the making.

    `denied` are the words that are rejected, as they stand; `target` is the proposition among them, None where they
    only point to one. `context` is where to look what they mean. A `weak` draft is too little to be a claim unless it
    denies or is denied.
    """

    span: Span
    sentence: Span
    content: str
    standalone: str
    source: Source
    stance: Stance
    cue: str | None = None
    reporter: Source | None = None
    denied: str | None = None
    target: str | None = None
    weak: bool = False
    lemma: str = ""
    context: str = ""
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    event: event_time.EventTime = (None, None)
    worth: float = 0.0
    lead: bool = False


def of_saying(article: Article, units: list[Unit], saying: Saying, names: Names, weak: bool = False) -> Draft | None:
    """Return the draft of something said, or None where it is nobody's, or too little and `weak` is not asked for."""
    text, frame = article.text, saying.frame
    unit, framing = units[saying.unit].parsed, units[saying.frame_unit].parsed
    if unit is None or framing is None or frame.source is None or frame.head is None:
        return None
    who = source(text, framing, frame.source, frame.head, names)
    denying = frame.denying and saying.own
    if (
        who.kind == "unnamed"
        and who.name.lower() in _NOBODY
        and not (denying and who.name.lower() in ("it", "this", "that"))
    ):
        return None
    spans = frame.content if saying.own else (_tokens(unit, saying.content[0]),)
    content = together(unit.doc, spans, (_plain(unit, span) for span in spans))
    cue = " ".join(t.text for t in framing.doc[frame.cue[0] : frame.cue[1]])
    spoken = _spoken(units[saying.unit], unit, spans, saying) if not (frame.denying and saying.own) else None
    denied, target = _rejected(framing if spoken is None else unit, frame if saying.own else None, spoken)
    content = content or denied or ""
    worth = checkworthy(content)
    stance = _stance(saying, content, spoken)
    little = len(content.split()) < SHORTEST or worth < SAID_THRESHOLD
    if not content or (little and stance != "denies" and not weak):
        return None
    if (
        stance == "denies"
        and (denied is None or frame.explained)
        and target is None
        and (one := negative(content)) is not None
    ):
        target = one.positive if not one.elliptical and (denied is None or ANSWERS.match(content)) else None
    if target is None and spoken is not None and unit.doc[spoken.cue[0]].lower_ == "contrary":
        target = _against(unit, spans, spoken)
    quoted = not saying.own or any(q.holds(saying.content[0][0]) for q in units[saying.unit].inside if saying.content)
    reading = Context(names, who, article.published_at, quoted)
    return Draft(
        span=saying.text,
        sentence=(units[saying.unit].sentence.start, units[saying.unit].sentence.end),
        content=content,
        standalone=_wording(unit, spans, reading, saying, cue, content),
        source=who,
        stance=stance,
        cue=cue,
        reporter=_reporter(text, units, saying, framing, names),
        denied=denied,
        target=target,
        weak=little,
        lemma=frame.lemma if saying.own else "",
        context=_context(text, units, saying),
        quantities=quantities(unit, text, *saying.text),
        entities=entities(unit, names, *saying.text),
        event=event_time.of_tokens(unit, text, spans, article.published_at),
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
        stance="asserts",
        context=content,
        quantities=quantities(parsed, article.text, *span),
        entities=entities(parsed, names, *span),
        event=event_time.of_tokens(parsed, article.text, (whole,), article.published_at),
        worth=unit.worth,
        lead=lead,
    )


def foreign(article: Article, unit: Unit) -> Draft:
    """Return the draft of a sentence in a language that is not parsed."""
    span = (unit.sentence.start, unit.sentence.end)
    content = " ".join(article.text[span[0] : span[1]].split())
    who = outlet_source(article.outlet)
    return Draft(span, span, content, finish(content), who, "asserts", worth=unit.worth)


_ADMITTING = words("admit acknowledge concede confess recognise recognize realise realize learn discover regret")
"""Verbs after which "was wrong" is no denial."""


def _stance(saying: Saying, content: str, spoken: Rejection | None) -> Stance:
    frame = saying.frame
    if frame.denying and saying.own:
        return "denies"
    if spoken is not None and not (saying.own and frame.lemma in _ADMITTING):
        return "denies"
    one = (
        negative(content)
        if frame.lemma in INSISTING or ANSWERS.match(content) or EMPHATIC.search(content[:200])
        else None
    )
    if one is not None and not one.promise:
        return "denies"
    return "questions" if frame.lemma in cues.QUESTIONING or (frame.negated and saying.own) else "asserts"


def _spoken(unit: Unit, parsed: Parsed, spans: tuple[Span, ...], saying: Saying) -> Rejection | None:
    """Return the denial that stands in what is said and is the speaker's own."""
    for one in unit.rejections:
        inside = any(start <= one.cue[0] < end for start, end in spans)
        if not inside and not (saying.own and one.spoken and len(unit.frames) == 1 and not unit.inside):
            continue
        own = saying.own and one.speaker == saying.frame.head
        if one.spoken or one.speaker is None or own or same_speaker(parsed.doc[one.speaker]):
            return one
    return None


def _rejected(parsed: Parsed, frame: Frame | None, spoken: Rejection | None) -> tuple[str | None, str | None]:
    """Return the words that are rejected and the proposition among them."""
    if spoken is not None:
        rejected, target = spoken.rejected or spoken.cue, spoken.target
    elif frame is not None and frame.denied is not None:
        rejected, target = frame.denied, frame.target
    else:
        return None, None
    return _plain(parsed, rejected) or None, (_plain(parsed, target) or None if target is not None else None)


def _against(parsed: Parsed, spans: tuple[Span, ...], one: Rejection) -> str | None:
    """Return what "contrary to reports" rejects: the opposite of the negative that goes with it."""
    told = one.rejected or one.cue
    kept = [t.text_with_ws for a, b in spans for t in parsed.doc[a:b] if not one.cue[0] <= t.i < told[1]]
    found = negative("".join(kept).strip(" ,"))
    return None if found is None or found.elliptical else found.positive


def unclaimed(units: list[Unit], said: list[Saying]) -> dict[int, Rejection]:
    """Return the sentences that deny although nobody is said to: "The allegations were denied"."""
    found: dict[int, Rejection] = {}
    telling = {s.unit for s in said if s.own and s.frame.denying}
    for number, unit in enumerate(units):
        if number in telling:
            continue
        for one in unit.rejections:
            if number not in found and unit.parsed is not None and not _claimed(unit, one, number, said):
                found[number] = one
    return found


def _claimed(unit: Unit, one: Rejection, number: int, said: list[Saying]) -> bool:
    """Whether a denial is part of a saying, or is nobody's: within a quotation whose speaker is not known."""
    if unit.parsed is None:
        return True
    at = unit.parsed.start_of(unit.parsed.doc[one.cue[0]])
    if any(s.unit == number and s.text[0] <= at < s.text[1] for s in said):
        return True
    if any(q.holds(at) for q in unit.inside):
        return True
    contrary = unit.parsed.doc[one.cue[0]].lower_ in ("contrary", "counter")
    return one.spoken and not contrary and not denials.refers(text_of(unit.parsed.doc))


def of_denial(article: Article, unit: Unit, one: Rejection, names: Names) -> Draft | None:
    """Return the draft of a denial by nobody that is named: it is the outlet's to tell."""
    draft = of_outlet(article, unit, names, lead=False)
    if draft is None or unit.parsed is None:
        return None
    denied, target = _rejected(unit.parsed, None, one)
    if target is None and unit.parsed.doc[one.cue[0]].lower_ == "contrary":
        target = _against(unit.parsed, ((0, len(unit.parsed.doc)),), one)
    return replace(draft, stance="denies", denied=denied, target=target)


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
    if frame.denying and saying.own and not frame.explained:
        return _told(unit, frame, reading.source.name, cue, content)
    return finish(f"{reading.source.name} {cue} {content}") if frame.nominal and saying.own else wording


def _told(parsed: Parsed, frame: Frame, name: str, cue: str, content: str) -> str:
    """Return a denial worded to be read alone: with who denies and, where they are known, the words denied."""
    name = {"his": "He", "her": "She", "its": "It", "their": "They"}.get(name.lower(), name)
    if frame.told is not None:
        told = _plain(parsed, frame.told)
        return finish(told if frame.passive else f"{name} {told}")
    if frame.target is not None:
        return finish(f"{name} denied {_plain(parsed, frame.target)}")
    return finish(f"{name} {cue} {content}" if content != cue else f"{name}: {content}")


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
