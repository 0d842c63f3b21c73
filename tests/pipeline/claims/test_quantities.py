from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks.quality.claims import reading


@pytest.fixture(scope="module")
def figures(extractor):
    return lambda text: tuple(reading.figures(extractor, text))


def intervals(found):
    return [(one.low, one.high, one.unit) for one in found]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "counted"),
    [
        ("Acme fired 300 workers in Leeds.", 300, 300, None, "worker"),
        ("Acme fired about 1,000 workers in Leeds.", 900, 1100, None, "worker"),
        ("Acme fired more than twenty-five workers in Leeds.", 25, None, None, "worker"),
        ("Acme fired up to 50 workers in Leeds.", None, 50, None, "worker"),
        ("Acme fired several workers in Leeds.", 3, 9, None, "worker"),
        ("Acme fired hundreds of workers in Leeds.", 200, 1000, None, "worker"),
        ("Acme fired two dozen workers in Leeds.", 24, 24, None, "worker"),
        ("Acme said no workers were fired in Leeds.", 0, 0, None, "worker"),
        ("Acme fired between 10 and 15 workers in Leeds.", 10, 15, None, "worker"),
        ("Acme fired two or three workers in Leeds.", 2, 3, None, "worker"),
        ("Acme fired 300-odd workers in Leeds.", 270, 330, None, "worker"),
        ("Acme fired a thousand-plus workers in Leeds.", 1000, None, None, "worker"),
        ("Acme paid $2.5 billion in taxes in Leeds.", 2.5e9, 2.5e9, "USD", "tax"),
        ("Acme paid £9m in taxes in Leeds.", 9e6, 9e6, "GBP", "tax"),
        ("Acme fired 20% of workers in Leeds.", 20, 20, "percent", "worker"),
        ("Acme fired a fifth of its workers in Leeds.", 20, 20, "percent", "worker"),
        ("Acme fired one in five workers in Leeds.", 20, 20, "percent", "worker"),
        ("Acme fired most workers in Leeds.", 50, 100, "percent", "worker"),
        ("Acme fired just over half of its workers in Leeds.", 50, 55, "percent", "worker"),
        ("Acme fired three-quarters of a million workers in Leeds.", 750_000, 750_000, None, "worker"),
        ("Acme fired not a single worker in Leeds.", 0, 0, None, "worker"),
    ],
)
def test_how_many_and_of_what(figures, text, low, high, unit, counted):
    (quantity,) = figures(text)
    assert (quantity.low, quantity.high, quantity.unit) == (pytest.approx(low), pytest.approx(high), unit)
    assert quantity.counted == counted


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The loaf costs 90p in Leeds.", 0.9, 0.9, "GBP"),
        ("The loaf costs under a fiver in Leeds.", None, 5, "GBP"),
        ("The bank raised its rate by 25bps in March.", 25, 25, "basis_points"),
        ("The bank raised its rate by half a percentage point in March.", 0.5, 0.5, "percentage_points"),
        ("The project will cost 45 million Swedish kronor.", 45e6, 45e6, "SEK"),
        ("The project will cost C$40-45m in the end.", 40e6, 45e6, "CAD"),
        ("The mercury in the town fell to minus 12 degrees Celsius.", -12, -12, "celsius"),
        ("Winds in the town reached 60 miles an hour.", 60, 60, "mph"),
        ("The queue at the border was 300m long.", 300, 300, "m"),
        ("The site in Spain had 300m visitors.", 300e6, 300e6, None),
        ("The plant near the town makes 1.2GW of power.", 1.2, 1.2, "GW"),
        ("The meeting in the town lasted an hour and a half.", 1.5, 1.5, "hour"),
        ("The meeting in the town lasted two hours and 30 minutes.", 2.5, 2.5, "hour"),
        ("The meeting in the town lasted less than a day.", None, 1, "day"),
        ("The earthquake of magnitude 6.2 shook the town.", 6.2, 6.2, "magnitude"),
        ("The spending in the town has more than doubled.", 2, None, None),
        ("The spending in the town is half that of Leeds.", 0.5, 0.5, None),
        ("The spending in the town is 10 times the average.", 10, 10, None),
    ],
)
def test_units(figures, text, low, high, unit):
    (quantity,) = figures(text)
    low, high = (end if end is None else pytest.approx(end) for end in (low, high))
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Profit rose 12 percent to $30 million from $26.8 million.", ["change", "to", "from"]),
        ("Acme cut its staff in Leeds from 1,000 to 40.", ["from", "to"]),
        ("The deficit narrowed to 2.1 from 2.6 percent.", ["to", "from"]),
        ("Pay in the town will go up by £2,212 to £86,584.", ["change", "to"]),
        ("Oil rose $1.35, or 1.6 percent, to $86.20.", ["change", "change", "to"]),
        ("The town has 600 beds, 50 fewer than in 2015.", ["value", "change"]),
        ("Prices in the town have tripled.", ["factor"]),
        ("The minister found €600m down the back of the sofa.", ["value"]),
    ],
)
def test_roles(figures, text, roles):
    assert [one.role for one in figures(text)] == roles


def test_a_unit_said_once_holds_for_both_figures(figures):
    assert intervals(figures("The deficit narrowed to 2.1 from 2.6 percent.")) == [
        (2.1, 2.1, "percent"),
        (2.6, 2.6, "percent"),
    ]
    assert intervals(figures("The ministry asked for 40 million kronor and was granted 12.")) == [
        (40e6, 40e6, "SEK"),
        (12e6, 12e6, "SEK"),
    ]


def test_offsets_are_those_of_the_text(figures):
    text = "Acme fired “about 1,000” workers and paid  £9m."
    assert [text[one.start : one.end] for one in figures(text)] == [one.text for one in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Acme said in 2018 that it was founded on 12 March 1950.",
        "Acme said that Flight 370 was lost at 10:30 p.m. over Leeds.",
        "Acme said that Section 5 of the law was void in Leeds.",
        "Acme said that Jane Roe, 45, was fired in Leeds.",
        "Acme said that the 45-year-old was fired in Leeds.",
        "Acme said there was no doubt about it in Leeds.",
        "Acme said the team from Leeds won 3-1 against the Rovers.",
        "Acme said that COVID-19 and an F-16 of the G20 were there.",
        "Acme said that the Boeing 737 left Gate 11 for Leeds.",
        "Acme said that callers should dial 0800 123 4567 in Leeds.",
        "Acme said that it moved to 10 Downing Street in Leeds.",
        "Acme said that a third man was arrested in the second half.",
        "Acme said that one cannot be sure of the two-speed recovery.",
        "Acme said that the odds are one in a million in Leeds.",
        "Acme said that it was the 21st time in the 1990s in Leeds.",
        "Acme said that the strike in Leeds is from 3 to 5 May.",
    ],
)
def test_what_is_no_figure(figures, text):
    assert figures(text) == ()
