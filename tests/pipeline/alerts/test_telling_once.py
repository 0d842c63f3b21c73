"""Each contradiction is told once for each rule and channel, whatever happens to it, worker and channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from pipeline.alerts.mutes import Mute, keep
from pipeline.desk import watches
from pipeline.desk.watches import Search
from tests.pipeline.alerts.alert_builders import NOON, Room, after, contradiction, evidence, rules

BOTH = (
    {"name": "all", "channels": ["desk", "phone"]},
    {"name": "denials", "channels": ["desk"], "kinds": ["denial"]},
)


def test_twenty_deliveries_a_replay_and_a_restart_tell_once_a_rule_and_channel(tmp_path: Path) -> None:
    room = Room(tmp_path, rules(*BOTH, channels=("desk", "phone")))
    for number in range(20):
        room.teller.take(contradiction(version=number), after(number * 0.1))
    room.teller.tick(after(10))
    room.restart()
    for number in range(20):
        room.teller.take(contradiction(version=number), after(20 + number))
        room.teller.tick(after(20 + number))
    assert len(room.desk.alerts) == len(set(room.desk.alerts)) == 2
    assert len(room.desks["phone"].alerts) == 1


def test_it_waits_until_the_contradiction_is_quiet_but_not_for_ever(tmp_path: Path) -> None:
    room = Room(tmp_path)
    for second in range(30):
        room.teller.take(contradiction(version=second), after(second))
        room.teller.tick(after(second))
        if room.desk.got:
            break
    assert second == 24
    other = Room(tmp_path / "other")
    other.teller.take(contradiction(), NOON)
    other.teller.tick(after(3.9))
    assert not other.desk.got
    other.teller.tick(after(4))
    assert other.desk.titles == ["DENIED: Ledger against Rostec (Herald)"]


@pytest.mark.parametrize("successor_first", [True, False])
@pytest.mark.parametrize("told_before", [True, False])
def test_one_that_becomes_part_of_another_is_told_once(
    tmp_path: Path, successor_first: bool, told_before: bool
) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction("old"), NOON)
    if told_before:
        room.teller.tick(after(5))
    whole = contradiction("new", evidence("Mail", "Rostec"), evidence(), supersedes=("old",))
    gone = contradiction("old", status="superseded", superseded_by="new", version=2)
    for message in (whole, gone) if successor_first else (gone, whole):
        room.teller.take(message, after(6))
    room.teller.tick(after(30))
    assert len(room.desk.got) == 1


def test_an_id_that_nobody_named_before_is_known_by_its_pairs(tmp_path: Path) -> None:
    """A restart in the middle of a burst gives other intermediate clusters, and so other ids."""
    room = Room(tmp_path)
    room.teller.take(contradiction("first"), NOON)
    room.teller.tick(after(5))
    room.restart()
    room.teller.take(contradiction("second", evidence("Mail", "Rostec"), evidence()), after(60))
    room.teller.tick(after(90))
    assert len(room.desk.got) == 1
    room.teller.take(contradiction("third", evidence("Mail", "Chemezov")), after(100))
    room.teller.tick(after(130))
    assert len(room.desk.got) == 2


def test_two_that_are_joined_before_they_are_told_are_told_as_one(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction("a", evidence("Mail")), NOON)
    room.teller.take(contradiction("b", evidence("Ledger")), after(1))
    room.teller.take(contradiction("b", evidence("Mail"), evidence("Ledger"), version=2, supersedes=("a",)), after(2))
    room.teller.take(contradiction("a", evidence("Mail"), status="superseded", superseded_by="b"), after(2))
    room.teller.tick(after(60))
    assert len(room.desk.got) == 1


def test_one_that_is_split_before_it_is_told_is_told_as_two(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction("a", evidence("Mail"), evidence("Ledger")), NOON)
    room.teller.take(contradiction("b", evidence("Ledger")), after(1))
    room.teller.take(contradiction("a", evidence("Mail"), version=2), after(1))
    room.teller.tick(after(60))
    assert sorted(alert.contradiction_id for message in room.desk.got for alert in message.alerts) == ["a", "b"]


def test_what_no_longer_holds_is_not_told(tmp_path: Path) -> None:
    room = Room(tmp_path, rules({"name": "all", "channels": ["desk"], "minimum_score": 0.8}))
    room.teller.take(contradiction(), NOON)
    room.teller.take(contradiction(version=2, score=0.7), after(1))
    room.teller.tick(after(60))
    assert not room.desk.got
    room.teller.take(contradiction(version=3, score=0.85), after(61))
    room.teller.tick(after(70))
    assert len(room.desk.got) == 1


def test_material_changes_are_told_once_each(tmp_path: Path) -> None:
    room = Room(tmp_path)
    steps = [
        contradiction(),
        contradiction(version=2, score=0.95),
        contradiction("one", evidence(), evidence("Mail", "Rostec"), version=3, independent_sources=3),
        contradiction("one", evidence(), evidence("Mail", "Rostec", "quantity"), version=4, independent_sources=4),
        contradiction("one", evidence(), evidence("Mail", "Rostec", "quantity"), version=5, independent_sources=11),
        contradiction(version=6, status="resolved"),
        contradiction(version=7, status="resolved"),
    ]
    for number, step in enumerate(steps):
        for _ in range(3):
            room.teller.take(step, after(number * 1200))
        room.teller.tick(after(number * 1200 + 500))
        room.teller.tick(after(number * 1200 + 700))
    assert [title.partition(":")[0] for title in room.desk.titles] == [
        "DENIED",
        "NOW IN 3 INDEPENDENT SOURCES",
        "NOW ALSO FIGURES THAT DISAGREE",
        "NOW IN 10 INDEPENDENT SOURCES",
        "RESOLVED",
    ]


def test_a_story_that_breaks_is_one_update(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction(), NOON)
    room.teller.tick(after(5))
    for number in range(3, 12):
        proofs = [evidence(), *([evidence("Mail", "Rostec", "quantity")] if number > 6 else [])]
        room.teller.take(contradiction("one", *proofs, version=number, independent_sources=number), after(number * 30))
        room.teller.tick(after(number * 30 + 10))
    assert len(room.desk.got) == 1
    for minute in range(10, 40):
        room.teller.tick(after(minute * 60))
    assert [title.partition(":")[0] for title in room.desk.titles[1:]] == ["NOW ALSO FIGURES THAT DISAGREE"]
    assert room.desk.got[1].alerts[0].contradiction is not None
    assert room.desk.got[1].alerts[0].contradiction.independent_sources == 11


def test_two_ids_of_one_thing_that_wait_are_told_as_one(tmp_path: Path) -> None:
    """Neither names the other as its earlier id: what tells is that they rest on the same pair."""
    room = Room(tmp_path)
    room.teller.take(contradiction("first", evidence("Mail")), NOON)
    room.teller.take(contradiction("second", evidence("Mail"), evidence("Ledger")), after(1))
    room.teller.tick(after(60))
    room.teller.tick(after(120))
    assert len(room.desk.got) == 1


def test_resolved_before_it_was_told_is_not_told_and_updates_can_be_refused(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction(), NOON)
    room.teller.take(contradiction(version=2, status="resolved"), after(1))
    room.teller.tick(after(60))
    assert not room.desk.got
    quiet = Room(tmp_path / "quiet", rules({"name": "all", "channels": ["desk"], "updates": False}))
    quiet.teller.take(contradiction(), NOON)
    quiet.teller.tick(after(5))
    quiet.teller.take(contradiction(version=2, status="resolved"), after(6))
    quiet.teller.take(contradiction(version=3, independent_sources=50), after(7))
    quiet.teller.tick(after(60))
    assert len(quiet.desk.got) == 1


def test_a_channel_that_is_down_for_an_hour_gets_it_afterwards_once_and_holds_up_no_other(tmp_path: Path) -> None:
    room = Room(tmp_path, rules({"name": "all", "channels": ["desk", "phone"]}, channels=("desk", "phone")))
    room.desk.down = True
    room.teller.take(contradiction(), NOON)
    tries = 0
    for minute in range(60):
        before = room.statuses()
        room.teller.tick(after(60 * minute + 10))
        tries += before != room.statuses()
    assert len(room.desks["phone"].got) == 1
    assert not room.desk.got
    room.restart()
    room.desk.down = False
    for minute in range(60, 75):
        room.teller.tick(after(60 * minute))
    assert len(room.desk.got) == 1
    assert set(room.statuses().values()) == {"told"}


def test_a_channel_that_stays_down_is_asked_ever_more_seldom_and_its_alert_is_parked(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.desk.down = True
    room.teller.take(contradiction(), NOON)
    seconds = 0
    while room.statuses()["new"] != "parked":
        before, seconds = room.desk.asked, seconds + 30
        room.teller.tick(after(seconds))
        assert room.desk.asked - before <= 1
        assert seconds < 90_000
    assert 86_400 <= seconds <= 87_600
    assert 140 < room.desk.asked < 200  # every ten minutes in the end
    assert room.teller.tick(after(seconds + 3600)) == []


def test_what_was_being_sent_when_the_worker_died_is_sent_again_and_says_so(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction(), NOON)

    def dies(message: object) -> None:
        raise KeyboardInterrupt

    room.courier._channels = {"desk": dies}  # type: ignore[assignment, dict-item]
    with pytest.raises(KeyboardInterrupt):
        room.teller.tick(after(5))
    assert room.statuses() == {"new": "sending"}
    room.restart()
    room.teller.tick(after(20))
    assert not room.desk.got, "another process may still be at it"
    room.teller.tick(after(80))
    room.teller.tick(after(90))
    (message,) = room.desk.got
    assert message.text.endswith("(Perhaps told before: the last sending was cut off.)")


def test_muted_things_are_not_told(tmp_path: Path) -> None:
    room = Room(tmp_path)
    for what, value in (("rule", "ALL"), ("channel", "desk"), ("contradiction", "on"), ("outlet", "herald"),
                        ("entity", "rostec")):  # fmt: skip
        keep(room.index, Mute(what, value, after(100)), NOON)  # type: ignore[arg-type]
        room.restart()
        room.teller.take(contradiction(f"one {what}", evidence(what, "b")), NOON)
        room.teller.tick(after(50))
        assert not room.desk.got or what == "contradiction"
        keep(room.index, Mute(what, value, NOON), after(1))  # type: ignore[arg-type]
    room.restart()
    room.teller.take(contradiction("last", evidence("last", "b")), NOON)
    room.teller.tick(after(200))
    assert len(room.desk.got) == 1


def test_a_rule_asks_for_a_search_that_was_saved_on_the_board(tmp_path: Path) -> None:
    room = Room(tmp_path, rules({"name": "mine", "channels": ["desk"], "watches": ["Firms abroad"]}))
    room.world = replace(room.world, watches=partial(watches.by_name, room.index))
    room.restart()
    room.teller.take(contradiction("before", evidence("Mail")), NOON)
    watches.save(room.index, "Firms abroad", Search(words="rostec dozen"), NOON)
    room.teller.take(contradiction("after", evidence("Ledger")), after(60))
    room.teller.tick(after(120))
    assert [alert.contradiction_id for message in room.desk.got for alert in message.alerts] == ["after"]


def test_quiet_hours_hold_and_a_digest_collects(tmp_path: Path) -> None:
    quiet = {"name": "q", "channels": ["desk"], "zone": "UTC", "quiet": {"start": "11:00", "end": "13:00"}}
    digest = {"name": "d", "channels": ["desk"], "zone": "UTC", "digest": "hourly"}
    room = Room(tmp_path, rules(quiet, digest), board="http://board.example/")
    for number in range(3):
        room.teller.take(contradiction(f"c{number}", evidence(f"o{number}")), after(60 * number))
    room.teller.tick(after(1800))
    assert not room.desk.got
    room.restart()
    room.teller.tick(NOON + timedelta(hours=1))
    titles = room.desk.titles
    assert len(titles) == 4
    assert titles[0] == "3 contradictions of rule d"
    assert "http://board.example/contradictions" in room.desk.got[0].text
    assert room.desk.got[1].text.endswith("http://board.example/contradictions/c0")


def test_a_flood_is_told_as_a_few_and_the_rest_together(tmp_path: Path) -> None:
    room = Room(tmp_path, rules(at_most=5))
    for number in range(18):
        room.teller.take(contradiction(f"c{number}", evidence(f"o{number}")), after(number * 0.1))
    room.teller.tick(after(10))
    assert room.desk.titles[-1] == "And 14 more contradictions"
    assert len(room.desk.got) == 5
    assert len(room.desk.alerts) == len(set(room.desk.alerts)) == 18
    room.teller.take(contradiction("late", evidence("late")), after(20))
    room.teller.tick(after(60))
    room.restart()
    room.teller.tick(after(1200))
    assert len(room.desk.got) == 5
    room.teller.tick(after(3700))
    assert len(room.desk.got) == 6


def test_what_the_rules_no_longer_name_is_dropped(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.teller.take(contradiction(), NOON)
    room.rules = rules({"name": "other", "channels": ["desk"]})
    room.restart()
    room.teller.tick(after(60))
    assert room.statuses() == {"new": "dropped"}
    assert not room.desk.got
