"""Pairs of sentences of different real articles that are worth labelling: `python -m training.verdicts.mine OUT`.

Out come JSON lines, in an order without meaning: id, a, b, cos, and for each side its article and the characters
[start, end) of that article's text, so that labels can be passed on without the publishers' text. Two articles of a
pair stand at most FORTNIGHT days apart (articles without a date are paired with each other). The sentences' vectors
are kept beside OUT, a thousand at a time: a run that was cut off goes on where it was. The first run takes 17 to 40 ms
a sentence on one core (54,000 sentences in all, 21,000 with the first 8 of each article), a later one about a minute.
The same data and machine give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from pipeline.claims.sentences import sentences
from pipeline.models.encoder import Encoder
from training.checkworthy.rows import SHARED

DATA = SHARED / "data" / "claims"
ARTICLES, LABELLED = "news_articles.train.jsonl.gz", "news_pairs.mined.jsonl.gz"
SEED = 11
WANTED = 2_600
WORDS = range(8, 61)
FORTNIGHT = 14
BANDS = ((0.45, 0.55, 0.1), (0.55, 0.65, 0.2), (0.65, 0.75, 0.3), (0.75, 0.93, 0.4))
"""Cosine from, to, and share of the pairs: uniform sampling would be nine tenths unrelated."""

SENTENCE_LIMIT, ARTICLES_LIMIT, TOPIC_LIMIT = 3, 4, 25
"""Most pairs of one sentence, of one pair of articles, and of one pair of topics."""

ALIKE_TOPIC = 0.7
"""Cosine of two articles' mean vectors from which they are of one topic."""

PARTNERS = 6
"""Most partners drawn for a sentence in each band, so that one long-running story does not fill it."""

COPY, PERMUTATIONS, BANDS_OF_HASHES = 0.8, 128, 16
"""Jaccard of the words from which two sentences with the same figures and cues are copies; MinHash finds them."""

BLOCK, SHARD, BATCH = 512, 1_000, 8

LEAD = 8
"""Usable sentences of an article that are read, its first: they hold its claims, and reading takes time."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPELT = {
    word: str(value)
    for value, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
} | {word: word for word in ("dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "half", "twice")}
_CUE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w{2,8}n['’]t|den(?:y|ies|ied|ying|ials?)|"
    r"false(?:ly|hoods?)?|hoax(?:es)?|fakes?|faked|untrue|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing|ion)?|refut\w{1,4}|"
    r"debunk\w{0,3}|disput(?:e|es|ed|ing)|baseless|unfounded|fabricat\w{2,4}|contradict\w{0,3}|myth|lies?|wrong)\b",
    re.IGNORECASE,
)
_DEBRIS = re.compile(
    r"https?:|www\.|\.com\b|@|\||©|copyright|all rights reserved|click here|follow (?:us|him|her)|reporting by|"
    r"editing by|sign up|subscribe|newsletter|contributed to this|getty|photo:|read more|see also|advertisement",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\b(?:[A-Z]\.){1,3}$|\b(?:Rep|Sen|Gov|Gen|Dr|Mr|Mrs|v|vs)\.$")

Vectors = NDArray[np.float32]
Row = dict[str, str | int | float]


class Article(NamedTuple):
    """An article's text and the day it came out (`date.toordinal`), 0 where that is not known."""

    id: str
    text: str
    day: int


@dataclass(frozen=True)
class Found:
    """Characters [start, end) of an article, by its number in the list of articles."""

    article: int
    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        return [word.lower().replace("’", "'") for word in _WORD.findall(self.text)]

    @property
    def numbers(self) -> frozenset[str]:
        """Its figures, in digits, separators of thousands left out; spelt ones up to twelve."""
        digits = (number.replace(",", "") for number in _NUMBER.findall(self.text))
        return frozenset(chain(digits, (_SPELT[word] for word in self.words if word in _SPELT)))

    @property
    def cued(self) -> bool:
        """Whether a negation or a word of denial stands in it."""
        return _CUE.search(self.text) is not None


class Pair(NamedTuple):
    """Two sentences by their numbers in the list of sentences, first < second."""

    first: int
    second: int
    cosine: float


Pools = dict[tuple[int, bool], list[Pair]]


def read_articles(path: Path) -> list[Article]:
    """The articles in the file's order. Raises FileNotFoundError."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    days = [date.fromisoformat(row["date"]).toordinal() if row.get("date") else 0 for row in rows]
    return [Article(row["id"], row["text"], day) for row, day in zip(rows, days, strict=True)]


def labelled_pairs(path: Path) -> set[frozenset[str]]:
    """The pairs that have a label already, each as its two texts. Raises FileNotFoundError."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {frozenset((row["a"], row["b"])) for row in map(json.loads, lines)}


def usable(text: str) -> bool:
    """Whether it reads as one whole sentence of an article."""
    whole = text[-1] in ".!?\"'”’" and not text[0].islower() and not _CUT_OFF.search(text)
    return whole and len(text.split()) in WORDS and not _DEBRIS.search(text)


