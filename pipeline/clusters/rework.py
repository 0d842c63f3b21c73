"""What is true of the part of the graph that a verdict touched, and how that differs from what was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from pipeline.clusters.disputes import Dispute, denier_of, disputes
from pipeline.clusters.documents import cluster_message, contradiction_message
from pipeline.clusters.partition import partition, publication_order
from pipeline.clusters.state import State
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.ids import cluster_id

Change = Cluster | Contradiction
C = TypeVar("C", Cluster, Contradiction)


def rework(state: State, touched: set[str], version: int) -> list[Change]:
    """Work out afresh everything linked to the touched claims, and return what differs from what was told."""
    region = state.graph.region(touched)
    claims = region | touched
    old_clusters = {id_ for claim in claims for id_ in state.shown_in.get(claim, ()) if id_ in state.clusters}
    old_disputes = {id_ for claim in claims for id_ in state.shown_in.get(claim, ()) if id_ in state.contradictions}

    groups = partition(state.graph, region)
    cluster_of = {claim: cluster_id(group[0]) for group in groups for claim in group}
    rank = {cluster_of[claim]: place for place, claim in reversed([*enumerate(publication_order(state.graph, region))])}
    found = disputes(state.graph.contradictions_of(region), cluster_of, rank)
    _adopt_lone_denials(found, groups, cluster_of)
    for claim in touched - region:
        state.cluster_of.pop(claim, None)
    state.cluster_of.update(cluster_of)

    clusters = _clusters(state, groups, cluster_of, found, version)
    contradictions = _contradictions(state, found, cluster_of, old_disputes, version)
    changes: list[Change] = []
    changes += _changed(state.clusters, clusters)
    changes += _gone_clusters(state, old_clusters - clusters.keys(), version)
    changes += _changed(state.contradictions, contradictions)
    changes += _gone_contradictions(state, old_disputes - contradictions.keys(), contradictions, version)
    _remember(state, claims, clusters, contradictions)
    return changes


def _adopt_lone_denials(found: list[Dispute], groups: list[list[str]], cluster_of: dict[str, str]) -> None:
    """A denial that nobody else repeats is shown in the cluster that it denies, not in one of its own."""
    alone = {group[0] for group in groups if len(group) == 1}
    deniers = {denier for dispute in found for verdict in dispute.verdicts if (denier := denier_of(verdict))}
    adopted: dict[str, str] = {}
    for dispute in found:
        for verdict in dispute.verdicts:  # the first tells it best and decides
            denier = denier_of(verdict)
            denied = verdict.b.claim_id if denier == verdict.a.claim_id else verdict.a.claim_id
            if denier in alone and denied not in alone & deniers:
                adopted.setdefault(denier, cluster_of[denied])
    cluster_of.update(adopted)


def _clusters(
    state: State, groups: list[list[str]], cluster_of: dict[str, str], found: list[Dispute], version: int
) -> dict[str, Cluster]:
    """Clusters worth a message: two claims or more, or one that is contradicted."""
    deniers: dict[str, set[str]] = {}
    part_of: dict[str, set[str]] = {}
    for dispute in found:
        for verdict in dispute.verdicts:
            ends = (verdict.a.claim_id, verdict.b.claim_id)
            for claim in ends:
                part_of.setdefault(cluster_of[claim], set()).add(dispute.contradiction_id)
            if denier := denier_of(verdict):
                denied = ends[0] if denier == ends[1] else ends[1]
                deniers.setdefault(cluster_of[denied], set()).add(denier)
    messages = {}
    for group in groups:
        id_ = cluster_id(group[0])
        if cluster_of[group[0]] != id_ or (len(group) == 1 and id_ not in part_of):
            continue
        denying = publication_order(state.graph, deniers.get(id_, set()) - set(group))
        messages[id_] = cluster_message(state.graph, id_, group, denying, part_of.get(id_, ()), version)
    return _with_suggestions(state, messages, groups)


def _with_suggestions(state: State, messages: dict[str, Cluster], groups: list[list[str]]) -> dict[str, Cluster]:
    for group in groups:
        id_ = cluster_id(group[0])
        near = {other for claim in group for other in state.graph.suggested.get(claim, {})} - set(group)
        if near and id_ in messages:
            messages[id_] = msgspec.structs.replace(messages[id_], suggested=tuple(sorted(near)))
    return messages


def _contradictions(
    state: State, found: list[Dispute], cluster_of: dict[str, str], old: set[str], version: int
) -> dict[str, Contradiction]:
    messages = {}
    for dispute in found:
        pairs = {verdict.pair_id for verdict in dispute.verdicts}
        before = state.contradictions.get(dispute.contradiction_id)
        heirs = set(before.supersedes if before else ())
        for id_ in old - {dispute.contradiction_id}:
            if pairs & _pairs_of(state.contradictions[id_]):
                heirs |= {id_, *state.contradictions[id_].supersedes}
        heirs -= {dispute.contradiction_id}
        messages[dispute.contradiction_id] = contradiction_message(
            state.graph, dispute, cluster_of, version, sorted(heirs)
        )
    return messages


def _pairs_of(contradiction: Contradiction) -> set[str]:
    return {item.pair_id for item in contradiction.evidence}


def _gone_clusters(state: State, ids: Iterable[str], version: int) -> list[Cluster]:
    gone = []
    for id_ in sorted(ids):
        before = state.clusters[id_]
        homes = [state.cluster_of[claim] for claim in before.claims if claim in state.graph.claims]
        into = homes[0] if homes and homes[0] != id_ else None
        gone.append(
            msgspec.structs.replace(before, version=version, status="merged" if into else "empty", merged_into=into)
        )
    return gone


def _gone_contradictions(
    state: State, ids: Iterable[str], now: dict[str, Contradiction], version: int
) -> list[Contradiction]:
    gone = []
    for id_ in sorted(ids):
        heir = next((other for other in sorted(now) if id_ in now[other].supersedes), None)
        gone.append(
            msgspec.structs.replace(
                state.contradictions[id_],
                version=version,
                status="superseded" if heir else "resolved",
                superseded_by=heir,
            )
        )
    return gone


def _changed(before: dict[str, C], now: dict[str, C]) -> list[C]:
    """Return messages that differ from what was told in more than their version; in `now`, the told ones stay."""
    changed: list[C] = []
    for id_, message in now.items():
        told = before.get(id_)
        if told is not None and msgspec.structs.replace(told, version=message.version) == message:
            now[id_] = told
        else:
            changed.append(message)
    return changed


def _remember(
    state: State, claims: set[str], clusters: dict[str, Cluster], contradictions: dict[str, Contradiction]
) -> None:
    for claim in claims:
        for id_ in state.shown_in.pop(claim, ()):
            state.clusters.pop(id_, None)
            state.contradictions.pop(id_, None)
    state.clusters.update(clusters)
    state.contradictions.update(contradictions)
    for id_, cluster in clusters.items():
        for claim in cluster.claims:
            state.shown_in.setdefault(claim, set()).add(id_)
    for id_, contradiction in contradictions.items():
        for item in contradiction.evidence:
            for side in (item.a, item.b):
                state.shown_in.setdefault(side.claim_id, set()).add(id_)
