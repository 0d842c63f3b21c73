"""Which signs of a contradiction count: those between claims that are otherwise about the same thing.

The bounds were set by reading every sign that fired on the train and dev pairs of real articles: without them five of
six were false ("not the first time a nun gave birth" against "a nun gave birth").
"""

from __future__ import annotations

from pipeline.contradictions.features import Seen, template
from pipeline.contradictions.finding import Finding
from pipeline.contradictions.gate import forecast, other_times
from pipeline.contradictions.reading import Reading

MIN_SIMILARITY = 0.55
"""Cosine below which no sign counts; set by reading, see above."""
MIN_SHARED = 2
"""Words beside names that the claims must share."""
NEGATED_SHARE = 0.6
"""Share of the negated words that the other claim must state."""
DENIED_SHARE = 0.35
"""Share of the rejected words that the other claim must have."""
MIN_OVERLAP = 0.35
"""Overlap for a denial or a negation; figures and opposites say less and need more."""
FIGURE_OVERLAP = 0.45
CHANGE_SIMILARITY = 0.45
"""Cosine for "nothing has changed" against a change; it has other words by its nature."""
LOOSE_TEMPLATE = 0.3
"""Figures whose counted things are not named alike count only between two wordings of one sentence."""


def counting(seen: Seen, similarity: float, *, certain: bool = False) -> tuple[Finding, ...]:
    """Return the findings that count; where all else makes it `certain`, any does that is of one subject and time."""
    return tuple(
        finding
        for finding in seen.findings
        if _of_one_subject(finding, seen) and (certain or _counts(finding, seen, similarity))
    )


def _of_one_subject(finding: Finding, seen: Seen) -> bool:
    """Say whether names, time and certainty allow that both are about one state of one thing."""
    if finding.kind == "denial":
        return True
    if seen.alignment.apart:
        return False
    return finding.kind == "negation" or not (forecast(seen.a, seen.b) or other_times(seen.a, seen.b))


def _counts(finding: Finding, seen: Seen, similarity: float) -> bool:
    alignment = seen.alignment
    if finding.of_change:
        return similarity >= CHANGE_SIMILARITY
    shared = len(alignment.shared - seen.a.names - seen.b.names)
    if similarity < MIN_SIMILARITY or (shared < MIN_SHARED and alignment.overlap < 0.5):
        return False
    if finding.kind == "denial":
        if any("about_talk" in reading.hedges for reading in _others(finding, seen)):
            return False  # "rumours spread" is not made false by "the rumours are false"
        return finding.strength >= DENIED_SHARE and alignment.overlap >= MIN_OVERLAP
    if finding.kind == "negation":
        return finding.strength >= NEGATED_SHARE and alignment.overlap >= MIN_OVERLAP
    if finding.strength < 1.0 and template(seen) < LOOSE_TEMPLATE:
        return False
    return alignment.overlap >= FIGURE_OVERLAP


def _others(finding: Finding, seen: Seen) -> tuple[Reading, ...]:
    """Return the side that is rejected."""
    return {"a": (seen.b,), "b": (seen.a,), None: ()}[finding.denier]
