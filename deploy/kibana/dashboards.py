"""Every saved object, those first that others point to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from deploy.kibana import health, news
from deploy.kibana.objects import SavedObject
from deploy.kibana.views import VIEWS

DASHBOARDS: Final = (
    news.CLUSTERS_DASHBOARD,
    news.CONTRADICTIONS_DASHBOARD,
    news.SOURCES_DASHBOARD,
    health.FEEDS_DASHBOARD,
    health.PIPELINE_DASHBOARD,
)


def everything() -> list[SavedObject]:
    """Return data views, charts and searches, dashboards."""
    return _distinct([*VIEWS, *(each for made in DASHBOARDS for each in made)])


def _distinct(objects: Iterable[SavedObject]) -> list[SavedObject]:
    """Each object once; two different ones of one type and id are a mistake of ours."""
    found: dict[tuple[str, str], SavedObject] = {}
    for each in objects:
        if found.setdefault((each["type"], each["id"]), each) != each:
            raise ValueError(f"collecting Kibana's objects: two of type {each['type']} have the id {each['id']}")
    return list(found.values())
