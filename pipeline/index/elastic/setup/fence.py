"""Who may fill and switch to a new index: the one setup whose token, an alias of its own, the index carries.

A setup that was killed leaves its copying behind on the server, and a second one may be started beside it. So all that
an upgrade writes goes through its token alias, and the switch removes that alias in the same atomic change: whoever
has lost the token can neither write into the new index nor switch to it, however late its requests arrive.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import patiently
from pipeline.index.elastic.setup.copying import tasks


class Lost(SetupError):  # noqa: N818 - it says what happened
    """Another setup has taken the upgrade over."""


def token(alias: str) -> str:
    """Return a new token."""
    return f"{_stem(alias)}{secrets.token_hex(6)}"


def take(client: Elasticsearch, alias: str, index: str, mine: str) -> None:
    """Make `mine` the only token of an index, and end what others are still copying into it. Raises Lost."""
    doing = f"taking over the upgrade of {alias}"
    change(client, doing, [{"add": {"index": index, "alias": mine}}])
    found = patiently(doing, lambda: client.indices.get_alias(index=index).body)
    others = [name for name in found[index]["aliases"] if name.startswith(_stem(alias)) and name != mine]
    if others and not change(client, doing, [_remove(index, name) for name in others]):
        raise lost(alias)
    _end_copying(client, alias, mine)


def retire(client: Elasticsearch, alias: str, index: str, mine: str) -> bool:
    """Give the token up, after which no switch of ours can happen any more; False when it was gone already."""
    return change(client, f"ending the upgrade of {alias}", [_remove(index, mine)])


def switch(client: Elasticsearch, alias: str, old: str, new: str, mine: str) -> bool:
    """Let the alias name the new index instead of the old one, at once and only with our token.

    Aliases that somebody else gave to the old index go along, with their filters.
    """
    doing = f"switching {alias} to {new}"
    found = patiently(doing, lambda: client.indices.get_alias(index=old).body)[old]["aliases"]
    moved = [
        action
        for name, how in (found | {alias: {"is_write_index": True}}).items()
        for action in (_remove(old, name), {"add": {"index": new, "alias": name} | how})
    ]
    return change(client, doing, [_remove(new, mine), *moved])


def change(client: Elasticsearch, doing: str, actions: Sequence[dict[str, Any]]) -> bool:
    """Change aliases, all or none; False when one that is to be removed, or an index, is not there."""

    def attempt() -> bool:
        try:
            client.indices.update_aliases(actions=list(actions))
        except ApiError as error:
            if error.status_code != 404:
                raise
            return False
        return True

    return patiently(doing, attempt)


def lost(alias: str) -> Lost:
    """What to say when the token is gone."""
    return Lost(f"upgrading {alias}: another `crossclaim setup --upgrade` has taken it over; let that one finish")


def _end_copying(client: Elasticsearch, alias: str, mine: str) -> None:
    """Cancel copying under other tokens and wait for its end: one that is begun later finds its token gone."""
    doing = f"ending an earlier upgrade of {alias}"
    listed = tasks(client, doing, "GET", "/_tasks?actions=*reindex&detailed=true&group_by=none")
    for task in listed["tasks"]:
        told = task.get("description", "")
        if f"to [{_stem(alias)}" in told and f"to [{mine}]" not in told:
            tasks(client, doing, "POST", f"/_tasks/{task['node']}:{task['id']}/_cancel?wait_for_completion=true")


def _remove(index: str, alias: str) -> dict[str, Any]:
    return {"remove": {"index": index, "alias": alias, "must_exist": True}}


def _stem(alias: str) -> str:
    return f"{alias}-copy-"
