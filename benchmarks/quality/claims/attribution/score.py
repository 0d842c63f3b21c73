"""How well sources, cues and contents of attributions are found, against PolNeAR, and at what cost.

    python -m benchmarks.quality.claims.attribution.score ../shared/data/claims/attribution.dev.jsonl.gz [--means rules]

Every sentence is read, whether or not it is worth a claim, and wishes, plans and feelings count as they do in PolNeAR,
though no claim is made of them. `--means` takes the rules or the network alone. `--held-out` measures on those articles
of a training file that the network was not trained on: what is chosen, is chosen there.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from benchmarks.quality.claims.attribution.gold import Attribution, gold, measure, report, tokens
from pipeline.claims.denying.rejections import rejections
from pipeline.claims.reading import SentenceReader
from pipeline.claims.saying.quotations import quotations
from pipeline.claims.saying.speakers import offsets
from pipeline.claims.sentences import Sentence

MAX_CHARACTERS = 2_000


def found(reader: SentenceReader, text: str) -> list[Attribution]:
    """Return the attributions that are found in a sentence."""
    text = text[:MAX_CHARACTERS]
    inside = quotations(text, [(0, len(text))])
    parsed = next(reader.parse(text, [(Sentence(0, len(text), 0), inside)]))
    if parsed is None:
        return []

    def of(spans: list[tuple[int, int]]) -> frozenset[int]:
        return tokens(text, [offsets(parsed, span) for span in spans])

    framed = reader.attribute(text, parsed, inside, rejections(parsed))
    sources = [[one] if (one := frame.phrase or frame.source) else [] for frame in framed]
    return [
        Attribution(of(source), of([frame.cue]), of(list(frame.content)))
        for source, frame in zip(sources, framed, strict=True)
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measures attribution against PolNeAR.")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--rows", type=int, default=10**9)
    parser.add_argument("--means", choices=("both", "rules", "network"), default="both")
    parser.add_argument("--held-out", action="store_true")
    wanted = parser.parse_args()
    reader = SentenceReader(wanted.means)
    rows = gold(wanted.labelled, wanted.rows)
    if wanted.held_out:
        from training.attribution.data import held_out_sentences

        kept = held_out_sentences(wanted.labelled)
        rows = [row for row in rows if row[0] in kept]
    began = time.process_time()
    counts = measure(lambda text: found(reader, text), rows)
    cost = (time.process_time() - began) / len(rows) * 1_000
    print(f"{wanted.means}: {len(rows):,} sentences, {cost:.1f} ms a sentence\n{report(counts)}")


if __name__ == "__main__":
    main()
