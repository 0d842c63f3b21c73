"""Bringing what schemas/kibana/ holds into a Kibana: data views, charts, dashboards; and alerting rules, switched off.

Importing again replaces the objects. Rules that exist stay as they are, for somebody may have switched them on, or
given them actions.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

import schemas
from pipeline.config import Kibana, Settings
from pipeline.errors import SetupError

FOLDER: Final = Path(schemas.__file__).parent / "kibana"
PREFIX: Final = "crossclaim-"
"""With what ids and names of indices begin in the files."""
BOARD: Final = "http://127.0.0.1:8600"
"""Where the files take the board to be."""

PATIENCE_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 1.0
_TIMEOUT_SECONDS: Final = 30.0
_TOLD: Final = 5
"""How many of many errors are told."""


def set_up_kibana(
    settings: Settings, *, patience: float = PATIENCE_SECONDS, pause: float = _PAUSE_SECONDS
) -> list[str]:
    """Import objects and create missing rules, where kibana.url is set; return what was done, in words.

    Raises SetupError, with what to do, when Kibana does not answer within `patience` seconds, does not let us in, or
    does not take all of it.
    """
    if not settings.kibana.url or settings.profile != "services":
        return []
    with _client(settings.kibana) as client:
        _wait(client, patience, pause)
        count = _import(client, objects(settings))
        created = [rule["id"] for rule in rules(settings) if _create_rule(client, rule)]
    return [f"{count} objects in Kibana", *(f"Kibana's rule {each}, switched off" for each in created)]


def objects(settings: Settings) -> list[dict[str, Any]]:
    """Return the saved objects for the indices, and the board, of these settings."""
    found = [json.loads(line) for line in _read("objects.ndjson").splitlines()]
    rename = _renaming(settings)
    board = _board(settings)
    for each in found:
        each["id"] = rename(each["id"])
        for pointer in each["references"]:
            pointer["id"] = rename(pointer["id"])
        if each["type"] == "index-pattern":
            attributes = each["attributes"]
            attributes["title"] = rename(attributes["title"])
            attributes["fieldFormatMap"] = _with_board(attributes["fieldFormatMap"], board)
    return found


def rules(settings: Settings) -> list[dict[str, Any]]:
    """Return the rules ("id", "body") for the indices of these settings."""
    found: list[dict[str, Any]] = json.loads(_read("rules.json"))
    rename = _renaming(settings)
    for rule in found:
        rule["id"] = rename(rule["id"])
        params = rule["body"]["params"]
        params["index"] = [rename(index) for index in params["index"]]
    return found


def _renaming(settings: Settings) -> Callable[[str], str]:
    """Ids go with the indices, so that several crossclaims can share a Kibana."""
    prefix = settings.elasticsearch.prefix
    return lambda name: prefix + name.removeprefix(PREFIX)


def _board(settings: Settings) -> str:
    url = settings.kibana.board_url or settings.alerts.board_url or BOARD
    if not _is_address(url):
        raise SetupError(
            f"setting up Kibana: {url!r} is no address of a board; "
            "set CROSSCLAIM_KIBANA__BOARD_URL to one like https://desk.example"
        )
    return url.rstrip("/")


def _with_board(formats: str, board: str) -> str:
    """Put the board's address into the formats that make links."""
    made = json.loads(formats)
    for each in made.values():
        template = each["params"].get("urlTemplate", "")
        if template.startswith(BOARD):
            each["params"]["urlTemplate"] = board + template.removeprefix(BOARD)
    return json.dumps(made, ensure_ascii=False)


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _client(kibana: Kibana) -> httpx.Client:
    if not _is_address(kibana.url):
        raise SetupError(
            f"setting up Kibana: {kibana.url!r} is no address; "
            "set CROSSCLAIM_KIBANA__URL to one like http://127.0.0.1:5601"
        )
    headers = {"kbn-xsrf": "crossclaim"}
    auth = None
    if kibana.api_key:
        headers["Authorization"] = f"ApiKey {kibana.api_key.get_secret_value()}"
    elif kibana.password:
        auth = httpx.BasicAuth(kibana.user, kibana.password.get_secret_value())
    return httpx.Client(
        base_url=kibana.url,
        headers=headers,
        auth=auth,
        timeout=_TIMEOUT_SECONDS,
        trust_env=False,  # a proxy for the web is none for a Kibana beside us, and ~/.netrc has other passwords
        verify=ssl.create_default_context(),
    )


