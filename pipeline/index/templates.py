"""Setting Elasticsearch up: templates, first indices and their aliases. Running it again changes nothing.

Documents are written through an alias (`crossclaim-claims`) to one index (`crossclaim-claims-000001`). One, not one a
month: a document is overwritten by its id, and its older copy in another index would stay behind. The alias is there
so that a new mapping can be filled beside the old and switched to.
"""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import explained, patiently
from pipeline.index.mapping import template
from pipeline.ports import COLLECTIONS, Collection

FIRST = "000001"


def set_up(client: Elasticsearch, prefix: str) -> list[str]:
    """Put the templates, create the indices that are missing, add fields that are new; return what was created.

    Raises SetupError when the server refuses us or an index does not fit this program, Retryable when it is away.
    """
    return [made for collection in COLLECTIONS for made in _set_up(client, prefix, collection)]


def body(prefix: str, collection: Collection) -> dict[str, Any]:
    """Return a collection's index template for the indices of one prefix."""
    # "-0*" and not "-*": another installation's prefix may begin with ours.
    return template(collection) | {"index_patterns": [f"{prefix}{collection}-0*"]}


def _set_up(client: Elasticsearch, prefix: str, collection: Collection) -> list[str]:
    alias = f"{prefix}{collection}"
    doing = f"setting up Elasticsearch for {alias}"
    wanted = body(prefix, collection)
    try:
        patiently(doing, lambda: client.indices.put_index_template(name=alias, body=wanted))
        if patiently(doing, lambda: client.indices.exists_alias(name=alias)):
            _bring_up_to_date(client, alias, wanted)
            return []
        patiently(doing, lambda: _create(client, alias))
    except ApiError as error:
        raise SetupError(
            f"{doing}: {explained(error)}; remove what is in the way, then run `crossclaim setup`"
        ) from error
    return [alias]


def _create(client: Elasticsearch, alias: str) -> None:
    """Create the first index; another setup that was quicker is as good."""
    try:
        client.indices.create(index=f"{alias}-{FIRST}", aliases={alias: {"is_write_index": True}})
    except ApiError as error:
        if "resource_already_exists_exception" not in explained(error) or not client.indices.exists_alias(name=alias):
            raise


def _bring_up_to_date(client: Elasticsearch, alias: str, wanted: dict[str, Any]) -> None:
    """Give an index of an older version the fields it lacks."""
    kept = patiently(f"reading the mapping of {alias}", lambda: client.indices.get_mapping(index=alias).body)
    mappings = wanted["template"]["mappings"]
    ours = int(mappings["_meta"]["version"])
    for index, found in kept.items():
        theirs = int(found["mappings"].get("_meta", {}).get("version", 0))
        if theirs > ours:
            raise SetupError(
                f"setting up Elasticsearch for {alias}: {index} was made by version {theirs} of the mapping and this "
                f"program has {ours}; upgrade crossclaim, or set another CROSSCLAIM_ELASTICSEARCH__PREFIX"
            )
        if theirs < ours:
            _add_fields(client, alias, index, mappings)


def _add_fields(client: Elasticsearch, alias: str, index: str, mappings: dict[str, Any]) -> None:
    doing = f"setting up Elasticsearch for {alias}"
    try:
        patiently(doing, lambda: client.indices.put_mapping(index=index, body=mappings))
    except ApiError as error:
        raise SetupError(
            f"{doing}: {index} cannot take the new fields ({explained(error)}); set another "
            "CROSSCLAIM_ELASTICSEARCH__PREFIX, run `crossclaim setup`, and replay the articles"
        ) from error
