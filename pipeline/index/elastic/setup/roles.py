"""Rights in Elasticsearch, no more than each part needs: the roles of deploy/elasticsearch/roles, users, keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

from elasticsearch import ApiError, Elasticsearch
from pydantic import SecretStr

from pipeline.config import ROOT
from pipeline.errors import SetupError
from pipeline.index.elastic.client import explained, patiently

Role = Literal["setup", "worker", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
FOLDER = ROOT / "deploy" / "elasticsearch" / "roles"
WRITTEN_FOR = "crossclaim-"
"""How the indices that the files name begin; another prefix takes its place."""


def role(prefix: str, name: Role) -> dict[str, Any]:
    """Return what a role may do, for the indices of one prefix."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    indices = [
        rule | {"names": [names.replace(WRITTEN_FOR, prefix, 1) for names in rule["names"]]}
        for rule in found["indices"]
    ]
    return found | {"indices": indices}


def named(prefix: str, name: Role) -> str:
    """Return the name of a role, and of its user: crossclaim_worker with the usual prefix."""
    return f"{prefix.rstrip('-_.') or 'crossclaim'}_{name}"


def put_roles(client: Elasticsearch, prefix: str) -> list[str]:
    """Make the roles, or make them anew; return what was done. Raises SetupError when our own rights do not do."""
    for name in ROLES:
        _asked(f"making role {named(prefix, name)}", lambda name=name: _put(client, prefix, name))  # type: ignore[misc]
    return [f"role {named(prefix, name)}" for name in ROLES]


def put_users(client: Elasticsearch, prefix: str, passwords: Mapping[Role, SecretStr | None]) -> list[str]:
    """Make a user of each role that a password is given for, or give the user it; return what was done."""
    given = {named(prefix, name): word.get_secret_value() for name, word in passwords.items() if word}
    for user, word in given.items():
        _asked(
            f"making user {user}",
            lambda user=user, word=word: client.security.put_user(username=user, password=word, roles=[user]),  # type: ignore[misc]
        )
    return [f"user {user}" for user in given]


def make_key(client: Elasticsearch, prefix: str, name: Role) -> str:
    """Return a new API key with the rights of a role. Elasticsearch shows it only now."""
    rights = {key: value for key, value in role(prefix, name).items() if key != "description"}
    made = _asked(
        f"making an API key for {named(prefix, name)}",
        lambda: client.security.create_api_key(
            name=named(prefix, name), role_descriptors={named(prefix, name): rights}, metadata={"made_by": "crossclaim"}
        ),
    )
    return str(made["encoded"])


def _put(client: Elasticsearch, prefix: str, name: Role) -> Any:
    return client.security.put_role(name=named(prefix, name), **role(prefix, name))


def _asked(doing: str, call: Callable[[], Any]) -> Any:
    """Ask for something about rights; a server without security does not know what is asked for."""
    try:
        return patiently(doing, call)
    except ApiError as error:
        if "no handler found" in str(error.body):
            raise SetupError(
                f"{doing}: this Elasticsearch asks nobody who they are; set xpack.security.enabled: true in its "
                "elasticsearch.yml, start it again, and repeat this"
            ) from error
        raise SetupError(f"{doing}: {explained(error)}; mend what it names, and repeat this") from error
