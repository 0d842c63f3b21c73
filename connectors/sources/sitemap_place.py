"""Which sitemaps of an index to read now: those that changed, the newest first, some at a time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from connectors.sources.sitemap_xml import Child
from schemas.ids import digest

CHILDREN_PER_POLL = 5
MAX_DONE = 2_000
"""So many sitemaps are remembered as read while others of the same age wait."""
_OPEN_FOR = timedelta(hours=36)
_KEY_CHARS = 12


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far an index was read: all that changed up to `since`, and of what changed later, `done`.

    `pending` says that changed sitemaps wait, `live` that some must be looked at each time; `turn` is whose turn it
    is among those.
    """

    since: datetime | None = None
    done: tuple[str, ...] = ()
    turn: int = 0
    pending: bool = False
    live: bool = False


@dataclass(frozen=True)
class Choice:
    """The sitemaps to read now, changed ones before those that do not say, and all that are changed or such."""

    changed: tuple[Child, ...]
    live: tuple[Child, ...]
    waiting: int
    place: Place
    newest: datetime | None
    live_count: int

    @property
    def children(self) -> tuple[Child, ...]:
        """All that is to be read."""
        return self.changed + self.live


def place_of(position: str | None) -> Place:
    """Read a place back; an unreadable one is a new beginning."""
    try:
        return msgspec.json.decode(position, type=Place) if position else Place()
    except (msgspec.DecodeError, ValueError):
        return Place()


def choose(children: Sequence[Child], place: Place, now: datetime) -> Choice:
    """Choose what to read. The first time the newest are read and the rest is left to archives.

    A sitemap without a time, or one that names only the day and that day is hardly over, may change unseen: such take
    turns, and at least one is read each time.
    """
    live = [child for child in children if _is_live(child, now)]
    dated = sorted((child for child in children if not _is_live(child, now)), key=_changed, reverse=True)
    done = set(place.done)
    news = [it for it in dated if (place.since is None or _changed(it) > place.since) and _key(it) not in done]
    changed = news[:CHILDREN_PER_POLL]
    turn = place.turn % len(live) if live else 0
    in_turn = (live[turn:] + live[:turn])[: max(CHILDREN_PER_POLL - len(changed), 1)]
    waiting = 0 if place.since is None else len(news) - len(changed)
    newest = max(map(_changed, dated), default=place.since)
    return Choice(tuple(changed), tuple(in_turn), waiting, place, newest, len(live))


def place_after(choice: Choice, failed: Collection[Child]) -> Place:
    """Return the place once the choice was read; those of it that `failed` are still to be read."""
    place = choice.place
    turn = (place.turn + len(choice.live)) % choice.live_count if choice.live_count else 0
    live = choice.live_count > 0
    if not choice.waiting and not any(child in failed for child in choice.changed):
        return Place(since=choice.newest, turn=turn, live=live)
    done = [_key(child) for child in choice.changed if child not in failed]
    return Place(place.since, (*place.done, *done)[-MAX_DONE:], turn, pending=True, live=live)


def since_of(child: Child, place: Place) -> bool:
    """True for a sitemap that changed since the place was reached, or does not say."""
    return child.changed is None or place.since is None or child.changed > place.since


def _is_live(child: Child, now: datetime) -> bool:
    if child.changed is None:
        return True
    return child.changed.time() == child.changed.time().min and child.changed > now - _OPEN_FOR


def _changed(child: Child) -> datetime:
    assert child.changed is not None
    return child.changed


def _key(child: Child) -> str:
    return digest("sitemap", child.url, str(child.changed))[:_KEY_CHARS]
