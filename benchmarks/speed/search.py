"""How long a search takes among 100,000 claims: `python -m benchmarks.speed.search`.

The claims are the 26,750 of the labelled collection (benchmarks/quality/search) and copies of them: in each text of a
copy CHANGED of the words are exchanged for words of other claims and then all are shuffled, and its vector is turned
away to a cosine of about TURNED. So lengths, frequencies of words and the closeness of vectors stay those of news; what
the copies say is nonsense, and nobody reads it. Clusters and contradictions are copied as often, with their texts.

A search is what the board does for its page: the words' vector, clusters, claims and contradictions. It prints the
times of each part in milliseconds, and the load of the machine.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from benchmarks.quality.search.corpus import Corpus, corpus
from benchmarks.quality.search.labels import Search, searches
from benchmarks.quality.search.ranking import STORES, opened
from pipeline.index.search import find
from pipeline.models.encoder import Encoder
from pipeline.ports import Document, Index, Query

SEED = 3
CLAIMS = 100_000
ROUNDS = 5
CHANGED = 0.2
TURNED = 0.9
CONTRADICTIONS = 3
"""As many as the board shows beside claims."""

TEXTS = ("standalone", "sentence", "title")

Times = dict[str, list[float]]


def main() -> None:
    """Fill each store, search it, print the times."""
    asked = _arguments()
    known = corpus()
    wanted = searches(asked.part)
    for store in asked.store or STORES:
        documents = track(list(many(known, asked.claims)), f"filling {store}", console=Console(stderr=True))
        began = time.monotonic()
        with opened(store, documents, asked.elasticsearch) as index:
            print(f"{store}: {asked.claims:,} claims filled in {time.monotonic() - began:.0f} s")
            print(_shown(measured(index, wanted, asked.rounds)), flush=True)


def many(known: Corpus, claims: int) -> Iterator[Document]:
    """Yield the whole collection, and then copies of it, until there are that many claims."""
    random = np.random.default_rng(SEED)
    documents = list(known.documents())
    words = [word for claim in known.claims for word in claim.standalone.split()]
    left = claims
    for round_ in range(-(-claims // len(known.claims))):
        kept = list(islice((one for one in documents if one.collection == "claims"), left))
        left -= len(kept)
        others = [one for one in documents if one.collection != "claims"]
        whole = [*kept, *others[: round(len(others) * len(kept) / len(known.claims))]]
        yield from whole if round_ == 0 else (_copy(one, round_, words, random) for one in whole)


def measured(index: Index, asked: Sequence[Search], rounds: int) -> Times:
    """Return the milliseconds of each part of each search; "first" is the very first one."""
    encoder = Encoder()
    times: Times = defaultdict(list)
    for round_ in range(rounds + 1):
        for one in asked:
            found = _timed(index, one.text, encoder)
            if round_:  # the first round warms up
                for part, took in found.items():
                    times[part].append(took)
            elif "first" not in times:
                times["first"] = [found["all"]]
    return times


def _timed(index: Index, text: str, encoder: Encoder) -> dict[str, float]:
    began = time.perf_counter()
    vector = encoder.encode([text])[0].tolist()
    encoded = time.perf_counter()
    find(index, Query("claims", words=text, vector=vector))
    searched = time.perf_counter()
    index.search(Query("contradictions", words=text, limit=CONTRADICTIONS))
    ended = time.perf_counter()
    return {
        "vector": 1000 * (encoded - began),
        "clusters and claims": 1000 * (searched - encoded),
        "contradictions": 1000 * (ended - searched),
        "all": 1000 * (ended - began),
    }


def _shown(times: Times) -> str:
    rows = ["| part | searches | p50 ms | p95 ms | p99 ms |", "|---|---|---|---|---|"]
    for part, took in times.items():
        p50, p95, p99 = np.percentile(took, [50, 95, 99])
        rows.append(f"| {part} | {len(took)} | {p50:.0f} | {p95:.0f} | {p99:.0f} |")
    one, five, _ = os.getloadavg()
    return "\n".join([*rows, f"load of the machine: {one:.1f}, {five:.1f} in five minutes, on {os.cpu_count()} cores"])


def _copy(one: Document, round_: int, words: Sequence[str], random: np.random.Generator) -> Document:
    id = f"{one.id}-{round_}"
    if one.collection != "claims":
        return replace(one, id=id)
    body = dict(one.body) | {name: _shuffled(one.body[name], words, random) for name in TEXTS}
    return replace(one, id=id, body=body | {"claim_id": id, "vector": _turned(one.body["vector"], random)})


def _shuffled(text: str, words: Sequence[str], random: np.random.Generator) -> str:
    own = text.split()
    changed = random.random(len(own)) < CHANGED
    drawn = random.integers(0, len(words), len(own))
    mixed = [words[at] if change else word for word, change, at in zip(own, changed, drawn, strict=True)]
    return " ".join(mixed[at] for at in random.permutation(len(mixed)))


def _turned(vector: Sequence[float], random: np.random.Generator) -> list[float]:
    """A unit vector whose cosine with `vector` is about TURNED."""
    straight = np.asarray(vector)
    aside: np.ndarray[Any, np.dtype[np.float64]] = random.standard_normal(len(straight))
    turned = TURNED * straight + (1 - TURNED**2) ** 0.5 * aside / np.linalg.norm(aside)
    return [round(value, 5) for value in (turned / np.linalg.norm(turned)).tolist()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.search", description=__doc__)
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"times that each search is made (default {ROUNDS})")
    parser.add_argument("--part", choices=("dev", "test"), default="test", help="searches that are made")
    parser.add_argument("--store", choices=STORES, action="append", help="default: both")
    parser.add_argument("--elasticsearch", metavar="URL", help="a running one; default: one is started")
    return parser.parse_args()


if __name__ == "__main__":
    main()
