"""What happened to a contradiction, in the order of events, as its evidence tells it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from board.wording import and_list, kind_words
from schemas.contradiction import Contradiction


@dataclass(frozen=True)
class Event:
    """One thing that happened, and when by the articles' own times."""

    at: datetime
    words: str


def history(contradiction: Contradiction) -> tuple[Event, ...]:
    """Return when it came about, when outlets joined and kinds were added."""
    proofs = sorted(contradiction.evidence, key=lambda proof: max(proof.a.published_at, proof.b.published_at))
    outlets: set[str] = set()
    kinds: set[str] = set()
    events = []
    for proof in proofs:
        at = max(proof.a.published_at, proof.b.published_at)
        joined = [name for name in dict.fromkeys((proof.a.outlet, proof.b.outlet)) if name not in outlets]
        new_kind = proof.kind not in kinds
        first = not outlets
        outlets.update(joined)
        kinds.add(proof.kind)
        if first:
            events.append(Event(at, f"came about between {and_list(joined)}: {kind_words(proof.kind).lower()}"))
            continue
        words = [f"{and_list(joined)} joined"] if joined else []
        words += [f"also {kind_words(proof.kind).lower()}"] if new_kind else []
        if words:
            events.append(Event(at, "; ".join(words)))
    return tuple(events)
