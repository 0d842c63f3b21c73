"""What is told before a denial without being anybody's claim: "Rumour had it that the school would be sold"."""

from __future__ import annotations

import re

from pipeline.claims.denying.vocabulary import SAID

REACH = 700
"""Characters before a denial that are searched: three or four sentences."""

_TOLD = re.compile(
    rf"\b(?:{SAID}|word|leak|whispers?|says?|said|claim(?:s|ed)|alleg(?:es|ed)|find|finds|found|wr(?:ote|ites)|"
    rf"report(?:s|ed)|"
    r"suggest(?:s|ed)|show(?:s|ed)|told|asked|wondered|accus(?:es|ed))\b[^.;:!?\"“”]{0,60}?\b(?:had it |"
    r"has it )?that (?P<what>[^.;!?\"“”\n]{6,240})",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\basked (?:\w+ ){0,4}(?:if|whether) (?P<what>[^.;!?\"“”\n]{6,240})", re.IGNORECASE)
_SAID_TO = re.compile(
    r"\b(?:is|are|was|were) (?:widely )?(?:rumou?red|said|alleged|reported|believed|thought|claimed) to "
    r"(?P<what>[^.;!?\"“”\n]{6,240})",
    re.IGNORECASE,
)
_SPOKE = re.compile(
    rf"\b(?:sp(?:eak|eaks|oke)|talk(?:s|ed)?|{SAID}|accus(?:es|"
    rf"ed)(?: [^.;:!?]{{1,40}}?)?) of (?P<what>[^.;!?\"“”\n]{{4,160}})",
    re.IGNORECASE,
)
_AFTER_COLON = re.compile(
    r"\b(?:leak|rumou?r|claim|report|allegation|headline|charge|"
    r"accusation)[^.;:!?\n]{0,40}: (?P<what>[^.;!?\n]{6,200})",
    re.IGNORECASE,
)


def hearsay(text: str, end: int) -> str | None:
    """Return the proposition told last before the offset `end`, for a denial whose words only point to it."""
    before = text[max(0, end - REACH) : end]
    found = [match for pattern in (_TOLD, _ASKED, _SAID_TO, _SPOKE, _AFTER_COLON) for match in pattern.finditer(before)]
    if not found:
        return None
    return " ".join(max(found, key=lambda match: match.start("what"))["what"].split(", ")[0].split()).strip(" ,")
