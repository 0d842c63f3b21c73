"""Negation: which words of a claim are denied by it, without meaning the claim is about another matter.

A negation reaches the words after it up to the end of its clause, and not further than `REACH` words. Phrases that
contain a negative word and negate nothing ("not only", "no less than", "nobody disputes") are taken out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 8
"""Words that a negation reaches; 4 misses "has not changed its name for years", 12 reaches into the next clause."""

_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|nowhere|hardly|\w+n['’]t)\b", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"\b(?:not only|not just|not merely|not least|not until|not since|not every(?:one|body|thing)?|not all"
    r"|no longer than|(?:not|\w+n['’]t) (?:the )?(?:first|last|only|alone|one of|always|necessarily|exactly"
    r"|entirely|so much)|do(?:es)? not mean|don['’]t say"
    r"|no (?:less|fewer|more|later|earlier|sooner|lower|higher) than|nothing (?:but|stronger)|no doubt|no wonder"
    r"|no(?=,)|or no|ensur(?:e|es|ed|ing) (?:that )?no|(?:not|\w+n['’]t) (?:\w+ ){1,3}until|not yet known?"
    r"|in no hurry|(?:not|\w+n['’]t) yet know|nobody has asked"
    r"|whether or not|or not|if not|not to mention|no one knows|not (?:yet |been |yet been )?(?:clear|known"
    r"|confirmed|certain|given|named|disclosed|identified|verified|independently|announced|released)"
    r"|nobody disputes|no one disputes|not disputed|not deny|no denying|not fail to|never fail(?:s|ed)? to"
    r"|cannot be said that"
    r"|not (?:un\w+|impossible|opposed|rule[ds]? out)|without (?:saying|naming|giving|elaborating|specifying|comment)"
    r"|(?:did|does|do|would|could) not (?:say|comment|respond|elaborate|specify|give|identify|name|provide"
    r"|disclose|answer|know)"
    r"|(?:could|can|would)(?:n['’]t| ?not) (?:have been |be |independently )?(?:confirm|verif|say|said)\\w*"
    r"|no comment|no idea|no details|no immediate|not immediately|no (?:official|evidence|sign|confirmation|indication)"
    r"|(?:was|were|is|are|has|have)n['’]t (?:been )?(?:given|clear|known|confirmed|named|disclosed|identified"
    r"|announced))\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.;:!?–—]|,\s*(?:but|and|which|who|while|although|because|after|as)\b|\b(?:but|because|although|while)\b"
)
_FAILED = re.compile(
    r"\b(?:fail(?:s|ed)? to|refus(?:e|es|ed|al) to|declin(?:e|es|ed) to|fell short of|free of|yet to|instead of"
    r"|rather than|unable to|(?:drop(?:s|ped)?|abandon(?:s|ed)?|shelv(?:es|ed)|scrap(?:s|ped)?|withdrew|gave up)"
    r" (?:its|his|her|their|a|the)? ?(?:plans?|promises?|pledges?|bids?|offers?|commitments?) (?:of|to|for))\b",
    re.I,
)


_IF = re.compile(r"\b(?:if|unless)\b[^,.;:]*$", re.IGNORECASE)
"""A condition before a negation: "if its demands are not met" does not say that they are not."""


@dataclass(frozen=True)
class Negation:
    """One negative word, the span of text that it reaches, and that text."""

    cue: str
    start: int
    scope: str

    @property
    def soft(self) -> bool:
        """True for "unable to": it agrees with "cannot", but what somebody was unable to do may be done by another."""
        return self.cue.lower() == "unable to"


def negations(text: str) -> tuple[Negation, ...]:
    """Return the negations of `text` that negate something, in order."""
    masked = _HARMLESS.sub(lambda match: "·" * len(match.group()), text)
    found = [*_NEGATIVE.finditer(masked), *_FAILED.finditer(masked)]
    return tuple(
        Negation(match.group(), match.start(), _scope(masked[match.end() :]))
        for match in sorted(found, key=lambda match: match.start())
        if not _IF.search(masked[: match.start()])
    )


def _scope(after: str) -> str:
    """Return the words that a negation reaches in the text after it."""
    end = _STOP.search(after)
    clause = after[: end.start()] if end else after
    return " ".join(clause.split()[:REACH])
