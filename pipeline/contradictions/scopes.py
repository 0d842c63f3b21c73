"""Negation: which words of a claim are denied by it, without meaning the claim is about another matter.

A negation reaches the words after it up to the end of its clause, and not further than `REACH` words; "instead of"
reaches its noun phrase only. Phrases that contain a negative word and negate nothing ("not only", "no less than",
"nobody disputes") are taken out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 8
"""Words that a negation reaches; 4 misses "has not changed its name for years", 12 reaches into the next clause."""
PHRASE = 4
"""Words of a noun phrase after "instead of"; a verb may follow them at once ("instead of a fireman he wants to be")."""

_NOT = r"(?:not|never|can(?:not|['’]t)|\w+n['’]t)"
_NEGATIVE = re.compile(rf"\b(?:{_NOT}|no|none|nobody|nothing|neither|nor|nowhere|hardly)\b", re.IGNORECASE)
_BETWEEN = (
    r"(?:(?:yet|even|entirely|immediately|quite|really|fully|publicly|independently|officially|yet been|be|been|being"
    r"|have been|want to|wish to) )*"
)
_TELL = r"(?:say|comment|respond|elaborate|specify|give|identify|name|provide|disclose|reveal|answer|know|mean)"
_TOLD = (
    r"(?:clear|known?|confirmed|certain|sure|given|named|disclosed|revealed|identified|verified|announced|released"
    r"|specified|said|commented|responded|elaborated)"
)
_HARMLESS = re.compile(
    r"\b(?:"
    + "|".join(
        (
            rf"{_NOT} (?:the )?(?:first|last|only|alone|one of|always|necessarily|exactly|entirely|so much)",
            rf"{_NOT} (?:just|merely|least|all|every(?:one|body|thing)?|to mention|un\w+|impossible|opposed)",
            rf"{_NOT} rule[ds]? out",
            rf"{_NOT} (?:\w+ ){{1,3}}until|not (?:until|since)|{_NOT} (?:den(?:y|ied)|disputed?|fail(?:s|ed)? to)",
            rf"(?:(?:did|do|does|will|would|could|can|may) not|cannot|\w+n['’]t) {_BETWEEN}{_TELL}",
            rf"(?:not|\w+n['’]t) {_BETWEEN}{_TOLD}|not (?:immediately|independently)|cannot be said that",
            rf"{_NOT} {_BETWEEN}(?:confirm|verif)\w*",
            r"no (?:less|fewer|more|later|earlier|sooner|lower|higher|longer) than|nothing (?:but|stronger)",
            r"no doubt|no wonder|no denying|no(?=,)|or no|vot(?:e|es|ed|ing) no|in no hurry|nobody has asked",
            r"(?:no ?one|nobody) (?:knows|disputes)|ensur(?:e|es|ed|ing) (?:that )?no|if not",
            r"(?:whether |may |might )?or (?:may |might )?not",
            r"without (?:saying|naming|giving|elaborating|specifying|comment)|no comment|no idea|no details",
            r"no immediate|no (?:official|evidence|sign|confirmation|indication)",
            rf"(?:more|others|those|ones|people|many|some) (?:that|who) (?:\w+ )?{_NOT}",
        )
    )
    + r")\b",
    re.IGNORECASE,
)
"""The last kind tells of the others: of "dozens more that did not get caught" nobody says that nobody was caught."""
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St))(?<!\b(?:Mrs|Sen|Gov|Rep|Gen))\.(?!\w)|[;:!?–—]"
    r"|,\s*(?:but|and|which|who|while|although|because|after|as)\b|\b(?:but|because|although|while|despite)\b"
    r"|\band (?=(?:he|she|it|they|we|i|you|has|have|had|is|are|was|were)\b)"
    r"|\band (?=(?:[A-Z][\w’'-]+ ){1,3}(?:has|have|had|is|are|was|were|will|would|did|does)\b)"
)
_PHRASE_ENDS = frozenset(
    ["he", "she", "it", "they", "we", "i", "you", "that", "who", "which", "when", "where", "as", "in", "on", "at", "to"]
)
_FAILED = re.compile(
    r"\b(?:fail(?:s|ed)? to|refus(?:e|es|ed|al) to|declin(?:e|es|ed) to|fell short of|free of|yet to|instead of"
    r"|rather than|unable to|(?:drop(?:s|ped)?|abandon(?:s|ed)?|shelv(?:es|ed)|scrap(?:s|ped)?|withdrew|gave up)"
    r" (?:its|his|her|their|a|the)? ?(?:plans?|promises?|pledges?|bids?|offers?|commitments?) (?:of|to|for))\b",
    re.I,
)


_IF = re.compile(r"\b(?:[Ii]f|[Uu]nless)\b(?:[^,.;:]|(?<=\b[A-Z])\.)*$")
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
        Negation(match.group(), match.start(), _scope(match.group(), masked[match.end() :]))
        for match in sorted(found, key=lambda match: match.start())
        if not _IF.search(masked[: match.start()])
    )


def _scope(cue: str, after: str) -> str:
    """Return the words that a negation reaches in the text after it."""
    end = _STOP.search(after)
    clause = after[: end.start()] if end else after
    words = clause.split()[:REACH]
    return " ".join(_noun_phrase(words) if cue.lower() == "instead of" else words)


def _noun_phrase(words: list[str]) -> list[str]:
    """Return the noun phrase that `words` begin with; all of them where they begin with a verb."""
    if words and words[0].endswith("ing"):
        return words
    end = next((at for at, word in enumerate(words) if word.lower() in _PHRASE_ENDS), len(words))
    return words[: min(end, PHRASE)]
