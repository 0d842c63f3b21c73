"""How well sources and contents of attributions are found: token precision, recall and F1 against PolNeAR.

    python benchmarks/quality/claims/attribution.py ../shared/data/claims/attribution.dev.jsonl.gz [rows]

Rows with the same sentence are one sentence with several attributions. Tokens are runs of word characters; the tokens
of all sources (contents) of a sentence are compared as one set. Gold holds wishes, thoughts and questions too, which
crossclaim leaves out on purpose, so recall below one is meant.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from pipeline.claims.extract import ClaimExtractor
from pipeline.claims.speakers import offsets

_TOKEN = re.compile(r"\w+")
Spans = list[tuple[int, int]]


def gold(path: Path, rows: int) -> list[tuple[str, Spans, Spans]]:
    """Return sentence, source spans and content spans of the first `rows` different sentences."""
    merged: dict[str, tuple[Spans, Spans]] = defaultdict(lambda: ([], []))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["text"] not in merged and len(merged) >= rows:
                break
            sources, contents = merged[row["text"]]
            sources.extend((a, b) for a, b in row.get("source") or [])
            contents.extend((a, b) for a, b in row.get("content") or [])
    return [(text, sources, contents) for text, (sources, contents) in merged.items()]


def tokens(text: str, spans: Spans) -> set[int]:
    """Return the offsets of the tokens that start within the spans."""
    return {m.start() for m in _TOKEN.finditer(text) if any(a <= m.start() < b for a, b in spans)}


def found(extractor: ClaimExtractor, text: str) -> tuple[Spans, Spans]:
    """Return the source and content spans that the claims stage finds."""
    units, sayings = extractor.read(text)
    sources, contents = [], []
    for saying in sayings:
        framing = units[saying.frame_unit].parsed
        if framing is not None and saying.frame.source is not None:
            sources.append(offsets(framing, saying.frame.source))
        contents.extend(saying.content)
    return sources, contents


def main(path: Path, rows: int) -> None:
    """Print precision, recall and F1 of sources and contents."""
    extractor = ClaimExtractor()
    counts = {"source": [0, 0, 0], "content": [0, 0, 0]}
    for text, sources, contents in gold(path, rows):
        for name, true, guess in zip(counts, (sources, contents), found(extractor, text), strict=True):
            a, b = tokens(text, true), tokens(text, guess)
            counts[name] = [x + y for x, y in zip(counts[name], (len(a & b), len(b), len(a)), strict=True)]
    for name, (both, guessed, true_count) in counts.items():
        precision, recall = both / max(1, guessed), both / max(1, true_count)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:8} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10**9)
