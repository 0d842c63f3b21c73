"""The fold of verdicts: what is true after a set of verdicts depends on the set alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clusters.fold import fold
from pipeline.clusters.state import State
from schemas import ids
from schemas.claim import Claim, Source
from schemas.pair import Retraction
from schemas.verdict import Verdict

MORNING = datetime(2019, 6, 3, 6, tzinfo=UTC)


def claim(
    n: int, *, outlet: str | None = None, stance: str = "asserts", revision: int = 1, credit: str | None = None
) -> Claim:
    text = f"Claim number {n}."
    return Claim(
        claim_id=f"c{n:03}", article_id=f"a{n:03}", revision=revision, url=f"http://news.example/{n}",
        outlet=outlet or f"Outlet {n}", title=f"Title {n}", published_at=MORNING + timedelta(hours=n), text=text,
        start=0, end=len(text), sentence=text, sentence_start=0, content=text, standalone=text,
        source=Source(name=f"Speaker {n}", kind="person"), stance=stance, credit=credit,  # type: ignore[arg-type]
    )  # fmt: skip


def verdict(a: Claim, b: Claim, name: str, *, kind: str | None = None, denier: str | None = None, score: float = 0.9,
            near_copy: bool = False) -> Verdict:  # fmt: skip
    a, b = sorted((a, b), key=lambda c: (c.published_at, c.claim_id))
    return Verdict(
        pair_id=ids.pair_id(a.claim_id, b.claim_id), a=a, b=b, verdict=name, score=score, reasons=("because",),  # type: ignore[arg-type]
        kind=kind, denier=denier, near_copy=near_copy,  # type: ignore[arg-type]
    )  # fmt: skip


def fold_all(items: list[Verdict | Retraction]) -> State:
    state = State()
    for time, item in enumerate(items):
        fold(state, item, time)
    return state


def told(state: State) -> tuple[dict[str, object], dict[str, object]]:
    """What is true now, without how it came about."""
    clusters = {k: msgspec.structs.replace(c, version=0) for k, c in state.clusters.items()}
    contradictions = {k: msgspec.structs.replace(c, version=0, supersedes=()) for k, c in state.contradictions.items()}
    return clusters, contradictions


def venezuela() -> list[Verdict]:
    """A newspaper's report, a president who says the same, and two denials, one of them of the figures."""
    paper, president, firm, envoy = (claim(n) for n in range(4))
    return [
        verdict(paper, president, "same"),
        verdict(paper, firm, "contradiction", kind="denial", denier="b", score=0.95),
        verdict(president, firm, "contradiction", kind="quantity", denier="b", score=0.8),
        verdict(president, envoy, "contradiction", kind="denial", denier="b"),
    ]


def test_one_report_with_two_denials_is_one_contradiction() -> None:
    state = fold_all(venezuela())
    (cluster,) = state.clusters.values()
    (contradiction,) = state.contradictions.values()
    assert cluster.claims == ("c000", "c001")
    assert cluster.asserters == ("Speaker 0", "Speaker 1")
    assert cluster.deniers == ("Speaker 2", "Speaker 3")
    assert contradiction.kinds == ("denial", "quantity")
    assert (contradiction.a.claim_id, contradiction.b.claim_id) == ("c000", "c002")
    assert {item.b.cluster_id for item in contradiction.evidence} == {cluster.cluster_id}
    assert contradiction.first_seen == MORNING + timedelta(hours=2)


def test_a_verdict_folded_again_says_nothing() -> None:
    state = fold_all(venezuela())
    assert [fold(state, item, 100) for item in venezuela()] == [[], [], [], []]


def test_chains_do_not_make_one_cluster() -> None:
    claims = [claim(n) for n in range(6)]
    state = fold_all([verdict(a, b, "same") for a, b in pairwise(claims)])
    assert max(len(cluster.claims) for cluster in state.clusters.values()) <= 3


def test_copies_of_one_text_and_feeds_of_one_outlet_count_once() -> None:
    a, b, c = claim(0, outlet="Herald"), claim(1, outlet="Gazette"), claim(2, outlet="Herald")
    state = fold_all([verdict(a, b, "same", near_copy=True), verdict(a, c, "same"), verdict(b, c, "same")])
    (cluster,) = state.clusters.values()
    assert (cluster.outlets, cluster.independent_sources) == (("Herald", "Gazette"), 1)
    credited = claim(3, outlet="Post", credit="Meridian Wire")
    wire = claim(4, outlet="Meridian Wire")
    (cluster,) = fold_all([verdict(credited, wire, "same")]).clusters.values()
    assert cluster.independent_sources == 1


def test_a_correction_resolves_the_contradiction_that_it_mends() -> None:
    wrong, other = claim(0), claim(1)
    state = fold_all([verdict(wrong, other, "contradiction", kind="quantity")])
    (before,) = state.contradictions.values()
    changes = fold(state, Retraction(article_id=wrong.article_id, revision=2, claims=("new",)), 9)
    assert state.contradictions == {}
    assert [(c.contradiction_id, c.status) for c in changes if hasattr(c, "contradiction_id")] == [
        (before.contradiction_id, "resolved")
    ]
    assert fold(state, verdict(wrong, other, "contradiction", kind="quantity"), 10) == []


def test_a_contradiction_that_gets_another_id_says_which_it_replaces() -> None:
    late, early, denial = claim(5), claim(1), claim(8)
    state = fold_all([verdict(late, denial, "contradiction", kind="denial", denier="b")])
    (before,) = state.contradictions
    changes = fold(state, verdict(early, late, "same"), 9)
    (now,) = state.contradictions.values()
    assert now.contradiction_id != before
    assert now.supersedes == (before,)
    assert {getattr(c, "superseded_by", None) for c in changes} >= {now.contradiction_id}


@st.composite
def histories(draw: st.DrawFn) -> list[Verdict | Retraction]:
    claims = [claim(n, outlet=f"Outlet {n % 4}") for n in range(draw(st.integers(2, 9)))]
    items: list[Verdict | Retraction] = []
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            name = draw(st.sampled_from(["same", "suggested", "contradiction", "denial", "nothing", "nothing"]))
            score = draw(st.sampled_from([0.7, 0.8, 0.9]))
            if name == "denial":
                denier = draw(st.sampled_from("ab"))
                items.append(verdict(a, b, "contradiction", kind="denial", denier=denier, score=score))
            elif name != "nothing":
                kind = "quantity" if name == "contradiction" else None
                items.append(verdict(a, b, name, kind=kind, score=score, near_copy=draw(st.booleans())))
    for n in draw(st.sets(st.integers(0, len(claims) - 1), max_size=2)):
        items.append(Retraction(article_id=f"a{n:03}", revision=2))
    return items


@settings(max_examples=150, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_verdicts_does_not_matter(items: list[Verdict | Retraction], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(fold_all(items)) == told(fold_all(shuffled))


@settings(max_examples=50, deadline=None)
@given(histories())
def test_what_readers_hold_is_what_is_true(items: list[Verdict | Retraction]) -> None:
    """Whoever keeps the highest version of each message ends with exactly the open clusters and contradictions."""
    state, kept, ticks = State(), {}, count()
    for item in items:
        for change in fold(state, item, next(ticks)):
            id_ = getattr(change, "cluster_id", None) or change.contradiction_id  # type: ignore[union-attr]
            assert id_ not in kept or change.version > kept[id_].version
            kept[id_] = change
    assert {k for k, change in kept.items() if change.status == "open"} == {*state.clusters, *state.contradictions}
