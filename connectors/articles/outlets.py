"""Who publishes: one name for an outlet, however many feeds and domains it has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from connectors.articles.canonical import canonical, host_of, site_of
from connectors.text import one_line
from pipeline.config import ROOT
from pipeline.errors import SetupError

OUTLETS_FILE = ROOT / "config" / "outlets.toml"
_FIELDS = ("id", "name", "domains", "owner", "country", "language", "feeds")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}|localhost")
_FORMS = (
    ("owner", re.compile(r".*\S.*"), '"Name of the group"'),
    ("country", re.compile(r"[A-Z]{2}"), '"GB"'),
    ("language", re.compile(r"[a-z]{2,3}"), '"en"'),
)

MAX_NAME_CHARS = 80


@dataclass(frozen=True)
class FeedName:
    """What is known of who publishes a feed: its URL, its title, and the outlet's name, "" when none was given."""

    url: str
    title: str
    outlet: str


@dataclass(frozen=True)
class Outlet:
    """An outlet of the list. `owner` names the group that it belongs to, None for its own master or where not known.

    `country` is where it is edited (ISO 3166), `language` what it is mostly written in (ISO 639), `feeds` addresses of
    feeds that it is known to have.
    """

    id: str
    name: str
    domains: tuple[str, ...]
    owner: str | None = None
    country: str | None = None
    language: str | None = None
    feeds: tuple[str, ...] = ()


class Outlets:
    """The list of outlets, looked up by domain: a page's host or any domain above it."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self.all = tuple(outlets)
        self._by_domain = {domain: outlet for outlet in self.all for domain in outlet.domains}
        self._by_name = {outlet.name.casefold(): outlet for outlet in self.all}

    def of(self, url: str) -> Outlet | None:
        """Return the listed outlet that publishes at `url`, the most specific domain first."""
        labels = host_of(url).split(".")
        candidates = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._by_domain[name] for name in candidates if name in self._by_domain), None)

    def named(self, name: str) -> Outlet | None:
        """Return the listed outlet of that name, whatever the case."""
        return self._by_name.get(name.casefold())

    def owner_of(self, url: str, outlet: str) -> str | None:
        """Return the group that the outlet at `url` belongs to, else that of the listed outlet named so."""
        listed = self.of(url) or self.named(outlet)
        return listed.owner if listed else None

    def same_site(self, url: str, other: str) -> bool:
        """True when both URLs are of one registrable domain or one listed outlet."""
        return site_of(url) == site_of(other) or (self.of(url) is not None and self.of(url) == self.of(other))

    def name_of(self, url: str, feed: FeedName, site_name: str | None = None) -> str:
        """Return the name of the outlet of an article.

        In this order: the listed outlet of its domain; on the feed's own site the name that the feed list gives or that
        was used before; what the page calls its site; on the feed's own site the feed's title; the domain. So an
        aggregator's feed does not lend its name to others, and several feeds of one site give one name.
        """
        listed = self.of(url)
        if listed:
            return listed.name
        own = site_of(url) == site_of(feed.url)
        name = (feed.outlet if own else None) or site_name or (feed.title if own else None) or site_of(url)
        return one_line(name)[:MAX_NAME_CHARS]


@lru_cache(maxsize=4)
def load_outlets(path: Path = OUTLETS_FILE) -> Outlets:
    """Read the list of outlets; raise SetupError naming the entry that is wrong. A missing file is an empty list."""
    if not path.is_file():
        return Outlets(())
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("outlet", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"reading the outlets in {path}: {error}") from error
    outlets = tuple(_outlet(table, number, path) for number, table in enumerate(tables, 1))
    _none_twice(outlets, path)
    return Outlets(outlets)


def _outlet(table: Mapping[str, Any], number: int, path: Path) -> Outlet:
    where = f"reading the outlets in {path}: outlet {number}"
    unknown = sorted(set(table) - set(_FIELDS))
    if unknown:
        raise SetupError(f"{where} has an unknown field {unknown[0]!r}; known are {', '.join(_FIELDS)}")
    for field in ("id", "name"):
        if not isinstance(table.get(field), str) or not table[field].strip():
            raise SetupError(f'{where} lacks {field}; write {field} = "…"')
    domains = table.get("domains")
    if not isinstance(domains, list) or not domains or not all(isinstance(domain, str) for domain in domains):
        raise SetupError(f'{where} ({table["name"]}) lacks domains; write domains = ["example.org"]')
    _check_values(table, f"{where} ({table['name']})")
    return Outlet(
        id=table["id"],
        name=table["name"],
        domains=tuple(domain.lower() for domain in domains),
        owner=table.get("owner"),
        country=table.get("country"),
        language=table.get("language"),
        feeds=tuple(table.get("feeds", ())),
    )


def _check_values(table: Mapping[str, Any], where: str) -> None:
    for domain in table["domains"]:
        if not _DOMAIN.fullmatch(domain.lower()):
            raise SetupError(
                f'{where}: {domain!r} is no domain; write it like "example.org", without http:// and paths'
            )
    for field, form, example in _FORMS:
        value = table.get(field)
        if value is not None and (not isinstance(value, str) or not form.fullmatch(value)):
            raise SetupError(f"{where}: {field} is {value!r}; write it like {example}")
    feeds = table.get("feeds", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, str) and canonical(feed) for feed in feeds):
        raise SetupError(f'{where}: feeds holds what is no address; write feeds = ["https://example.org/feed"]')


def _none_twice(outlets: Iterable[Outlet], path: Path) -> None:
    """Raise SetupError where a domain, an id or a name stands at two outlets."""
    places: dict[tuple[str, str], str] = {}
    for outlet in outlets:
        own = [("id", outlet.id), ("name", outlet.name.casefold()), *(("domain", domain) for domain in outlet.domains)]
        for what, value in own:
            if (what, value) in places:
                text = f"the {what} {value} stands at {places[what, value]} and at {outlet.name}; remove it from one"
                raise SetupError(f"reading the outlets in {path}: {text}")
            places[what, value] = outlet.name
