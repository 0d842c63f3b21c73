"""What must exist before a worker starts: topics and index. Creating them again changes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pydantic import SecretStr

from pipeline import topics
from pipeline.config import Settings
from pipeline.errors import SetupError
from pipeline.index.open import open_index
from pipeline.ports import COLLECTIONS

if TYPE_CHECKING:
    from pipeline.index.elastic.setup.roles import Role

Tell = Callable[[str, int, int], None]
"""Takes what is being done, how many documents are done, and of how many."""


@dataclass(frozen=True)
class Wishes:
    """What is to be done to Elasticsearch besides creating what is missing.

    `upgrade` makes indices anew that adding fields does not bring up to date, and those of the collections `anew`
    whatever they are; `drop_old` removes those that were replaced; `roles` makes roles, and users where the settings
    hold their passwords.
    """

    upgrade: bool = False
    anew: tuple[str, ...] = ()
    drop_old: bool = False
    roles: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is wished for."""
        return self != Wishes()


def silent(_doing: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def set_up(settings: Settings, wishes: Wishes | None = None, tell: Tell = silent) -> list[str]:
    """Create what is missing, do what is wished for, and return what was done, in words.

    Raises Retryable when Kafka or Elasticsearch is away, SetupError when something there has another shape.
    """
    wishes = wishes or Wishes()
    if wishes.any:
        _services_only(settings)
    unknown = set(wishes.anew) - set(COLLECTIONS)
    if unknown:
        raise SetupError(f"setting up: {', '.join(sorted(unknown))} is none of {', '.join(COLLECTIONS)}; name one")
    done = [f"topic {name}" for name in topics.create(settings)]
    return done + set_up_index(settings, wishes, tell)


def set_up_index(settings: Settings, wishes: Wishes | None = None, tell: Tell = silent) -> list[str]:
    """Create the SQLite file, or Elasticsearch's templates, indices and aliases, and do what is wished for."""
    if settings.profile == "embedded":
        path = settings.data / "index.sqlite"
        new = not path.exists()
        settings.data.mkdir(parents=True, exist_ok=True)
        open_index(settings)
        return [f"index {path}"] if new else []
    return _set_up_elasticsearch(settings, wishes or Wishes(), tell)


def prune(settings: Settings, tell: Tell = silent) -> list[str]:
    """Remove from Elasticsearch what is older than the settings keep; return what was done, in words.

    Raises SetupError with the embedded profile and while an upgrade is under way, Retryable when the server is away.
    """
    from pipeline.index import templates
    from pipeline.index.elastic.client import connect
    from pipeline.index.elastic.setup.prune import prune as prune_articles

    _services_only(settings)
    kept = settings.elasticsearch
    done = []
    with connect(kept) as client:
        done += templates.drop_expired(client, kept.prefix, kept.metrics_keep_days, round(time.time() * 1000))
        if kept.keep_days is not None:
            articles, claims = prune_articles(client, kept.prefix, kept.keep_days, datetime.now(UTC), tell)
            done.append(f"{articles} articles older than {kept.keep_days} days, and {claims} documents of their claims")
    return done


def make_key(settings: Settings, role: Role) -> str:
    """Return a new API key with the rights of a role. Raises SetupError when our own rights do not do."""
    from pipeline.index.elastic.client import connect
    from pipeline.index.elastic.setup import roles

    _services_only(settings)
    with connect(settings.elasticsearch) as client:
        return roles.make_key(client, settings.elasticsearch.prefix, role)


def _set_up_elasticsearch(settings: Settings, wishes: Wishes, tell: Tell) -> list[str]:
    from pipeline.index import templates
    from pipeline.index.elastic.client import connect
    from pipeline.index.elastic.setup import roles

    given = settings.elasticsearch
    done = []
    with connect(given) as client:
        if wishes.roles:
            passwords: dict[Role, SecretStr | None] = {"worker": given.worker_password, "reader": given.reader_password}
            done += [*roles.put_roles(client, given.prefix), *roles.put_users(client, given.prefix, passwords)]
        if wishes.upgrade or wishes.anew:
            done += templates.upgrade(client, given.prefix, tell, wishes.anew, metrics_days=given.metrics_keep_days)
        done += templates.set_up(client, given.prefix, metrics_days=given.metrics_keep_days)
        if wishes.drop_old:
            done += [f"{name} is removed" for name in templates.drop_old(client, given.prefix)]
    return done


def _services_only(settings: Settings) -> None:
    if settings.profile != "services":
        raise SetupError(
            "setting up Elasticsearch: the embedded profile keeps its index in a file and has none; "
            "set CROSSCLAIM_PROFILE=services"
        )