def found_in(articles: Iterable[Article]) -> Iterator[Found]:
    """The usable sentences, exact copies left out."""
    seen = set()
    for number, article in enumerate(articles):
        for start, end, _ in sentences(article.text):
            one = Found(number, start, end, article.text[start:end])
            if usable(one.text) and (key := tuple(one.words)) not in seen:
                seen.add(key)
                yield one


def leading(found: Iterable[Found], limit: int) -> Iterator[Found]:
    """The first `limit` sentences of each article."""
    counts: Counter[int] = Counter()
    for one in found:
        counts[one.article] += 1
        if counts[one.article] <= limit:
            yield one


def without_copies(found: Iterable[Found]) -> list[Found]:
    """The sentences without near-copies of an earlier one; a copy with other figures or another cue stays."""
    kept: list[Found] = []
    hashes: list[RMinHash] = []
    index = RMinHashLSH(COPY, PERMUTATIONS, BANDS_OF_HASHES)
    for one in found:
        minhash = RMinHash(PERMUTATIONS, SEED)
        minhash.update(one.words)
        near = (n for n in index.query(minhash) if minhash.jaccard(hashes[n]) >= COPY)
        if not any((kept[n].numbers, kept[n].cued) == (one.numbers, one.cued) for n in near):
            index.insert(len(kept), minhash)
            hashes.append(minhash)
            kept.append(one)
    return kept


def vectors_of(texts: list[str], folder: Path) -> Vectors:
    """(n,) texts → (n, 384), unit length, by one core, short ones first; what stands in `folder` is not made again."""
    encoder = Encoder(threads=1)
    order = sorted(range(len(texts)), key=lambda n: (len(texts[n]), texts[n]))
    vectors = np.zeros((len(texts), encoder.dimensions), dtype=np.float32)
    for start in range(0, len(order), SHARD):
        numbers = order[start : start + SHARD]
        vectors[numbers] = shard([texts[n] for n in numbers], encoder, folder)
        print(f"embedded {start + len(numbers):,} of {len(order):,}", flush=True)
    return vectors


