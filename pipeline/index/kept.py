"""Documents as the messages that they were made of: what `documents.py` does, the other way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from schemas.alert import Alert
from schemas.claim import Claim
from schemas.contradiction import Contradiction

Body = Mapping[str, Any]


def contradiction_of(body: Body) -> Contradiction:
    """Return the contradiction that a document was made of; its outlets are those of all its sides."""
    return msgspec.convert({**body, "message": "contradiction"}, Contradiction)


def alert_of(body: Body) -> Alert:
    """Return the alert that a document was made of."""
    fields = {name: value for name, value in body.items() if name in Alert.__struct_fields__}
    return msgspec.convert(fields | {"message": "alert"}, Alert)


def claim_of(body: Body) -> Claim:
    """Return the claim that a document was made of, but for the wording of its reporter, which is not kept.

    Without names where only their words were kept (see `knows_names`).
    """
    fields = {name: value for name, value in body.items() if name in Claim.__struct_fields__}
    return msgspec.convert(
        fields
        | {
            "message": "claim",
            "source": {"name": body["source"], "kind": body["kind"], "text": body.get("source_text")},
            "reporter": _reporter(body),
            "denies": _denies(body),
            "entities": body.get("named") or [],
        },
        Claim,
    )


def knows_names(body: Body) -> bool:
    """Say whether a claim's document tells what its names are; those written before version 4 give only the words."""
    return "named" in body or not body.get("entities")


def _reporter(body: Body) -> dict[str, Any] | None:
    if body.get("reporter") is None:
        return None
    return {"name": body["reporter"], "kind": body["reporter_kind"]}


def _denies(body: Body) -> dict[str, Any] | None:
    if body.get("denies_claim_id") is None and body.get("denies_text") is None:
        return None
    return {"claim_id": body.get("denies_claim_id"), "text": body.get("denies_text")}
