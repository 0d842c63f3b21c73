from __future__ import annotations

import re
import sys
import time
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.claims.timing.calendar_spans import amount, containing, shifted
from pipeline.claims.timing.event_time import event_time
from pipeline.claims.timing.patterns import PATTERNS
from pipeline.claims.timing.tense import tense
from pipeline.claims.timing.times import times

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from benchmarks.quality.claims.times import score  # noqa: E402
from benchmarks.quality.claims.words import rates  # noqa: E402

WEDNESDAY = datetime(2026, 3, 18, 12, tzinfo=UTC)
FLOORS = tomllib.loads((ROOT / "benchmarks" / "quality" / "floors.toml").read_text(encoding="utf-8"))["claims"]["times"]


def alone(text: str, published: datetime = WEDNESDAY) -> str:
    return score.reworded(text, [(one.start, one.end, one.wording) for one in times(text, published)])


@pytest.mark.parametrize("part", ["dev", "test"])
def test_times_stay_above_their_floors(part) -> None:
    tally = score.measure(score.sentences_of(part))
    reached = {
        "right": rates(tally.right, tally.found, tally.labelled)[2],
        "reworded": tally.reworded / tally.sentences,
    }
    assert all(reached[name] >= floor for name, floor in FLOORS.items()), reached


def test_labels_stand_where_they_say() -> None:
    for row in score.sentences_of(None):
        assert all(row.text[one.start : one.end] == one.text and one.first <= one.last for one in row.times), row.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The summit begins Monday and ends Wednesday.", "on 23 March 2026 and ends on 25 March 2026."),
        ("Ministers agreed to act before Friday's deadline.", "before the 20 March 2026 deadline."),
        ("Turnout was higher than last year's.", "higher than that of 2025."),
        ("At 10 a.m. Monday the siren went off.", "At 10 a.m. on 16 March 2026 the siren went off."),
        ("He won in 2014, 2016 and 2018.", "He won in 2014, 2016 and 2018."),
        ("The trial was postponed to April.", "postponed to April 2026."),
        ("It was killed in the last 24 hours.", "in the 24 hours to 18 March 2026."),
        ("The Sept. 11 attacks changed the city.", "The Sept. 11 attacks changed the city."),
        ("On the first Monday of every month sirens sound.", "On the first Monday of every month sirens sound."),
        ("In the second half, United scored twice.", "In the second half, United scored twice."),
    ],
)
def test_a_sentence_reads_alone(text, expected) -> None:
    assert alone(text).endswith(expected)


def test_a_stretch_is_where_it_says() -> None:
    text = "On Monday the court, which met last week, freed him."
    assert [text[one.start : one.end] for one in times(text, WEDNESDAY)] == ["Monday", "last week"]


def test_the_turn_of_the_year() -> None:
    (found,) = times("Prices fell in December.", datetime(2026, 1, 5, tzinfo=UTC))
    assert (found.first, found.last) == (date(2025, 12, 1), date(2025, 12, 31))


def test_a_leap_day_without_its_year() -> None:
    (found,) = times("He was born on 29 February.", datetime(2025, 1, 5, tzinfo=UTC))
    assert found.first == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["He died on 31 June 2019.", "In 9999 years ago", "2019-13-40", "999 centuries ago it was"]
)
def test_impossible_dates_raise_nothing(text) -> None:
    assert all(one.first <= one.last for one in times(text, WEDNESDAY))


def test_tense_of_the_nearest_verb() -> None:
    text = "The minister said on Friday that talks will resume on Monday."
    assert tense(text, text.index("Friday"), text.index("Friday") + 6) == "past"
    assert tense(text, text.index("Monday"), text.index("Monday") + 6) == "future"


def test_calendar() -> None:
    assert shifted(date(2024, 3, 31), "month", -1) == date(2024, 2, 29)
    assert shifted(date(2026, 3, 18), "century", -50) == date.min
    assert containing(date(2026, 5, 18), "half") == (date(2026, 1, 1), date(2026, 6, 30))
    assert amount("twenty-two and a half") == (22.5, 22.5)


@pytest.mark.parametrize("piece", ["Monday ", "the last ", "May 2 to ", "in a ", "1", "2019, ", "will be Monday "])
def test_time_grows_with_the_length_only(piece) -> None:
    def spent(text: str) -> float:
        start = time.process_time()
        times(text, WEDNESDAY)
        return time.process_time() - start

    assert spent(piece * 4000) < 16 * spent(piece * 1000) + 0.1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Prices fell in February.", ("2026-02-01", "2026-02-28")),
        ("Exports fell 3 percent in 2025 from a year earlier.", ("2025-01-01", "2025-12-31")),
        ("Output was higher than last year.", (None, None)),
        ("The mine has been shut since Monday.", ("2026-03-16", "2026-03-18")),
        ("The bridge will stay shut until Friday.", (None, "2026-03-20")),
        ("The tax applies from April.", ("2026-04-01", None)),
        ("He was governor from 1998 to 2003.", ("1998-01-01", "2003-12-31")),
        ("Schools were shut on Monday and Tuesday.", ("2026-03-16", "2026-03-17")),
        ("The 2024 budget was passed last month.", ("2026-02-01", "2026-02-28")),
        ("The mine is safe.", (None, None)),
    ],
)
def test_the_days_of_an_event(text, days) -> None:
    found = event_time(text, [(0, len(text))], WEDNESDAY)
    assert tuple(day and day.isoformat() for day in found) == days


def test_the_time_of_the_saying_is_not_that_of_the_event() -> None:
    text = "The ministry said on Monday that exports fell in January."
    said = text.index("exports")
    assert event_time(text, [(said, len(text))], WEDNESDAY) == (date(2026, 1, 1), date(2026, 1, 31))


@pytest.mark.parametrize("kind", PATTERNS)
def test_whatever_is_found_can_be_read(kind) -> None:
    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(PATTERNS[kind], re.ASCII)))
    def read(words: str) -> None:
        text = f"Sales fell {words} at Acme, which sold 300 boats."
        assert all(text[one.start : one.end] for one in times(text, WEDNESDAY))

    read()


@pytest.mark.parametrize("words", ["couple", "a couple", "couple of", "A few", "Twenty-one", "14", "two and a half"])
def test_numbers_before_a_unit_are_read(words) -> None:
    low, high = amount(words)
    assert 0 < low <= high


def test_the_past_couple_years_end_with_the_publication() -> None:
    (time_,) = times("Sales fell in the past couple years at Acme.", WEDNESDAY)
    assert time_.last == WEDNESDAY.date()
