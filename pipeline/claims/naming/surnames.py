"""The full names that surnames and initials stand for in an article."""

from __future__ import annotations

from collections import Counter

from pipeline.claims.naming.names import TITLES
from pipeline.claims.wordlist import words


def expansions(wordings: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the full names by surname and by initials, the most frequent first."""
    counts = Counter(word for word in wordings if 2 <= len(word.split()) <= 4)
    longer: dict[str, str] = {}
    initials: dict[str, str] = {}
    for wording, _ in counts.most_common():
        words = without_post(wording.split())
        name = " ".join(words)
        if len(words) < 2:
            continue
        if words[0].lower() in TITLES or words[-1].lower() in _NO_SURNAME:
            continue
        longer.setdefault(words[-1].lower(), name)
        letters = "".join(word[0] for word in words)
        if len(letters) >= 3:
            initials.setdefault(letters, name)
    return longer, initials


def without_post(parts: list[str]) -> list[str]:
    """Return a name without the post before it: "State Hillary Clinton", "Maryland Gov. Martin O'Malley"."""
    posts = [number for number, word in enumerate(parts[:-1]) if word.lower().strip(".") in TITLES | _BEFORE_NAME]
    return parts[posts[-1] + 1 :] if posts else parts


_BEFORE_NAME = words("state house senate republican republicans democratic democrat democrats defense treasury")
_NO_SURNAME = words(
    "states kingdom house state party street city county university government court nations union ministry council "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december republic department news says said committee"
)
