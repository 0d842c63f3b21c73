"""One thing that a sentence speaks of, as what a later pronoun or "the company" may mean."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.claims.referring.genders import Gender

Kind = Literal["person", "organisation", "place", "thing", "name"]
"""What is spoken of; "name" is a name that may be any of these but hardly a person's."""

Role = Literal["subject", "object", "oblique", "modifier"]


@dataclass(frozen=True)
class Referent:
    """Something spoken of. `first` and `last` are its tokens [first, last), `start` the article offset of the first.

    `wording` can stand in place of a pronoun, `short` in place of a second one; `described` holds the lemmas of the
    nouns it is called by.
    """

    wording: str
    short: str
    start: int
    first: int
    last: int
    head: int
    kind: Kind
    role: Role
    named: bool
    plural: bool = False
    gender: Gender | None = None
    described: frozenset[str] = field(default_factory=frozenset)
    preposition: str = ""
    known: bool = True
    """Whether the kind is sure."""
    counted: bool = False
    """Whether an unnamed thing stands with an article: "a plant", not "money"."""

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return self.wording.lower()


def unique(found: Iterable[Referent]) -> list[Referent]:
    """Return each of them once, the last mention of each, in order."""
    return list({one.key: one for one in found}.values())
