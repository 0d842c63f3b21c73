"""Denials in so many words: a text that rejects what another one says.

`denial_cue` finds the words of rejection. Whose statement is rejected is for the caller to decide, by what both share.
"""

from __future__ import annotations

import re

_REJECTS = (
    r"den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|ing)?|disput(?:es|ed|ing)"
    r"|rebut(?:s|ted|ting)?|debunk(?:s|ed|ing)?|contradict(?:s|ed|ing)?|disprove[sd]?|disavow(?:s|ed)?|quash(?:es|ed)?"
)
_FALSE = (
    r"untrue|false(?:ly)?|hoax(?:es)?|fake[ds]?|fabricat(?:ed|ion|ions)|invent(?:ed|ion|ions)|baseless"
    r"|unfounded|groundless|bogus|nonsense"
    r"|rubbish|fantasy|fairy tales?|fiction|misinformation|disinformation|forge(?:d|ry)|forgeries|myth"
    r"|doctored|misunderst(?:ood|anding)|misreport\w*|inaccurate|incorrect|exaggerat\w+|satir\w+|spoof|prank"
    r"|publicity stunt"
    r"|photoshopped|staged|montage|ludicrous|absurd|ridiculous|laughable|debunked"
)
_PHRASES = (
    r"not (?:been )?(?:true|accurate|correct|the case|so|real|happened)|no truth|no such|no talk of|no plans?"
    r"|no intention|never (?:happened|took place|existed|said|was|were|did|had)|contrary to|isn['’]t true"
    r"|wasn['’]t true|is wrong|was wrong"
    r"|are wrong|got it wrong|simply wrong|no basis|without foundation|out of the question|off the table"
    r"|ruled? out|stands by"
    r"|at no (?:point|time)|alive and well"
)
_DENIAL = re.compile(rf"\b(?:{_REJECTS}|{_FALSE}|{_PHRASES})\b", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\b(?:den(?:y|ied|ies) (?:bail|entry|access|asylum|visas?|permission)|neither confirmed nor denied"
    r"|false (?:alarm|start|name)"
    r"|(?:not|never|nor|cannot|n['’]t) (?:deny|denied|dispute[ds]?|rejected?|dismissed?)"
    r"|declined to (?:confirm or )?deny"
    r"|dismissed from|fake (?:passports?|documents?|ids?|names?))\b",
    re.IGNORECASE,
)


def denial_cue(text: str) -> str | None:
    """Return the words in which `text` rejects something, or None."""
    match = _DENIAL.search(_NO_DENIAL.sub(lambda found: "·" * len(found.group()), text))
    return match.group() if match else None
