"""Feeds and pipeline in trouble: told when it begins, and when it is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec

from pipeline.alerts.forms import Rules
from pipeline.alerts.stage import World
from pipeline.alerts.troubles import Pipeline
from pipeline.feed_health import FeedHealth, judged
from schemas.cursor import Cursor
from tests.pipeline.alerts.alert_builders import NOON, WELL, Room, after

RULES = Rules.model_validate(
    {
        "channel": {"desk": {"type": "board"}},
        "rule": [],
        "feed_rule": [{"name": "feeds", "channels": ["desk"], "states": ["failing"], "feeds": ["daily"]}],
        "pipeline_rule": [{"name": "pipe", "channels": ["desk"], "lag": 100, "silent_minutes": 60}],
    }
)


def feed(url: str, failures: int) -> FeedHealth:
    cursor = Cursor(
        feed_url=url, title=url, outlet="o", polled_at=NOON, succeeded_at=NOON - timedelta(days=2), failures=failures,
        state="HTTP 500" if failures else "ok", next_poll_at=NOON + timedelta(days=1),
    )  # fmt: skip
    (found,) = judged([cursor], NOON)
    return found


class Bad:
    """A world whose feeds and pipeline can be made to fail."""

    def __init__(self) -> None:
        self.feeds: list[FeedHealth] = []
        self.pipeline = WELL

    def world(self) -> World:
        return World(lambda: {}, lambda now: self.feeds, lambda now: self.pipeline)


def room(folder: Path, bad: Bad) -> Room:
    made = Room(folder, RULES)
    made.world = bad.world()
    made.restart()
    return made


def run(made: Room, start: float, minutes: int) -> None:
    for minute in range(minutes):
        made.teller.tick(after(start + 60 * minute))


def test_a_feed_in_trouble_is_told_once_and_again_when_it_is_well(tmp_path: Path) -> None:
    bad = Bad()
    made = room(tmp_path, bad)
    assert feed("http://daily.example/rss", 9).state == "failing"
    bad.feeds = [feed("http://daily.example/rss", 9), feed("http://weekly.example/rss", 9)]
    run(made, 0, 3)
    made.restart()
    run(made, 600, 30)
    assert made.desk.titles == ["TROUBLE: feed http://daily.example/rss"]
    bad.feeds = [feed("http://daily.example/rss", 0)]
    run(made, 3600, 10)
    made.restart()
    run(made, 4800, 10)
    assert made.desk.titles[1:] == ["WELL AGAIN: feed http://daily.example/rss"]
    bad.feeds = [feed("http://daily.example/rss", 9)]
    run(made, 7200, 10)
    assert len(made.desk.titles) == 3


def test_what_is_over_at_once_is_not_told_but_the_next_time_is(tmp_path: Path) -> None:
    bad = Bad()
    made = room(tmp_path, bad)
    for start in (0, 600, 1200):
        bad.feeds = [feed("http://daily.example/rss", 9)]
        run(made, start, 1)
        bad.feeds = []
        run(made, start + 60, 8)
    assert not made.desk.got
    bad.feeds = [feed("http://daily.example/rss", 9)]
    run(made, 3600, 10)
    assert len(made.desk.got) == 1


def test_a_pipeline_that_does_not_keep_up_is_told(tmp_path: Path) -> None:
    bad = Bad()
    made = room(tmp_path, bad)
    bad.pipeline = Pipeline(
        lag={"analyse": 5_000, "deliver": 3}, rejected=21, newest=NOON - timedelta(hours=3), parked=2
    )
    run(made, 0, 10)
    assert sorted(made.desk.titles) == [
        "TROUBLE: alerts could not be delivered for a day",
        "TROUBLE: many messages are rejected",
        "TROUBLE: no article comes in",
        "TROUBLE: workers of analyse do not keep up",
    ]
    bad.pipeline = Pipeline(lag={}, rejected=0, newest=after(1200), parked=0)
    run(made, 1200, 10)
    assert len(made.desk.got) == 8


def test_alerts_of_an_earlier_form_are_read(tmp_path: Path) -> None:
    """Those written before alerts had a status count as told."""
    from pipeline.index.kept import alert_of

    alert = alert_of({"alert_id": "a", "contradiction_id": "c", "rule": "r", "channel": "c", "text": "t"})
    assert msgspec.structs.asdict(alert)["status"] == "told"
