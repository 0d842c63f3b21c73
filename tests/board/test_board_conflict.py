"""The words that conflict, marked; what stands around a quote; figures on an axis."""

from __future__ import annotations

import pytest

from board.conflict import conflicting, marked_quote
from board.context import around
from board.history import history
from board.plots import figures, spread
from pipeline.index.documents import claim_body  # the claims of the sample, as the index gives them back
from schemas.claim import ArticleClaims, Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction, Side
from tests.board import stories
from tests.board.builders import side

MESSAGES = [*stories.venezuela(), *stories.others()]
CLAIMS: dict[str, Claim] = {
    claim.claim_id: claim for message in MESSAGES if isinstance(message, ArticleClaims) for claim in message.claims
}


def words(kind: str, quote: str, *reasons: str, denies: bool = False, claim: Claim | None = None) -> list[str]:
    told = Side(**{**_plain(stories.ROSTEC), "quote": quote, "sentence": quote})
    return [quote[a:b] for a, b in conflicting(kind, reasons, told, claim, denies=denies)]


def _plain(told: stories.Told) -> dict[str, object]:
    one = side(told, "c")
    return {name: getattr(one, name) for name in one.__struct_fields__}


@pytest.mark.parametrize(
    ("kind", "denies", "quote", "reasons", "found"),
    [
        ("denial", True, "Rostec denied it: no talks had taken place", (), ["denied", "no"]),
        ("denial", False, "Rostec denied it: no talks had taken place", (), []),
        ("negation", False, "The port wasn't closed", (), ["wasn't"]),
        ("opposite", False, "Prices rose", ("'rose' against 'fell'",), ["rose"]),
        ("opposite", False, "Prices fell", ("'rose' against 'fell'",), ["fell"]),
        ("other", False, "Nothing here", ("'Nothing here is quoted at great length so that…' against 'x y'",), []),
        ("denial", True, "It stayed the same, Rostec says", ("'stayed the same' against 'fell'",), ["stayed the same"]),
        ("negation", False, "", (), []),
    ],
)  # fmt: skip
def test_the_words_of_the_conflict(
    kind: str, denies: bool, quote: str, reasons: tuple[str, ...], found: list[str]
) -> None:
    assert words(kind, quote, *reasons, denies=denies) == found


def test_figures_are_marked_where_they_disagree() -> None:
    claim = CLAIMS[stories.JOURNAL.claim_id]
    told = side(stories.JOURNAL, "c")
    spans = conflicting("quantity", (), told, claim, denies=False)
    assert [told.quote[a:b] for a, b in spans] == [quantity.text for quantity in claim.quantities]
    assert claim_body(claim, 1)["claim_id"] == claim.claim_id


def test_marking_escapes_and_keeps_every_word() -> None:
    told = Side(
        **{**_plain(stories.ROSTEC), "quote": "<b>no</b> cuts", "sentence": "He: <b>no</b> cuts.", "quote_start": 4}
    )
    shown = str(marked_quote(told, ((3, 5),)))
    assert shown == "He: <mark>&lt;b&gt;<strong>no</strong>&lt;/b&gt; cuts</mark>."
    elsewhere = Side(**{**_plain(stories.ROSTEC), "quote": "other", "sentence": "He: cuts.", "quote_start": -1})
    assert str(marked_quote(elsewhere, ())) == "<mark>other</mark>"


def test_what_stands_around_a_sentence() -> None:
    text = "One day it rained. Then came Mr. Fox. He said no. Nobody laughed! The end.\n\nAnother paragraph."
    found = around(text, "He said no.")
    assert found is not None
    assert (found.before, found.behind) == ("Fox.", "Nobody laughed!")
    last = around(text, "The end.")
    assert last is not None
    assert (last.before, last.behind) == ("Nobody laughed!", "Another paragraph.")
    assert around(text, "Not there.") is None


def test_figures_stand_on_one_axis() -> None:
    told = [m for m in MESSAGES if isinstance(m, Contradiction)]
    plots = [plot for each in told if (plot := figures(each, CLAIMS))]
    for plot in plots:
        assert len(plot.ranges) >= 2
        assert {row.second for row in plot.ranges} == {False, True}
        assert all(190 <= row.x <= row.end <= 720 for row in plot.ranges)


def test_a_claim_that_spread_is_drawn_by_outlet() -> None:
    clusters = [m for m in MESSAGES if isinstance(m, Cluster) and len({x.outlet for x in m.members}) > 1]
    assert clusters
    for cluster in clusters:
        plot = spread(cluster)
        assert plot is not None
        assert sum(len(lane.dots) for lane in plot.lanes) == len(cluster.members)
        assert plot.lanes[0].first
        assert min(dot.x for lane in plot.lanes for dot in lane.dots) == plot.lanes[0].dots[0].x


def test_the_history_begins_with_the_first_two() -> None:
    told = next(m for m in MESSAGES if isinstance(m, Contradiction) and len(m.evidence) > 1)
    events = history(told)
    assert events[0].words.startswith("came about between")
    assert [event.at for event in events] == sorted(event.at for event in events)
