"""What a reader asks for by the address of a page: words and filters, cleaned and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import get_args
from unicodedata import category
from urllib.parse import urlencode

from starlette.requests import Request

from board.wording import SOURCE_KINDS
from pipeline.desk import watches
from pipeline.desk.watches import Search
from pipeline.ports import Query
from schemas.claim import Stance

LONGEST = 300
"""Characters of a search or a filter; nobody types more, and a longer one is a mistake."""

FACETS: Mapping[str, str] = {
    "outlet": "outlet",
    "source": "source",
    "entity": "entities",
    "country": "stands_for",
    "kind": "kind",
    "stance": "stance",
    "language": "language",
}
"""Facets by their names in addresses, each with its field in the claims."""

ONLY_CLAIMS = ("stance", "kind", "country", "language", "like")
"""Filters that a contradiction or a cluster has no one value for: with one of them only claims are shown."""


class WrongSearchError(ValueError):
    """A search that cannot be made; the text says how to mend it."""


@dataclass(frozen=True)
class Asked:
    """What was asked for; "" is not asked."""

    q: str = ""
    outlet: str = ""
    source: str = ""
    entity: str = ""
    country: str = ""
    kind: str = ""
    stance: str = ""
    language: str = ""
    since: str = ""
    until: str = ""
    like: str = ""
    sort: str = ""

    @classmethod
    def of(cls, request: Request) -> Asked:
        """Return what the address says, without what no one types."""
        return cls(**{name.name: clean(request.query_params.get(name.name, "")) for name in fields(cls)})

    @property
    def any(self) -> bool:
        """Whether it asks for anything at all; an order alone is no question."""
        return any(vars(replace(self, sort="")).values())

    @property
    def only_claims(self) -> bool:
        """Whether only claims can answer it."""
        return any(getattr(self, name) for name in ONLY_CLAIMS)

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """The facets that are chosen, as (name, value)."""
        return [(name, getattr(self, name)) for name in FACETS if getattr(self, name)]

    def address(self, page: str = "/search", **changes: str) -> str:
        """Return the address of a page that asks the same, but for `changes`."""
        asked = {name: value for name, value in asdict(replace(self, **changes)).items() if value}
        return f"{page}?{urlencode(asked)}" if asked else page

    def search(self) -> Search:
        """Return it as it is saved: without times and order."""
        return Search(
            words=self.q, outlet=self.outlet, source=self.source, stance=self.stance, kind=self.kind,
            language=self.language, country=self.country, entity=self.entity,
        )  # fmt: skip

    def query(self) -> Query:
        """Return the query for claims. Raises WrongSearchError for what cannot be searched."""
        if self.stance and self.stance not in get_args(Stance):
            raise WrongSearchError(f"Choose a stance from the list: “{self.stance}” is none.")
        if self.kind and self.kind not in SOURCE_KINDS:
            raise WrongSearchError(f"Choose a kind of source from the list: “{self.kind}” is none.")
        if any(len(text) > LONGEST for text in vars(self).values()):
            raise WrongSearchError(f"Shorten the search to {LONGEST} characters.")
        newest = self.sort == "newest" or not (self.q or self.like)
        return replace(
            watches.query(self.search()),
            since=_moment(self.since),
            until=_moment(self.until),
            like=self.like or None,
            sort="newest" if newest else "relevance",
        )


def clean(text: str) -> str:
    """Return a parameter without what no one types: control characters and halves of characters."""
    kept = "".join(" " if category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join(kept.split())


def _moment(text: str) -> datetime | None:
    """Return the start of a day in UTC, or a moment."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongSearchError("Write the day as year-month-day, for instance 2019-06-02.") from None
