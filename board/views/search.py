"""`/search`: contradictions, clusters and claims by words and meaning, narrowed by facets and time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from board import plots, reading
from board.asked import FACETS, Asked, WrongSearchError, clean
from board.reading import Found, Listing
from board.render import page
from board.views.paging import Pages, page_number
from board.wording import SOURCE_KINDS
from pipeline.ports import Index, Query
from schemas.claim import Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction

CONTRADICTIONS = 3
CLUSTERS = 5
CLAIMS = 20
CHOICES = 8
"""Values of a facet that are offered; others are found by words."""
SUGGESTED = 8
SUGGESTED_FROM = ("source", "entities", "outlet")

FACET_WORDS: Mapping[str, str] = {
    "outlet": "Outlet",
    "source": "Who says it",
    "entity": "About",
    "country": "Country",
    "kind": "Kind of source",
    "stance": "Stance",
    "language": "Language",
}


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many claims have it, whether it is chosen, and the address that chooses or drops it."""

    value: str
    words: str
    number: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """Values that a search can be narrowed by."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Told:
    """One claim of the page, with the others of the page that stand in its cluster."""

    found: Found[Claim]
    cluster: Cluster | None
    others: tuple[Claim, ...] = ()


def search(request: Request) -> Response:
    """Show what matches; a search that cannot be made is answered with how to mend it."""
    asked = Asked.of(request)
    number = page_number(request, CLAIMS)
    context: dict[str, Any] = {"asked": asked, "words": asked.q, "facets": (), "found": None, "plot": None}
    context |= {"like": None, "feeds_out": _feeds_out(asked), "problem": ""}
    try:
        query = asked.query()
    except WrongSearchError as error:
        return page(request, "search.html", {**context, "problem": str(error)}, section="search", status=400)
    index: Index = request.app.state.index
    context["facets"] = facets(index, query, asked)
    if asked.like:
        kept = reading.claim(index, asked.like)
        context["like"] = kept[0] if kept else None
    if asked.any:
        context["found"] = _find(request, index, query, asked, number)
        context["plot"] = None if asked.like else plots.histogram(index, query)
    return page(request, "search.html", context, section="search")


def suggest(request: Request) -> JSONResponse:
    """Return names that begin so, as JSON: [{"value", "kind", "number"}]."""
    index: Index = request.app.state.index
    found = index.suggest("claims", SUGGESTED_FROM, clean(request.query_params.get("q", "")), SUGGESTED * 2)
    best: dict[str, dict[str, Any]] = {}
    for field, value, number in found:
        best.setdefault(value.casefold(), {"value": value, "kind": field, "number": number})
    return JSONResponse(list(best.values())[:SUGGESTED])


def facets(index: Index, query: Query, asked: Asked) -> tuple[Facet, ...]:
    """Return the facets with their counts; a chosen one also offers what could be chosen instead."""
    if asked.like:
        return ()
    counted = index.facets(query, list(FACETS.values()), CHOICES)
    found = []
    for name, field in FACETS.items():
        chosen = getattr(asked, name)
        counts = index.facets(_without(query, name), [field], CHOICES)[field] if chosen else counted[field]
        values = list(counts)
        if chosen and all(value.casefold() != chosen.casefold() for value, _ in values):
            values.append((chosen, 0))
        choices = tuple(_choice(asked, name, value, number) for value, number in values if value)
        if len(choices) > 1 or chosen:
            found.append(Facet(FACET_WORDS[name], choices))
    return tuple(found)


def folded(index: Index, claims: Sequence[Found[Claim]]) -> list[Told]:
    """Return the claims of a page with those of one cluster folded under the first of them."""
    ids = [found.message.claim_id for found in claims]
    clusters = reading.newest(index, Cluster, len(ids), claims=ids, status="open").messages if ids else ()
    cluster_of = {claim: cluster for cluster in clusters for claim in cluster.claims}
    told: dict[str, Told] = {}
    for found in claims:
        cluster = cluster_of.get(found.message.claim_id)
        key = cluster.cluster_id if cluster else found.message.claim_id
        first = told.get(key)
        told[key] = replace(first, others=(*first.others, found.message)) if first else Told(found, cluster)
    return list(told.values())


def _choice(asked: Asked, name: str, value: str, number: int) -> Choice:
    chosen = getattr(asked, name).casefold() == value.casefold()
    words = SOURCE_KINDS.get(value, value) if name == "kind" else value  # type: ignore[call-overload]
    return Choice(value, words, number, chosen, asked.address(**{name: "" if chosen else value}))


def _without(query: Query, name: str) -> Query:
    """Return a query that does not ask for one facet."""
    if name in ("outlet", "source", "kind", "stance"):
        return replace(query, **{name: None})  # type: ignore[arg-type]
    return replace(query, where={field: value for field, value in query.where.items() if field != FACETS[name]})


def _find(request: Request, index: Index, query: Query, asked: Asked, number: int) -> dict[str, Any]:
    """Search all three on the first page; contradictions and clusters have neither one stance nor one language."""
    contradictions: Listing[Contradiction] = Listing()
    clusters: Listing[Cluster] = Listing()
    if number == 1 and not asked.only_claims:
        wanted = replace(query, collection="contradictions", limit=CONTRADICTIONS)
        contradictions = reading.search(index, Contradiction, wanted)
        clusters = reading.search(index, Cluster, replace(query, collection="clusters", limit=CLUSTERS))
    vector = None if query.sort == "newest" else _vector(request, asked.q)
    paged = replace(query, vector=vector, limit=CLAIMS, offset=(number - 1) * CLAIMS)
    claims = reading.search(index, Claim, paged)
    return {
        "contradictions": contradictions,
        "clusters": clusters,
        "claims": claims,
        "folded": folded(index, claims.items),
        "pages": Pages.of(request, number, CLAIMS, claims.total),
    }


def _vector(request: Request, words: str) -> Sequence[float] | None:
    encode: reading.Encode | None = request.app.state.encode
    return encode(words) if encode and words else None


def _feeds_out(asked: Asked) -> dict[str, str]:
    """Addresses under which the same search can be had in other forms."""
    if asked.like:
        return {}
    return {form: asked.address(f"/search.{form}") for form in ("atom", "rss", "csv", "jsonl")}
