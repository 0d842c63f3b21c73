"""Plain words for what the messages hold: kinds, stances, times, the health of a feed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.desk.labels import Judgement
from schemas.claim import Quantity, SourceKind, Stance
from schemas.contradiction import Contradiction, Side
from schemas.verdict import Kind

KINDS: dict[Kind, str] = {
    "denial": "Denial",
    "negation": "Negation",
    "quantity": "Figures differ",
    "opposite": "Opposites",
    "other": "Cannot both be true",
}
"""The kinds of contradiction as a reader sees them; the keys are what the address bar carries."""

STANCES: dict[Stance, str] = {
    "asserts": "asserts",
    "denies": "denies",
    "questions": "questions",
    "reports": "reports",
}

SOURCE_KINDS: dict[SourceKind, str] = {
    "person": "person",
    "organisation": "organisation",
    "place": "a government, named by its place",
    "group": "group",
    "unnamed": "unnamed source",
    "outlet": "the outlet itself",
}

_QUANTITY_ROLES = {
    "value": "the size of it",
    "from": "where the change began",
    "to": "where the change ended",
    "change": "by how much it changed",
    "factor": "how many times over",
}

_HEADLINES: dict[Kind, str] = {
    "denial": "{b} denies what {a} says",
    "negation": "{b} says no where {a} says yes",
    "quantity": "{a} and {b} give figures that do not fit",
    "opposite": "{a} and {b} say opposite things",
    "other": "{a} and {b} cannot both be right",
}


JUDGEMENT_WORDS: dict[Judgement, str] = {
    "contradiction": "they contradict each other",
    "same": "they say the same",
    "compatible": "both can be true",
    "unrelated": "they speak of different things",
    "resolved": "it is resolved",
}
"""What a reader may say of two quotes; "both can be true" and "different things" mean: not a contradiction."""


def judgement_words(judgement: str) -> str:
    """Return a judgement in plain words."""
    return next((words for key, words in JUDGEMENT_WORDS.items() if key == judgement), judgement)


def kind_words(kind: str) -> str:
    """Return a kind of contradiction in plain words."""
    return next((words for key, words in KINDS.items() if key == kind), kind)


def headline(contradiction: Contradiction) -> str:
    """Return one sentence that says who stands against whom."""
    a, b = speaker(contradiction.a), speaker(contradiction.b)
    if a == b:
        a, b = f"{a} ({contradiction.a.outlet})", f"{b} ({contradiction.b.outlet})"
    words = _HEADLINES[contradiction.kind].format(a=a, b=b)
    return words[:1].upper() + words[1:]


def speaker(side: Side) -> str:
    """Return who speaks: the source, or the outlet where no source is named."""
    return side.source or side.outlet


def also_words(outlets: tuple[str, ...] | list[str]) -> str:
    """Return where else a text was printed: "also in the Post, the Herald and 3 more"."""
    shown = list(outlets[:3]) + ([f"{len(outlets) - 3} more"] if len(outlets) > 3 else [])
    return f"also in {and_list(shown)}"


def quantity_words(quantity: Quantity) -> str:
    """Return a figure as read, with its interval and what it counts: "10 to 90 staff, approximately"."""
    counted = " ".join(word for word in (quantity.unit, quantity.counted) if word)
    about = ", approximately" if quantity.approximate else ""
    role = _QUANTITY_ROLES.get(quantity.role, quantity.role)
    return f"{_interval(quantity.low, quantity.high)}{' ' + counted if counted else ''}{about} ({role})"


def _interval(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return "any number"
    if low is None or high is None:
        return f"at least {low:,.12g}" if low is not None else f"at most {high:,.12g}"
    return f"{low:,.12g}" if low == high else f"{low:,.12g} to {high:,.12g}"


def day(moment: datetime) -> str:
    """Return the day in UTC: "3 June 2019"."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y}"


def clock(moment: datetime) -> str:
    """Return the time of day in UTC: "14:05"."""
    return f"{moment.astimezone(UTC):%H:%M}"


def instant(moment: datetime) -> str:
    """Return day and time in UTC: "3 Jun 2019, 14:05 UTC"."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def machine_time(moment: datetime) -> str:
    """Return the time for a `datetime` attribute."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago it was, or how long until then, in one unit: "5 minutes ago", "in 2 hours"."""
    span = now - moment
    words = duration(abs(span))
    if words == "moments":
        return "just now" if span >= timedelta() else "in a moment"
    return f"{words} ago" if span >= timedelta() else f"in {words}"


def duration(span: timedelta) -> str:
    """Return a span in its largest whole unit."""
    seconds = span.total_seconds()
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(int(seconds // size), unit)
    return "moments"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 claim", "1,204 claims"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def and_list(names: tuple[str, ...] | list[str]) -> str:
    """Return names as a sentence has them: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
