"""Whether two claims say the same: sure enough to join their clusters, or enough to suggest it to a reader."""

from __future__ import annotations

from typing import Literal

from pipeline.contradictions.features import Seen

SAME = 0.65
"""Chance of "same" from which clusters are joined: precision .95 on train, .85 on dev pairs of real articles."""
SUGGESTED = 0.44
"""Chance from which it is suggested to a reader: precision .76 and .71 on train and dev, recall .77."""
MIN_SIMILARITY = 0.5
"""Cosine below which nothing is offered as the same."""
SHORT_WORDS = 8
"""Texts under this many words are only suggested, unless they say the same words: short texts collapse clusters."""


def paraphrase(seen: Seen, chance: float, similarity: float) -> Literal["same", "suggested"] | None:
    """Return whether two claims that do not contradict each other say the same."""
    if seen.apart is not None or chance < SUGGESTED or similarity < MIN_SIMILARITY or not seen.alignment.shared:
        return None
    if chance < SAME:
        return "suggested"
    short = min(len(seen.a.text.split()), len(seen.b.text.split())) < SHORT_WORDS
    return "suggested" if short and seen.alignment.overlap < 1.0 else "same"


def paraphrase_reasons(seen: Seen, similarity: float) -> tuple[str, ...]:
    """Return in words why two claims were taken to say the same."""
    shared = ", ".join(sorted(seen.alignment.shared & (seen.a.names | seen.b.names))[:5])
    found = [f"alike in meaning ({similarity:.2f}) and in {seen.alignment.overlap:.0%} of their words"]
    if shared:
        found.append(f"both name {shared}")
    found.extend(f"figures agree: {it.a.text} and {it.b.text}" for it in seen.figures if it.relation == "agree")
    return tuple(found)