def shard(texts: list[str], encoder: Encoder, folder: Path) -> Vectors:
    """(n,) texts → (n, 384), kept in a file of `folder` named by the texts' digest."""
    path = folder / f"vectors-{blake2b(chr(0).join(texts).encode(), digest_size=8).hexdigest()}.npy"
    if not path.exists():
        batches = [encoder.encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        np.save(path, np.concatenate(batches))
    vectors: Vectors = np.load(path)
    return vectors


def topics_of(articles: NDArray[np.int64], vectors: Vectors) -> NDArray[np.int64]:
    """(n,) each sentence's article, (n, d) vectors → (articles,) topic of each article.

    One pass: an article joins the topic whose first article is most like it, or begins one.
    """
    means = np.zeros((int(articles.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(means, articles, vectors)
    means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    topics = np.zeros(len(means), dtype=np.int64)
    leaders, count = np.zeros_like(means), 0
    for number, mean in enumerate(means):
        alike = leaders[:count] @ mean if count else np.zeros(1)
        topics[number] = int(alike.argmax()) if alike.max() >= ALIKE_TOPIC else count
        if topics[number] == count:
            leaders[count] = mean
            count += 1
    return topics


def one_sided(found: list[Found]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Of each sentence: whether it has a cue, and a number that stands for its figures (0: it has none)."""
    known: dict[frozenset[str], int] = {frozenset(): 0}
    figures = [known.setdefault(one.numbers, len(known)) for one in found]
    return np.array([one.cued for one in found]), np.array(figures, dtype=np.int64)


def pools(found: list[Found], articles: list[Article], vectors: Vectors) -> Pools:
    """Candidates by number of the band and by whether a cue stands on one side only or the figures differ."""
    numbers = np.array([one.article for one in found])
    days = np.array([articles[one.article].day for one in found])
    cues, figures = one_sided(found)
    chance = np.random.default_rng(SEED)
    drawn: Pools = {(band, cued): [] for band in range(len(BANDS)) for cued in (True, False)}
    for start in range(0, len(found), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(found)))
        cosines = vectors[rows] @ vectors[start:].T
        first, second = np.nonzero((cosines >= BANDS[0][0]) & (cosines < BANDS[-1][1]))
        values, first, second = cosines[first, second], rows[first], second + start
        fits = (first < second) & (numbers[first] != numbers[second]) & (abs(days[first] - days[second]) <= FORTNIGHT)
        values, first, second = values[fits], first[fits], second[fits]
        both = (figures[first] > 0) & (figures[second] > 0)
        differs = (cues[first] != cues[second]) | (both & (figures[first] != figures[second]))
        bands = np.searchsorted([low for low, _, _ in BANDS], values, side="right") - 1
        for (band, cued), pairs in drawn.items():
            here = np.flatnonzero((bands == band) & (differs == cued))
            chosen = few_of_each(first[here], chance.permutation(len(here)))
            pairs.extend(Pair(int(first[n]), int(second[n]), float(values[n])) for n in here[chosen])
    return drawn


def few_of_each(keys: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of (n,) keys, taken in `order`, the places of the first PARTNERS with each key."""
    placed = order[np.argsort(keys[order], kind="stable")]
    _, starts, counts = np.unique(keys[placed], return_index=True, return_counts=True)
    rank = np.arange(len(placed)) - np.repeat(starts, counts)
    return placed[rank < PARTNERS]


class Chooser:
    """Takes pairs while no sentence, pair of articles or pair of topics has had its most."""

    def __init__(self, found: list[Found], topics: NDArray[np.int64], labelled: set[frozenset[str]]) -> None:
        self.taken: list[Pair] = []
        self._found, self._topics, self._labelled = found, topics, labelled
        self._counts: Counter[tuple[str, int, int]] = Counter()
        self._chosen: set[tuple[int, int]] = set()

    def take(self, pool: list[Pair], wanted: int) -> int:
        """Take up to `wanted` pairs of the pool in its order; return how many are still wanted."""
        for pair in pool:
            if wanted == 0:
                break
            wanted -= self._take(pair)
        return wanted

    def _take(self, pair: Pair) -> bool:
        a, b = self._found[pair.first], self._found[pair.second]
        topics = sorted((int(self._topics[a.article]), int(self._topics[b.article])))
        numbers = sorted((a.article, b.article))
        limits: dict[tuple[str, int, int], int] = {
            ("sentence", pair.first, 0): SENTENCE_LIMIT,
            ("sentence", pair.second, 0): SENTENCE_LIMIT,
            ("articles", numbers[0], numbers[1]): ARTICLES_LIMIT,
            ("topics", topics[0], topics[1]): TOPIC_LIMIT,
        }
        full = any(self._counts[key] >= limit for key, limit in limits.items())
        if full or pair[:2] in self._chosen or frozenset((a.text, b.text)) in self._labelled:
            return False
        self._counts.update(limits.keys())
        self._chosen.add(pair[:2])
        self.taken.append(pair)
        return True


def chosen(drawn: Pools, chooser: Chooser) -> list[Pair]:
    """WANTED pairs, half of them cued, in random order; what a band lacks comes from the band below."""
    chance = random.Random(SEED)  # noqa: S311
    for cued in (True, False):
        missing = 0
        for band in reversed(range(len(BANDS))):
            pool = sorted(drawn[band, cued])
            chance.shuffle(pool)
            missing = chooser.take(pool, missing + round(WANTED / 2 * BANDS[band][2]))
    pairs = chooser.taken[:]
    chance.shuffle(pairs)
    return pairs


def row(number: int, pair: Pair, found: list[Found], articles: list[Article], flip: bool) -> Row:
    """The JSON of a pair; `flip` puts the second sentence first."""
    a, b = (found[n] for n in (pair[1::-1] if flip else pair[:2]))
    sides: dict[str, str | int] = {}
    for name, one in (("a", a), ("b", b)):
        sides |= {f"{name}_article": articles[one.article].id, f"{name}_start": one.start, f"{name}_end": one.end}
    return {"id": f"r{number:04}", "a": a.text, "b": b.text, "cos": round(pair.cosine, 3), **sides}


def mine(data: Path, out: Path, lead: int) -> int:
    """Write the pairs; return how many. Raises FileNotFoundError."""
    articles = read_articles(data / ARTICLES)
    found = list(leading(without_copies(found_in(articles)), lead))
    print(f"{len(found):,} sentences of {len(articles):,} articles", flush=True)
    vectors = vectors_of([one.text for one in found], out.parent)
    topics = topics_of(np.array([one.article for one in found]), vectors)
    pairs = chosen(pools(found, articles, vectors), Chooser(found, topics, labelled_pairs(data / LABELLED)))
    chance = random.Random(SEED)  # noqa: S311
    flips = [chance.random() < 0.5 for _ in pairs]
    rows = (
        row(n, pair, found, articles, flip) for n, (pair, flip) in enumerate(zip(pairs, flips, strict=True), start=1)
    )
    out.write_text("".join(json.dumps(it, ensure_ascii=False) + "\n" for it in rows), encoding="utf-8")
    return len(pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description="Mines pairs of sentences of different articles, to be labelled.")
    parser.add_argument("out", type=Path, help="file to write; the vectors are kept beside it")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the articles and of the labelled pairs")
    parser.add_argument("--lead", type=int, default=LEAD, help="how many sentences of an article to read")
    wanted = parser.parse_args()
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    print(f"{mine(wanted.data, wanted.out, wanted.lead):,} pairs in {wanted.out}")


if __name__ == "__main__":
    main()
