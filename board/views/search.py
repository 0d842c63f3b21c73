"""`/search`: contradictions, clusters and claims by words and by who says them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, get_args
from unicodedata import category

from starlette.requests import Request
from starlette.responses import Response

from board import reading
from board.reading import Listing
from board.render import page
from board.views.paging import Pages, page_number
from board.wording import SOURCE_KINDS
from pipeline.ports import Index, Query
from schemas.claim import Claim, Stance
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

CONTRADICTIONS = 3
CLUSTERS = 5
CLAIMS = 20
SAMPLED = 200
"""Best matches from which outlets and sources are offered; what they lack can still be typed into the address."""
CHOICES = 40
LONGEST = 300
"""Characters of a search or a filter; nobody types more, and a longer one is a mistake."""


class WrongSearchError(ValueError):
    """A search that cannot be made; the text says how to mend it."""


@dataclass(frozen=True)
class Asked:
    """What was searched for. Empty is not asked."""

    q: str = ""
    outlet: str = ""
    source: str = ""
    stance: str = ""
    kind: str = ""
    since: str = ""

    @property
    def any(self) -> bool:
        """Whether anything was asked at all."""
        return any((self.q, self.outlet, self.source, self.stance, self.kind, self.since))


@dataclass(frozen=True)
class Choices:
    """What the selects offer: names, most frequent first."""

    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def search(request: Request) -> Response:
    """Show what matches; a search that cannot be made is answered with how to mend it."""
    asked = Asked(**{name: _clean(request.query_params.get(name, "")) for name in Asked.__dataclass_fields__})
    number = page_number(request, CLAIMS)
    context: dict[str, Any] = {"asked": asked, "words": asked.q, "kinds": SOURCE_KINDS, "stances": get_args(Stance)}
    try:
        query = _query(asked)
    except WrongSearchError as error:
        nothing = {"problem": str(error), "choices": Choices(), "found": None}
        return page(request, "search.html", {**context, **nothing}, section="search", status=400)
    index: Index = request.app.state.index
    context |= {"problem": "", "choices": _choices(index, query, asked), "found": None}
    if asked.any:
        context["found"] = _find(request, index, query, asked, number)
    return page(request, "search.html", context, section="search")


def _find(request: Request, index: Index, query: Query, asked: Asked, number: int) -> dict[str, Any]:
    """Search all three; contradictions have two sides, and so neither one stance nor one kind of source."""
    contradictions: Listing[Contradiction] = Listing()
    clusters: Listing[Cluster] = Listing()
    if number == 1 and not asked.stance and not asked.kind:
        wanted = replace(query, collection="contradictions", limit=CONTRADICTIONS)
        contradictions = reading.search(index, Contradiction, wanted)
    if number == 1:
        clusters = reading.search(index, Cluster, replace(query, collection="clusters", limit=CLUSTERS))
    vector = _vector(request, asked.q)
    paged = replace(query, vector=vector, limit=CLAIMS, offset=(number - 1) * CLAIMS)
    claims = reading.search(index, Claim, paged)
    return {
        "contradictions": contradictions,
        "clusters": clusters,
        "claims": claims,
        "pages": Pages.of(request, number, CLAIMS, claims.total),
    }


def _query(asked: Asked) -> Query:
    """Return the query, or raise WrongSearchError."""
    if asked.stance and asked.stance not in get_args(Stance):
        raise WrongSearchError(f"Choose a stance from the list: “{asked.stance}” is none.")
    if asked.kind and asked.kind not in SOURCE_KINDS:
        raise WrongSearchError(f"Choose a kind of source from the list: “{asked.kind}” is none.")
    if any(len(text) > LONGEST for text in (asked.q, asked.outlet, asked.source)):
        raise WrongSearchError(f"Shorten the search to {LONGEST} characters.")
    return Query(
        "claims",
        words=asked.q or None,
        outlet=asked.outlet or None,
        source=asked.source or None,
        stance=asked.stance or None,
        kind=asked.kind or None,
        since=_since(asked.since),
        sort="relevance" if asked.q else "newest",
    )


def _since(text: str) -> datetime | None:
    """Return the start of a day in UTC."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongSearchError("Write the day as year-month-day, for instance 2019-06-02.") from None


def _vector(request: Request, words: str) -> Sequence[float] | None:
    encode: reading.Encode | None = request.app.state.encode
    return encode(words) if encode and words else None


def _choices(index: Index, query: Query, asked: Asked) -> Choices:
    """Return the outlets and sources among the best matches, whatever outlet or source is chosen now."""
    unfiltered = replace(query, outlet=None, source=None, limit=SAMPLED)
    claims = reading.search(index, Claim, unfiltered).messages
    outlets = Counter(claim.outlet for claim in claims)
    sources = Counter(claim.source.name for claim in claims)
    return Choices(_offer(outlets, asked.outlet), _offer(sources, asked.source))


def _offer(found: Counter[str], chosen: str) -> tuple[str, ...]:
    names = {name for name, _ in found.most_common(CHOICES) if name} | ({chosen} if chosen else set())
    return tuple(sorted(names, key=str.casefold))


def _clean(text: str) -> str:
    """Return a parameter without what no one types: control characters and halves of characters."""
    kept = "".join(" " if category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join(kept.split())
