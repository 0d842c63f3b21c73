"""Kibana's saved objects hold together: what they point to is there, what they name exists, what lies beside does not
overlap. That they find something is tested in tests/services/test_kibana_queries.py."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from deploy.kibana.__main__ import FOLDER, files
from deploy.kibana.dashboards import everything
from deploy.kibana.lens import count, maximum, number, over_time, terms
from deploy.kibana.objects import GRID_WIDTH, Panel, dashboard
from deploy.kibana.requests import kql
from deploy.kibana.rules import rules
from deploy.kibana.views import BOARD, CLAIMS, PREFIX
from pipeline import kibana

ROOT = Path(__file__).parents[2]
OBJECTS = everything()
BY_KEY = {(each["type"], each["id"]): each for each in OBJECTS}
STRINGS_OF_JSON = {
    "index-pattern": {"fieldAttrs", "fieldFormatMap", "fields", "runtimeFieldMap", "sourceFilters", "typeMeta"},
    "search": set(),
    "lens": set(),
    "dashboard": {"panelsJSON", "optionsJSON"},
}
LISTS = {"fields", "sourceFilters", "panelsJSON"}


def named(made: dict[str, Any]) -> str:
    return f"{made['type']}:{made['id']}"


def of(kind: str) -> list[dict[str, Any]]:
    return [each for each in OBJECTS if each["type"] == kind]


def mapping(title: str) -> dict[str, Any]:
    """Fields of the index behind a data view."""
    path = ROOT / "schemas" / "elasticsearch" / f"{title.removeprefix(PREFIX)}.json"
    fields: dict[str, Any] = json.loads(path.read_text())["template"]["mappings"]["properties"]
    return fields


def shown(view: dict[str, Any]) -> dict[str, Any]:
    """Every field that can be shown or asked of a data view."""
    attributes = view["attributes"]
    fields = {name: field for name, field in mapping(attributes["title"]).items() if field.get("enabled", True)}
    return fields | json.loads(attributes["runtimeFieldMap"])


def view_of(made: dict[str, Any]) -> dict[str, Any]:
    (pointer,) = made["references"]
    return BY_KEY[pointer["type"], pointer["id"]]


def fields_of(query: str) -> set[str]:
    return set(re.findall(r"(\w+) (?::|>=)", query))


def test_the_files_are_up_to_date() -> None:
    for name, text in files().items():
        assert (FOLDER / name).read_text() == text, f"{name} is old: run `python -m deploy.kibana`"
    assert {path.name for path in FOLDER.iterdir()} == set(files())


def test_the_import_replaces_what_is_in_the_files() -> None:
    assert (kibana.FOLDER, kibana.PREFIX, kibana.BOARD) == (FOLDER, PREFIX, BOARD)


def test_check_says_that_nothing_differs() -> None:
    done = subprocess.run([sys.executable, "-m", "deploy.kibana", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_each_line_is_one_object_and_comes_after_what_it_points_to() -> None:
    seen: set[tuple[str, str]] = set()
    for line in (FOLDER / "objects.ndjson").read_text().splitlines():
        made = json.loads(line)
        assert {(each["type"], each["id"]) for each in made["references"]} <= seen, named(made)
        seen.add((made["type"], made["id"]))
    assert len(seen) == len(OBJECTS)


@pytest.mark.parametrize("made", OBJECTS, ids=named)
def test_ids_and_versions_are_set(made: dict[str, Any]) -> None:
    assert re.fullmatch(r"crossclaim-[a-z-]+", made["id"])
    assert made["coreMigrationVersion"] == "8.8.0"
    assert made["typeMigrationVersion"] in ("8.0.0", "8.9.0")
    assert made["attributes"]["title"]


@pytest.mark.parametrize("made", OBJECTS, ids=named)
def test_strings_that_must_be_json_are(made: dict[str, Any]) -> None:
    attributes = made["attributes"]
    for name in STRINGS_OF_JSON[made["type"]]:
        assert isinstance(json.loads(attributes[name]), list if name in LISTS else dict), name
    if made["type"] in ("search", "dashboard"):
        assert json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["language"] == "kuery"


@pytest.mark.parametrize("made", of("dashboard"), ids=named)
def test_panels_are_all_there_and_do_not_overlap(made: dict[str, Any]) -> None:
    panels = json.loads(made["attributes"]["panelsJSON"])
    names = {each["name"]: each["type"] for each in made["references"]}
    assert names == {f"{each['panelIndex']}:{each['panelRefName']}": each["type"] for each in panels}
    places = [each["gridData"] for each in panels]
    for place in places:
        assert place["x"] >= 0
        assert place["x"] + place["w"] <= GRID_WIDTH
    for one, other in combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below, (one, other)


@pytest.mark.parametrize("made", of("index-pattern"), ids=named)
def test_a_data_view_names_fields_that_exist(made: dict[str, Any]) -> None:
    attributes = made["attributes"]
    known = shown(made)
    assert set(json.loads(attributes["fieldFormatMap"])) <= set(known)
    if "timeFieldName" in attributes:
        assert known[attributes["timeFieldName"]]["type"] == "date"
    assert not set(json.loads(attributes["runtimeFieldMap"])) & set(mapping(attributes["title"]))


@pytest.mark.parametrize("made", of("search"), ids=named)
def test_a_search_names_fields_that_exist(made: dict[str, Any]) -> None:
    attributes, known = made["attributes"], shown(view_of(made))
    query = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]
    assert {*attributes["columns"], *(field for field, _ in attributes["sort"]), *fields_of(query)} <= set(known)


@pytest.mark.parametrize("made", of("lens"), ids=named)
def test_a_chart_uses_fields_that_can_be_aggregated(made: dict[str, Any]) -> None:
    state, known = made["attributes"]["state"], shown(view_of(made))
    layer = state["datasourceStates"]["formBased"]["layers"]["layer"]
    assert set(layer["columnOrder"]) == set(layer["columns"])
    for column in layer["columns"].values():
        assert fields_of(column.get("filter", {}).get("query", "")) <= set(known)
        if column["sourceField"] != "___records___":
            field = known[column["sourceField"]]
            assert field["type"] != "text"
            assert field.get("doc_values", True)
    assert fields_of(state["query"]["query"]) <= set(known)


@pytest.mark.parametrize("made", of("lens"), ids=named)
def test_a_chart_shows_columns_that_it_has(made: dict[str, Any]) -> None:
    state = made["attributes"]["state"]
    layer = state["datasourceStates"]["formBased"]["layers"]["layer"]
    (shown_layer,) = state["visualization"].get("layers", [state["visualization"]])
    keys = {shown_layer.get(name) for name in ("metricAccessor", "xAccessor", "splitAccessor")} - {None}
    keys |= set(shown_layer.get("accessors", ())) | {each["columnId"] for each in shown_layer.get("columns", ())}
    assert keys == set(layer["columns"])
    ordered = [each["params"]["orderBy"] for each in layer["columns"].values() if each["operationType"] == "terms"]
    for by in ordered:
        if by["type"] == "column":
            assert layer["columns"][by["columnId"]]["operationType"] != "last_value", (
                "nothing is ordered by last values"
            )


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_is_off_and_names_fields_that_exist(rule: Any) -> None:
    params = rule.body["params"]
    (index,) = params["index"]
    known = mapping(index)
    assert known[params["timeField"]]["type"] == "date"
    assert known[params["termField"]]["type"] == "keyword"
    assert params.get("aggField", params["timeField"]) in known
    assert list(json.loads(params["esQuery"])) == ["query"]
    assert (rule.body["enabled"], rule.body["actions"]) == (False, [])
    assert (params["groupBy"], params["excludeHitsFromPreviousRun"]) == ("top", False)


def test_panels_flow_into_rows() -> None:
    charts = [number(f"n{at}", "Number", CLAIMS, count()) for at in range(3)]
    *objects, made = dashboard(
        "d", "D", "", [Panel(each, 24, 5 + at) for at, each in enumerate(charts)], time_from="now-1d"
    )
    assert objects == charts
    places = [each["gridData"] for each in json.loads(made["attributes"]["panelsJSON"])]
    assert [(place["x"], place["y"]) for place in places] == [(0, 0), (24, 0), (0, 6)]


def test_buckets_are_told_from_measures() -> None:
    assert [each.bucketed for each in (terms("outlet", ""), over_time("at"), count(), maximum("at", ""))] == [
        True, True, False, False,
    ]  # fmt: skip


def test_kql_is_read_in_three_forms_and_no_other() -> None:
    assert kql("") == []
    assert kql('health : ("failing" or "silent")')[0]["bool"]["should"] == [
        {"match_phrase": {"health": "failing"}},
        {"match_phrase": {"health": "silent"}},
    ]
    assert kql("score >= 0.75")[0]["bool"]["should"] == [{"range": {"score": {"gte": "0.75"}}}]
    for unknown in ("status: open", 'a : "b" and c : "d"', "not x"):
        with pytest.raises(ValueError, match="reading the KQL query"):
            kql(unknown)
