"""A smaller collection for tests: every graded claim and others drawn at random, made in about a minute.

    python -m benchmarks.quality.search.small      # draws it anew from the whole collection and writes claims.jsonl

Claims of the newsroom stand in the file as text. The text of real articles is their publishers': of their claims it
has only where each piece stands in the article, and the few words between (a name for a pronoun, a date for a
weekday). The texts are put together again from the articles beside the checkout, the vectors are computed anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from difflib import SequenceMatcher
from hashlib import blake2b
from typing import Any, cast

import msgspec
import numpy as np

from benchmarks.quality.real_articles import real_articles
from benchmarks.quality.search.corpus import CACHE, Vectors, corpus
from benchmarks.quality.search.labels import FOLDER, grades
from pipeline.index.documents import claim_body
from pipeline.models.encoder import Encoder
from pipeline.ports import Document
from schemas.claim import Claim

FILE = FOLDER / "claims.jsonl"

SIZE = 3_000
"""Claims in it. The encoder takes about half a minute for them."""

SEED = 5

PIECE_CHARS = 10
"""Shorter pieces are written out: a place takes as many characters."""

AROUND = 400
"""Characters before and after a claim's sentence in which its wording is looked for: its source may stand outside."""

SEARCHED = ("standalone", "sentence")
"""Fields that are long enough to be the publisher's text; the title is taken from the article as it is."""

Piece = str | tuple[int, int]


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A claim: as text, or as pieces of the article `article`: [start, end) of its text, or words of our own."""

    id: str
    outlet: str
    published_at: str
    source: str
    kind: str
    stance: str
    standalone: tuple[Piece, ...]
    sentence: tuple[Piece, ...]
    who: tuple[tuple[Piece, ...], ...]
    article: str | None = None
    title: str | None = None


def small() -> list[Document]:
    """Return the claims as they are kept in an index. Raises FileNotFoundError without the articles."""
    kept = [msgspec.json.decode(line, type=Kept) for line in FILE.read_bytes().splitlines()]
    articles = _articles({one.article for one in kept if one.article})
    bodies = [_body(one, articles.get(one.article or "", {})) for one in kept]
    vectors = _vectors([body["standalone"] for body in bodies])
    return [
        Document("claims", one.id, 1, body | {"vector": vector.tolist()})
        for one, body, vector in zip(kept, bodies, vectors, strict=True)
    ]


def pieces(text: str, article: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return a text as places in an article where it has them around [start, end), and words of its own."""
    left = max(0, start - AROUND)
    around = article[left : end + AROUND]
    found: list[Piece] = []
    done = 0
    for match in SequenceMatcher(None, around, text, autojunk=False).get_matching_blocks():
        if match.size >= PIECE_CHARS:
            found += [text[done : match.b]] if match.b > done else []
            found.append((left + match.a, left + match.a + match.size))
            done = match.b + match.size
    return (*found, text[done:]) if done < len(text) else tuple(found)


def joined(parts: tuple[Piece, ...], article: str) -> str:
    """Return the text that pieces stand for."""
    return "".join(part if isinstance(part, str) else article[slice(*part)] for part in parts)


def draw() -> Iterator[Kept]:
    """Yield all graded claims and others drawn at random, SIZE in all, by id."""
    claims = {claim.claim_id: claim for claim in corpus().claims}
    wanted = {id for graded in grades().values() for id in graded}
    others = random.Random(SEED).sample(sorted(claims.keys() - wanted), SIZE - len(wanted))  # noqa: S311 - a sample
    urls = {fields["url"]: fields for fields in real_articles()}
    for id in sorted(wanted.union(others)):
        yield _kept(claims[id], urls.get(claims[id].url))


def _kept(claim: Claim, article: Mapping[str, Any] | None) -> Kept:
    body = claim_body(claim, 1)
    text = article["text"] if article else ""
    start, end = claim.sentence_start, claim.sentence_start + len(claim.sentence)
    cut = {name: pieces(body[name], text, start, end) for name in SEARCHED}
    return Kept(
        id=claim.claim_id,
        outlet=claim.outlet,
        published_at=body["published_at"],
        source=claim.source.name,
        kind=claim.source.kind,
        stance=claim.stance,
        standalone=cut["standalone"],
        sentence=cut["sentence"],
        who=tuple(pieces(name, text, start, end) for name in body["who"]),
        article=article["id"] if article else None,
        title=None if article else claim.title,
    )


def _body(kept: Kept, article: Mapping[str, Any]) -> dict[str, Any]:
    text = article.get("text", "")
    return {
        "claim_id": kept.id,
        "status": "open",
        "outlet": kept.outlet,
        "published_at": datetime.fromisoformat(kept.published_at).isoformat(),
        "source": kept.source,
        "kind": kept.kind,
        "stance": kept.stance,
        "title": article.get("title", kept.title),
        "standalone": joined(kept.standalone, text),
        "sentence": joined(kept.sentence, text),
        "who": [joined(parts, text) for parts in kept.who],
    }


def _articles(wanted: set[str]) -> dict[str, dict[str, Any]]:
    return {fields["id"]: fields for fields in real_articles() if fields["id"] in wanted} if wanted else {}


def _vectors(texts: list[str]) -> Vectors:
    """One row a text, from the cache where the same texts were encoded before."""
    file = CACHE / f"small-{blake2b(msgspec.json.encode(texts), digest_size=8).hexdigest()}.npy"
    if file.exists():
        return cast(Vectors, np.load(file))
    encoder = Encoder()
    with ThreadPoolExecutor(2) as threads:
        rows = list(threads.map(lambda text: encoder.encode([text])[0], texts))
    file.parent.mkdir(parents=True, exist_ok=True)
    vectors = np.stack(rows).astype("<f2")
    np.save(file, vectors)
    return vectors


if __name__ == "__main__":
    FILE.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in draw()))
