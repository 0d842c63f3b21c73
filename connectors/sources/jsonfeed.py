"""JSON Feed, versions 1 and 1.1 (jsonfeed.org), to entries; a field of the wrong kind is left out, not refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from typing import Any

import msgspec

from connectors.sources.listed import Entry, Feed
from connectors.sources.parsed import absolute, line

MAX_ENTRIES = 20_000
"""More entries than any feed has, and few enough to be read in a second; the first of them are taken."""


def read_json_feed(document: bytes, url: str) -> Feed | None:
    """Return the feed in a JSON document, None where it is none or is damaged."""
    try:
        found = msgspec.json.decode(document.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        return None
    everybody = _names(found)
    entries = tuple(_entry(item, url, everybody) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Feed(line(_text(found, "title")), _language(found), entries)


def _entry(item: dict[str, Any], url: str, everybody: tuple[str, ...]) -> Entry:
    # A link blog's entry is about `external_url` and has its own page at `url`; an episode may have only a file.
    link = _text(item, "url") or _text(item, "external_url")
    guid = _text(item, "id")
    link = link or (guid if guid.startswith(("http://", "https://")) else "")
    tags = item.get("tags") if isinstance(item.get("tags"), list) else ()
    return Entry(
        guid=guid or None,
        link=absolute(link, url) if link else None,
        title=line(_text(item, "title")) or _attached(item),
        content=_text(item, "content_html") or _paragraphs(_text(item, "content_text")),
        summary=_text(item, "summary"),
        published=_time(_text(item, "date_published")),
        updated=_time(_text(item, "date_modified")),
        authors=_names(item) or everybody,
        section=next((line(tag) for tag in tags or () if isinstance(tag, str) and tag.strip()), None),
        language=_language(item),
    )


def _text(fields: dict[str, Any], name: str) -> str:
    """Return a text or a number as text ("id" is often a number), "" for all else."""
    value = fields.get(name)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _paragraphs(text: str) -> str:
    """Plain text as HTML, so that what looks like a tag in it stays text."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _attached(item: dict[str, Any]) -> str:
    """Return the title of the first attachment that has one: an episode's entry may have no other."""
    return next((title for part in _dicts(item.get("attachments")) if (title := line(_text(part, "title")))), "")


def _names(fields: dict[str, Any]) -> tuple[str, ...]:
    """Version 1.1 has `authors`, version 1 one `author`."""
    given = [*_dicts(fields.get("authors")), *_dicts([fields.get("author")])]
    return tuple(dict.fromkeys(name for author in given if (name := line(_text(author, "name")))))


def _dicts(values: object) -> Iterable[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _language(fields: dict[str, Any]) -> str | None:
    code = _text(fields, "language").replace("_", "-").split("-")[0].lower()
    return code if code.isascii() and code.isalpha() and len(code) in (2, 3) else None


def _time(given: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(given)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
