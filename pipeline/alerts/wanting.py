"""Whether a rule wants a contradiction. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from pipeline.alerts.forms import Rule
from pipeline.desk.watches import Search
from pipeline.index.words import parse
from schemas.contradiction import Contradiction

NONE_SAVED: Mapping[str, Search] = MappingProxyType({})


def wants(rule: Rule, contradiction: Contradiction, saved: Mapping[str, Search] = NONE_SAVED) -> bool:
    """Say whether every condition of a rule holds. `saved` are searches by name; one that is gone meets nothing."""
    sides = (contradiction.a, contradiction.b)
    outlets = (*contradiction.outlets, *(side.outlet for side in sides))
    return (
        contradiction.score >= rule.minimum_score
        and max(contradiction.independent_sources, 1) >= rule.minimum_sources
        and (not rule.kinds or bool(set(rule.kinds) & set(contradiction.kinds)))
        and (not rule.outlets or _share(rule.outlets, outlets))
        and (not rule.entities or _share(rule.entities, contradiction.entities))
        and (not rule.words or _mentions(contradiction, rule.words))
        and (not rule.watches or any(_meets(contradiction, saved[name]) for name in rule.watches if name in saved))
    )


def _meets(contradiction: Contradiction, search: Search) -> bool:
    """Say whether a saved search would find a contradiction: all its words occur, its filters hold on one side.

    What a contradiction has no one value of (stance, kind, language, country) is not asked.
    """
    sides = (contradiction.a, contradiction.b)
    text = _text(contradiction)
    return (
        all(term.text.casefold() in text for term in parse(search.words))
        and (not search.outlet or _share((search.outlet,), (*contradiction.outlets, *(s.outlet for s in sides))))
        and (not search.source or _share((search.source,), (s.source for s in sides)))
        and (not search.entity or _share((search.entity,), contradiction.entities))
    )


def _share(wanted: Iterable[str], given: Iterable[str]) -> bool:
    return bool({name.casefold() for name in wanted} & {name.casefold() for name in given})


def _mentions(contradiction: Contradiction, words: Sequence[str]) -> bool:
    text = _text(contradiction)
    return any(word.casefold() in text for word in words)


def _text(contradiction: Contradiction) -> str:
    sides = (contradiction.a, contradiction.b)
    return " ".join(
        [*contradiction.entities, *(f"{side.title} {side.quote} {side.source}" for side in sides)]
    ).casefold()
