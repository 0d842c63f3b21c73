"""Whether a rule wants a contradiction. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.alerts.forms import Rule
from pipeline.index.words import parse
from schemas.contradiction import Contradiction


@dataclass(frozen=True)
class Watch:
    """A saved search, as much of it as a contradiction can meet; what is empty is not asked."""

    name: str
    words: str = ""
    outlet: str = ""
    source: str = ""
    entity: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Watch:
        """Return the saved search that a document of `watches` holds."""
        return cls(*(str(body.get(name) or "") for name in cls.__dataclass_fields__))


def wants(rule: Rule, contradiction: Contradiction, watches: Sequence[Watch] = ()) -> bool:
    """Say whether every condition of a rule holds. A saved search that is gone meets nothing."""
    sides = (contradiction.a, contradiction.b)
    outlets = (*contradiction.outlets, *(side.outlet for side in sides))
    return (
        contradiction.score >= rule.minimum_score
        and max(contradiction.independent_sources, 1) >= rule.minimum_sources
        and (not rule.kinds or bool(set(rule.kinds) & set(contradiction.kinds)))
        and (not rule.outlets or _share(rule.outlets, outlets))
        and (not rule.entities or _share(rule.entities, contradiction.entities))
        and (not rule.words or _mentions(contradiction, rule.words))
        and (not rule.watches or any(_meets(contradiction, w) for w in watches if w.name in rule.watches))
    )


def _meets(contradiction: Contradiction, watch: Watch) -> bool:
    """Say whether a saved search would find a contradiction: all its words occur, its filters hold on one side."""
    sides = (contradiction.a, contradiction.b)
    text = _text(contradiction)
    return (
        all(term.text.casefold() in text for term in parse(watch.words))
        and (not watch.outlet or _share((watch.outlet,), (*contradiction.outlets, *(s.outlet for s in sides))))
        and (not watch.source or _share((watch.source,), (s.source for s in sides)))
        and (not watch.entity or _share((watch.entity,), contradiction.entities))
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
