"""Names: normal forms, and the one open table of country adjectives and metonyms."""

from __future__ import annotations

import re

from pipeline.claims.wordlist import words

TITLES = words(
    "mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister premier chancellor senator sen "
    "representative rep congressman congresswoman governor gov mayor secretary ambassador envoy general gen colonel "
    "col lt lieutenant captain capt major sergeant sgt admiral judge justice king queen prince princess pope father "
    "rev reverend sheriff officer detective deputy foreign former acting chief spokesman spokeswoman spokesperson "
    "director chairman chairwoman chair ceo coach commissioner attorney inspector sheikh ayatollah imam the a an "
    "executive managing manager commander curator pastor sister brother assemblyman assemblywoman councillor councilor "
    "convenor battalion marshal superintendent correspondent editor husband wife owner founder lawyer investigator"
)
_NO_TITLE = words("the a an foreign former acting deputy vice prime chief executive managing")

FUNCTION_WORDS = words(
    "what when where why how who but and for in on at from after before while as if it he she they we this that these "
    "those there with by to of or so yet nor not no his her their its our my finally outside inside today yesterday "
    "meanwhile according under over between since until because although though then now"
)
"""Words that begin a sentence with a capital and are part of no name."""

PEOPLES = {
    "russian": "Russia", "russians": "Russia", "american": "United States", "americans": "United States",
    "us": "United States", "u.s.": "United States", "u.s": "United States", "usa": "United States",
    "british": "United Kingdom", "uk": "United Kingdom", "u.k.": "United Kingdom", "britain": "United Kingdom",
    "chinese": "China", "french": "France", "german": "Germany", "germans": "Germany", "italian": "Italy",
    "spanish": "Spain", "ukrainian": "Ukraine", "ukrainians": "Ukraine", "venezuelan": "Venezuela",
    "venezuelans": "Venezuela", "iranian": "Iran", "iranians": "Iran", "iraqi": "Iraq", "iraqis": "Iraq",
    "israeli": "Israel", "israelis": "Israel", "palestinian": "Palestine", "palestinians": "Palestine",
    "syrian": "Syria", "syrians": "Syria", "turkish": "Turkey", "turks": "Turkey", "indian": "India",
    "pakistani": "Pakistan", "japanese": "Japan", "korean": "Korea", "canadian": "Canada", "mexican": "Mexico",
    "brazilian": "Brazil", "australian": "Australia", "egyptian": "Egypt", "saudi": "Saudi Arabia",
    "afghan": "Afghanistan", "polish": "Poland", "dutch": "Netherlands", "belgian": "Belgium", "greek": "Greece",
    "swedish": "Sweden", "norwegian": "Norway", "danish": "Denmark", "finnish": "Finland", "swiss": "Switzerland",
    "cuban": "Cuba", "colombian": "Colombia", "nigerian": "Nigeria", "kenyan": "Kenya", "lebanese": "Lebanon",
    "portuguese": "Portugal", "hungarian": "Hungary", "irish": "Ireland", "scottish": "Scotland",
    "european": "Europe", "europeans": "Europe", "african": "Africa", "the united states": "United States",
}  # fmt: skip
METONYMS = {
    "kremlin": "Russia", "russian federation": "Russia", "white house": "United States",
    "downing street": "United Kingdom", "bolivarian republic": "Venezuela", "elysee": "France",
    "united states of america": "United States", "great britain": "United Kingdom", "whitehall": "United Kingdom",
    "bolivarian republic of venezuela": "Venezuela", "people's republic of china": "China",
}  # fmt: skip
"""Grown by reading the development articles; what is missing keeps its own name and costs only a match."""

OUTLET_WORDS = words(
    "journal times post reuters bbc cnn guardian telegraph herald tribune gazette news newspaper magazine daily mail "
    "mirror independent afp ap tass bloomberg nbc abc cbs msnbc npr xinhua wsj nyt chronicle observer register "
    "courier dispatch bulletin broadcaster radio tv television politico breitbart buzzfeed mediaite"
)

_POSSESSIVE = re.compile(r"(?:'s|’s|['’])$")


def normal(name: str) -> str:
    """Return a name without titles, possessive and marks: "President Putin's" → "Putin"; never empty if `name` is not.

    Country adjectives and metonyms become the country.
    """
    stripped = _POSSESSIVE.sub("", " ".join(name.split()).strip(" \"'“”‘’,.;:()[]"))
    words = stripped.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        words = words[1:]
    plain = " ".join(words) or name.strip()
    lowered = plain.lower()
    return PEOPLES.get(lowered) or METONYMS.get(lowered) or plain


def without_titles(name: str) -> str:
    """Return a name without titles and possessive, its country left as it is."""
    stripped = _POSSESSIVE.sub("", " ".join(name.split()).strip(" \"'“”‘’,;:()[]"))
    words = stripped.split()
    while len(words) > 1 and words[0].lower().strip(".") in TITLES | FUNCTION_WORDS:
        words = words[1:]
    return " ".join(words)


def titled(wording: str) -> bool:
    """Whether a name stands behind a title that only people bear: "Sister Agnes", "Battalion Chief Renee Roe"."""
    words = wording.split()
    after = len(words) - len(without_titles(wording).split())
    return any(word.lower().strip(".") in TITLES - _NO_TITLE for word in words[:after])


def is_outlet(name: str) -> bool:
    """Whether a name reads like that of a newspaper, agency or broadcaster."""
    return any(word in OUTLET_WORDS for word in name.lower().replace(".", "").split()[-2:])
