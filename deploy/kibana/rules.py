"""Alerting rules, as bodies of POST /api/alerting/rule/{id}. They are made switched off and without actions: whom to
tell, and by which connector, is for the person who switches them on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from deploy.kibana.objects import compact, identifier
from deploy.kibana.views import PREFIX
from pipeline.ports import Collection

SURE: Final = 0.75
LAG: Final = 5_000
"""Messages of one topic that wait for those who read it."""
GROUPS: Final = 100
"""How many things one rule tells apart; Kibana keeps one alert for each."""


@dataclass(frozen=True)
class Rule:
    """A rule and its id."""

    id: str
    body: dict[str, Any]


def rules() -> list[Rule]:
    """Return every rule."""
    return [
        _rule(
            "new-contradiction",
            "Crossclaim: new contradiction of score .75 and more",
            "contradictions",
            "first_seen",
            (14, "d"),
            [{"term": {"status": "open"}}, {"range": {"score": {"gte": SURE}}}],
            # One alert a contradiction. The time is that of the news, not of reading it, and news come late: the window
            # is as wide as that in which claims are compared.
            group_by="contradiction_id",
        ),
        _rule(
            "feed-in-trouble",
            "Crossclaim: feed silent or failing",
            "feeds",
            "polled_at",
            (2, "d"),
            [{"terms": {"health": ["failing", "silent"]}}],
            group_by="feed_url",
        ),
        _rule(
            "rejected-messages",
            "Crossclaim: messages rejected",
            "rejected",
            "rejected_at",
            (15, "m"),
            [{"term": {"status": "open"}}],
            group_by="stage",
        ),
        _rule(
            "lag",
            f"Crossclaim: more than {LAG} messages wait",
            "metrics",
            "at",
            (5, "m"),
            [{"exists": {"field": "lag"}}],
            group_by="topic",
            measure=("max", "lag"),
            more_than=LAG,
        ),
    ]


def _rule(
    name: str,
    title: str,
    collection: Collection,
    time_field: str,
    window: tuple[int, str],
    filters: list[dict[str, Any]],
    *,
    group_by: str,
    measure: tuple[str, str] | None = None,
    more_than: int = 0,
) -> Rule:
    params: dict[str, Any] = {
        "searchType": "esQuery",
        "index": [f"{PREFIX}{collection}"],
        "timeField": time_field,
        "esQuery": compact({"query": {"bool": {"filter": filters}}}),
        "size": 10,
        "timeWindowSize": window[0],
        "timeWindowUnit": window[1],
        "thresholdComparator": ">",
        "threshold": [more_than],
        "aggType": measure[0] if measure else "count",
        "groupBy": "top",
        "termField": group_by,
        "termSize": GROUPS,
        "excludeHitsFromPreviousRun": False,
    }
    if measure:
        params["aggField"] = measure[1]
    body = {
        "name": title,
        "rule_type_id": ".es-query",
        "consumer": "stackAlerts",
        "enabled": False,
        "schedule": {"interval": "1m"},
        "tags": ["crossclaim"],
        "params": params,
        "actions": [],
    }
    return Rule(identifier(name), body)
