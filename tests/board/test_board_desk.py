"""What a reader says and saves: judged, undone, listed; from our own pages only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from pipeline.desk import labels, watches
from pipeline.index.sqlite import SqliteIndex
from schemas.contradiction import Contradiction
from tests.board import sample, stories
from tests.board.builders import article

OURS = {"Sec-Fetch-Site": "same-origin"}
WITHDRAWAL = next(
    m for m in stories.venezuela() if isinstance(m, Contradiction) and m.status == "open" and len(m.evidence) > 1
)
PAGE = f"/contradictions/{WITHDRAWAL.contradiction_id}"
FIRST = WITHDRAWAL.evidence[0].pair_id


def judge(client: TestClient, judgement: str, pair: str = FIRST, **fields: str) -> int:
    return client.post(PAGE, data={"pair": pair, "judgement": judgement, **fields}, headers=OURS).status_code


def test_a_judgement_is_kept_shown_listed_and_undone(client: TestClient, index: SqliteIndex) -> None:
    assert judge(client, "compatible", note="they speak\nof other years") == 303
    page = client.get(PAGE).text
    assert "You judged: both can be true." in page
    assert "they speak of other years" in page
    assert "judged: both can be true" in client.get("/contradictions").text
    (label,) = labels.newest(index)
    assert (label.judgement, label.pair_id, label.wrong) == ("compatible", FIRST, True)
    assert label.a.quote == WITHDRAWAL.a.quote
    assert judge(client, "withdraw") == 303
    assert "You judged" not in client.get(PAGE).text
    assert labels.newest(index) == []
    assert judge(client, "same") == 303
    assert [each.judgement for each in labels.newest(index)] == ["same"]


def test_each_piece_of_evidence_is_judged_by_itself(client: TestClient, index: SqliteIndex) -> None:
    second = WITHDRAWAL.evidence[1].pair_id
    assert judge(client, "contradiction", second) == 303
    assert [label.pair_id for label in labels.newest(index)] == [second]
    assert "judged:" not in client.get("/contradictions").text


def test_what_is_no_judgement_changes_nothing(client: TestClient, index: SqliteIndex) -> None:
    assert judge(client, "nonsense") == 303
    assert judge(client, "same", "unheard") == 404
    assert client.post("/contradictions/unheard", data={}, headers=OURS).status_code == 404
    assert labels.newest(index) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": sample.BASE},
    ],
)
@pytest.mark.parametrize("path", [PAGE, "/watches?q=rostec", "/watches/abc"])
def test_a_form_of_another_site_is_refused(
    client: TestClient, index: SqliteIndex, headers: dict[str, str], path: str
) -> None:
    fields = {"pair": FIRST, "judgement": "same", "name": "x", "do": "delete"}
    answer = client.post(path, data=fields, headers=headers)
    assert answer.status_code == 403
    assert "open the page anew" in answer.text
    assert labels.newest(index) == []
    assert watches.every(index) == []


def test_a_browser_without_fetch_metadata_is_known_by_its_origin(client: TestClient) -> None:
    fields = {"pair": FIRST, "judgement": "same"}
    assert client.post(PAGE, data=fields, headers={"Origin": sample.BASE}).status_code == 303


def test_a_form_too_long_is_refused(client: TestClient) -> None:
    assert client.post(PAGE, data={"note": "x" * 100_000}, headers=OURS).status_code == 413


def test_a_search_is_saved_counted_and_deleted_with_undo(client: TestClient, index: SqliteIndex) -> None:
    made = client.post("/watches?q=rostec&outlet=Tass", data={"name": " Rostec  in Tass "}, headers=OURS)
    assert (made.status_code, made.headers["location"]) == (303, "/watches")
    (watch,) = watches.every(index)
    assert (watch.name, watch.search.words, watch.search.outlet) == ("Rostec in Tass", "rostec", "Tass")
    assert " new</span>" not in client.get("/watches").text
    later = datetime.now(UTC) + timedelta(minutes=1)
    sample.keep(index, article(replace(stories.ENVOY, url="https://tass.example/later", outlet="Tass", at=later)))
    assert "1 new</span>" in client.get("/watches").text
    looked = client.get(f"/watches/{watch.watch_id}")
    assert looked.status_code == 303
    assert looked.headers["location"] == "/search?q=rostec&outlet=Tass&sort=newest"
    deleted = client.post(f"/watches/{watch.watch_id}", data={"do": "delete"}, headers=OURS)
    assert watches.every(index) == []
    assert "was deleted" in client.get(deleted.headers["location"]).text
    client.post(f"/watches/{watch.watch_id}", data={"do": "restore"}, headers=OURS)
    assert [each.name for each in watches.every(index)] == ["Rostec in Tass"]


def test_what_cannot_be_saved_says_why(client: TestClient) -> None:
    assert "Give the search a name" in client.post("/watches?q=x", data={"name": " "}, headers=OURS).text
    assert "watch everything" in client.post("/watches", data={"name": "all"}, headers=OURS).text
    assert client.get("/watches/unheard").status_code == 404
