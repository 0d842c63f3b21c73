"""A message of a partner's topic to an entry: one JSON object with the fields of a line of an article file. Pure."""

from __future__ import annotations

from html import escape

import msgspec

from connectors.archive.lines import Line, time_given
from connectors.sources.listed import Entry

MAX_BYTES = 5_000_000


def entry_of(raw: bytes) -> Entry:
    """Return the entry that a message describes, complete with its text; raises ValueError saying what is wrong.

    An article of a partner needs an address: it is how its text is known again, and where readers are sent.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError(f"it has {len(raw):,} bytes; send at most {MAX_BYTES:,}")
    try:
        line = msgspec.json.decode(raw, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"it is no article: {error}") from error
    if not line.url or not line.url.startswith(("http://", "https://")):
        raise ValueError("it has no url with http:// or https://; give each article the address of its page")
    content = _markup(line.text) if line.text is not None else line.html
    if not content:
        raise ValueError("it has neither text nor html; give the article's text")
    return Entry(
        guid=line.id,
        link=line.url,
        title=line.title or "",
        content=content,
        summary="",
        published=time_given(line.published_at or line.date),
        updated=None,
        authors=line.authors or (),
        section=line.section,
        complete=True,
        outlet=line.outlet or line.publisher or "",
        language=line.language,
    )


def _markup(text: str) -> str:
    """Return plain text so that none of it is taken for a tag; a blank line is a paragraph's end."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)
