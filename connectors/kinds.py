"""Which lister reads a source: by the kind that the feed list gives it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import iscoroutinefunction

from connectors.base import Lister
from pipeline.errors import SetupError

BUILT_IN = {
    "feed": "connectors.sources.rss:list_feed",
    "sitemap": "connectors.sources.sitemap:list_sitemap",
    "topic": "connectors.sources.topic:list_topic",
}


@cache
def lister_of(kind: str) -> Lister:
    """Return the lister of a kind: a built-in one, or the one that "package.module:function" names.

    Raises SetupError saying what is wrong with the kind.
    """
    where = f"finding who reads sources of the kind {kind!r}"
    module, colon, name = BUILT_IN.get(kind, kind).partition(":")
    if not (module and colon and name):
        known = ", ".join(BUILT_IN)
        raise SetupError(f"{where}: write {known}, or package.module:function")
    try:
        lister: Lister | None = getattr(import_module(module), name, None)
    except (ImportError, ValueError) as error:
        raise SetupError(f"{where}: {error}; install the package or correct its name") from error
    if lister is None or not iscoroutinefunction(lister):
        raise SetupError(f"{where}: {module} has no `async def {name}(source, tools, cursor, now)`")
    return lister
