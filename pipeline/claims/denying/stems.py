"""Whether a sentence may deny at all: the cheap tests before it is parsed or read for denials."""

from __future__ import annotations

import re

from pipeline.claims.denying.vocabulary import SAID
from pipeline.claims.wordlist import words

_STEMS = words(
    "bristl fend rebuff repel parr knock silenc spurn manipul montag photomont trumped cooked deep generat computer "
    "overdon lying believe adamant categorical emphatic wants way knew knows heard neither word write wrote "
    "deny deni refut rebut debunk disprov repudiat disavow gainsa disclaim reject dismiss disput contest "
    "contradict counter rubbish scotch quash quell squash dispel discount disown discredit pooh pushed hit "
    "hitting fired fires firing clap punch struck strik pour throw threw dous shot shoot knock slap shut batt "
    "bats swat brush wave waving waved laugh shrug scoff lay laid disagree distanc condemn denounc slam decr "
    "derid blast ridicul trash mock contrary opposite reverse otherwise differ lie lies liar false untru fabricat "
    "baseless groundless unfounded unsubstantiat bogus invent concoct fictit fiction hoax disinform misinform "
    "fake forg doctored photoshop slander libel defam smear canard fairy fantas figment exaggerat overblown "
    "overstat incorrect inaccura erron mistaken mislead nonsens garbage balon bunk hogwash poppycock tosh tripe "
    "absurd ludicrous prepost laughable wrong speculat hearsay propaganda gossip myth truth true substance basis "
    "foundation nothing guilt innocen misquot misrep mischar misint miscon twist context inflated correct never "
    "spurious scurril joke merit authentic genuine proportion premature lower higher fewer explod bust shatter "
    "fought fight none insist accura absolutely staged invention lack happen exist pushing hits put paid issue "
    "exception straight authorship"
)
"""Starts of words that every wording of a denial has one of, but for those of `_SMALL`."""

_BY_START = {start: tuple(stem for stem in _STEMS if stem[:3] == start) for start in {stem[:3] for stem in _STEMS}}
_WORD = re.compile(r"[a-z]{3,}")
_SMALL = re.compile(
    r"\bit (?:was|is)(?: not|n['’]t) \w|n['’]t so\b|happened|denial|single true|^[\"'“‘ ]*no[,.:!]|\b(?:no (?:part|"
    r"role|hand|knowledge|involvement|links?|ties|connections?|relationship|such|"
    r"talk|"
    r"question)|not (?:so|the case|one word|a word|a single word|me|us|at all)|rul(?:ed|es|e|ing) out|made[ -]up|"
    r"too high|too low|"
    r"hands of|not (?:from|by)\b|ma(?:de|king) (?:it|this|that|them|things)\b|sees? it|saw it|(?:said|says|replied|"
    r"answered|responded):? [\"“]?no\b|call(?:s|ed|"
    r"ing)? [\w ]{1,40} a liar|"
    r"end to|not (?:his|hers|theirs|ours|mine)\b|come from)",
    re.IGNORECASE,
)
_SURE_STEMS = words(
    "adamant smear fairy montag manipul doctored photoshop lying "
    "deny deni refut rebut debunk disprov repudiat disavow disclaim discredit untru fabricat baseless groundless "
    "unfounded bogus hoax disinform misinform forger slander libel nonsens rubbish hogwash poppycock overblown "
    "exaggerat misquot "
    "fake innocence contradicted contradicts contrary opposite"
)
_SURE_BY_START = {
    start: tuple(stem for stem in _SURE_STEMS if stem[:3] == start) for start in {stem[:3] for stem in _SURE_STEMS}
}
_SURELY = re.compile(
    r"\b(?:pack of lies|tissue of lies|no truth|not true|n['’]t true|the truth|(?:says?|said) otherwise|"
    r"begs? to differ|"
    r"begged to differ|not guilty|no such|out of context|nothing to do with|not so\b|of the (?:sort|kind)|lies\b|"
    r"a lie\b|record straight|different (?:story|tale)|no (?:part|role|hand|involvement|knowledge) in)"
    r"|\b\w{1,8}(?:n['’]t| not| never)(?: be| been)?[,.\"”]|\bnever (?:did|was|were|had|has)\b"
    r"|^[\"'“‘ ]*(?:no[,.:!]|not |wrong\b|never\b)|^[\"“‘][^\"”’]{2,40}[,!][\"”’]",
    re.IGNORECASE,
)
_SAID_THING = re.compile(rf"\b{SAID}\b", re.IGNORECASE)


def _starts(found: list[str], stems: dict[str, tuple[str, ...]]) -> bool:
    return any(word.startswith(stems[word[:3]]) for word in found if word[:3] in stems)


def may_deny(sentence: str) -> bool:
    """Whether a sentence can hold any wording of a denial: the test before any is looked for."""
    return _starts(_WORD.findall(sentence.lower()), _BY_START) or _SMALL.search(sentence) is not None


def likely(sentence: str) -> bool:
    """Whether a sentence likely denies something: the test before one that is dull otherwise is parsed."""
    head = sentence[:600]
    found = _WORD.findall(head.lower())
    if _starts(found, _SURE_BY_START) or _SURELY.search(head) is not None:
        return True
    return _starts(found, _BY_START) and _SAID_THING.search(head) is not None
