"""Names in claims: which of them say who or what a claim is about, and when two are one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.matching.words import GENERIC_WORDS
from schemas.claim import Claim, Entity

NAME_KINDS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
"""Kinds of entity that name something; dates, amounts and ordinals do not."""

ONE_GIVEN = 0.7
"""Likeness of letters from which two first names are one: Katherine and Catherine, not Martin and Desmond."""

_PUNCTUATION = re.compile(r"[^\w\s]")
_LEADING = re.compile(r"^(?:the|mr|mrs|ms|dr|sir|president|minister)\s+")


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """Return a name's form for comparing: lower case, without article, title, possessive and punctuation."""
    bare = _PUNCTUATION.sub("", re.sub(r"['’]s?$", "", name.strip())).lower()
    return _LEADING.sub("", re.sub(r"\s+", " ", bare).strip())


@lru_cache(maxsize=20_000)
def last_part(key: str) -> str:
    """Return the last word of a name's key: the family name of a person."""
    return key.rsplit(" ", 1)[-1]


@lru_cache(maxsize=20_000)
def given_and_family(name: str) -> tuple[str, str] | None:
    """Return the first and the last word of a person's name, titles left out; None where it has no first name."""
    words = [word for word in name_key(name.replace("-", " ")).split() if word not in GENERIC_WORDS]
    return (words[0], words[-1]) if len(words) >= 2 else None


def one_given(a: str, b: str) -> bool:
    """Say whether two first names may be one: equal, an initial, a short form or another spelling."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short[:3]) or SequenceMatcher(None, short, long).ratio() >= ONE_GIVEN


def cell_names(claim: Claim) -> frozenset[str]:
    """Return the keys under which a claim is filed.

    A person is filed also under the family name, "Moscow" and "Russian" also under the country they stand for.
    """
    keys = {("@" + name_key(name), entity.kind) for entity in _named(claim) for name in _meant(entity)}
    family = {"@" + last_part(key[1:]) for key, kind in keys if kind == "PERSON"}
    return frozenset(key for key, _ in keys if len(key) > 2) | family


def shared_names(a: Claim, b: Claim) -> tuple[str, ...]:
    """Return the names in both, sorted, in the longer of the two wordings; a country where one stands for it."""
    found = {_shared(x, y) for x in _named(a) for y in _named(b)}
    return tuple(sorted(found - {""}))


def _shared(x: Entity, y: Entity) -> str:
    """Return what two names both mean, or ""."""
    if x.stands_for is not None or y.stands_for is not None:
        left, right = x.stands_for or x.name, y.stands_for or y.name
        if _same_name(left, x.kind, right, y.kind):
            return _longer(left, right)
    return _longer(x.name, y.name) if _same_name(x.name, x.kind, y.name, y.kind) else ""


def _meant(entity: Entity) -> tuple[str, ...]:
    return (entity.name,) if entity.stands_for is None else (entity.name, entity.stands_for)


def _named(claim: Claim) -> list[Entity]:
    return [entity for entity in claim.entities if entity.kind in NAME_KINDS]


def _longer(a: str, b: str) -> str:
    return max(a, b, key=lambda name: (len(name), name))


def _same_name(a: str, a_kind: str, b: str, b_kind: str) -> bool:
    left, right = name_key(a), name_key(b)
    if not left or not right:
        return False
    if left == right:
        return True
    one_word = " " not in left or " " not in right
    return a_kind == b_kind == "PERSON" and one_word and last_part(left) == last_part(right)


def one_source(a: Claim, b: Claim) -> bool:
    """Say whether one named source makes both claims: what it says beside its denial is no contradiction of it.

    An outlet is none in this sense: it tells in its own voice what is said, and then that it is false.
    """
    left, right = name_key(a.source.name), name_key(b.source.name)
    if (
        not left
        or not right
        or a.source.kind == b.source.kind == "unnamed"
        or "outlet" in (a.source.kind, b.source.kind)
    ):
        return False
    if left == right or left.startswith(right + " ") or right.startswith(left + " "):
        return True
    return a.source.kind == b.source.kind == "person" and (left.endswith(" " + right) or right.endswith(" " + left))
