"""The dates in a claim that mean a day only on the day of publication, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.claims.parsed import Parsed, text_of
from pipeline.claims.saying.frames import Span
from pipeline.claims.timing.times import times


@dataclass(frozen=True)
class Edit:
    """Tokens [first, last) of a sentence and the wording in their place."""

    first: int
    last: int
    text: str

    def overlaps(self, other: Edit) -> bool:
        """Whether two edits share a token."""
        return self.first < other.last and other.first < self.last


def dates(parsed: Parsed, spans: Sequence[Span], published: datetime) -> Iterator[Edit]:
    """Yield a wording for each relative time within the token ranges."""
    text = text_of(parsed.doc)
    for time in times(text, published):
        if time.wording is None:
            continue
        tokens = [token for token in parsed.doc if token.idx < time.end and time.start < token.idx + len(token)]
        if any(token.dep_ == "poss" and token.head.tag_[:3] == "NNP" for token in tokens):
            continue  # "Yesterday's Men"
        if tokens and any(start <= tokens[0].i and tokens[-1].i < end for start, end in spans):
            yield Edit(tokens[0].i, tokens[-1].i + 1, time.wording)
