"""Whether Elasticsearch can do its work: version, shards, blocks, disks, and whether its indices are up to date."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.errors import CrossclaimError, SetupError
from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.setup.standing import Made, analysis_of, standing
from pipeline.index.templates import body
from pipeline.ports import COLLECTIONS

MAJOR = 9
"""The version whose answers the client understands."""

_DOING = "examining Elasticsearch"
_UNITS = {"b": 1, "kb": 2**10, "mb": 2**20, "gb": 2**30, "tb": 2**40}


def examine(client: Elasticsearch, prefix: str) -> str:
    """Return how Elasticsearch is, in words. Raises CrossclaimError with all that is wrong and how to mend it."""
    info = _seen(lambda: client.info().body)
    version = str(info["version"]["number"]) if info else "unknown to this user"
    wrong = [*_version(version), *_shards(client, prefix), *_indices(client, prefix), *_disks(client)]
    if wrong:
        raise CrossclaimError("; ".join(wrong))
    return f"version {version}, indices {prefix}* up to date and open for writing, room on the disk"


def of_index(made: Made, wanted: Mapping[str, Any], *, upgrading: bool) -> Iterator[str]:
    """Say what is wrong with the index that an alias is written to. Pure."""
    template = wanted["template"]
    ours = int(template["mappings"]["_meta"]["version"])
    if made.version > ours:
        yield f"{made.name} is of version {made.version}, and this program knows {ours}: upgrade crossclaim"
    if made.version < ours:
        yield f"{made.name} is of version {made.version}, and this program's is {ours}: run `crossclaim setup`"
    elif made.analysis != analysis_of(template["settings"]):
        yield f"{made.name} analyses words as an older version did: run `crossclaim setup --upgrade`"
    if "read_only_allow_delete" in made.blocked:
        yield f"{made.name} takes no writes because the disk was full: make room, and it opens by itself in a minute"
    elif upgrading and "write" in made.blocked:
        yield (
            f"{made.name} takes no writes because an upgrade is in its last seconds, or was cut off in them: "
            "`crossclaim setup --upgrade` finishes it"
        )
    elif made.blocked & {"write", "read_only"}:
        yield (
            f"{made.name} takes no writes ({', '.join(sorted(made.blocked))}), by somebody's wish: "
            f'PUT {made.name}/_settings {{"index.blocks.write": null, "index.blocks.read_only": null}} opens it'
        )


def of_disk(node: str, total: int, free: int, low: str, headroom: str) -> str | None:
    """Say whether a disk is fuller than the low watermark, past which the node gets no new shards. Pure.

    `low` is "85%", a ratio ("0.85") or the bytes that have to stay free ("20gb"); `headroom` ("200gb", "-1" for none)
    bounds what a percentage asks of a large disk.
    """
    needed = _needed(total, low, headroom)
    if needed is None or free >= needed:
        return None
    return (
        f"the disk of {node} has {free / 1e9:.1f} GB free, and Elasticsearch wants {needed / 1e9:.1f} GB "
        f"(cluster.routing.allocation.disk.watermark.low); make room before it closes the indices to writes: "
        "`crossclaim setup --drop-old`, `crossclaim prune`, or a larger disk"
    )


def _version(version: str) -> Iterator[str]:
    if version[0].isdigit() and int(version.split(".")[0]) != MAJOR:
        yield f"this is Elasticsearch {version}, and crossclaim needs {MAJOR}: set CROSSCLAIM_ELASTICSEARCH__URL to one"


def _shards(client: Elasticsearch, prefix: str) -> Iterator[str]:
    health = _seen(lambda: client.cluster.health(index=f"{prefix}*", expand_wildcards="all").body)
    if health is not None and health["status"] == "red":
        yield (
            f"{health['unassigned_shards']} shards of {prefix}* are missing, searches fail: "
            "GET _cluster/allocation/explain says why; start the node that held them, or restore a snapshot"
        )


def _indices(client: Elasticsearch, prefix: str) -> Iterator[str]:
    for collection in COLLECTIONS:
        found = standing(client, f"{prefix}{collection}")
        if not found.behind:
            yield f"there is no {found.alias}: run `crossclaim setup`"
            continue
        yield from of_index(found.current, body(prefix, collection), upgrading=found.successor is not None)


def _disks(client: Elasticsearch) -> Iterator[str]:
    settings = _seen(lambda: client.cluster.get_settings(include_defaults=True, flat_settings=True).body)
    nodes = _seen(lambda: client.nodes.stats(metric="fs").body["nodes"])
    if settings is None or nodes is None:
        return
    name = "cluster.routing.allocation.disk."
    flat = settings["defaults"] | settings["persistent"] | settings["transient"]
    if str(flat.get(f"{name}threshold_enabled", "true")) != "true":
        return
    low = str(flat.get(f"{name}watermark.low", "85%"))
    headroom = str(flat.get(f"{name}watermark.low.max_headroom", "-1"))
    for node in nodes.values():
        size = node["fs"]["total"]
        told = of_disk(node["name"], size["total_in_bytes"], size["available_in_bytes"], low, headroom)
        if told:
            yield told


def _seen(call: Callable[[], Any]) -> Any | None:
    """What a user without the right to look at the cluster may not see is not judged: documents are what it is for."""
    try:
        return patiently(_DOING, call)
    except SetupError:
        return None


def _needed(total: int, low: str, headroom: str) -> float | None:
    percent = re.fullmatch(r"([\d.]+)%", low)
    ratio = float(percent[1]) / 100 if percent else _number(low)
    if ratio is None:
        return _bytes(low)
    bound = _bytes(headroom)
    needed = total * (1 - ratio)
    return needed if bound is None else min(needed, bound)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[01]?\.\d+|[01]", text) else None


def _bytes(text: str) -> float | None:
    found = re.fullmatch(r"([\d.]+)(b|kb|mb|gb|tb)", text.lower())
    return float(found[1]) * _UNITS[found[2]] if found else None
