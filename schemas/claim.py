"""A claim: a checkable proposition in an article, with who says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from schemas.message import Message, Part

SourceKind = Literal["person", "organisation", "place", "group", "unnamed", "outlet"]
"""What a source is; "place" is a capital or country speaking for its government, "unnamed" an unidentified person."""

Stance = Literal["asserts", "denies", "questions", "reports"]
"""How the source stands to the content; "reports" passes on what another source says."""

QuantityRole = Literal["value", "from", "to", "change", "factor"]
"""What a figure does: the size of a thing, where a change began or ended, by how much, or how many times."""


class Source(Part, frozen=True, kw_only=True):
    """Who makes a claim. `text` is the wording in the article, `name` the name it stands for there."""

    name: str
    kind: SourceKind
    text: str | None = None


class Denial(Part, frozen=True, kw_only=True):
    """What a denial rejects: a claim of the same article when it stands there, else only its words."""

    claim_id: str | None = None
    text: str | None = None


class Quantity(Part, frozen=True, kw_only=True):
    """A figure as a closed interval [low, high] in `unit`; None is unbounded on that side.

    `counted` is the lemma of what is counted ("staff"), `unit` a unit or currency ("percent", "USD") or None.
    `start` and `end` are character offsets in the claim's `text`.
    """

    text: str
    low: float | None
    high: float | None
    approximate: bool = False
    unit: str | None = None
    counted: str | None = None
    role: QuantityRole = "value"
    start: int = 0
    end: int = 0


class Entity(Part, frozen=True, kw_only=True):
    """A named thing. `name` is its normal form, `kind` PERSON, ORG, GPE, NORP, LOC, EVENT, DATE …

    `stands_for` is the country (or union) that a people, a capital or a seat of government speaks or acts for:
    "Russia" of "Russian", of "Moscow" in "Moscow said", of "the Kremlin"; None where the name means itself.
    """

    name: str
    kind: str
    stands_for: str | None = None


class Claim(Message, frozen=True, kw_only=True, tag="claim"):
    """One claim. `start` and `end` are character offsets of `text` in the article's text.

    `text` is verbatim; `content` is what is claimed, without source and cue; `standalone` is the content reworded so
    that it can be read alone. `sentence` is the whole sentence (or sentences) around, starting at `sentence_start`.
    `checkworthy` is in [0, 1]. `reporter` is who passes the claim on when that is not the outlet itself.
    """

    claim_id: str
    article_id: str
    revision: int
    url: str
    outlet: str
    title: str
    published_at: datetime
    text: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    content: str
    standalone: str
    source: Source
    stance: Stance
    cue: str | None = None
    reporter: Source | None = None
    denies: Denial | None = None
    quantities: tuple[Quantity, ...] = ()
    entities: tuple[Entity, ...] = ()
    event_start: date | None = None
    """First day of what is claimed, as its own words tell it; None where they do not."""
    event_end: date | None = None
    """Last day of it, inclusive."""
    checkworthy: float = 0.0
    language: str | None = None
    credit: str | None = None
    """The agency or outlet that the article says it was taken from, as in the article."""
    owner: str | None = None
    """The group that the outlet belongs to, as in the article."""


class ArticleClaims(Message, frozen=True, kw_only=True, tag="claims"):
    """All claims of one revision of one article, with what is needed to compare them.

    One message an article, also when it makes no claim: a correction that removes every claim must be heard too.
    `vectors` holds len(claims) rows of `dimensions` little-endian float16, rows of unit length; `signature` is the
    article's MinHash (little-endian uint32), by which near copies are recognised.
    """

    article_id: str
    revision: int
    outlet: str
    url: str
    published_at: datetime
    claims: tuple[Claim, ...]
    content_hash: str
    vectors: bytes = b""
    dimensions: int = 384
    signature: bytes = b""
    credit: str | None = None
    owner: str | None = None
