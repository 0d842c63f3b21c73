"""Making a collection's index anew beside the old one, and switching to it, while it is read and written.

The alias names exactly one index at every moment, so that no search sees a document twice. In turn: make the next
index, hidden; copy everything; copy again and again what was written meanwhile, until that is little; block writes to
the old index (writers are told "busy", and wait); copy the rest; switch the alias in one atomic change. The old index
stays, blocked, so that a late write meant for it is refused and goes to the new one. docs/decisions/0013 says why.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import Retryable, SetupError
from pipeline.index.elastic.client import explained, patiently
from pipeline.index.elastic.setup import fence
from pipeline.index.elastic.setup.copying import Tell, checkpoint, copy, later_than
from pipeline.index.elastic.setup.standing import Made, Standing, analysis_of, standing

SHORT_SECONDS = 1.0
"""A pass this short is the last but one: what was written meanwhile is copied as quickly, and writers try for four."""

SHRINKING = 0.8
"""A pass that took more than this part of the one before: writers keep up with the copying, and have to wait for it."""

REQUEST_SECONDS = 300.0
"""A refresh, a block or a count of a large index may take longer than a search may."""


@dataclass(frozen=True)
class Upgrade:
    """One upgrade under way: from which index to which, under which token. One that goes on where another stopped is
    `begun`, and has copied what was written up to `done`."""

    alias: str
    wanted: dict[str, Any]
    old: str
    old_uuid: str
    new: str
    token: str
    begun: bool = False
    done: int = -1


def rebuild(client: Elasticsearch, alias: str, wanted: dict[str, Any], tell: Tell) -> str:
    """Make the alias's index anew by the template `wanted` and return the new one's name.

    Goes on where one that was killed stopped. Raises SetupError when a document does not fit or another setup took
    over, Retryable when the server is away; then, and when it is interrupted, the old index is written to and read as
    before.
    """
    patient = client.options(request_timeout=REQUEST_SECONDS)
    upgrade = _begin(patient, alias, wanted)
    done = upgrade.done
    try:
        if not upgrade.begun:
            _create(patient, upgrade)
        done = _fill(patient, upgrade, tell)
        _switch(patient, upgrade, done, tell)
    except fence.Lost:
        raise
    except BaseException as error:
        if not _give_up(patient, upgrade, error):
            raise
    _catch_up(patient, upgrade, done, tell)
    _tidy(patient, upgrade)
    return upgrade.new


def settle(client: Elasticsearch, found: Standing, wanted: dict[str, Any]) -> None:
    """Do what an upgrade that was killed after its switch left undone: hide the old indices, show the new one."""
    current = found.current
    if current.hidden or current.copied is not None:
        _show(client, current.name, wanted)
        for made in found.old:
            _hide(client, made.name)


def _begin(client: Elasticsearch, alias: str, wanted: dict[str, Any]) -> Upgrade:
    """Say what is to be done, and take over what another one left."""
    found, token = standing(client, alias), fence.token(alias)
    old, left = found.current, found.successor
    upgrade = Upgrade(alias, wanted, old.name, old.uuid, found.named(found.indices[-1].number + 1), token)
    if left is not None:
        fence.take(client, alias, left.name, token)
        _unblock(client, old.name)
        if _fits(left, upgrade):
            assert left.copied is not None
            return Upgrade(alias, wanted, old.name, old.uuid, left.name, token, True, int(left.copied["up_to"]))
        patiently(f"removing {left.name}", lambda: client.indices.delete(index=left.name))
    return upgrade


def _fits(left: Made, upgrade: Upgrade) -> bool:
    """Whether what is left can be filled further: made by this template, from this very index."""
    template = upgrade.wanted["template"]
    return (
        left.copied is not None
        and left.copied.get("from") == upgrade.old_uuid
        and left.version == int(template["mappings"]["_meta"]["version"])
        and left.analysis == analysis_of(template["settings"])
    )


def _create(client: Elasticsearch, upgrade: Upgrade) -> None:
    # Hidden, so that whoever looks at crossclaim-claims-* does not see every document twice. The template is named
    # by its text and not only by the pattern of the name, for it is this program's, whatever stands on the server.
    template = upgrade.wanted["template"]
    settings = template["settings"] | {"index": template["settings"]["index"] | {"hidden": True}}
    mappings = template["mappings"] | {"_meta": _meta(upgrade, -1)}
    doing = f"making {upgrade.new}"
    try:
        patiently(
            doing,
            lambda: client.indices.create(
                index=upgrade.new, aliases={upgrade.token: {}}, settings=settings, mappings=mappings
            ),
        )
    except ApiError as error:
        if "resource_already_exists_exception" in explained(error):
            raise fence.lost(upgrade.alias) from error
        raise SetupError(f"{doing}: {explained(error)}; remove what is in the way, then run it again") from error


def _fill(client: Elasticsearch, upgrade: Upgrade, tell: Tell) -> int:
    """Copy until little is left; return the checkpoint up to which everything is there."""
    done, before, took = upgrade.done, math.inf, math.inf
    while SHORT_SECONDS < took <= SHRINKING * before:
        begun, before = time.monotonic(), took
        up_to = checkpoint(client, upgrade.old)
        _refresh(client, upgrade.old)
        copy(client, upgrade.old, upgrade.token, done, tell)
        done, took = up_to, time.monotonic() - begun
        _note(client, upgrade, done)
    return done


def _switch(client: Elasticsearch, upgrade: Upgrade, done: int, tell: Tell) -> None:
    """Copy the rest while nobody writes, then let the alias name the new index."""
    if not _block(client, upgrade.old):  # somebody else did, and only our own request waits for writes under way
        _unblock(client, upgrade.old)
        _block(client, upgrade.old)
    _refresh(client, upgrade.old)
    copy(client, upgrade.old, upgrade.token, done, tell)
    _refresh(client, upgrade.new)
    there, here = (_count(client, index, -1) for index in (upgrade.old, upgrade.new))
    if there != here:
        raise SetupError(
            f"upgrading {upgrade.alias}: {upgrade.old} holds {there} documents and its copy {here}; documents were "
            "removed meanwhile (by `crossclaim prune`, or by hand): run `crossclaim setup --upgrade` again"
        )
    if not fence.switch(client, upgrade.alias, upgrade.old, upgrade.new, upgrade.token) and not _done(client, upgrade):
        raise fence.lost(upgrade.alias)


def _catch_up(client: Elasticsearch, upgrade: Upgrade, done: int, tell: Tell) -> None:
    """Copy what was written to the old index in spite of the block, should somebody have lifted it.

    A person may have, or another setup that was held up for long between two of its steps. The new index is written to
    by now, so that here an equal version does not overwrite; what was copied in the last step is a conflict, and stays.
    """
    _block(client, upgrade.old)
    if checkpoint(client, upgrade.old) > done:
        _refresh(client, upgrade.old)
        copy(client, upgrade.old, upgrade.alias, done, tell, version_type="external")


def _give_up(client: Elasticsearch, upgrade: Upgrade, error: BaseException) -> bool:
    """Leave everything as it was; True when the switch had happened. What was copied is kept if the server was away.

    The token goes first: a switch whose answer was lost could come about after writers were let in to the old index.
    Raises Lost when the token had gone to another.
    """
    with suppress(Retryable):
        if not fence.retire(client, upgrade.alias, upgrade.new, upgrade.token):
            if _done(client, upgrade):
                return True
            raise fence.lost(upgrade.alias) from error
        _unblock(client, upgrade.old)
        if not isinstance(error, Retryable):
            patiently(f"removing {upgrade.new}", lambda: client.indices.delete(index=upgrade.new))
    return False


def _done(client: Elasticsearch, upgrade: Upgrade) -> bool:
    return standing(client, upgrade.alias).current.name == upgrade.new


def _tidy(client: Elasticsearch, upgrade: Upgrade) -> None:
    _hide(client, upgrade.old)
    _show(client, upgrade.new, upgrade.wanted)


def _hide(client: Elasticsearch, index: str) -> None:
    patiently(f"hiding {index}", lambda: client.indices.put_settings(index=index, settings={"index.hidden": True}))


def _show(client: Elasticsearch, index: str, wanted: dict[str, Any]) -> None:
    meta = wanted["template"]["mappings"]["_meta"]
    patiently(f"showing {index}", lambda: client.indices.put_mapping(index=index, meta=meta))
    patiently(f"showing {index}", lambda: client.indices.put_settings(index=index, settings={"index.hidden": None}))


def _block(client: Elasticsearch, index: str) -> bool:
    """Block writes and wait until those under way are through; False when they were blocked already."""
    doing = f"blocking writes to {index}"
    answer = patiently(doing, lambda: client.indices.add_block(index=index, block="write"))
    if answer["indices"] and not answer["shards_acknowledged"]:
        raise Retryable(f"{doing}: not every shard has answered; run the command again")
    return bool(answer["indices"])


def _unblock(client: Elasticsearch, index: str) -> None:
    patiently(
        f"allowing writes to {index}",
        lambda: client.indices.put_settings(index=index, settings={"index.blocks.write": None}),
    )


def _refresh(client: Elasticsearch, index: str) -> None:
    answer = patiently(f"refreshing {index}", lambda: client.indices.refresh(index=index))
    if answer["_shards"]["failed"]:
        raise Retryable(f"refreshing {index}: a shard did not answer; run the command again")


def _count(client: Elasticsearch, index: str, after: int) -> int:
    answer = patiently(f"counting {index}", lambda: client.count(index=index, query=later_than(after)))
    return int(answer["count"])


def _note(client: Elasticsearch, upgrade: Upgrade, done: int) -> None:
    """Write into the new index how far it is filled, for one that has to go on."""
    meta = _meta(upgrade, done)
    patiently(f"upgrading {upgrade.alias}", lambda: client.indices.put_mapping(index=upgrade.new, meta=meta))


def _meta(upgrade: Upgrade, done: int) -> dict[str, Any]:
    own: dict[str, Any] = upgrade.wanted["template"]["mappings"]["_meta"]
    return own | {"copied": {"from": upgrade.old_uuid, "up_to": done}}
