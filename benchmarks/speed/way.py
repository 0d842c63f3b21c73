"""What an article costs on its way, stage by stage, beside what the models in it cost alone.

    python -m benchmarks.speed.way [--articles 300] [--first 0]

The stages take real articles one after the other on one core; then `crossclaim replay` takes the same by one process
and by one a core. Prints CPU milliseconds an article of each stage and of the components in it (parser, names,
attribution, encoder, model of pairs: time within their own calls, on the very inputs that the stages give them); the
ratio of the whole to their sum; articles a second. Articles are those of benchmarks.quality.real_articles, in their
order, for neighbours tell the same stories.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from benchmarks.quality.real_articles import real_articles
from connectors.archive.read import read_articles
from pipeline.claims.extract import ClaimExtractor
from pipeline.claims.stage import claims_reader
from pipeline.config import ROOT, Settings, load
from pipeline.flow import Flow
from pipeline.matching.stage import MatchSettings
from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.encoder import Encoder
from pipeline.models.verdict_files import find_verdict_model
from pipeline.stage import Output, Position, Stage
from pipeline.stages import Claims, Clusters, Contradictions, Matching
from schemas.article import Article
from schemas.claim import ArticleClaims
from schemas.pair import Pair

ARTICLES = 300
WARM = 10
"""Articles taken before the clock starts: models load lazily, and lemmas of common words are remembered."""


class Clock:
    """CPU seconds by name, of calls that are given to it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()

    def reset(self) -> None:
        """Forget what was measured."""
        self.seconds.clear()
        self.calls.clear()

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Count what the block takes."""
        began = process_time()
        try:
            yield
        finally:
            self.seconds[name] += process_time() - began

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function, timed."""

        def run(*given: Any, **named: Any) -> Any:
            self.calls[name] += 1
            with self.running(name):
                return call(*given, **named)

        return run

    def timed_each(self, name: str, call: Callable[..., Iterable[Any]]) -> Callable[..., Iterator[Any]]:
        """Return a function that gives things one by one, the giving of each timed."""

        def run(*given: Any, **named: Any) -> Iterator[Any]:
            found = iter(call(*given, **named))
            while True:
                with self.running(name):
                    one = next(found, found)
                if one is found:
                    return
                self.calls[name] += 1
                yield one

        return run


class Timed:
    """A stage, timed."""

    def __init__(self, stage: Stage, clock: Clock) -> None:
        self.name, self.sources, self._stage, self._clock = stage.name, stage.sources, stage, clock

    def step(self, message: Any, position: Position) -> Sequence[Output] | None:
        """Step, and count it."""
        with self._clock.running(f"stage {self.name}"):
            return self._stage.step(message, position)

    def done(self, position: Position) -> None:
        """Pass it on."""
        self._stage.done(position)


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    lines = list(islice(real_articles(), asked.first, asked.first + asked.articles))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        source.write_text("".join(json.dumps(line) + "\n" for line in lines))
        articles = [found for found in read_articles(source, datetime.now(UTC)) if isinstance(found, Article)]
        print(_stages(articles, load()), flush=True)
        for workers in sorted({1, os.cpu_count() or 1}):
            print(_replay(source, workers), flush=True)


def _stages(articles: list[Article], settings: Settings) -> str:
    clock = Clock()
    flow = Flow([Timed(stage, clock) for stage in _instrumented(settings, clock)], clock_ms=lambda: 0)
    for _ in flow.run(articles[:WARM]):
        pass
    clock.reset()
    counts: Counter[type] = Counter()
    began = process_time()
    for output in flow.run(articles[WARM:]):
        counts[type(output.message)] += len(output.message.claims) if isinstance(output.message, ArticleClaims) else 1
    whole = process_time() - began
    return _shown(clock, counts, len(articles) - WARM, whole)


def _instrumented(settings: Settings, clock: Clock) -> list[Stage]:
    """The stages as compose.analysis puts them together, with their components timed in place."""
    extractor = ClaimExtractor()
    reader = extractor._reader
    reader._language.pipe = clock.timed_each("parser", reader._language.pipe)
    reader._tagger = clock.timed("attribution", reader._tagger)  # type: ignore[assignment,arg-type]
    extractor._recogniser = clock.timed("names", extractor._recogniser)  # type: ignore[assignment]
    encoder = Encoder(root=settings.models, threads=1)
    encoder._encode_one = clock.timed("encoder", encoder._encode_one)  # type: ignore[method-assign]
    read = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models), threads=1)
    read._in_order = clock.timed("model of pairs", read._in_order)  # type: ignore[method-assign]
    return [
        Claims(claims_reader(extractor, encoder.encode)),
        Matching(MatchSettings(settings.matching.window_days, settings.matching.window_claims)),
        Contradictions(read),
        Clusters(),
    ]


COMPONENTS = ("parser", "names", "attribution", "encoder", "model of pairs")


def _shown(clock: Clock, counts: Counter[type], articles: int, whole: float) -> str:
    rows = [
        f"{articles} articles; {counts[ArticleClaims] / articles:.1f} claims, {counts[Pair] / articles:.1f} pairs each",
        "| what | CPU ms an article | calls an article |",
        "|---|---|---|",
    ]
    for name, seconds in clock.seconds.items():
        called = f"{clock.calls[name] / articles:.1f}" if name in clock.calls else ""
        rows.append(f"| {name} | {1000 * seconds / articles:.1f} | {called} |")
    floor = sum(clock.seconds[name] for name in COMPONENTS)
    rows.append(f"| the whole way | {1000 * whole / articles:.1f} | |")
    rows.append(f"components {1000 * floor / articles:.1f} ms an article; the whole is {whole / floor:.2f} times that")
    return "\n".join(rows)


def _replay(source: Path, workers: int) -> str:
    command = [sys.executable, "-m", "pipeline.cli", "replay", str(source), "--json", "--workers", str(workers)]
    began = monotonic()
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        command, cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    return (
        f"crossclaim replay --workers {workers}: {told['articles_per_second']} articles a second, "
        f"{monotonic() - began:.1f} s with the loading of models; load {os.getloadavg()[0]:.1f}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed.way", description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--first", type=int, default=0, help="number of the first article")
    return parser.parse_args()


if __name__ == "__main__":
    main()
