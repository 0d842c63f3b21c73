"""Claims of an article → pairs worth comparing.

Whether two claims are a pair depends on the two alone (words, vectors, times), never on what arrived in between, as
long as neither has more than `MAX_PAIRS` better partners: so back-fill and replay give the pairs of live reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from msgspec.structs import replace

from pipeline.claims.signature import similarity as signature_similarity
from pipeline.errors import Unusable
from pipeline.matching.names import one_source, shared_names
from pipeline.matching.rows import Rows
from pipeline.matching.window import HeldArticle, Limits, Met, View, Window, filed_under
from schemas import ids
from schemas.claim import ArticleClaims, Claim
from schemas.pair import Pair, Retraction

MIN_COSINE = 0.45
"""Below it a pair is not looked at. On real headline pairs nothing below .35-.4 was related (AUC .999)."""

MIN_COSINE_DENIAL = 0.38
"""The same where one side is a denial: it has other words than what it denies ("there is no talk of any cuts")."""

MAX_PAIRS = 16
"""Partners of one claim, the most similar first: a bound on cost that ordinary news stays far below."""

NEAR_COPY = 0.5
"""Share of equal MinHash values from which articles are copies of one text: a choice, not measured yet. Eight standard
errors of the signature (.0625) above nothing shared."""

_NO_LENGTH = 1e-9
_DIGITS = 4
"""Decimals that a similarity is kept to, so that no order of additions can show."""


@dataclass(frozen=True)
class MatchSettings:
    """How far apart claims may be published, and how many are held."""

    window_days: float = 14.0
    window_claims: int = 100_000


_ANY_TIME = MatchSettings(window_days=36_500.0)


def match(window: Window, message: ArticleClaims, settings: MatchSettings) -> list[Pair | Retraction] | None:
    """Return the pairs that an article's claims make with those held and hold them; None for a duplicate.

    A retraction comes first when the article was revised. Raises Unusable when vectors and claims do not fit.
    """
    vectors = _vectors(message, window.dimensions)
    held = window.articles.get(message.article_id)
    if held is not None and _known(held, message):
        return None
    found: list[Pair | Retraction] = []
    if held is not None or message.revision > 1:
        found.append(Retraction(article_id=message.article_id, revision=message.revision, claims=_ids(message)))
        window.forget_article(message.article_id)
    views = _views(message, vectors)
    found.extend(_inner_pairs(views))
    direction = _direction(vectors)
    found.extend(_outer_pairs(window, views, _Neighbours(window, message.signature, direction), settings))
    held = HeldArticle(message.revision, message.content_hash, message.signature)
    window.hold(message.article_id, held, views)
    window.trim(settings.window_claims)
    return found


def pair_between(messages: Sequence[ArticleClaims], pair_id: str) -> Pair | None:
    """Return the pair that matching makes of two claims of these articles, whatever time lies between; None if none."""
    window = Window(messages[0].dimensions)
    for message in messages:
        for pair in match(window, message, _ANY_TIME) or ():
            if isinstance(pair, Pair) and pair.pair_id == pair_id:
                return pair
    return None


def _known(held: HeldArticle, message: ArticleClaims) -> bool:
    """An older revision that comes late is as good as known: what it said no longer stands."""
    if message.revision == held.revision:
        return message.content_hash == held.content_hash
    return message.revision < held.revision


def _ids(message: ArticleClaims) -> tuple[str, ...]:
    return tuple(claim.claim_id for claim in message.claims)


def _vectors(message: ArticleClaims, dimensions: int) -> Rows:
    expected = len(message.claims) * dimensions * 2
    if message.claims and (message.dimensions != dimensions or len(message.vectors) != expected):
        raise Unusable(
            f"reading the vectors of article {message.article_id}: {len(message.vectors)} bytes of "
            f"{message.dimensions} dimensions for {len(message.claims)} claims, expected {expected} bytes "
            f"of {dimensions}; extract its claims again with the model that is in use"
        )
    rows = np.frombuffer(message.vectors, "<f2").astype(np.float32)
    if not np.isfinite(rows).all():
        raise Unusable(f"reading the vectors of article {message.article_id}: they hold values that are no numbers")
    return rows.reshape(len(message.claims), dimensions)


def _direction(vectors: Rows) -> Rows:
    """Return the mean of an article's vectors, of unit length: what it is about. Zeros without claims."""
    total = vectors.astype(np.float64).sum(axis=0)
    length = max(float(np.linalg.norm(total)), _NO_LENGTH)
    return np.asarray(total / length, np.float32)


