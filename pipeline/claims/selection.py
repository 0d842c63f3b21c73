"""What is worth its cost: which sentences are parsed, which of the outlet's own count, which claims are kept.

The parser costs 3 ms a sentence and each claim 15 ms of embedding afterwards, so every choice is made as early as it
can be, the cheapest test first.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.claims.denying.opposition import may_answer
from pipeline.claims.denying.stems import likely
from pipeline.claims.draft import Draft
from pipeline.claims.parsed import whole_quotation
from pipeline.claims.saying import cues
from pipeline.claims.saying.speakers import Unit
from pipeline.claims.saying.wordings import TAIL
from pipeline.claims.worth.boilerplate import boilerplate
from pipeline.claims.worth.kinds import kind

MAX_CLAIMS = 40
"""Claims kept of one article, however long."""

MAX_PARSED = 24_000
"""Characters of candidate sentences parsed in one article, some 4,000 words: what bounds the time on hostile input."""

MAX_PARSED_SENTENCES = 300
"""Sentences parsed in one article: the same bound for text that is all short sentences."""

MIN_WORTH = 0.002
"""Below this check-worthiness no sentence is parsed, whoever says it: greetings, questions, exclamations."""

BEFORE_DENIAL = 3
"""Sentences before a likely denial that are parsed however dull they are: one of them may be what is denied."""

INNER_WORTH = 0.06
"""Below it a sentence within a quotation, its speaker named elsewhere, is not parsed: it would hardly be kept."""

LEAD = 6
"""News puts what happened into its first sentences (the inverted pyramid); these many have the lower threshold."""

LEAD_THRESHOLD = 0.43
OUTLET_THRESHOLD = 0.58
"""From this score on, a sentence of the outlet's own may be a claim: half and two fifths of the sentences of
news_articles.train reach it."""

OWN_AT_LEAST = 2
OWN_EVERY = 14
"""The outlet's own sentences are at most OWN_AT_LEAST and one for every OWN_EVERY sentences: 4 for 600 words."""

ROOM_AT_LEAST = 6
ROOM_EVERY = 90
"""An article has room for ROOM_AT_LEAST claims and one more for every ROOM_EVERY words: 12 for 600 words. It bounds
articles that are rich in claims; most have fewer, by ENOUGH."""

DENIALS_BEYOND = 6
"""So many denials and denied claims are kept beyond an article's room, so that they push nothing else out."""

FIRST_OF_SOURCE = 0.4
ATTRIBUTED = 0.2
DENIAL = 1.0
FIGURE = 0.2
IN_LEAD = 0.2
ENOUGH = 0.25
"""A claim's preference is its check-worthiness with these added, and from ENOUGH on it is kept: everybody's best
claim, denials and what they deny, then what is attributed, figures and the lead. Set by reading news_articles.train,
so that 40 articles of 590 words give some 10 claims each, 7 of them attributed."""


def worth_parsing(text: str, units: list[Unit]) -> list[Unit]:
    """Return the sentences worth the parser, most promising kinds first where the budget ends, in order."""
    own = set(own_candidates(text, units))
    denials = {number for number, unit in enumerate(units) if _may_deny(text, unit)}
    ranked = []
    for number, unit in enumerate(units):
        near = any(number + step in denials for step in range(1, BEFORE_DENIAL + 1))
        said = number in denials or ((near or unit.worth >= MIN_WORTH) and _may_be_said(text, units, number))
        if said or number in own:
            ranked.append((not said, -unit.worth, number))
    kept, room = set[int](), MAX_PARSED
    for _, _, number in sorted(ranked)[:MAX_PARSED_SENTENCES]:
        room -= units[number].sentence.end - units[number].sentence.start
        if room < 0:
            break
        kept.add(number)
    return [units[number] for number in sorted(kept)]


def _may_be_said(text: str, units: list[Unit], number: int) -> bool:
    unit = units[number]
    wording = text[unit.sentence.start : unit.sentence.end]
    if cues.may_attribute(wording):
        return True
    if any(whole_quotation(text, quotation) for quotation in unit.inside):
        return unit.worth >= INNER_WORTH
    opened = bool(unit.inside) and number > 0 and text[units[number - 1].sentence.end - 1] in ":,"
    return opened or (":" in wording[:60] and len(wording) < 200) or (len(wording) < 160 and bool(TAIL.search(wording)))


def _may_deny(text: str, unit: Unit) -> bool:
    """Whether a sentence is likely a denial: these are parsed however dull they are, but for the page's own words."""
    wording = text[unit.sentence.start : unit.sentence.end]
    return likely(wording) and not boilerplate(wording)


def near_denials(text: str, units: list[Unit]) -> frozenset[int]:
    """Return the sentences that deny or negate, and those close enough to be what is denied."""
    found = [
        number
        for number, unit in enumerate(units)
        if unit.rejections or (unit.parsed is not None and may_answer(text[unit.sentence.start : unit.sentence.end]))
    ]
    return frozenset(near for number in found for near in range(number - BEFORE_DENIAL, number + 2))


def own_candidates(text: str, units: list[Unit], taken: frozenset[int] = frozenset()) -> list[int]:
    """Return which sentences may be claims of the outlet's own, best first; `taken` are claims of somebody else."""
    worth = [n for n in range(len(units)) if n not in taken and _of_outlet(text, units[n], n)]
    worth.sort(key=lambda n: (-units[n].worth - IN_LEAD * (n < LEAD), n))
    return worth[: OWN_AT_LEAST + len(units) // OWN_EVERY]


def _of_outlet(text: str, unit: Unit, number: int) -> bool:
    if unit.worth < (LEAD_THRESHOLD if number < LEAD else OUTLET_THRESHOLD):
        return False
    quoted = sum(q.end - q.start for q in unit.inside if whole_quotation(text, q))
    if quoted * 2 >= unit.sentence.end - unit.sentence.start:
        return False
    unit.kind = unit.kind or kind(text[unit.sentence.start : unit.sentence.end])
    return unit.kind == "factual"


def room(words: int) -> int:
    """Return how many claims an article of so many words may have."""
    return min(MAX_CLAIMS, ROOM_AT_LEAST + words // ROOM_EVERY)


def chosen(drafts: Sequence[Draft], denied: Sequence[int | None], limit: int, enough: float) -> list[int]:
    """Return which drafts are kept, in order: at most `limit`, and with a denial what it denies.

    `denied` names for each draft the one it denies, or None.
    """
    targets = {
        target for number, target in enumerate(denied) if target is not None and drafts[number].stance == "denies"
    }
    best: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        if draft.cue is not None:
            other = best.setdefault(draft.source.name, number)
            best[draft.source.name] = number if draft.worth > drafts[other].worth else other
    firsts = set(best.values())

    def preference(number: int) -> float:
        draft = drafts[number]
        contested = draft.stance == "denies" or number in targets
        return (
            draft.worth
            + DENIAL * contested
            + FIRST_OF_SOURCE * (number in firsts)
            + ATTRIBUTED * (draft.cue is not None)
            + FIGURE * bool(draft.quantities)
            + IN_LEAD * draft.lead
        )

    usable = [n for n, d in enumerate(drafts) if not d.weak or d.stance == "denies" or n in targets]
    ranked = sorted(usable, key=lambda n: (-preference(n), n))
    contested = targets | {n for n in usable if drafts[n].stance == "denies"}
    beyond = min(MAX_CLAIMS - limit, len(contested), DENIALS_BEYOND)
    return sorted(number for number in ranked[: limit + max(0, beyond)] if preference(number) >= enough)
