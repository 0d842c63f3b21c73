"""Setting Elasticsearch up: templates, first indices and their aliases. Running it again changes nothing.

Documents are written through an alias (`crossclaim-claims`) to one index (`crossclaim-claims-000001`). One, not one a
month: a document is overwritten by its id, and its older copy in another index would stay behind. The alias is there
so that a new mapping can be filled beside the old and switched to (elastic/setup/rebuild.py). Only collections whose
template says "time_based", to which documents are only added, get a new index in turn (elastic/setup/turns.py).
"""

from __future__ import annotations

from collections.abc import Collection as Names
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import explained, patiently
from pipeline.index.elastic.setup import localising, turns
from pipeline.index.elastic.setup.copying import Tell
from pipeline.index.elastic.setup.rebuild import rebuild, settle
from pipeline.index.elastic.setup.standing import Made, Standing, analysis_of, standing
from pipeline.index.mapping import mapping, template
from pipeline.ports import COLLECTIONS, Collection

FIRST = "000001"

KEEP_METRICS_DAYS = 30
"""Days that time-based collections are kept unless the settings say otherwise."""


def set_up(client: Elasticsearch, prefix: str, *, metrics_days: int = KEEP_METRICS_DAYS) -> list[str]:
    """Put the templates, create the indices that are missing, add fields that are new; return what was done.

    Raises SetupError when the server refuses us or an index does not fit this program, Retryable when it is away.
    """
    localising.put_pipeline(client, prefix)
    made = [set_up_alias(client, f"{prefix}{name}", body(prefix, name), metrics_days) for name in COLLECTIONS]
    return [line for lines in made for line in lines]


def upgrade(
    client: Elasticsearch,
    prefix: str,
    tell: Tell,
    always: Names[str] = (),
    *,
    metrics_days: int = KEEP_METRICS_DAYS,
) -> list[str]:
    """Make anew the indices that adding fields cannot bring up to date, and those of the collections `always`.

    Returns what was done. The alias is read and written all the while. Raises as `set_up` and `rebuild` do.
    """
    localising.put_pipeline(client, prefix)
    done = []
    for name in COLLECTIONS:
        wanted = body(prefix, name)
        done += upgrade_alias(client, f"{prefix}{name}", wanted, tell, name in always, metrics_days)
    return done


def drop_expired(client: Elasticsearch, prefix: str, metrics_days: int, now_ms: int) -> list[str]:
    """Take turns in the time-based collections, and remove indices of theirs that are too old; return what was done."""
    timed = [f"{prefix}{name}" for name in COLLECTIONS if turns.is_time_based(body(prefix, name))]
    if not timed or turns.has_ilm(client):
        return []
    done = []
    for alias in timed:
        began = turns.take_turn(client, alias)
        done += [f"{began} takes its turn in {alias}"] if began else []
        done += [f"{name} is removed" for name in turns.drop_expired(client, alias, metrics_days, now_ms)]
    return done


def drop_old(client: Elasticsearch, prefix: str) -> list[str]:
    """Remove the indices that upgrades have replaced; return their names."""
    names = [made.name for collection in COLLECTIONS for made in standing(client, f"{prefix}{collection}").old]
    for name in names:
        patiently(f"removing {name}", lambda name=name: client.indices.delete(index=name))  # type: ignore[misc]
    return names


def body(prefix: str, collection: Collection) -> dict[str, Any]:
    """Return a collection's index template for the indices of one prefix."""
    found = template(collection)
    if mapping(collection).localised:
        found["template"]["settings"]["index"]["final_pipeline"] = localising.named(prefix)
    # "-0*" and not "-*": another installation's prefix may begin with ours.
    return found | {"index_patterns": [f"{prefix}{collection}-0*"]}


def set_up_alias(client: Elasticsearch, alias: str, wanted: dict[str, Any], metrics_days: int) -> list[str]:
    """Set one collection up, given its template."""
    timed = turns.is_time_based(wanted)
    managed = timed and turns.has_ilm(client)
    if managed:
        wanted = turns.managed(client, alias, wanted, metrics_days)
    if _begun(client, alias, wanted):
        return [alias]
    lines = _bring_up_to_date(client, alias, wanted, timed=timed)
    if managed:
        turns.adopt(client, alias)
    began = turns.take_turn(client, alias) if timed and not managed else None
    return [*lines, f"{began} takes its turn in {alias}"] if began else lines


