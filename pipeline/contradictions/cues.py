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
_REFUSES = r"reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|quash(?:es|ed)?"
_ASKED = (
    r"proposals?|offers?|requests?|demands?|bids?|deals?|pleas?|appeals?|motions?|amendments?|bills?|petitions?"
    r"|applications?|invitations?|nominations?|(?:law)?suits?|cases|charges|convictions?|calls (?:for|to)"
)
"""What is refused or ruled out of court, not said to be untrue."""
_NO_DENIAL = re.compile(
    r"\b(?:den(?:y|ied|ies) (?:bail|entry|access|asylum|visas?|permission)|neither confirmed nor denied"
    r"|false (?:alarms?|starts?|names?|charges|statements? to|pretences?|pretenses?|positives?|promises?)"
    r"|(?:not|never|nor|cannot|n['’]t) (?:deny|denied|dispute[ds]?|rejected?|dismissed?)"
    r"|declined to (?:confirm or )?deny"
    r"|den(?:y|ies|ied|ying) (?:his|her|its|their|my|our|your) (?:\w+ )?(?:birthrights?|rights?|freedom|citizenship)"
    r"|(?:appear|seem)(?:s|ed)? to contradict"
    rf"|(?:{_REFUSES}) (?:[\w’'-]+ ){{0,5}}?(?:{_ASKED})"
    r"|dismissed from|(?:fake|false|invented) (?:passports?|documents?|ids?|names?)"
    r"|(?:fake|hoax|bogus|spoof) (?:\w+ ){0,3}(?:sites?|websites?|accounts?|pages?|profiles?|statement)"
    r"|(?:last|previous|earlier|past) hoax(?:es)?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?:even if|even though|although|though|while|despite)\b[^,]{0,90},"
    r"|,?\s(?:though|although|but|a (?:claim|charge|report|allegation) (?:that )?)\b[^,;]{0,60}"
    r"\b(?:den(?:y|ies|ied)|disput(?:es|ed)|reject(?:s|ed))(?: (?:it|this|that|them|the \w+))?\.?$",
    re.IGNORECASE,
)
"""A denial told beside the point: the claim is made all the same ("P, though an official denied it")."""

_TALK = (
    r"(?:reports?|claims?|allegations?|rumou?rs?|suggestions?|assertions?|accusations?|accounts?|stor(?:y|ies)|news"
    r"|postings?|posts?|articles?|findings?)"
)
_SPELLED_OUT = (
    re.compile(
        rf"\b{_TALK} (?:that|of|about|claiming|saying|alleging) (?P<what>.+?) (?:is|are|was|were|has been|have been"
        rf"|turned out(?: to be)?|proved(?: to be)?)(?: \w+ly)? (?:not (?:true|correct|accurate)|(?:an? )?(?:{_FALSE})"
        r"|wrong)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)|dismiss(?:es|ed|ing)|refut(?:es|ed|ing)|disput(?:es|ed|ing)"
        r"|contrary to|no truth (?:to|in)) "
        rf"(?:(?:[\w’'-]+ ){{0,4}}?{_TALK}(?: (?:that|of|about|claiming|saying|alleging))?|that) (?P<what>.+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:not true|untrue|false|a (?:hoax|lie|myth)|wrong) that (?P<what>.+)",
        re.IGNORECASE,
    ),
)


def denial_cue(text: str) -> str | None:
    """Return the words in which `text` rejects something, or None."""
    match = _DENIAL.search(_masked(text))
    return match.group() if match else None


def spelled_out(text: str) -> str | None:
    """Return the words that `text` says are not so ("denied reports that | it cut its staff"), or None."""
    masked = _masked(text)
    found = next((match for cue in _SPELLED_OUT if (match := cue.search(masked))), None)
    return found["what"] if found else None


def without_talk(text: str) -> str:
    """Return what is said to be reported, without who reports it ("a report that | it cut its staff")."""
    parts = re.split(rf"\b{_TALK} (?:that|of)\b", text, maxsplit=1, flags=re.IGNORECASE)
    return parts[-1]


def _masked(text: str) -> str:
    for pattern in (_NO_DENIAL, _ASIDE):
        text = pattern.sub(lambda found: "·" * len(found.group()), text)
    return text
