"""Judgements: what a person said of two quotes that stand against each other. Kept, shown, and learnt from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

import msgspec

from pipeline.index.mapping import instant
from pipeline.ports import Document, Index, Query
from schemas.contradiction import Contradiction, Evidence, Side
from schemas.ids import digest

Judgement = Literal["contradiction", "same", "compatible", "unrelated", "resolved"]
"""They contradict each other indeed; say the same; can both be true; speak of different things; no longer do, since one
of them gave in. All but the last are what the verdict model learns from."""

JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
WRONG: tuple[Judgement, ...] = ("same", "compatible", "unrelated")
"""Judgements by which there is no contradiction."""

LONGEST_NOTE = 500
MOST = 10_000


@dataclass(frozen=True)
class Label:
    """One judgement of one pair of quotes."""

    judgement: Judgement
    contradiction_id: str
    pair_id: str
    a: Side
    b: Side
    kind: str
    score: float
    note: str
    made_at: datetime

    @property
    def label_id(self) -> str:
        """Made of the pair, so that judging it again replaces what was said."""
        return label_id(self.pair_id)

    @property
    def wrong(self) -> bool:
        """Whether it says that there is no contradiction."""
        return self.judgement in WRONG


def label_id(pair_id: str) -> str:
    """Id of the judgement of a pair."""
    return digest("label", pair_id)


def judge(contradiction: Contradiction, evidence: Evidence, judgement: Judgement, note: str, now: datetime) -> Label:
    """Return a judgement of one piece of a contradiction's evidence."""
    return Label(
        judgement=judgement,
        contradiction_id=contradiction.contradiction_id,
        pair_id=evidence.pair_id,
        a=evidence.a,
        b=evidence.b,
        kind=evidence.kind,
        score=evidence.score,
        note=" ".join(note.split())[:LONGEST_NOTE],
        made_at=now,
    )


def keep(index: Index, label: Label) -> None:
    """Keep a judgement in place of what was said of the pair before. Raises Retryable when the index is away."""
    _write(index, label, "open", label.made_at)


def withdraw(index: Index, label: Label, now: datetime) -> None:
    """Take a judgement back."""
    _write(index, label, "withdrawn", now)


def of_pairs(index: Index, pair_ids: Sequence[str]) -> dict[str, Label]:
    """Return the judgements of pairs, by pair."""
    found = index.get("labels", [label_id(pair) for pair in pair_ids])
    labels = [_of(body) for body in found.values() if body["status"] == "open"]
    return {label.pair_id: label for label in labels}


def of_contradictions(index: Index, contradictions: Sequence[Contradiction]) -> dict[str, Label]:
    """Return the judgement of each contradiction's leading pair, by contradiction, where there is one."""
    pairs = {each.evidence[0].pair_id: each.contradiction_id for each in contradictions if each.evidence}
    return {pairs[pair]: label for pair, label in of_pairs(index, list(pairs)).items()}


def newest(index: Index, limit: int = MOST) -> list[Label]:
    """Return judgements, the newest first."""
    return [_of(hit.body) for hit in index.search(Query("labels", sort="newest", limit=limit)).hits]


def _write(index: Index, label: Label, status: str, now: datetime) -> None:
    body: dict[str, Any] = {
        "label_id": label.label_id,
        "verdict": label.judgement,
        "contradiction_id": label.contradiction_id,
        "pair_id": label.pair_id,
        "claim_ids": [label.a.claim_id, label.b.claim_id],
        "a": msgspec.to_builtins(label.a),
        "b": msgspec.to_builtins(label.b),
        "kind": label.kind,
        "score": label.score,
        "quotes": [label.a.quote, label.b.quote],
        "note": label.note,
        "made_at": label.made_at.isoformat(),
        "version": instant(now),
        "status": status,
    }
    index.write([Document("labels", label.label_id, instant(now), body)])


def _of(body: Mapping[str, Any]) -> Label:
    return Label(
        judgement=body["verdict"],
        contradiction_id=body["contradiction_id"],
        pair_id=body["pair_id"],
        a=msgspec.convert(body["a"], Side),
        b=msgspec.convert(body["b"], Side),
        kind=body["kind"],
        score=float(body["score"]),
        note=body.get("note") or "",
        made_at=datetime.fromisoformat(body["made_at"]),
    )
