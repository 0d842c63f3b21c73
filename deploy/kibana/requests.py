"""The search requests that Kibana sends for saved searches, charts and rules, so that a real Elasticsearch can be asked
them without Kibana. Written after what Kibana's inspector shows; of a chart's "other" bucket the second request is left
out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from deploy.kibana.lens import LAYER
from deploy.kibana.objects import SavedObject
from deploy.kibana.rules import Rule

_FORMAT: Final = "strict_date_optional_time"
_BUCKETS: Final = 100
_STEPS: Final = {
    "30s": timedelta(seconds=30),
    "1m": timedelta(minutes=1),
    "5m": timedelta(minutes=5),
    "30m": timedelta(minutes=30),
    "1h": timedelta(hours=1),
    "3h": timedelta(hours=3),
    "12h": timedelta(hours=12),
    "1d": timedelta(days=1),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
_VALUES = re.compile(r'(?P<field>\w+) : (?:"(?P<one>[^"]*)"|\((?P<many>"[^"]*"(?: or "[^"]*")*)\))')
_AT_LEAST = re.compile(r"(?P<field>\w+) >= (?P<number>-?\d+(?:\.\d+)?)")


@dataclass(frozen=True)
class Span:
    """The time chosen in Kibana, both ends included."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Request:
    """A search: in which index, and its body."""

    index: str
    body: dict[str, Any]


def of_object(made: SavedObject, objects: Iterable[SavedObject], span: Span) -> Request:
    """Return the request of a chart or a saved search; `objects` holds its data view."""
    (pointer,) = made["references"]
    (view,) = (each for each in objects if (each["type"], each["id"]) == (pointer["type"], pointer["id"]))
    body = _chart(made, view, span) if made["type"] == "lens" else _table(made, view, span)
    runtime = json.loads(view["attributes"]["runtimeFieldMap"])
    return Request(view["attributes"]["title"], body | {"runtime_mappings": runtime, "track_total_hits": True})


def of_rule(rule: Rule, now: datetime) -> Request:
    """Return the request of a rule as it is at a moment."""
    params = rule.body["params"]
    unit = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}[params["timeWindowUnit"]]
    span = Span(now - timedelta(**{unit: params["timeWindowSize"]}), now)
    given = json.loads(params["esQuery"])["query"]
    body = {
        "size": 0,
        "query": {"bool": {"filter": [given, _within(params["timeField"], span)]}},
        "aggs": {"groupAgg": _groups(params), "groupAggCount": {"stats_bucket": {"buckets_path": "groupAgg._count"}}},
        "docvalue_fields": [{"field": params["timeField"], "format": _FORMAT}],
        "track_total_hits": True,
    }
    return Request(",".join(params["index"]), body)


def kql(query: str) -> list[dict[str, Any]]:
    """Return the filters of a KQL query of the three forms that we use; none of an empty one."""
    if not query:
        return []
    if match := _VALUES.fullmatch(query):
        values = [match["one"]] if match["one"] is not None else re.findall(r'"([^"]*)"', match["many"])
        return [_any({"match_phrase": {match["field"]: value}} for value in values)]
    if match := _AT_LEAST.fullmatch(query):
        return [_any([{"range": {match["field"]: {"gte": match["number"]}}}])]
    raise ValueError(
        f'reading the KQL query {query!r}: it is neither field : "value", field : ("a" or "b"), field >= 1'
    )


def _any(clauses: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _within(field: str, span: Span) -> dict[str, Any]:
    bounds = {"gte": span.since.isoformat(), "lte": span.until.isoformat(), "format": _FORMAT}
    return {"range": {field: bounds}}


def _query(view: SavedObject, query: str, span: Span) -> dict[str, Any]:
    time_field = view["attributes"].get("timeFieldName")
    filters = kql(query) + ([_within(time_field, span)] if time_field else [])
    return {"bool": {"must": [], "filter": filters, "should": [], "must_not": []}}


def _table(made: SavedObject, view: SavedObject, span: Span) -> dict[str, Any]:
    attributes = made["attributes"]
    query = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]
    return {
        "size": 500,
        "query": _query(view, query, span),
        "sort": [{field: {"order": order, "unmapped_type": "boolean"}} for field, order in attributes["sort"]],
        "fields": [{"field": "*", "include_unmapped": True}],
        "_source": False,
        "highlight": {"fields": {"*": {}}, "fragment_size": 2147483647},
    }


