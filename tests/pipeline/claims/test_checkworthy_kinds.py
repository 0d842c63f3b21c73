from __future__ import annotations

import time

import pytest

from pipeline.claims.worth.kinds import kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The council rejected the plan by 9 votes to 4.", "factual"),
        ("The president said that the talks will go on.", "factual"),
        ("According to the ministry, prices will fall next year.", "factual"),
        ("Economists at Nordbank expect two more cuts.", "factual"),
        ("The bill would ban smoking in cars.", "factual"),
        ("The firm may have known of the leak since 2019.", "factual"),
        ("Drivers must carry a licence under the law.", "factual"),
        ("US troops left the base on Friday.", "factual"),
        ("The party Our Future won four seats in May for the first time.", "factual"),
        ("He asked the court: “Why was I not heard?”", "factual"),
        ("The workers were told that the plant will close.", "factual"),
        ("It is a disgrace that the ward was closed.", "opinion"),
        ("We must not let this happen again.", "opinion"),
        ("The government should resign.", "opinion"),
        ("This is the worst idea of a bad year.", "opinion"),
        ("Did the minister know?", "question"),
        ("“Where is the money?”", "question"),
        ("The two sides will meet in Geneva on Tuesday.", "forecast"),
        ("Inflation is expected to reach 4 percent by June.", "forecast"),
        ("The dam could burst within days.", "forecast"),
        ("The decision, which surprised many, will cost the town 300 jobs.", "forecast"),
        ("Wash your hands before you eat.", "advice"),
        ("You should keep the receipt.", "advice"),
        ("Residents are urged to boil their water.", "advice"),
        ("If you see smoke, call 112.", "advice"),
        ("Subscribe to our newsletter.", "boilerplate"),
        ("Der Minister trat am Montag zurück.", "factual"),
        ("", "factual"),
    ],
)
def test_kinds(text: str, wanted: str) -> None:
    assert kind(text) == wanted


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("Officials are worried about how the aircraft might be used.", "forecast"),
        ("She could not vote until 1990.", "forecast"),
        ("The sale was due to close in 2018.", "forecast"),
        ("It is not clear how many people work at the site.", "opinion"),
        ("Report of the inquiry into the fire was published.", "advice"),
        ("Call centres in Leeds lost 400 jobs.", "advice"),
    ],
)
def test_near_misses(text: str, not_this: str) -> None:
    assert kind(text) != not_this


def test_long_and_odd_input_takes_little_time() -> None:
    started = time.process_time()
    for text in ('"' * 60_000, "''a" * 20_000, "if " * 20_000, "the most " * 9_000, "a, " * 20_000, "is not " * 9_000):
        kind(text)
    assert time.process_time() - started < 2
