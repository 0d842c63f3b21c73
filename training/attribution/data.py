"""PolNeAR's sentences as the attribution network reads them, with the labels that it is to learn."""

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.claims.denying.rejections import rejections
from pipeline.claims.reading import SentenceReader
from pipeline.claims.saying.attribution import frames
from pipeline.claims.saying.quotations import quotations
from pipeline.claims.saying.tagged import CONTENT, SOURCE, words
from pipeline.claims.sentences import Sentence
from pipeline.models.tagger import MAX_WORDS, Words

Spans = list[tuple[int, int]]
MAX_CHARACTERS = 2_000
SEED = 7
HELD_OUT = 10
"""One article in so many of the training part is kept to choose by."""


class Attribution(NamedTuple):
    """Character spans of one labelled attribution."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass
class Example:
    """One sentence of n words: `cue` (n,) is 0 outside, 1 begin, 2 inside; `roles` has a row (n,) for each head."""

    article: str
    words: Words
    cue: NDArray[np.int64]
    heads: list[int]
    roles: list[NDArray[np.int64]]


def labelled(path: Path) -> dict[str, tuple[str, list[Attribution]]]:
    """Sentence → its article and its attributions; rows with the same sentence are one."""
    found: dict[str, tuple[str, list[Attribution]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            _, attributions = found.setdefault(row["text"], (row["article"], []))
            if row["attribution"]:
                one = Attribution(*([(a, b) for a, b in row[part] or []] for part in Attribution._fields))
                if one not in attributions:
                    attributions.append(one)
    return found


def examples(path: Path, reader: SentenceReader) -> Iterator[Example]:
    """The sentences of a file, parsed (some 15 ms each). Raises OSError, ValueError for a file that is no such file."""
    for text, (article, attributions) in labelled(path).items():
        text = text[:MAX_CHARACTERS]
        inside = quotations(text, [(0, len(text))])
        parsed = next(reader.parse(text, [(Sentence(0, len(text), 0), inside)]))
        if parsed is not None:
            read = words(parsed, inside, frames(text, parsed, inside, rejections(parsed)))
            starts = [parsed.start_of(token) for token in parsed.doc[:MAX_WORDS]]
            yield with_labels(article, read, starts, attributions)


def with_labels(article: str, read: Words, starts: list[int], attributions: Iterable[Attribution]) -> Example:
    """The labels of a sentence's words; a cue that no word begins in is left out."""
    example = Example(article, read, np.zeros(len(starts), dtype=np.int64), [], [])
    for one in attributions:
        cue = within(starts, one.cue)
        if not cue:
            continue
        later = example.cue[cue[1:]]
        example.cue[cue[1:]] = np.where(later == 0, 2, later)
        example.cue[cue[0]] = 1
        roles = np.zeros(len(starts), dtype=np.int64)
        roles[within(starts, one.content)] = CONTENT
        roles[within(starts, one.source)] = SOURCE
        example.heads.append(cue[0])
        example.roles.append(roles)
    return example


def within(starts: list[int], spans: Spans) -> list[int]:
    """The words that start within the spans."""
    return [word for word, start in enumerate(starts) if any(a <= start < b for a, b in spans)]


def parts(found: list[Example]) -> tuple[list[Example], list[Example]]:
    """(to learn from, to choose by), apart by article."""
    kept = held_out(example.article for example in found)
    return [e for e in found if e.article not in kept], [e for e in found if e.article in kept]


def held_out(articles: Iterable[str]) -> set[str]:
    """The articles to choose by."""
    names = sorted(set(articles))
    random.Random(SEED).shuffle(names)  # noqa: S311
    return set(names[: len(names) // HELD_OUT])


def held_out_sentences(path: Path) -> set[str]:
    """The sentences of a training file's articles to choose by."""
    found = labelled(path)
    kept = held_out(article for article, _ in found.values())
    return {text for text, (article, _) in found.items() if article in kept}
