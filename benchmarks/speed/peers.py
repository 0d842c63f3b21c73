"""What an article costs crossclaim, and the pipeline that one would write instead of it (benchmarks.peers.peer).

    python -m benchmarks.speed.peers [--articles 60] [--write]

One process on one thread takes the same real articles by both in turn, a block of BLOCK articles by one and then by the
other, the first of them changing from block to block, so that noise on the machine hits both. Prints CPU milliseconds
an article, what the steps of each take of them, and the pairs that each reads. Articles come as text, so neither side
reads feeds and pages here. The first articles (way.WARM) are taken by both before the clock starts. `--write` writes
the figures, and those of benchmarks.peers.newsroom, to benchmarks/results/peers.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.peers import newsroom
from benchmarks.peers.peer import BATCH, COSINE, MIN_WORDS, TOP, Peer
from benchmarks.quality.real_articles import real_articles
from benchmarks.speed import way
from connectors.archive import article_of
from pipeline.config import load
from pipeline.flow import Flow
from schemas.article import Article
from schemas.contradiction import Contradiction
from schemas.pair import Pair

ARTICLES = 60
BLOCK = 10
LEAD = 2_000
"""Characters, some 330 words, that the quicker peer reads."""
UNUSED = ("tagger", "attribute_ruler", "lemmatizer")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
RESULTS = Path(__file__).resolve().parents[1] / "results" / "peers.md"


class Contestant:
    """One side: how it takes an article, and what that took. `counts` are of what it read and raised."""

    def __init__(self, name: str, clock: way.Clock, take: Callable[[Article], Mapping[str, int]]) -> None:
        self.name, self.clock, self._take = name, clock, take
        self.counts: Counter[str] = Counter()

    def reset(self) -> None:
        """Forget what was measured; what is held stays."""
        self.clock.reset()
        self.counts.clear()

    def take(self, articles: Sequence[Article]) -> None:
        """Take some articles, one by one."""
        for article in articles:
            with self.clock.running("whole"):
                told = self._take(article)
            self.counts.update(told)


def crossclaim() -> Contestant:
    """The stages as `benchmarks.speed.way` times them."""
    clock = way.Clock()
    flow = Flow([way.Timed(stage, clock) for stage in way._instrumented(load(), clock)], clock_ms=lambda: 0)

    def take(article: Article) -> Mapping[str, int]:
        embedded, readings = clock.calls["encoder"], clock.calls["model of pairs"]
        found = [output.message for output in flow.run([article])]
        raised = {one.contradiction_id for one in found if isinstance(one, Contradiction) and one.version == 1}
        return {
            "embedded": clock.calls["encoder"] - embedded,
            "pairs": sum(isinstance(one, Pair) for one in found),
            "readings": clock.calls["model of pairs"] - readings,
            "raised": len(raised),
        }

    return Contestant("crossclaim", clock, take)


def peer(name: str, lead: int | None = None, batch: int = BATCH) -> Contestant:
    """The peer, its steps timed in place."""
    clock = way.Clock()
    one = Peer(lead, batch)
    language = one.language
    language._components = [
        (part, clock.timed("spaCy, what is not used of it", pipe) if part in UNUSED else pipe)
        for part, pipe in language._components
    ]
    one.sentences = clock.timed("spaCy", one.sentences)  # type: ignore[method-assign]
    one.embed = clock.timed("embeddings", one.embed)  # type: ignore[method-assign]
    one.nearest = clock.timed("nearest", one.nearest)  # type: ignore[method-assign]
    one.judge = clock.timed("cross-encoder", one.judge)  # type: ignore[method-assign]

    def take(article: Article) -> Mapping[str, int]:
        embedded, pairs = one.embedded, one.pairs
        found = one.take(article.url, article.text)
        return {
            "embedded": one.embedded - embedded,
            "pairs": one.pairs - pairs,
            "readings": one.pairs - pairs,
            "raised": sum(finding.verdict == "contradiction" for finding in found),
        }

    return Contestant(name, clock, take)


def measure(articles: Sequence[Article], sides: Sequence[Contestant]) -> None:
    """Take the articles by all sides in turn."""
    for side in sides:
        side.take(articles[: way.WARM])
        side.reset()
    order = list(sides)
    for done, block in enumerate(_blocks(articles[way.WARM :])):
        for side in order:
            side.take(block)
            print(f"block {done + 1}: {side.name}, {side.clock.seconds['whole']:.0f} s so far", file=sys.stderr)
        order = [*order[1:], order[0]]


def _blocks(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    for first in range(0, len(articles), BLOCK):
        yield articles[first : first + BLOCK]


def shown(sides: Sequence[Contestant], articles: int) -> str:
    """Return the figures as tables."""
    ours = sides[0].clock.seconds["whole"]
    rows = [
        f"{articles} articles. Texts, pairs and readings are those an article; a pair may be read in both orders.",
        "",
        "| | CPU ms an article | times crossclaim | texts embedded | pairs | readings by the cross-encoder | raised |",
        "|---|---|---|---|---|---|---|",
    ]
    for side in sides:
        whole, counts = side.clock.seconds["whole"], side.counts
        each = [f"{counts[name] / articles:.1f}" for name in ("embedded", "pairs", "readings")]
        cells = [side.name, f"{1000 * whole / articles:.0f}", f"{whole / ours:.1f}", *each, str(counts["raised"])]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join([*rows, *(_steps(side, articles) for side in sides)])


def _steps(side: Contestant, articles: int) -> str:
    steps = {name: seconds for name, seconds in side.clock.seconds.items() if name != "whole"}
    told = ", ".join(f"{name} {1000 * seconds / articles:.1f}" for name, seconds in steps.items())
    return f"\n{side.name}, ms an article by step: {told}"


def machine() -> str:
    """Return what this was measured on."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lscpu() if line.startswith("Model name")), "unknown processor"
    )
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {processor}, {os.cpu_count()} cores, "
        f"Python {sys.version_info.major}.{sys.version_info.minor}, load {os.getloadavg()[0]:.1f} at the end."
    )