def _wait(client: httpx.Client, patience: float, pause: float) -> None:
    """Return when Kibana says that it is well. It starts for a minute or two, and answers 503 meanwhile."""
    deadline = time.monotonic() + patience
    while True:
        why = _why_not_well(client)
        if why is None:
            return
        if time.monotonic() >= deadline:
            raise SetupError(
                f"setting up Kibana: {client.base_url} was not well within {patience:.0f} seconds ({why}); "
                "look at its log, run `crossclaim setup` when it is, or empty CROSSCLAIM_KIBANA__URL"
            )
        time.sleep(pause)


def _why_not_well(client: httpx.Client) -> str | None:
    try:
        answer = client.get("api/status")
    except httpx.HTTPError as error:
        return str(error) or type(error).__name__
    if answer.status_code in (401, 403):
        raise _not_let_in(answer)
    if answer.status_code != 200:
        return f"it answered {answer.status_code}"
    level = _json(answer).get("status", {}).get("overall", {}).get("level")
    return None if level in ("available", "degraded") else f"it says that it is {level or 'something else'}"


def _import(client: httpx.Client, wanted: list[dict[str, Any]]) -> int:
    """Import all objects in one request, replacing those that are there; return how many were taken."""
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in wanted)
    file = {"file": ("objects.ndjson", text.encode(), "application/ndjson")}
    doing = "importing dashboards into Kibana"
    answer = _ask(client, doing, "POST", "api/saved_objects/_import", params={"overwrite": "true"}, files=file)
    if answer.status_code != 200:
        raise _refused(doing, answer)
    said = _json(answer)
    errors = said.get("errors") or []
    if not said.get("success") or errors or said.get("successCount") != len(wanted):
        told = "; ".join(_told(each) for each in errors[:_TOLD]) or "it did not say why"
        more = f"; and {len(errors) - _TOLD} more" if len(errors) > _TOLD else ""
        raise SetupError(
            f"{doing}: {said.get('successCount', 0)} of {len(wanted)} objects were taken ({told}{more}); "
            "use the Kibana version that docs/kibana.md names, and a user who may manage saved objects"
        )
    return len(wanted)


def _told(error: dict[str, Any]) -> str:
    why = error.get("error", {})
    return f"{error.get('type')} {error.get('id')}: {why.get('message') or why.get('type') or why}"


def _create_rule(client: httpx.Client, rule: dict[str, Any]) -> bool:
    """Create a rule unless it is there; return whether it was created."""
    path, doing = f"api/alerting/rule/{rule['id']}", f"creating Kibana's rule {rule['id']}"
    found = _ask(client, doing, "GET", path)
    if found.status_code == 200:
        return False
    if found.status_code != 404:
        raise _refused(doing, found)
    made = _ask(client, doing, "POST", path, json=rule["body"])
    if made.status_code == 409:  # another setup was quicker
        return False
    if made.status_code != 200:
        raise _refused(doing, made)
    return True


def _ask(client: httpx.Client, doing: str, method: str, path: str, **given: Any) -> httpx.Response:
    try:
        answer = client.request(method, path, **given)
    except httpx.HTTPError as error:
        raise SetupError(f"{doing}: {error or type(error).__name__}; run `crossclaim setup` again") from error
    if answer.status_code in (401, 403):
        raise _not_let_in(answer)
    return answer


def _not_let_in(answer: httpx.Response) -> SetupError:
    return SetupError(
        f"setting up Kibana: it does not let us in ({answer.status_code} {_message(answer)}); set "
        "CROSSCLAIM_KIBANA__USER and CROSSCLAIM_KIBANA__PASSWORD, or CROSSCLAIM_KIBANA__API_KEY, to those of a user "
        "who may manage saved objects and rules"
    )


def _refused(doing: str, answer: httpx.Response) -> SetupError:
    return SetupError(
        f"{doing}: it answered {answer.status_code} {_message(answer)}; look at Kibana's log, and whether "
        "CROSSCLAIM_KIBANA__URL is its address"
    )


def _message(answer: httpx.Response) -> str:
    return str(_json(answer).get("message") or answer.reason_phrase)[:300]


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
