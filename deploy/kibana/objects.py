"""Saved objects in the form in which Kibana exports and imports them. Pure: dictionaries in, dictionaries out.

The versions are those of Kibana 8.8 to 8.12, whose form of these objects we write: a later Kibana, 9 included, brings
them to its own form when it imports them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

SavedObject = dict[str, Any]

CORE_VERSION: Final = "8.8.0"
TYPE_VERSIONS: Final = {"index-pattern": "8.0.0", "search": "8.0.0", "lens": "8.9.0", "dashboard": "8.9.0"}
SEARCH_SOURCE_INDEX: Final = "kibanaSavedObjectMeta.searchSourceJSON.index"
GRID_WIDTH: Final = 48
"""Columns of a dashboard's grid."""


@dataclass(frozen=True)
class Panel:
    """One panel of a dashboard: an object, and how wide and high it is."""

    object: SavedObject
    width: int = 24
    height: int = 14


def identifier(name: str) -> str:
    """Return the id of the object of this name: the same in each build, so that an import replaces the older one."""
    return f"crossclaim-{name}"


def data_view(
    name: str,
    title: str,
    label: str,
    time_field: str | None,
    *,
    formats: Mapping[str, Mapping[str, Any]] | None = None,
    runtime: Mapping[str, Mapping[str, Any]] | None = None,
) -> SavedObject:
    """Return a data view of the index, or alias, `title`. Without a time field it shows everything at any time."""
    attributes: dict[str, Any] = {
        "title": title,
        "name": label,
        "allowNoIndex": True,
        "fieldAttrs": "{}",
        "fieldFormatMap": compact(formats or {}),
        "fields": "[]",
        "runtimeFieldMap": compact(runtime or {}),
        "sourceFilters": "[]",
        "typeMeta": "{}",
    }
    if time_field:
        attributes["timeFieldName"] = time_field
    return saved("index-pattern", name, attributes, [])


def saved_search(
    name: str,
    title: str,
    view: SavedObject,
    columns: Sequence[str],
    *,
    sort: Sequence[tuple[str, str]] = (),
    query: str = "",
    description: str = "",
) -> SavedObject:
    """Return a saved search: the documents of a data view that a KQL query finds, as a table."""
    source = {"query": kuery(query), "filter": [], "highlightAll": True, "indexRefName": SEARCH_SOURCE_INDEX}
    attributes = {
        "title": title,
        "description": description,
        "columns": list(columns),
        "sort": [list(each) for each in sort],
        "grid": {},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": False,
        "kibanaSavedObjectMeta": {"searchSourceJSON": compact(source)},
    }
    return saved("search", name, attributes, [reference(view, SEARCH_SOURCE_INDEX)])


def dashboard(
    name: str, title: str, description: str, panels: Sequence[Panel], *, time_from: str, refresh_seconds: int = 60
) -> list[SavedObject]:
    """Return what the panels show, then the dashboard. Panels flow from left to right, a new row where none fits."""
    laid, references = [], []
    for number, (panel, place) in enumerate(zip(panels, _places(panels), strict=True), 1):
        key = str(number)
        laid.append(
            {
                "type": panel.object["type"],
                "gridData": place | {"i": key},
                "panelIndex": key,
                "embeddableConfig": {"enhancements": {}},
                "panelRefName": f"panel_{key}",
            }
        )
        references.append(reference(panel.object, f"{key}:panel_{key}"))
    options = {"useMargins": True, "syncColors": False, "syncCursor": True, "syncTooltips": False}
    attributes = {
        "title": title,
        "description": description,
        "panelsJSON": compact(laid),
        "optionsJSON": compact(options | {"hidePanelTitles": False}),
        "timeRestore": True,
        "timeFrom": time_from,
        "timeTo": "now",
        "refreshInterval": {"pause": False, "value": refresh_seconds * 1000},
        "version": 1,
        "kibanaSavedObjectMeta": {"searchSourceJSON": compact({"query": kuery(""), "filter": []})},
    }
    return [*(panel.object for panel in panels), saved("dashboard", name, attributes, references)]


def saved(kind: str, name: str, attributes: Mapping[str, Any], references: Sequence[Mapping[str, str]]) -> SavedObject:
    """Return a saved object of any type."""
    return {
        "id": identifier(name),
        "type": kind,
        "attributes": dict(attributes),
        "references": [dict(each) for each in references],
        "coreMigrationVersion": CORE_VERSION,
        "typeMigrationVersion": TYPE_VERSIONS[kind],
        "managed": False,
    }


def reference(target: SavedObject, name: str) -> dict[str, str]:
    """Return how one object points to another."""
    return {"id": target["id"], "name": name, "type": target["type"]}


def kuery(query: str) -> dict[str, str]:
    """Return a KQL query as saved objects hold it."""
    return {"language": "kuery", "query": query}


def compact(value: Any) -> str:
    """Return JSON for those attributes that hold it as a string."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _places(panels: Sequence[Panel]) -> list[dict[str, int]]:
    """Where each panel lies: rows are as high as their highest panel."""
    places, x, y, row_height = [], 0, 0, 0
    for panel in panels:
        if x + panel.width > GRID_WIDTH:
            x, y, row_height = 0, y + row_height, 0
        places.append({"x": x, "y": y, "w": panel.width, "h": panel.height})
        x, row_height = x + panel.width, max(row_height, panel.height)
    return places