def _lscpu() -> list[str]:
    return subprocess.run(["lscpu"], capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S607


def main() -> None:
    """Measure, print, and write where asked."""
    _on_one_thread()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.peers", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, help=f"how many (default {ARTICLES})")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}, with the newsroom's figures")
    asked = parser.parse_args()
    now = datetime.now(UTC)
    articles = [article_of(line, now) for line in islice(real_articles(), asked.articles)]
    sides = [
        crossclaim(),
        peer(f"peer, batches of {BATCH}"),
        peer("peer, one text at a time", batch=1),
        peer(f"peer, one text at a time, first {LEAD:,} characters", LEAD, batch=1),
    ]
    measure(articles, sides)
    speed = shown(sides, len(articles) - way.WARM)
    print(speed, flush=True)
    if asked.write:
        RESULTS.write_text(_page(asked.articles, speed, newsroom.report()), encoding="utf-8")


def _on_one_thread() -> None:
    """Start again with one thread for numpy, which reads the environment when it is imported."""
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        command = [sys.executable, "-m", "benchmarks.speed.peers", *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, **ONE_THREAD})  # noqa: S606 - ourselves


def _page(articles: int, speed: str, quality: str) -> str:
    return f"""# Beside the pipeline that one would write instead

Written by `python -m benchmarks.speed.peers --articles {articles} --write`. {machine()}

The peer (`benchmarks/peers/peer.py`) is spaCy whole, MiniLM, exact nearest neighbours and
crossclaim's own cross-encoder on the {TOP} nearest of each sentence of {MIN_WORDS} words and more, above a cosine
of {COSINE}. What makes it a fair opponent is told there.

## What an article costs

One process, one thread, both in turn in blocks of {BLOCK}. {speed}

The fair comparison of cost is with the peer that is quicker for the same work. Batches of {BATCH} are what
sentence-transformers does unless told otherwise; crossclaim, too, gives its models one text at a time.

"What is not used" of spaCy (tagger, attribute ruler, lemmatizer) is a part of "spaCy": a reader may take it off. In the
same way crossclaim's parser, attribution, names and encoder are parts of its stage of claims, and its model of pairs of
that of contradictions. crossclaim raises contradictions, of which each may hold several pairs; the peer raises pairs.

## What is found in the sample newsroom

{quality}

"Real" are those that a careful reader found beforehand (`newsroom/expected.toml`); what is told beyond them counts as
false, unless it is debatable. The peer's bounds are shown for what a user could choose; none was chosen for it.

On labelled pairs (NewsClash test and others) the cross-encoder alone is measured beside crossclaim by
`python -m benchmarks.quality.verdict_table` (`benchmarks/results/verdict_table.md`).
"""


if __name__ == "__main__":
    main()
