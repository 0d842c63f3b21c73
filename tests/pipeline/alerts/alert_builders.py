"""Contradictions, rules and worlds as the tests of alerts need them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from pipeline.alerts.channels import Message, Undelivered
from pipeline.alerts.courier import Courier
from pipeline.alerts.forms import Rules
from pipeline.alerts.outbox import Outbox
from pipeline.alerts.stage import Teller, World
from pipeline.alerts.troubles import Pipeline
from pipeline.index.sqlite import SqliteIndex
from pipeline.ports import Index
from schemas.contradiction import Contradiction, Evidence, Side

NOON = datetime(2019, 6, 4, 12, tzinfo=UTC)
SETTLING = timedelta(seconds=4)
WELL = Pipeline(lag={}, rejected=0, newest=None, parked=0)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def side(name: str, outlet: str, quote: str) -> Side:
    return Side(
        claim_id=name, article_id=name, url=f"http://{name}.example/a", outlet=outlet, title="On Rostec", source=name,
        quote=quote, sentence=quote, quote_start=0, published_at=NOON, cluster_id="c",
    )  # fmt: skip


def evidence(a: str = "Ledger", b: str = "Rostec", kind: str = "denial") -> Evidence:
    return Evidence(
        kind=kind, score=0.9, reasons=("Rostec rejects it",),  # type: ignore[arg-type]
        a=side(a, a, "Rostec cut its staff to a few dozen."), b=side(b, "Herald", "It is exaggerated tens of times."),
    )  # fmt: skip


def contradiction(id_: str = "one", *proofs: Evidence, **changes: object) -> Contradiction:
    proofs = proofs or (evidence(),)
    message = Contradiction(
        contradiction_id=id_, version=1, kind=proofs[0].kind, kinds=tuple(dict.fromkeys(p.kind for p in proofs)),
        score=0.9, a=proofs[0].a, b=proofs[0].b, reasons=("Rostec rejects it",), first_seen=NOON, last_seen=NOON,
        outlets=("Ledger", "Herald"), independent_sources=2, entities=("Rostec",), evidence=proofs,
    )  # fmt: skip
    return msgspec.structs.replace(message, **changes)


class Desk:
    """A channel that takes what it is given, or is down."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.down = False
        self.asked = 0

    def __call__(self, message: Message) -> None:
        self.asked += 1
        if self.down:
            raise Undelivered("nobody answers")
        self.got.append(message)

    @property
    def alerts(self) -> list[str]:
        return [alert.alert_id for message in self.got for alert in message.alerts]

    @property
    def titles(self) -> list[str]:
        return [message.title for message in self.got]


def rules(*tables: dict[str, object], channels: Sequence[str] = ("desk",), **channel: object) -> Rules:
    """Rules for contradictions, by default one that wants all, on channels that are of the type "board"."""
    wanted = tables or ({"name": "all", "channels": list(channels)},)
    return Rules.model_validate(
        {"channel": {name: {"type": "board", **channel} for name in channels}, "rule": list(wanted)}
    )


class Room:
    """Rules, an index, and a teller over them; `restart` makes another over the same index, as a new process would."""

    def __init__(self, where: Path | Index, wanted: Rules | None = None, board: str = "") -> None:
        self.index: Index = SqliteIndex(where / "index.sqlite") if isinstance(where, Path) else where
        self.rules = wanted or rules()
        self.desks = {name: Desk() for name in self.rules.channel}
        self.board = board
        self.world = World(lambda: {}, lambda now: [], lambda now: WELL)
        self.restart()

    @property
    def desk(self) -> Desk:
        return self.desks["desk"]

    def restart(self) -> None:
        outbox = Outbox(self.index)
        self.courier = Courier(self.rules, self.desks, outbox, self.index, self.board)
        self.teller = Teller(self.rules, outbox, self.courier, self.world, SETTLING)

    def statuses(self) -> dict[str, str]:
        """Status by change of everything kept."""
        outbox = Outbox(self.index)
        found = outbox.chain(contradiction(), [])
        return {alert.change: alert.status for alert in found}
