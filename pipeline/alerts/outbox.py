"""Alerts that are planned, and how far each has come: kept in the index, so that nothing is lost with the worker.

The index is the one truth. What was written lately is remembered here as well, since a store may need a second until a
search sees it. One process at a time works on it (`pipeline/worker.py`); the command line may change alerts beside it,
which is seen at the next `reload`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import RLock
from typing import get_args

from pipeline.alerts.planning import pair_ids
from pipeline.index.documents import documents
from pipeline.index.kept import alert_of
from pipeline.ports import Index, Query
from schemas.alert import Alert, AlertStatus
from schemas.contradiction import Contradiction

OPEN: tuple[AlertStatus, ...] = ("due", "held", "sending")
ALL: tuple[AlertStatus, ...] = get_args(AlertStatus)
REMEMBERED = 20_000
A_DAY = timedelta(days=1)
PAGE = 1_000
MOST = 10_000
"""Alerts that are looked through at once, as many as one can page."""


class Outbox:
    """Planned alerts; usable from several threads, which hold `lock` while they decide on what they read."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._recent: OrderedDict[str, Alert] = OrderedDict()
        self._open: dict[str, Alert] = {}
        self._of_pair: dict[str, set[str]] = {}
        self.lock = RLock()

    def reload(self) -> None:
        """Read anew what is not sent yet. Raises Retryable when the index is away."""
        found = list(self._search(Query("alerts", where={"status": OPEN}, sort="newest")))
        with self.lock:
            for alert in found:
                self._remember(alert)
            # What another process settled is no longer among those found.
            for id_ in self._open.keys() - {alert.alert_id for alert in found}:
                kept = self._index.get("alerts", [id_]).get(id_)
                if kept is not None:
                    self._remember(alert_of(kept))

    def put(self, alerts: Sequence[Alert]) -> None:
        """Keep alerts; durable when it returns. Raises Retryable, and then none counts as kept."""
        if not alerts:
            return
        with self.lock:
            self._index.write([document for alert in alerts for document in documents(alert)])
            for alert in alerts:
                self._remember(alert)

    def chain(self, contradiction: Contradiction, ids: Iterable[str]) -> list[Alert]:
        """Return all alerts that rest on one of a contradiction's pairs of claims, and those of `ids`."""
        pairs = pair_ids(contradiction)
        query = Query("alerts", where={"status": ALL, "pair_ids": pairs}, sort="newest", limit=PAGE)
        found = {hit.id: alert_of(hit.body) for hit in self._index.search(query).hits} if pairs else {}
        missing = set(ids)
        found |= {id_: alert_of(body) for id_, body in self._index.get("alerts", sorted(missing)).items()}
        with self.lock:
            near = {id_ for pair in pairs for id_ in self._of_pair.get(pair, ())} | found.keys() | missing
            remembered = {id_: self._recent[id_] for id_ in near if id_ in self._recent}
        for id_, alert in remembered.items():
            if id_ not in found or found[id_].version < alert.version:
                found[id_] = alert
        # A store may still show what an alert rested on a moment ago.
        return [a for a in found.values() if a.alert_id in missing or not set(pairs).isdisjoint(a.pair_ids)]

    def about(self, subject: str) -> list[Alert]:
        """Return the newest alerts about feeds or the pipeline, told or not, the oldest first."""
        query = Query("alerts", where={"status": ALL, "subject": subject}, sort="newest")
        found = {alert.alert_id: alert for alert in self._search(query)}
        with self.lock:
            for alert in self._recent.values():
                if alert.subject == subject and found.get(alert.alert_id, alert).version <= alert.version:
                    found[alert.alert_id] = alert
        return sorted(found.values(), key=lambda alert: (alert.created_at is not None, alert.created_at))

    def due(self, now: datetime) -> list[Alert]:
        """Return what is to be sent now."""
        with self.lock:
            return [a for a in self._open.values() if a.status != "sending" and a.due_at and a.due_at <= now]

    def cut_off(self) -> list[Alert]:
        """Return what was being sent when this or another process ended."""
        with self.lock:
            return [alert for alert in self._open.values() if alert.status == "sending"]

    def told_since(self, since: datetime) -> list[Alert]:
        """Return what was told at `since` or later, among the alerts planned within the last day of it."""
        found = self._search(Query("alerts", where={"status": ("told",)}, since=since - A_DAY, sort="newest"))
        return [alert for alert in found if alert.told_at and alert.told_at >= since]

    def _search(self, query: Query) -> Iterator[Alert]:
        for offset in range(0, MOST, PAGE):
            hits = self._index.search(replace(query, limit=PAGE, offset=offset)).hits
            yield from (alert_of(hit.body) for hit in hits)
            if len(hits) < PAGE:
                return

    def _remember(self, alert: Alert) -> None:
        known = self._recent.get(alert.alert_id)
        if known is not None and known.version > alert.version:
            return
        self._recent[alert.alert_id] = alert
        self._recent.move_to_end(alert.alert_id)
        for pair in alert.pair_ids:
            self._of_pair.setdefault(pair, set()).add(alert.alert_id)
        if alert.status in OPEN:
            self._open[alert.alert_id] = alert
        else:
            self._open.pop(alert.alert_id, None)
        while len(self._recent) > REMEMBERED:
            id_, old = self._recent.popitem(last=False)
            for pair in old.pair_ids:
                self._of_pair.get(pair, set()).discard(id_)
                if not self._of_pair.get(pair):
                    self._of_pair.pop(pair, None)
