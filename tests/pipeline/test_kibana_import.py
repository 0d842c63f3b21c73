"""Dashboards and rules are brought into Kibana: what is sent to it, and what is said when it does not take it. A server
of ours answers as Kibana's documentation says; no Kibana runs here."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.cli import setting_up
from pipeline.config import Alerts, Elasticsearch, Kibana, Settings
from pipeline.errors import SetupError
from pipeline.kibana import objects, rules, set_up_kibana
from tests.pipeline.kibana_server import AVAILABLE, Fake, lines, serving


@pytest.fixture
def kibana() -> Iterator[Fake]:
    with serving(Fake()) as fake:
        yield fake


def settings(url: str = "", **given: Any) -> Settings:
    parts = {"elasticsearch": Elasticsearch(), "alerts": Alerts()} | {
        name: given.pop(name) for name in ("elasticsearch", "alerts", "profile") if name in given
    }
    return Settings(**{"profile": "services"} | parts, kibana=Kibana(url=url, **given))


def test_without_an_address_nothing_is_done() -> None:
    assert set_up_kibana(settings()) == []
    assert set_up_kibana(settings("http://127.0.0.1:9", profile="embedded")) == []


def test_objects_are_imported_and_rules_created(kibana: Fake) -> None:
    done = set_up_kibana(settings(kibana.url))
    wanted = [rule["id"] for rule in rules(settings())]
    assert done == [
        f"{len(objects(settings()))} objects in Kibana",
        *(f"Kibana's rule {each}, switched off" for each in wanted),
    ]
    (posted, *_) = [each for each in kibana.asked if each[0] == "POST"]
    assert posted[1] == "/api/saved_objects/_import?overwrite=true"
    assert posted[2]["Content-Type"].startswith("multipart/form-data; boundary=")
    assert lines(posted[3]) == objects(settings())
    assert all("Kbn-Xsrf" in {name.title() for name in headers} for _, _, headers, _ in kibana.asked)
    assert all(rule["enabled"] is False for rule in kibana.rules.values())
    assert set(kibana.rules) == set(wanted)


def test_rules_that_exist_stay_as_they_are(kibana: Fake) -> None:
    set_up_kibana(settings(kibana.url))
    kibana.rules["crossclaim-lag"] = {"enabled": True}
    assert set_up_kibana(settings(kibana.url)) == [f"{len(objects(settings()))} objects in Kibana"]
    assert kibana.rules["crossclaim-lag"] == {"enabled": True}


def test_a_space_is_part_of_the_address(kibana: Fake) -> None:
    set_up_kibana(settings(f"{kibana.url}/s/desk"))
    assert all(path.startswith("/s/desk/api/") for _, path, *_ in kibana.asked)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, None),
        ({"password": "päss"}, "Basic " + base64.b64encode("elastic:päss".encode()).decode()),
        ({"password": "x", "api_key": "a2V5"}, "ApiKey a2V5"),
    ],
)
def test_it_logs_in_as_told(given: dict[str, str], sent: str | None, kibana: Fake) -> None:
    set_up_kibana(settings(kibana.url, **given))
    assert {headers.get("Authorization") for _, _, headers, _ in kibana.asked} == {sent}


def test_a_kibana_that_starts_is_waited_for(kibana: Fake) -> None:
    starting = (503, "Kibana server is not ready yet")
    kibana.statuses = [starting, (200, {"status": {"overall": {"level": "unavailable"}}}), (200, "<html>"), AVAILABLE]
    assert set_up_kibana(settings(kibana.url), pause=0.01)
    assert [path for _, path, *_ in kibana.asked[:5]].count("/api/status") == 4


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ((503, "not ready"), "it answered 503"),
        ((200, {"status": {"overall": {"level": "critical"}}}), "it says that it is critical"),
    ],
)
def test_a_kibana_that_stays_unwell_is_told(status: tuple[int, Any], words: str, kibana: Fake) -> None:
    kibana.statuses = [status]
    with pytest.raises(SetupError, match=rf"was not well within 0 seconds \({words}\).*CROSSCLAIM_KIBANA__URL"):
        set_up_kibana(settings(kibana.url), patience=0.2, pause=0.01)
    assert kibana.made() == []


def test_a_kibana_that_is_away_is_told() -> None:
    with pytest.raises(SetupError, match="was not well within"):
        set_up_kibana(settings("http://127.0.0.1:9"), patience=0.05, pause=0.01)


@pytest.mark.parametrize("where", ["status", "import", "rule"])
def test_a_kibana_that_does_not_let_us_in_is_told_at_once(where: str, kibana: Fake) -> None:
    refusal = (401, {"statusCode": 401, "error": "Unauthorized", "message": "wrong password"})
    if where == "status":
        kibana.statuses = [refusal]
    elif where == "import":
        kibana.imported = refusal
    else:
        kibana.created = (403, {"message": "Unauthorized to create a rule"})
    with pytest.raises(SetupError, match=r"40[13] .*CROSSCLAIM_KIBANA__PASSWORD"):
        set_up_kibana(settings(kibana.url, password="secret-word"))


def test_a_partial_import_is_told_with_what_failed(kibana: Fake) -> None:
    errors = [{"type": "lens", "id": f"l{n}", "error": {"type": "missing_references"}} for n in range(7)]
    errors[0]["error"] = {"type": "unknown", "message": "no such version"}
    kibana.imported = (200, {"success": False, "successCount": 40, "errors": errors})
    with pytest.raises(
        SetupError, match=r"40 of \d+ objects.*lens l0: no such version; lens l1: missing_ref.*and 2 more"
    ):
        set_up_kibana(settings(kibana.url))
    assert kibana.rules == {}


@pytest.mark.parametrize("said", [{"success": True, "successCount": 1}, {"success": False}, "<html>"])
def test_an_import_that_took_too_little_is_no_success(said: Any, kibana: Fake) -> None:
    kibana.imported = (200, said)
    with pytest.raises(SetupError, match="it did not say why"):
        set_up_kibana(settings(kibana.url))


def test_other_answers_are_told(kibana: Fake) -> None:
    kibana.created = (400, {"message": "params invalid"})
    with pytest.raises(SetupError, match=r"creating Kibana's rule crossclaim-.*400 params invalid"):
        set_up_kibana(settings(kibana.url))
    kibana.imported = (415, {"message": "Unsupported Media Type"})
    with pytest.raises(SetupError, match=r"importing dashboards.*415 Unsupported"):
        set_up_kibana(settings(kibana.url))


def test_a_rule_that_another_setup_created_first_is_fine(kibana: Fake) -> None:
    kibana.created = (409, {"message": "version conflict"})
    assert len(set_up_kibana(settings(kibana.url))) == 1


def test_ids_and_indices_go_with_the_prefix() -> None:
    ours = settings(elasticsearch=Elasticsearch(prefix="desk-"))
    made = objects(ours)
    keys = {(each["type"], each["id"]) for each in made}
    assert all(id_.startswith("desk-") for _, id_ in keys)
    assert {(each["type"], each["id"]) for one in made for each in one["references"]} <= keys
    titles = {each["attributes"]["title"] for each in made if each["type"] == "index-pattern"}
    assert "desk-claims" in titles
    assert not any(title.startswith("crossclaim") for title in titles)
    assert {index for rule in rules(ours) for index in rule["body"]["params"]["index"]} <= titles


@pytest.mark.parametrize(
    ("given", "board"),
    [
        ({}, "http://127.0.0.1:8600"),
        ({"alerts": Alerts(board_url="https://alerts.example")}, "https://alerts.example"),
        (
            {"alerts": Alerts(board_url="https://a.example"), "board_url": "https://desk.example/"},
            "https://desk.example",
        ),
    ],
)
def test_links_lead_to_the_board_of_the_settings(given: dict[str, Any], board: str) -> None:
    formats = " ".join(
        each["attributes"]["fieldFormatMap"] for each in objects(settings(**given)) if each["type"] == "index-pattern"
    )
    assert set(re.findall(r'"urlTemplate": "([^"]*)"', formats)) == {board + "{{rawValue}}"}


@pytest.mark.parametrize("url", ["localhost:5601", "ftp://x", "http://", "http://host:many"])
def test_wrong_addresses_are_told(url: str) -> None:
    with pytest.raises(SetupError, match="CROSSCLAIM_KIBANA__URL"):
        set_up_kibana(settings(url))
    with pytest.raises(SetupError, match="CROSSCLAIM_KIBANA__BOARD_URL"):
        objects(settings(board_url=url))


def test_crossclaim_setup_imports_after_topics_and_indices(
    kibana: Fake, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CROSSCLAIM_PROFILE", "services")
    monkeypatch.setenv("CROSSCLAIM_KIBANA__URL", kibana.url)
    monkeypatch.setattr("pipeline.setup.set_up", lambda *_: ["topic articles"])
    setting_up.setup()
    assert capsys.readouterr().out.splitlines()[:2] == [
        "topic articles",
        f"{len(objects(settings()))} objects in Kibana",
    ]