def upgrade_alias(
    client: Elasticsearch, alias: str, wanted: dict[str, Any], tell: Tell, always: bool, metrics_days: int
) -> list[str]:
    """Make one collection's index anew where that is needed or asked for, given its template."""
    if turns.is_time_based(wanted) and turns.has_ilm(client):
        wanted = turns.managed(client, alias, wanted, metrics_days)
    if _begun(client, alias, wanted):
        return [alias]
    found = standing(client, alias)
    if turns.is_time_based(wanted):
        return _next_turn(client, found, wanted, always)
    _not_newer(found, wanted)
    current = found.current
    asked = always or found.successor is not None or current.analysis != _analysis(wanted)
    if not asked and _takes_fields(client, current, wanted):
        return []
    new = rebuild(client, alias, wanted, tell)
    return [f"{new} has taken the place of {current.name}, which is kept: `crossclaim setup --drop-old` removes it"]


def _begun(client: Elasticsearch, alias: str, wanted: dict[str, Any]) -> bool:
    """Put the template; where there is no index, make the first one, and return True."""
    doing = f"setting up Elasticsearch for {alias}"
    try:
        patiently(doing, lambda: client.indices.put_index_template(name=alias, body=wanted))
        if patiently(doing, lambda: client.indices.exists_alias(name=alias)):
            return False
        patiently(doing, lambda: _create(client, alias))
        return True
    except ApiError as error:
        raise SetupError(
            f"{doing}: {explained(error)}; remove what is in the way, then run `crossclaim setup`"
        ) from error


def _create(client: Elasticsearch, alias: str) -> None:
    """Create the first index; another setup that was quicker is as good."""
    try:
        client.indices.create(index=f"{alias}-{FIRST}", aliases={alias: {"is_write_index": True}})
    except ApiError as error:
        if "resource_already_exists_exception" not in explained(error) or not client.indices.exists_alias(name=alias):
            raise


def _bring_up_to_date(client: Elasticsearch, alias: str, wanted: dict[str, Any], *, timed: bool) -> list[str]:
    """Give indices of an older version the fields they lack; return what is left to be done by an upgrade."""
    found = standing(client, alias)
    _not_newer(found, wanted)
    current = found.current
    why = _adds_fields(client, current.name, wanted) if current.version < _version(wanted) else None
    if why is not None:
        raise SetupError(
            f"setting up Elasticsearch for {alias}: {current.name} cannot take the new fields ({why}); "
            "run `crossclaim setup --upgrade`, which makes the index anew while it is read and written"
        )
    if timed:
        return []
    settle(client, found, wanted)
    if found.successor is not None:
        left = f"an upgrade to {found.successor.name} is under way or was cut off"
        return [f"{alias}: {left}; `crossclaim setup --upgrade` finishes it"]
    if found.current.analysis != _analysis(wanted):
        return [f"{alias}: words are still analysed as an older version did; `crossclaim setup --upgrade` mends that"]
    return []


def _takes_fields(client: Elasticsearch, current: Made, wanted: dict[str, Any]) -> bool:
    return current.version == _version(wanted) or _adds_fields(client, current.name, wanted) is None


def _next_turn(client: Elasticsearch, found: Standing, wanted: dict[str, Any], always: bool) -> list[str]:
    """What is in a time-based collection's older indices stays as it is; the next one is of the new template."""
    if not always and _takes_fields(client, found.current, wanted):
        return []
    answer = patiently(f"taking turns in {found.alias}", lambda: client.indices.rollover(alias=found.alias))
    return [f"{answer['new_index']} takes its turn"]


def _not_newer(found: Standing, wanted: dict[str, Any]) -> None:
    ours = _version(wanted)
    newer = [made for made in found.behind if made.version > ours]
    if newer:
        raise SetupError(
            f"setting up Elasticsearch for {found.alias}: {newer[0].name} was made by version {newer[0].version} of "
            f"the mapping and this program has {ours}; upgrade crossclaim, or set another "
            "CROSSCLAIM_ELASTICSEARCH__PREFIX"
        )


def _adds_fields(client: Elasticsearch, index: str, wanted: dict[str, Any]) -> str | None:
    """Add the fields that an index lacks; return why it cannot take them, or None."""
    mappings = wanted["template"]["mappings"]
    try:
        patiently(f"adding fields to {index}", lambda: client.indices.put_mapping(index=index, body=mappings))
    except ApiError as error:
        return explained(error)
    return None


def _version(wanted: dict[str, Any]) -> int:
    return int(wanted["template"]["mappings"]["_meta"]["version"])


def _analysis(wanted: dict[str, Any]) -> str:
    return analysis_of(wanted["template"]["settings"])
