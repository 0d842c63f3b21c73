"""Pairs of real claims that the cascade once took for contradictions, or nearly, labelled by reading.

`raised.jsonl` names articles of `news_articles.train` and the characters of the claims, not their text, which is their
publishers'. The pairs are made again as matching makes them, so that a denial's link and what surrounds the claims are
known: that is what pairs of bare sentences lack.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track

from benchmarks.quality.real_articles import real_articles
from connectors.archive.lines import article_of
from pipeline.claims.extract import ClaimExtractor
from pipeline.claims.stage import claims_reader
from pipeline.matching.stage import pair_between
from pipeline.models.encoder import Encoder
from schemas import ids
from schemas.claim import ArticleClaims
from schemas.pair import Pair

FILE = Path(__file__).parent / "labels" / "raised.jsonl"


class Raised(NamedTuple):
    """A pair, its label and its articles; parts are made by the first one."""

    pair: Pair
    label: str
    article: str
    other: str


def raised(path: Path = FILE) -> Iterator[Raised]:
    """Yield the labelled pairs that today's claims still make. Raises FileNotFoundError without the articles."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    wanted = {row[side]["article"] for row in rows for side in ("a", "b")}
    fields = {one["id"]: one for one in real_articles() if one["id"] in wanted}
    read = claims_reader(ClaimExtractor(), Encoder().encode)
    now = datetime.now(UTC)

    @cache
    def claims_of(article: str) -> ArticleClaims:
        return read(article_of(fields[article], now))

    for row in track(rows, "making pairs again", console=Console(stderr=True), transient=True):
        messages = [claims_of(row[side]["article"]) for side in ("a", "b")]
        a, b = (_claim_at(message, row[side]) for message, side in zip(messages, ("a", "b"), strict=True))
        pair = pair_between(messages, ids.pair_id(a, b)) if a and b else None
        if pair is not None:
            yield Raised(pair, row["label"], row["a"]["article"], row["b"]["article"])


def _claim_at(message: ArticleClaims, place: Mapping[str, Any]) -> str | None:
    """Return the claim that stands at the characters [start, end) of its article."""
    places = {(claim.start, claim.end): claim.claim_id for claim in message.claims}
    return places.get((place["start"], place["end"]))
