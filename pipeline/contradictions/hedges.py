"""Hedges: words that turn a statement into a possibility, a plan, a forecast or an open question."""

from __future__ import annotations

import re
from typing import Literal

Hedge = Literal["possible", "planned", "open", "hearsay", "about_talk"]

_CUES: dict[Hedge, re.Pattern[str]] = {
    "possible": re.compile(
        r"\b(?:may|might|could|perhaps|possibl[ey]|probabl[ey]|likely|appears?|appeared|seems?|seemed|suspect(?:ed|s)?"
        r"|presumed|thought to|believed to|feared|in all likelihood|suggests?|suggesting|potential(?:ly)?)\b",
        re.IGNORECASE,
    ),
    "planned": re.compile(
        r"\b(?:will|plans? to|planned|planning to|intends? to|is to|are to|expects?|expected to|forecasts?"
        r"|predict(?:s|ed)?"
        r"|would|wants? to|aims? to|hopes? to|set to|due to|considering|proposed?|scheduled|about to|going to)\b",
        re.IGNORECASE,
    ),
    "open": re.compile(
        r"\b(?:whether|unclear|not (?:yet )?(?:clear|known|confirmed|certain|been confirmed|say|said|comment)"
        r"|unconfirmed|unverified"
        r"|no (?:evidence|confirmation|proof|indication|official|information)|(?:could|can|did"
        r"|would) ?n[o']t (?:confirm|verify|say)"
        r"|cannot (?:confirm|verify|rule)|neither confirm\w* nor den\w+|declin\w+ to (?:comment|confirm|say)"
        r"|investigat\w+|being examined"
        r"|verify|remains? to be seen|doubts?|questions?|question(?:ed|s)|does not have any information"
        r"|open question)\b",
        re.IGNORECASE,
    ),
    "hearsay": re.compile(
        r"\b(?:reportedly|allegedly|alleged|alleges?|rumou?rs?|rumou?red|purported(?:ly)?|supposed(?:ly)?"
        r"|apparently|sources? say"
        r"|it (?:is|was) (?:said|claimed|reported)|unnamed)\b",
        re.IGNORECASE,
    ),
    "about_talk": re.compile(
        r"\b(?:rumou?rs?|speculation|circulat\w+|viral|hoax(?:es)?|the (?:story|claims?|reports?|article|post"
        r"|rumou?r)|social media"
        r"|allegations?|reports (?:that|of)|went viral|surfaced|spread(?:ing)?)\b",
        re.IGNORECASE,
    ),
}


def hedges(text: str) -> frozenset[Hedge]:
    """Return the kinds of hedge in `text`."""
    return frozenset(kind for kind, cue in _CUES.items() if cue.search(text))
