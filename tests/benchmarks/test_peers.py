"""The pipeline that crossclaim is measured against finds what it should, with its real models."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.peers.newsroom import as_contradiction, told
from benchmarks.peers.peer import Finding, Peer, Sentence, entries
from benchmarks.quality.newsroom import score
from connectors.archive import article_of
from newsroom import load_expected

CLOSED = (
    "The port of Odesa was closed on Monday after the storm, the mayor said. Read more here. "
    "Ships waited outside the harbour for many hours that day."
)
PRIZE = "A bakery in Lyon won a national prize for its bread."
OPEN = f"The mayor said that the port of Odesa was not closed on Monday. {PRIZE}"
BAKERY = f"{PRIZE} The baker thanked all of her regular customers for it."

FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Port</title><link>http://a.example/port</link></item>
<item><title>Nothing</title><link>http://a.example/empty</link></item></channel></rss>"""
PAGE = "<html><body><nav>Home</nav><article><h1>Port</h1><p>{}</p><p>{}</p></article></body></html>"


def pairs_of(findings: list[Finding], verdict: str) -> list[tuple[str, str]]:
    return [(one.a.url, one.b.url) for one in findings if one.verdict == verdict]


@pytest.fixture(scope="module")
def models() -> Peer:
    return Peer()


@pytest.fixture
def peer(models: Peer) -> Peer:
    models.forget()
    return models


def test_a_contradiction_of_two_articles_is_told(peer: Peer) -> None:
    assert peer.take("closed", CLOSED) == []
    assert pairs_of(peer.take("bakery", BAKERY), "contradiction") == []
    found = peer.take("open", OPEN)
    assert pairs_of(found, "contradiction") == [("open", "closed")]
    assert pairs_of(found, "same") == [("open", "bakery")]
    (conflict,) = (one for one in found if one.verdict == "contradiction")
    assert "not closed" in conflict.a.text
    assert "Odesa" in conflict.a.names
    assert conflict.chance > 0.5
    assert peer.pairs == 1, "equal texts are not read"


def test_an_article_is_not_held_against_itself(peer: Peer) -> None:
    assert peer.take("one", f"{CLOSED} {OPEN}") == []
    assert peer.take("one", f"{OPEN} {CLOSED}") == []
    assert pairs_of(peer.take("two", OPEN), "contradiction") == [("two", "one")]


def test_short_sentences_are_left_out(peer: Peer) -> None:
    assert [one.text.split()[0] for one in peer.sentences("closed", CLOSED)] == ["The", "Ships"]


def test_batches_change_no_vector(peer: Peer) -> None:
    texts = [*peer.sentences("closed", CLOSED), *peer.sentences("open", OPEN)] * 12
    together = peer.embed(texts)
    alone = [peer.embed([one])[0] for one in texts[:4]]
    assert together.shape == (48, 384)
    assert [float(together[44 + number] @ one) for number, one in enumerate(alone)] == pytest.approx([1] * 4, abs=1e-4)


def test_entries_of_a_feed_become_texts() -> None:
    pages = {"http://a.example/port": PAGE.format(CLOSED, OPEN), "http://a.example/empty": "<html></html>"}
    found = list(entries(FEED, pages.__getitem__))
    assert [address for address, _ in found] == ["http://a.example/port"]
    assert "closed on Monday" in found[0][1]
    assert "Home" not in found[0][1]


def test_findings_are_scored_like_contradictions() -> None:
    expected = load_expected()
    wanted = next(one for one in expected.contradictions if one.id == "vantor-talks")
    passages = (wanted.a[0], wanted.b[0])
    sides = [Sentence(f"http://{at.article.replace('/', '.localhost/')}", at.quote, ()) for at in passages]
    right = as_contradiction(Finding(sides[1], sides[0], "contradiction", 0.9), 0)
    wrong = as_contradiction(Finding(sides[0], sides[0]._replace(text="A bakery won."), "contradiction", 0.9), 1)
    result = score([right, wrong], expected)
    assert result.found == ("vantor-talks",)
    assert (result.hits, result.false) == ((right,), (wrong,))


def test_what_was_told_of_a_corrected_text_is_taken_back(peer: Peer) -> None:
    lines = [("closed", CLOSED), ("open", OPEN), ("closed", BAKERY)]
    articles = [
        article_of({"url": f"http://{name}.example/1", "text": text}, datetime(2026, 1, 1, tzinfo=UTC))
        for name, text in lines
    ]
    assert len(told(peer, articles[:2])) == 1
    peer.forget()
    assert told(peer, articles) == []