def _chart(made: SavedObject, view: SavedObject, span: Span) -> dict[str, Any]:
    state = made["attributes"]["state"]
    layer = state["datasourceStates"]["formBased"]["layers"][LAYER]
    columns = {key: layer["columns"][key] for key in layer["columnOrder"]}
    aggregations = {key: agg for key, column in columns.items() if (agg := _measure(column)) is not None}
    for key, column in reversed(columns.items()):
        if column["isBucketed"]:
            inner = aggregations | _ordering(column, columns)
            aggregations = {key: _bucket(column, columns, span) | ({"aggs": inner} if inner else {})}
    return {"size": 0, "query": _query(view, state["query"]["query"], span), "aggs": aggregations}


def _measure(column: Mapping[str, Any]) -> dict[str, Any] | None:
    """The aggregation of a measure; a plain count needs none."""
    field = column["sourceField"]
    aggregation: dict[str, Any] | None
    match column["operationType"]:
        case "count":
            aggregation = None
        case "unique_count":
            aggregation = {"cardinality": {"field": field}}
        case "max" | "sum" as plain:
            aggregation = {plain: {"field": field}}
        case "last_value":
            newest = [{column["params"]["sortField"]: {"order": "desc"}}]
            shown = {"fields": [{"field": field}], "_source": False}
            aggregation = {"top_hits": {"size": 1, "sort": newest} | shown}
        case "terms" | "date_histogram":
            return None
        case other:
            raise ValueError(f"making a request: no aggregation is known for the operation {other!r}")
    if "filter" not in column:
        return aggregation
    filtered = {"filter": {"bool": {"filter": kql(column["filter"]["query"])}}}
    return filtered | ({"aggs": {"metric": aggregation}} if aggregation else {})


def _bucket(column: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]], span: Span) -> dict[str, Any]:
    field, params = column["sourceField"], column["params"]
    if column["operationType"] == "terms":
        order = {_order(params["orderBy"], columns): params["orderDirection"]}
        return {"terms": {"field": field, "size": params["size"], "order": order, "shard_size": 25}}
    bounds = {"min": span.since.isoformat(), "max": span.until.isoformat()}
    return {
        "date_histogram": {
            "field": field,
            "fixed_interval": _interval(span),
            "time_zone": "UTC",
            "min_doc_count": 0,
            "extended_bounds": bounds,
        }
    }


def _ordering(column: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The measure by which terms are ordered, which must stand beside them also where other buckets come between."""
    key = column["params"].get("orderBy", {}).get("columnId")
    aggregation = _measure(columns[key]) if key else None
    return {key: aggregation} if aggregation else {}


def _order(by: Mapping[str, Any], columns: Mapping[str, Mapping[str, Any]]) -> str:
    """The path by which terms are ordered."""
    if by["type"] == "alphabetical":
        return "_key"
    key = str(by["columnId"])
    counted, filtered = columns[key]["operationType"] == "count", "filter" in columns[key]
    if filtered:
        return f"{key}>_count" if counted else f"{key}>metric"
    return "_count" if counted else key


def _interval(span: Span) -> str:
    """The shortest step that makes no more buckets than fit a chart."""
    whole = span.until - span.since
    return next((name for name, step in _STEPS.items() if whole / step <= _BUCKETS), "30d")


def _groups(params: Mapping[str, Any]) -> dict[str, Any]:
    """The groups of a rule that pass its threshold, with some documents of each."""
    measured = params["aggType"] != "count"
    terms: dict[str, Any] = {"field": params["termField"], "size": params["termSize"]}
    if measured:
        terms["order"] = {"metricAgg": "desc"}
    (threshold,) = params["threshold"]
    inner: dict[str, Any] = {
        "conditionSelector": {
            "bucket_selector": {
                "buckets_path": {"compareValue": "metricAgg" if measured else "_count"},
                "script": f"params.compareValue {params['thresholdComparator']} {threshold}L",
            }
        },
        "topHitsAgg": {"top_hits": {"size": params["size"]}},
    }
    if measured:
        inner["metricAgg"] = {params["aggType"]: {"field": params["aggField"]}}
    return {"terms": terms, "aggs": inner}
