"""Lens charts: numbers, tables, bars and lines over one data view. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from deploy.kibana.objects import SavedObject, kuery, reference, saved

LAYER: Final = "layer"
RECORDS: Final = "___records___"
"""What Lens counts when it counts documents."""

Series = Literal["line", "area_stacked", "bar_stacked", "bar_horizontal", "bar_horizontal_stacked"]
DataType = Literal["number", "string", "date", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column of a chart's table: a bucket (terms, date_histogram) or a measure."""

    operation: str
    source: str
    label: str
    data_type: DataType = "number"
    params: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    """KQL: only these documents are measured."""

    @property
    def bucketed(self) -> bool:
        """Whether it makes rows, instead of measuring them."""
        return self.operation in ("terms", "date_histogram")


def count(label: str = "Documents", query: str = "") -> Column:
    """How many documents."""
    return Column("count", RECORDS, label, params={"emptyAsNull": False}, query=query)


def unique_count(field_name: str, label: str, query: str = "") -> Column:
    """How many different values."""
    return Column("unique_count", field_name, label, params={"emptyAsNull": False}, query=query)


def maximum(field_name: str, label: str, data_type: DataType = "number") -> Column:
    """The greatest value."""
    return Column("max", field_name, label, data_type, {"emptyAsNull": True})


def total(field_name: str, label: str) -> Column:
    """The sum."""
    return Column("sum", field_name, label, params={"emptyAsNull": True})


def last(field_name: str, label: str, by: str, data_type: DataType = "number") -> Column:
    """The values of the document that is newest by a time."""
    # With arrays shown, Kibana asks by top_hits, which any Elasticsearch has; else by top_metrics, which is licensed.
    return Column("last_value", field_name, label, data_type, {"sortField": by, "showArrayValues": True})


def terms(
    field_name: str, label: str, size: int = 10, by: int | None = 0, data_type: DataType = "string", other: bool = False
) -> Column:
    """A row for each of the most frequent values: by the measure of this number, or by the alphabet when None."""
    order = {"type": "alphabetical", "fallback": False} if by is None else {"type": "column", "columnId": f"m{by}"}
    params: dict[str, Any] = {
        "size": size,
        "orderBy": order,
        "orderDirection": "asc" if by is None else "desc",
        "otherBucket": other,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
    }
    return Column("terms", field_name, label, data_type, params)


def over_time(field_name: str, label: str = "Time") -> Column:
    """A row for each span of time, as long as fits the screen."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return Column("date_histogram", field_name, label, "date", params)


def number(name: str, title: str, view: SavedObject, measure: Column, query: str = "") -> SavedObject:
    """One large number."""
    shown = {"layerId": LAYER, "layerType": "data", "metricAccessor": "m0"}
    return _lens(name, title, view, "lnsMetric", _named([], [measure]), shown, query)


def table(
    name: str, title: str, view: SavedObject, rows: Sequence[Column], measures: Sequence[Column], query: str = ""
) -> SavedObject:
    """A table with a row for each combination of the buckets."""
    columns = _named(rows, measures)
    shown = {
        "layerId": LAYER,
        "layerType": "data",
        "columns": [
            {"columnId": key, "isTransposed": False, "isMetric": not each.bucketed} for key, each in columns.items()
        ],
        "paging": {"enabled": True, "size": 10},
    }
    return _lens(name, title, view, "lnsDatatable", columns, shown, query)


def chart(
    name: str,
    title: str,
    view: SavedObject,
    series: Series,
    along: Column,
    measures: Sequence[Column],
    *,
    split: Column | None = None,
    query: str = "",
) -> SavedObject:
    """Lines or bars along times or terms, one for each value of `split`."""
    columns = _named([along] if split is None else [split, along], measures)
    along_key = "b0" if split is None else "b1"
    layer: dict[str, Any] = {
        "layerId": LAYER,
        "layerType": "data",
        "seriesType": series,
        "xAccessor": along_key,
        "accessors": [key for key, each in columns.items() if not each.bucketed],
    }
    if split is not None:
        layer["splitAccessor"] = "b0"
    shown = {
        "layers": [layer],
        "preferredSeriesType": series,
        "legend": {"isVisible": True, "position": "bottom"},
        "valueLabels": "hide",
        "fittingFunction": "Linear" if series == "line" else "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": True, "yRight": True},
    }
    return _lens(name, title, view, "lnsXY", columns, shown, query)


def _named(buckets: Sequence[Column], measures: Sequence[Column]) -> dict[str, Column]:
    """Columns by their ids: b0, b1, … for buckets, m0, m1, … for measures."""
    return {f"b{at}": each for at, each in enumerate(buckets)} | {f"m{at}": each for at, each in enumerate(measures)}


def _lens(
    name: str,
    title: str,
    view: SavedObject,
    kind: str,
    columns: dict[str, Column],
    shown: dict[str, Any],
    query: str,
) -> SavedObject:
    layer = {
        "columnOrder": list(columns),
        "columns": {key: _column(each) for key, each in columns.items()},
        "ignoreGlobalFilters": False,
        "incompleteColumns": {},
        "sampling": 1,
    }
    attributes = {
        "title": title,
        "description": "",
        "visualizationType": kind,
        "state": {
            "adHocDataViews": {},
            "datasourceStates": {"formBased": {"layers": {LAYER: layer}}},
            "filters": [],
            "internalReferences": [],
            "query": kuery(query),
            "visualization": shown,
        },
    }
    return saved("lens", name, attributes, [reference(view, f"indexpattern-datasource-layer-{LAYER}")])


def _column(column: Column) -> dict[str, Any]:
    scale = {"date_histogram": "interval", "terms": "ordinal"}.get(column.operation, "ratio")
    body: dict[str, Any] = {
        "customLabel": True,
        "dataType": column.data_type,
        "isBucketed": column.bucketed,
        "label": column.label,
        "operationType": column.operation,
        "params": column.params,
        "scale": "ordinal" if column.operation == "last_value" and column.data_type == "string" else scale,
        "sourceField": column.source,
    }
    if column.query:
        body["filter"] = kuery(column.query)
    return body
