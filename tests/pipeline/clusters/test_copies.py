"""Copies of one text point to where it comes from, whatever came first, and never count as agreement."""

from __future__ import annotations

from itertools import combinations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clusters.fold import fold
from pipeline.clusters.state import State
from schemas.claim import Claim
from schemas.cluster import Cluster, Origin
from schemas.pair import Retraction
from schemas.verdict import Verdict
from tests.pipeline.clusters.test_fold import claim, fold_all, verdict


def same(*claims: Claim, near_copy: bool = True) -> list[Verdict | Retraction]:
    return [verdict(a, b, "same", near_copy=near_copy) for a, b in combinations(claims, 2)]


def owned(n: int, outlet: str, owner: str | None) -> Claim:
    return msgspec.structs.replace(claim(n, outlet=outlet), owner=owner)


def only(state: State) -> Cluster:
    (cluster,) = state.clusters.values()
    return cluster


def pointed(cluster: Cluster) -> dict[str, Origin | None]:
    return {member.outlet: member.copy_of for member in cluster.members}


def test_a_copy_points_to_the_text_published_first() -> None:
    first, second, third = (claim(n, outlet=name) for n, name in enumerate(("Herald", "Gazette", "Post")))
    cluster = only(fold_all(same(third, second, first)))
    herald = Origin(outlet="Herald", article_id=first.article_id, url=first.url)
    assert pointed(cluster) == {"Herald": None, "Gazette": herald, "Post": herald}
    assert cluster.independent_sources == 1


def test_a_credited_text_points_to_the_agency_s_own_article_where_there_is_one() -> None:
    copy, wire = claim(0, outlet="Herald", credit="Meridian Wire"), claim(1, outlet="Meridian Wire")
    cluster = only(fold_all(same(copy, wire, near_copy=False)))
    own = Origin(outlet="Meridian Wire", article_id=wire.article_id, url=wire.url)
    assert pointed(cluster) == {"Herald": own, "Meridian Wire": None}
    assert cluster.independent_sources == 1


def test_a_credited_text_points_to_the_agency_s_name_where_its_article_is_not_known() -> None:
    unsaid, credited = claim(0, outlet="Herald"), claim(1, outlet="Gazette", credit="Reuters")
    other = claim(2, outlet="Post")
    cluster = only(
        fold_all([*same(unsaid, credited), *same(unsaid, other, near_copy=False), verdict(credited, other, "same")])
    )
    assert pointed(cluster) == {"Herald": Origin(outlet="Reuters"), "Gazette": Origin(outlet="Reuters"), "Post": None}
    assert cluster.independent_sources == 2


def test_reports_in_other_words_are_no_copies() -> None:
    cluster = only(fold_all(same(claim(0), claim(1), near_copy=False)))
    assert set(pointed(cluster).values()) == {None}
    assert cluster.independent_sources == 2


def test_sister_outlets_are_one_independent_source() -> None:
    claims = [
        owned(0, "Herald", "Group A"),
        owned(1, "Gazette", "group a"),
        owned(2, "Post", None),
        owned(3, "Mail", "B"),
    ]
    assert only(fold_all(same(*claims, near_copy=False))).independent_sources == 3


def test_a_copy_that_comes_late_changes_where_others_point() -> None:
    early, late = claim(0, outlet="Herald"), claim(1, outlet="Gazette")
    later = claim(2, outlet="Post")
    state = fold_all(same(late, later))
    assert pointed(only(state))["Post"] == Origin(outlet="Gazette", article_id=late.article_id, url=late.url)
    changes = [change for item in same(early, late) + same(early, later) for change in fold(state, item, 9)]
    assert changes
    assert {origin.outlet for origin in pointed(only(state)).values() if origin} == {"Herald"}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_where_copies_point_does_not_depend_on_order(data: st.DataObject) -> None:
    credits = st.sampled_from([None, None, "Reuters", "Outlet 2"])
    claims = [claim(n, outlet=f"Outlet {n % 4}", credit=data.draw(credits)) for n in range(6)]
    items: list[Verdict | Retraction] = [
        verdict(a, b, "same", near_copy=data.draw(st.booleans())) for a, b in combinations(claims, 2)
    ]
    shuffled = data.draw(st.permutations(items))
    one, other = fold_all(items), fold_all(shuffled)
    assert [pointed(c) for c in one.clusters.values()] == [pointed(c) for c in other.clusters.values()]
