"""Rules: what they want, when they let be sent, and which line of the file is wrong."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.alerts.forms import Rule
from pipeline.alerts.rules import load_rules
from pipeline.alerts.times import digest_time, quiet_until
from pipeline.alerts.wanting import wants
from pipeline.alerts.wording import contradiction_text
from pipeline.desk.watches import Search
from pipeline.errors import SetupError
from tests.pipeline.alerts.alert_builders import contradiction

ROOT = Path(__file__).parents[3]
BERLIN = ZoneInfo("Europe/Berlin")


def rule(**fields: object) -> Rule:
    return Rule.model_validate({"name": "r", "channels": ["c"], **fields})


@pytest.mark.parametrize(
    ("conditions", "wanted"),
    [
        ({}, True),
        ({"words": ["ROSTEC"], "outlets": ["herald"]}, True),
        ({"words": ["Boeing"]}, False),
        ({"words": ["Boeing", "dozen"]}, True),
        ({"minimum_score": 0.95}, False),
        ({"kinds": ["opposite"]}, False),
        ({"kinds": ["opposite", "denial"]}, True),
        ({"minimum_sources": 2}, True),
        ({"minimum_sources": 3}, False),
        ({"entities": ["rostec"]}, True),
        ({"entities": ["Venezuela"]}, False),
        ({"outlets": ["Mail"]}, False),
        ({"watches": ["firms"]}, True),
        ({"watches": ["gone"]}, False),
        ({"watches": ["other"]}, False),
    ],
)
def test_rules_ask_for_every_condition(conditions: dict[str, object], wanted: bool) -> None:
    saved = {
        "firms": Search(words='rostec "few dozen"', outlet="Ledger"),
        "other": Search(words="rostec", source="Nobody"),
    }
    assert wants(rule(**conditions), contradiction(), saved) is wanted


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2019-06-04T23:30", "2019-06-05T06:30"),
        ("2019-06-04T05:00", "2019-06-04T06:30"),
        ("2019-06-04T22:00", "2019-06-05T06:30"),
        ("2019-06-04T06:30", None),
        ("2019-06-04T12:00", None),
        ("2019-10-26T23:30", "2019-10-27T06:30"),  # the night on which clocks go back
        ("2019-03-30T23:30", "2019-03-31T06:30"),
    ],
)
def test_quiet_hours_end_by_the_clock_of_their_zone(now: str, end: str | None) -> None:
    quiet = rule(zone="Europe/Berlin", quiet={"start": "22:00", "end": "06:30"})
    until = quiet_until(quiet, at(now).astimezone(ZoneInfo("UTC")))
    assert until == (at(end) if end else None)
    assert quiet_until(rule(quiet={"start": "07:00", "end": "07:00"}), at(now)) is None


def test_digests_have_their_hours() -> None:
    now = at("2019-06-04T07:20").astimezone(ZoneInfo("UTC"))
    assert digest_time(rule(), now) is None
    assert digest_time(rule(digest="hourly", zone="Europe/Berlin"), now) == at("2019-06-04T08:00")
    assert digest_time(rule(digest="daily", zone="Europe/Berlin"), now) == at("2019-06-05T07:00")
    assert digest_time(rule(digest="daily", digest_at="18:15", zone="Europe/Berlin"), now) == at("2019-06-04T18:15")


def test_the_text_says_who_against_whom_with_both_quotes_and_links() -> None:
    first, *rest = contradiction_text(contradiction()).splitlines()
    assert first == "DENIED: Ledger against Rostec (Herald)"
    for words in ("a few dozen", "exaggerated tens of times", "http://Ledger.example/a", "http://Rostec.example/a"):
        assert any(words in line for line in rest)


def test_characters_that_move_a_cursor_are_no_part_of_the_text() -> None:
    told = contradiction_text(contradiction(reasons=("a\x1b[2Jb\u202ec\nd",)))
    assert told.splitlines()[-1] == "Why: a [2Jb c d"


def test_the_shipped_rules_are_right_and_so_are_their_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = ROOT / "config" / "alerts.toml"
    assert load_rules(shipped).rule[0].name == "every-contradiction"
    monkeypatch.setenv("DESK_SECRET", "hush")
    whole = tmp_path / "alerts.toml"
    lines = shipped.read_text().splitlines()
    opened = [line[2:] if line.startswith("# ") and ("=" in line or line.startswith("# [")) else line for line in lines]
    whole.write_text("\n".join(opened))
    rules = load_rules(whole)
    assert {"desk", "phone"} <= rules.channel.keys()
    assert rules.rule[0].digest == "daily"
    assert "hush" not in repr(rules)


GOOD = '[channel.c]\ntype = "terminal"\n[[rule]]\nname = "r"\nchannels = ["c"]\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]", "line 1"),
        (GOOD.replace('["c"]', '["gone"]'), "line 5: rule 'r' names channel 'gone', which no [channel.gone] describes"),
        (GOOD + "minimum_score = 7\n", "line 6: rule 1 ('r'), minimum_score: it must be at most 1, not 7"),
        (GOOD + GOOD.partition("[[rule]]")[1] + '\nname = "r"\nchannels = ["c"]\n', "line 7: two rules have one name"),
        (
            GOOD + '[[feed_rule]]\nname = "f"\nchannels = ["c"]\nstates = ["sleepy"]\n',
            "line 9: feed rule 1 ('f'), states",
        ),
        (GOOD + "[[pipeline_rule]]\nname = 'p'\nchannels = ['c']\nlag = 0\n", "line 9: pipeline rule 1 ('p'), lag"),
        (
            GOOD + 'zone = "Atlantis/Main"\n',
            "line 6: rule 1 ('r'), zone: 'Atlantis/Main' is no time zone; write",
        ),
        (GOOD + 'quiet = { start = "22", end = "06:30" }\n', "line 6: rule 1 ('r'), quiet"),
        ('[channel.c]\ntype = "pigeon"\n', "line 1: [channel.c]: 'pigeon' is unknown"),
        ('[channel.c]\ntype = "webhook"\n# a note\nurl = "x"\n', "line 4: [channel.c], url: it must be an address"),
        (
            '[channel.c]\ntype = "webhook"\nurl = "https://a/"\nsecret = "${NOT_THERE_AT_ALL}"\n',
            "line 4: [channel.c], secret: the environment has no variable NOT_THERE_AT_ALL",
        ),
        (GOOD + "kind = ['denial']\n", "line 6: rule 1 ('r'), kind: there is no such setting; did you mean kinds"),
    ],
)
def test_a_wrong_line_is_named(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "alerts.toml"
    file.write_text(text)
    with pytest.raises(SetupError) as caught:
        load_rules(file)
    assert words in str(caught.value)
