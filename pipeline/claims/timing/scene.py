"""What a time expression is read against: its text, the publication, and the expressions before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from pipeline.claims.timing.calendar_spans import Dates
from pipeline.claims.timing.tense import Tense, tense
from pipeline.claims.wordlist import words


@dataclass(frozen=True)
class Time:
    """A time expression at characters [start, end) of a text, and the days it means (TIMEX3 DATE or TIME, as days).

    `first` and `last` are inclusive. `wording` replaces the stretch where the text is read alone ("Monday" → "16 March
    2026"); None where the stretch says its date already.
    """

    start: int
    end: int
    first: date
    last: date
    wording: str | None = None


@dataclass(frozen=True)
class Scene:
    """A text, when it was published (TimeML's document creation time), and the times read in it so far, in order."""

    text: str
    published: datetime
    found: list[Time] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of publication."""
        return self.published.date()

    def tense(self, start: int, end: int) -> Tense | None:
        """Return the tense around characters [start, end)."""
        return tense(self.text, start, end)

    def raw_before(self, start: int) -> str:
        """Return the word just before `start` as it stands, "" where a mark or the text's start stands between."""
        before = self.text[max(0, start - 24) : start].split(" ")
        if len(before) < 2 or before[-1] or before[-2].endswith((",", ";", ":", ")", "—", "–")):
            return ""
        return before[-2].rsplit("\n")[-1].lstrip("\"'“‘(—–-")

    def before(self, start: int) -> str:
        """Return the word just before `start` in lower case, "" where it ends in a mark."""
        return self.raw_before(start).lower()

    def after(self, end: int) -> str:
        """Return the word just after `end` as it stands, without marks; "" where a mark stands between."""
        after = self.text[end : end + 32]
        word = after[1:].split(" ")[0].split("\n")[0] if after.startswith(" ") else ""
        return word.rstrip(".,;:!?)\"'”’") if word[:1].isalnum() else ""

    def begins(self, start: int) -> bool:
        """Whether a sentence begins at `start`."""
        before = self.text[max(0, start - 8) : start]
        return not before.strip(" \"'“‘(") or bool(_SENTENCE_END.search(before))

    def listed(self, start: int) -> bool:
        """Whether a time stands before `start` in one list with it: "Monday and | Tuesday"."""
        return bool(self.found) and self.text[self.found[-1].end : start].strip(" ,") in (
            "and",
            "or",
            "to",
            "",
            "–",
            "-",
        )

    def opening(self, start: int, wording: str) -> str:
        """Return a wording with a capital where it begins a sentence."""
        return wording[:1].upper() + wording[1:] if self.begins(start) else wording

    def placed(self, start: int, end: int, preposition: str, plain: str) -> str:
        """Return the wording with its preposition, or without where one stands already or the time is the subject."""
        before = self.before(start)
        bound = before in _GOVERNORS or before.endswith(("'s", "’s")) or self.listed(start)
        subject = self.after(end) in _VERBS and (self.begins(start) or before in ("that", "said", "says"))
        return self.opening(start, plain if bound or subject else f"{preposition} {plain}")

    def possessive(self, start: int, end: int, modifier: str) -> str:
        """Return the wording of "Monday's": "the 16 March 2026" before a noun, "that of …" where none follows."""
        noun = self.after(end)
        return self.opening(start, f"the {modifier}" if noun else f"that of {modifier}")


_SENTENCE_END = re.compile(r"(?:(?<![apAP]\.[mM])(?<!\.[A-Z])\.|[!?\n:])[\"'“‘”’() ]*$")

_GOVERNORS = words(
    "on in at by since until till before after from to through throughout during between of for over within towards "
    "toward around about near under upon than via past beyond following including despite against with a an the his "
    "her its their our my your this every as except unlike besides ending starting beginning dated circa"
)
"""What stands directly before a time's bare name: prepositions and determiners."""

_VERBS = words("is was will has had marks marked saw sees brought brings would may could looks looked proved became")

Reading = tuple[Dates, str | None]
"""What a reader returns: the days, and the wording or None."""
