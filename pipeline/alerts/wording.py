"""What a person reads: who against whom, both quotes, why, and where to look. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.plain import plain
from schemas.alert import Alert, Change
from schemas.contradiction import Contradiction, Side

HEADINGS = {
    "denial": "DENIED",
    "negation": "CONTRADICTED",
    "quantity": "FIGURES DISAGREE",
    "opposite": "OPPOSITE REPORTS",
    "other": "CONTRADICTION",
}

_KINDS = {
    "denial": "a denial",
    "negation": "a negation",
    "quantity": "figures that disagree",
    "opposite": "opposite reports",
    "other": "another contradiction",
}

MAX_QUOTE_CHARS = 400
SHORT_QUOTE_CHARS = 140
"""A quote among many."""
LISTED = 20
"""Alerts that a message of several spells out; of more only the number."""
REPEATED = "(Perhaps told before: the last sending was cut off.)"


def contradiction_text(contradiction: Contradiction, change: Change = "new", detail: Sequence[str] = ()) -> str:
    """Return plain text of a few short lines, graspable from its first one."""
    a, b = contradiction.a, contradiction.b
    more = len(contradiction.evidence) - 1
    lines = [
        f"{_opening(contradiction, change, detail)}: {_who(a)} against {_who(b)}",
        _said(a),
        _said(b),
        "Why: " + "; ".join(map(plain, contradiction.reasons[:3])),
    ]
    if more:
        lines.append(
            f"And {more} more {'pair' if more == 1 else 'pairs'} of quotes in {len(contradiction.outlets)} outlets."
        )
    return "\n".join(lines)


def trouble_text(name: str, what: str, over: bool) -> str:
    """Return what to say of a feed or a part of the pipeline that is in trouble, or no longer."""
    return f"{'WELL AGAIN' if over else 'TROUBLE'}: {plain(name)}\n{plain(what)}"


def several_text(alerts: Sequence[Alert], title: str) -> str:
    """Return one text for several alerts: each with its heading and both quotes in short, the first LISTED of them."""
    lines = [title]
    for alert in alerts[:LISTED]:
        first, *rest = alert.text.splitlines()
        lines += ["", f"• {first}", *(_short(alert.contradiction) if alert.contradiction else rest[:1])]
    if len(alerts) > LISTED:
        lines += ["", f"And {len(alerts) - LISTED} more."]
    return "\n".join(lines)


def link(text: str, board: str, alert: Alert) -> str:
    """Return a text with the address at which the board shows what it is about; without a board as it is."""
    if not board:
        return text
    page = f"contradictions/{alert.contradiction_id}" if alert.subject == "contradiction" else "feeds"
    return f"{text}\n{board.rstrip('/')}/{page}"


def _opening(contradiction: Contradiction, change: Change, detail: Sequence[str]) -> str:
    match change:
        case "kind":
            return f"NOW ALSO {' AND '.join(_KINDS.get(kind, kind) for kind in detail).upper()}"
        case "outlets":
            return f"NOW IN {detail[0] if detail else contradiction.independent_sources} INDEPENDENT SOURCES"
        case "resolved":
            return "RESOLVED"
        case _:
            return HEADINGS[contradiction.kind]


def _who(side: Side) -> str:
    source, outlet = plain(side.source), plain(side.outlet)
    return outlet if source in ("", outlet) else f"{source} ({outlet})"


def _said(side: Side) -> str:
    return (
        f"  {side.published_at:%d %b %Y %H:%M} UTC  {_who(side)}: {_cut(side.quote, MAX_QUOTE_CHARS)}\n"
        f"    {plain(side.url)}"
    )


def _short(contradiction: Contradiction) -> list[str]:
    return [f"  {_who(side)}: {_cut(side.quote, SHORT_QUOTE_CHARS)}" for side in (contradiction.a, contradiction.b)]


def _cut(quote: str, longest: int) -> str:
    quote = plain(quote)
    return quote if len(quote) <= longest else quote[: longest - 1].rstrip() + "…"
