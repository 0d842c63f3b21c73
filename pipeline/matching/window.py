"""The memory of matching: the articles held, their claims packed, and the vectors and words that claims are found by.

Bounded: articles leave in the order in which they came. A denial is filed twice, under its own words and vector and
under those of what it denies, so that it meets the reports of that in other articles.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import zstandard

from pipeline.matching.cells import Cells, Slots
from pipeline.matching.names import cell_names
from pipeline.matching.rows import Rows, VectorRows
from pipeline.matching.words import content_words
from schemas.claim import Claim

UNPACKED = 1_000
"""Articles whose claims are kept at hand as well, those that were used last: what is new meets what is new."""


@dataclass(frozen=True)
class View:
    """One way to find a claim: by its own words, or (`denied`) by the words of what it denies."""

    claim: Claim
    vector: Rows
    words: tuple[str, ...]
    names: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True)
class Limits:
    """From which cosine on views meet, the same where one is of a denial, and how far apart they may be published."""

    cosine: float
    denial: float
    microseconds: int


@dataclass(frozen=True, slots=True)
class Met:
    """A view held that another one met: its vector; its article and the number of its claim there, -1 - number for
    what the claim denies; and the least cosine from which the two may be compared."""

    slot: int
    vector: Rows
    place: tuple[str, int]
    least: float


@dataclass(slots=True)
class HeldArticle:
    """What is remembered of an article: its revision, fingerprint and signature, its claims packed, and the slots of
    their views, those of the claims themselves first and in order."""

    revision: int
    content_hash: str
    signature: bytes
    packed: bytes = b""
    claims: int = 0
    slots: array[int] | None = None


class Window:
    """Claims held for comparing. `dimensions` is the length of their vectors."""

    def __init__(self, dimensions: int = 384) -> None:
        self.articles: OrderedDict[str, HeldArticle] = OrderedDict()
        self._cells = Cells()
        self._rows = VectorRows(dimensions)
        self._owners: list[str] = []
        self._places = array("i")
        self._marks = bytearray()
        self._times = array("q")
        self._claims = 0
        self._unpacked: OrderedDict[str, tuple[Claim, ...]] = OrderedDict()

    def __len__(self) -> int:
        """Return how many claims are held."""
        return self._claims

    @property
    def dimensions(self) -> int:
        """Return the length of the vectors held."""
        return self._rows.dimensions

    @property
    def rows(self) -> int:
        """Return how many vectors there is room for."""
        return len(self._rows)

    @property
    def words(self) -> int:
        """Return how many words and names claims are filed under."""
        return len(self._cells)

    def hold(self, article_id: str, held: HeldArticle, views: Sequence[View]) -> None:
        """Hold an article, which is not held yet, with the views of its claims."""
        ordered = sorted(views, key=lambda view: view.denied)
        claims = tuple(view.claim for view in ordered if not view.denied)
        place = {claim.claim_id: number for number, claim in enumerate(claims)}
        slots = array("i")
        for number, view in enumerate(ordered):
            slot = self._rows.put(view.vector)
            slots.append(slot)
            self._cells.add(slot, (*view.words, *view.names))
            if slot == len(self._owners):
                self._owners.append("")
                self._places.append(0)
                self._marks.append(0)
                self._times.append(0)
            self._owners[slot] = article_id
            self._places[slot] = number if number < len(claims) else -1 - place[view.claim.claim_id]
            self._marks[slot] = _marks(view)
            self._times[slot] = _microseconds(view.claim)
        held.packed, held.claims, held.slots = _packed(claims), len(claims), slots
        self.articles[article_id] = held
        self._claims += len(claims)
        self._keep_at_hand(article_id, claims)

    def forget_article(self, article_id: str) -> None:
        """Let go of an article and its claims."""
        held = self.articles.get(article_id)
        if held is None:
            return
        claims = self._claims_of(article_id)
        by_id = {claim.claim_id: claim for claim in claims}
        for slot in held.slots or ():
            place = self._places[slot]
            denied = claims[-1 - place].denies if place < 0 else None
            words, names = filed_under(by_id[str(denied.claim_id)] if denied else claims[place])
            self._cells.remove(slot, (*words, *names))
            self._rows.drop(slot)
        for column in (self._owners, self._places, self._marks, self._times):
            del column[len(self._rows) :]
        self._claims -= held.claims
        del self.articles[article_id]
        self._unpacked.pop(article_id, None)

    def trim(self, claims: int) -> None:
        """Let the longest-held articles go until at most `claims` claims, and as many articles, are held."""
        while self._claims > claims or len(self.articles) > claims:
            self.forget_article(next(iter(self.articles)))

    def near(self, view: View, limits: Limits) -> Iterator[Met]:
        """Yield the views of other articles that share words or names with `view`, may be compared with it, and whose
        cosine is not clearly below the limit.

        Those that cannot reach the limit are left out in bulk here; the caller computes the cosine of each, exactly.
        """
        slots = self._comparable(self._cells.near(view.words, view.names), view, limits.microseconds)
        denials = (np.frombuffer(self._marks, np.uint8)[slots] | _marks(view)) & _DENIAL > 0
        least = np.where(denials, limits.denial, limits.cosine)
        reaching = self._rows.cosines_at_most(slots, view.vector) >= least - _SLACK
        slots, least = slots[reaching], least[reaching]
        for slot, vector, limit in zip(slots.tolist(), self._rows.read(slots), least.tolist(), strict=True):
            if self._owners[slot] != view.claim.article_id:
                yield Met(slot, vector, (self._owners[slot], self._places[slot]), limit)

    def view(self, met: Met) -> View:
        """Return a view that was met, its claim unpacked, without the words it is found by."""
        article_id, place = met.place
        claims = self._claims_of(article_id)
        return View(claims[place if place >= 0 else -1 - place], met.vector, (), (), denied=place < 0)

    def _comparable(self, slots: Slots, view: View, microseconds: int) -> Slots:
        """A denial meets by what it denies only claims that are no denials; and both within the window of time."""
        marks = np.frombuffer(self._marks, np.uint8)[slots]
        excluded = _DENIED | _DENIES if view.denied else _DENIED if view.claim.denies else 0
        apart = np.abs(np.frombuffer(self._times, np.int64)[slots] - _microseconds(view.claim))
        meet: Slots = slots[(marks & excluded == 0) & (apart <= microseconds)]
        return meet

    def vectors_of(self, article_id: str) -> Rows:
        """Return the vectors of an article's claims, in order, (claims, dimensions)."""
        held = self.articles[article_id]
        return self._rows.read((held.slots or array("i"))[: held.claims])

    def _claims_of(self, article_id: str) -> tuple[Claim, ...]:
        claims = self._unpacked.get(article_id)
        if claims is None:
            claims = _decoder.decode(zstandard.decompress(self.articles[article_id].packed))
        self._keep_at_hand(article_id, claims)
        return claims

    def _keep_at_hand(self, article_id: str, claims: tuple[Claim, ...]) -> None:
        self._unpacked[article_id] = claims
        self._unpacked.move_to_end(article_id)
        if len(self._unpacked) > UNPACKED:
            self._unpacked.popitem(last=False)


def filed_under(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words and the names that a claim is found by."""
    return tuple(sorted(content_words(claim.standalone or claim.text))), tuple(sorted(cell_names(claim)))


def _marks(view: View) -> int:
    denial = _DENIAL if view.claim.stance == "denies" else 0
    return denial | (_DENIES if view.claim.denies else 0) | (_DENIED if view.denied else 0)


def _microseconds(claim: Claim) -> int:
    return (claim.published_at - _EPOCH) // timedelta(microseconds=1)


def _packed(claims: tuple[Claim, ...]) -> bytes:
    """Return the claims of an article as bytes, a tenth of what they take as objects: they share most of their text."""
    return zstandard.compress(_encoder.encode(claims))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[Claim, ...])

_DENIED, _DENIES, _DENIAL = 1, 2, 4
"""Marks of a view: it is of what its claim denies; its claim names what it denies; its claim's stance is a denial."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_SLACK = 1e-3
"""Room for rounding: the exact cosine is rounded to four decimals."""