def _views(message: ArticleClaims, vectors: Rows) -> list[View]:
    claims = {claim.claim_id: claim for claim in message.claims}
    views = [_view(resolved(claim, claims), row) for claim, row in zip(message.claims, vectors, strict=True)]
    own = {view.claim.claim_id: view for view in views}
    for view in list(views):
        denied = own.get(view.claim.denies.claim_id or "") if view.claim.denies else None
        if denied is not None and denied is not view and not one_source(view.claim, denied.claim):
            views.append(View(view.claim, denied.vector, denied.words, denied.names, denied=True))
    return views


def resolved(claim: Claim, claims: Mapping[str, Claim]) -> Claim:
    """Return a denial with the words of what it denies, so that it can be held against other reports of it."""
    denied = claims.get(claim.denies.claim_id or "") if claim.denies else None
    if claim.denies is None or denied is None or denied is claim or one_source(claim, denied):
        return claim
    return replace(claim, denies=replace(claim.denies, text=denied.standalone))


def _view(claim: Claim, vector: Rows) -> View:
    return View(claim, vector, *filed_under(claim))


def _inner_pairs(views: list[View]) -> list[Pair]:
    """Pair a denial with the claim of the same article that it denies, and no others of one article."""
    own = {view.claim.claim_id: view for view in views if not view.denied}
    return [
        _pair(own[view.claim.claim_id], own[view.claim.denies.claim_id], near_copy=False, context=1.0)
        for view in views
        if view.denied and view.claim.denies is not None and view.claim.denies.claim_id is not None
    ]


def _outer_pairs(window: Window, views: list[View], neighbours: _Neighbours, settings: MatchSettings) -> list[Pair]:
    apart = timedelta(days=settings.window_days) // timedelta(microseconds=1)
    limits = Limits(MIN_COSINE, MIN_COSINE_DENIAL, apart)
    best: dict[str, dict[int, _Partner]] = {}
    for view in views:
        partners = best.setdefault(view.claim.claim_id, {})
        for met in window.near(view, limits):
            cosine = _cosine(view.vector, met.vector)
            known = partners.get(met.slot)
            if cosine >= met.least and (known is None or cosine > known[0]):
                partners[met.slot] = (cosine, view, met)
    return [
        neighbours.pair(view, other)
        for partners in best.values()
        for view, other in _nearest(window, list(partners.values()))
    ]


_Partner = tuple[float, View, Met]


def _nearest(window: Window, partners: list[_Partner]) -> list[tuple[View, View]]:
    """Return the MAX_PAIRS most similar partners of a claim, each once; only theirs are unpacked."""
    ranked = sorted(partners, key=lambda it: -it[0])
    found: dict[str, tuple[float, View, View]] = {}
    last = -1.0
    for cosine, view, met in ranked:
        if len(found) >= MAX_PAIRS and cosine < last:
            break
        other = window.view(met)
        last = cosine
        found.setdefault(other.claim.claim_id, (cosine, view, other))
    chosen = sorted(found.values(), key=lambda it: (-it[0], it[2].claim.claim_id))[:MAX_PAIRS]
    return [(view, other) for _, view, other in chosen]


def _cosine(a: Rows, b: Rows) -> float:
    """Return the cosine in double precision, so that it does not depend on which was searched for."""
    return round(float(np.dot(a.astype(np.float64), b.astype(np.float64))), _DIGITS)


def _pair(x: View, y: View, *, near_copy: bool, context: float | None) -> Pair:
    a, b = sorted((x.claim, y.claim), key=lambda claim: (claim.published_at, claim.claim_id))
    return Pair(
        pair_id=ids.pair_id(a.claim_id, b.claim_id),
        a=a,
        b=b,
        similarity=_cosine(x.vector, y.vector),
        shared=shared_names(a, b),
        near_copy=near_copy,
        context=context,
    )


class _Neighbours:
    """How held articles stand to the one at hand: near copies, and about the same; each is compared once."""

    def __init__(self, window: Window, signature: bytes, direction: Rows) -> None:
        self._window, self._signature, self._direction = window, signature, direction
        self._known: dict[str, tuple[bool, float]] = {}

    def pair(self, view: View, other: View) -> Pair:
        article_id = other.claim.article_id
        if article_id not in self._known:
            self._known[article_id] = self._compare(article_id)
        near_copy, context = self._known[article_id]
        return _pair(view, other, near_copy=near_copy, context=context)

    def _compare(self, article_id: str) -> tuple[bool, float]:
        held = self._window.articles[article_id]
        alike = len(held.signature) == len(self._signature) > 0
        near_copy = alike and signature_similarity(self._signature, held.signature) >= NEAR_COPY
        return near_copy, _cosine(self._direction, _direction(self._window.vectors_of(article_id)))
