"""Names: their normal forms, and what abbreviations stand for."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.claims.naming import gazetteer
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

PEOPLES = {word: country for word, (_, country) in gazetteer.PEOPLES.items()} | {
    name: country for name, country in gazetteer.COUNTRIES.items() if name != country.lower()
}
"""The country by each word for its people and by each name it goes by beside its usual one, in lower case."""

OUTLET_WORDS = words(
    "journal times post reuters bbc cnn guardian telegraph herald tribune gazette news newspaper magazine daily mail "
    "mirror independent afp ap tass bloomberg nbc abc cbs msnbc npr xinhua wsj nyt chronicle observer register "
    "courier dispatch bulletin broadcaster radio tv television politico breitbart buzzfeed mediaite"
)

_POSSESSIVE = re.compile(r"(?:'s|’s|['’])$")


def bare(name: str) -> str:
    """Return a name without article, possessive and marks: "the Kremlin's" → "Kremlin"; "The Hague" keeps its own."""
    plain = " ".join(name.split()).partition(" (")[0].strip(" \"'“‘’”,;:()[]-–—")
    plain = _POSSESSIVE.sub("", plain if _ABBREVIATED.search(plain) else plain.rstrip("."))
    shorter = _ARTICLE.sub("", plain)
    return plain if shorter.lower() in _OWN_ARTICLE else shorter or plain or name.strip()


_ARTICLE = re.compile(r"^(?:[Tt]he|THE|[Aa]n?) (?=\S)")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Co|Corp|Ltd|Bros|Jr|Sr)\.)$")
_OWN_ARTICLE = words("hague")


def organisation(name: str) -> str:
    """Return the usual name of an organisation: its table name, a ministry's short form, no corporate suffix.

    "Apple Inc." → "Apple", "Ministry of Defense" → "Defence Ministry", "UN" → "United Nations".
    """
    known = gazetteer.ORGANISATIONS.get(name.lower())
    if known is not None:
        return known
    if ministry := _MINISTRY.fullmatch(name):
        return _ministry(ministry["before"] or "", ministry["of"], "Ministry")
    if department := _DEPARTMENT.fullmatch(name):
        return f"{department['of']} Department"
    if name.endswith(" Ministry"):
        return name.replace("Defense", "Defence").replace("Foreign Affairs", "Foreign")
    return _without_suffix(name)


_MINISTRY = re.compile(
    r"(?P<before>(?:[A-Z][\w'’]+ ){1,2})?Ministry (?:of|for) (?:the )?"
    r"(?P<of>[A-Z][\w-]+(?:(?:,| and)? [A-Z][\w-]+){0,4})"
)
_DEPARTMENT = re.compile(
    r"(?:U\.?S\.? )?Department of (?:the )?(?P<of>State|Justice|Defense|Energy|Education|Labor|Commerce|Transportation"
    r"|Treasury|Interior|Agriculture)"
)


def _ministry(before: str, of: str, kind: str) -> str:
    subject = {"Defense": "Defence", "Foreign Affairs": "Foreign", "External Affairs": "External Affairs"}.get(of, of)
    return f"{before}{subject} {kind}"


_SUFFIX = re.compile(
    r"(?<!&)(?<! and),? (?:Inc|Corp|Co|Ltd|Limited|PLC|Plc|plc|LLC|L\.L\.C|LLP|LP|AG|SE|SA|S\.A|SpA|S\.p\.A"
    r"|NV|N\.V|BV|B\.V|GmbH|AB|ASA"
    r"|Oyj|A/S|KK|Pty|Bhd|Berhad|PJSC|OJSC|JSC|KGaA|Incorporated)\.?$"
)
_COMPANY = re.compile(r"(?:,? (?:&|and) (?:Co|Company)\.?| Corporation)$")
_OWN_CORPORATION = words(
    "broadcasting development finance insurance housing savings credit deposit investment petroleum oil"
)


def _without_suffix(name: str) -> str:
    for _ in range(3):
        shorter = _SUFFIX.sub("", name)
        if len(shorter) < 2 or shorter == name:
            break
        name = shorter
    shorter = _COMPANY.sub("", name)
    return name if shorter.lower().split()[-1:] and shorter.lower().split()[-1] in _OWN_CORPORATION else shorter or name


def lowered(name: str, text: str) -> str:
    """Return a name of a headline in capitals as it is written elsewhere: "ZELENSKY" → "Zelensky".

    Initials stay: they have up to five letters, and no other form in the text.
    """
    if not name.isupper() or "." in name:
        return name
    titled_form = name.title().replace("’S", "’s").replace("'S", "'s")
    long = max(map(len, name.split())) >= _NO_INITIALS
    return titled_form if long or (len(name) > 3 and titled_form in text) else name


_NO_INITIALS = 6
"""Letters from which a word in capitals is no longer read as initials."""


@lru_cache(maxsize=8)
def initials(text: str) -> dict[str, str]:
    """Return the long form of each abbreviation that a text explains: "World Health Organization (WHO)".

    After Schwartz and Hearst, *A simple algorithm for identifying abbreviation definitions in biomedical text* (PSB
    2003): from the right, each letter of the abbreviation is found in the long form, the first at a word's start. The
    long form begins with a capital.
    """
    found: dict[str, str] = {}
    for match in _EXPLAINED.finditer(text):
        short = match[1].replace(".", "")
        before = text[max(0, match.start() - _LONG_FORM) : match.start()].split("\n")[-1]
        spoken = before.split()[-min(len(short) + 5, len(short) * 2) :]
        long = _long_form(short, " ".join(spoken))
        if long is not None:
            found.setdefault(short.lower(), long)
    return found


_EXPLAINED = re.compile(r" \(((?:[A-Z]\.?[a-z]?){2,8})\)")
_LONG_FORM = 120
"""Characters before an abbreviation in which its long form may stand."""


def _long_form(short: str, before: str) -> str | None:
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        at -= 1
        while at >= 0 and (before[at].lower() != letter or (place == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    long = before[at:].strip()
    return long if long[:1].isupper() and len(long.split()) >= 2 and "." not in long[:-1] else None


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
