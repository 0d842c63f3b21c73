"""What a person reads: who against whom, both quotes, why, and where to look."""

from __future__ import annotations

from schemas.contradiction import Contradiction, Side

HEADINGS = {
    "denial": "DENIED",
    "negation": "CONTRADICTED",
    "quantity": "FIGURES DISAGREE",
    "opposite": "OPPOSITE REPORTS",
    "other": "CONTRADICTION",
}

MAX_QUOTE_CHARS = 400


def alert_text(contradiction: Contradiction) -> str:
    """Return plain text of six short paragraphs, graspable from its first line."""
    a, b = contradiction.a, contradiction.b
    more = len(contradiction.evidence) - 1
    lines = [
        f"{HEADINGS[contradiction.kind]}: {_who(a)} against {_who(b)}",
        _said(a),
        _said(b),
        "Why: " + "; ".join(contradiction.reasons[:3]),
    ]
    if more:
        lines.append(
            f"And {more} more {'pair' if more == 1 else 'pairs'} of quotes in {len(contradiction.outlets)} outlets."
        )
    return "\n".join(lines)


def _who(side: Side) -> str:
    return side.source if side.source == side.outlet else f"{side.source} ({side.outlet})"


def _said(side: Side) -> str:
    quote = side.quote if len(side.quote) <= MAX_QUOTE_CHARS else side.quote[: MAX_QUOTE_CHARS - 1].rstrip() + "…"
    return f"  {side.published_at:%d %b %Y %H:%M} UTC  {_who(side)}: {quote}\n    {side.url}"
