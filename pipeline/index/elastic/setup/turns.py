"""Time-based collections, to which documents are only added: a new index in turn, so that old ones go as a whole.

Where the cluster has lifecycle management (ILM), that takes turns and removes what is old; where not, `crossclaim
setup` and `crossclaim prune` take turns, and `prune` removes. Reading goes by the alias over all of them. A sample that
is delivered again after its index's turn stands twice: what is overwritten by id does not belong here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.setup.standing import Made, Standing, standing

TURN = {"max_age": "1d", "max_primary_shard_size": "10gb"}
"""When the next index takes its turn: a day makes retention good to a day, with thirty small indices at most."""

DAY_MS = 86_400_000


def is_time_based(template: dict[str, Any]) -> bool:
    """Whether a template says of its documents that they are only ever added."""
    metas = (template.get("_meta", {}), template["template"]["mappings"].get("_meta", {}))
    return any(meta.get("time_based") is True for meta in metas)


def has_ilm(client: Elasticsearch) -> bool:
    """Whether the cluster manages lifecycles; a distribution without that module knows no such address."""

    def ask() -> bool:
        try:
            return bool(client.ilm.get_status()["operation_mode"])
        except ApiError as error:
            if error.status_code in (400, 404, 405) or _has_no_such_action(error):
                return False
            raise

    return patiently("looking for lifecycle management", ask)


def policy(keep_days: int) -> dict[str, Any]:
    """Return the lifecycle that takes turns and removes an index `keep_days` after its turn was over."""
    return {
        "phases": {
            "hot": {"min_age": "0ms", "actions": {"rollover": TURN}},
            "delete": {"min_age": f"{keep_days}d", "actions": {"delete": {}}},
        },
        "_meta": {"about": "Made by crossclaim setup; keep_days is CROSSCLAIM_ELASTICSEARCH__METRICS_KEEP_DAYS"},
    }


def managed(client: Elasticsearch, alias: str, wanted: dict[str, Any], keep_days: int) -> dict[str, Any]:
    """Put the lifecycle of an alias and return its template with it, for indices to come."""
    patiently(
        f"setting the lifecycle of {alias}", lambda: client.ilm.put_lifecycle(name=alias, policy=policy(keep_days))
    )
    template = wanted["template"]
    index = template["settings"]["index"] | {"lifecycle": {"name": alias, "rollover_alias": alias}}
    return wanted | {"template": template | {"settings": template["settings"] | {"index": index}}}


def adopt(client: Elasticsearch, alias: str) -> None:
    """Let the lifecycle take care of indices, too, that were made before the cluster managed any."""
    settings = {"index.lifecycle.name": alias, "index.lifecycle.rollover_alias": alias}
    patiently(f"setting the lifecycle of {alias}", lambda: client.indices.put_settings(index=alias, settings=settings))


def take_turn(client: Elasticsearch, alias: str) -> str | None:
    """Begin the next index if the present one is a day old or large and holds anything; return its name."""
    answer = patiently(
        f"taking turns in {alias}", lambda: client.indices.rollover(alias=alias, conditions=TURN | {"min_docs": 1})
    )
    return str(answer["new_index"]) if answer["rolled_over"] else None


def expired(found: Standing, keep_days: int, now_ms: int) -> list[Made]:
    """Return the indices whose turn was over, the next one having been made, `keep_days` ago. Pure."""
    return [made for made, following in pairwise(found.behind) if following.created_ms < now_ms - keep_days * DAY_MS]


def drop_expired(client: Elasticsearch, alias: str, keep_days: int, now_ms: int) -> list[str]:
    """Remove indices whose documents are all older than `keep_days`; return their names."""
    names = [made.name for made in expired(standing(client, alias), keep_days, now_ms)]
    for name in names:
        patiently(f"removing {name}", lambda name=name: client.indices.delete(index=name))  # type: ignore[misc]
    return names


def _has_no_such_action(error: ApiError) -> bool:
    return error.status_code == 500 and "failed to find action" in str(error.body)
