"""Alerts whose outbox is in Elasticsearch, where what was written is found later, and indices are made anew."""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from pipeline.config import Elasticsearch as Settings
from pipeline.index import index_messages
from pipeline.index.elastic import ElasticIndex
from pipeline.index.elastic.setup.standing import standing
from pipeline.index.templates import set_up, upgrade
from pipeline.ports import COLLECTIONS
from tests.pipeline.alerts.alert_builders import Room, after, contradiction, rules
from tests.services.upgrade_world import quiet

pytestmark = pytest.mark.services

BOTH = (
    {"name": "all", "channels": ["desk", "phone"]},
    {"name": "denials", "channels": ["desk"], "kinds": ["denial"]},
)


def test_what_is_indexed_anew_is_not_told_anew(client: Elasticsearch, settings: Settings) -> None:
    """Twenty deliveries; every index made anew, by a copy and by reading all again; and workers that start afresh."""
    set_up(client, settings.prefix)
    room = Room(ElasticIndex(settings), rules(*BOTH, channels=("desk", "phone")))

    def deliver(begin: float) -> None:
        for number in range(20):
            index_messages(room.index, [contradiction(version=1 + number)])
            room.teller.take(contradiction(version=1 + number), after(begin + number))
            room.teller.tick(after(begin + number))

    deliver(0)
    room.teller.tick(after(60))
    told = list(room.desk.alerts), list(room.desks["phone"].alerts)
    assert [len(alerts) for alerts in told] == [2, 1]
    upgrade(client, settings.prefix, quiet, COLLECTIONS)
    assert standing(client, f"{settings.prefix}alerts").current.number == 2
    room.restart()
    deliver(100)
    room.teller.tick(after(4_000))
    client.indices.refresh(index=f"{settings.prefix}alerts")
    room.restart()
    room.teller.tick(after(8_000))
    assert (room.desk.alerts, room.desks["phone"].alerts) == told
