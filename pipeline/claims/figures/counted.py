"""What a figure counts or measures: the noun it belongs to, read off the dependency parse."""

from __future__ import annotations

from typing import Any

from pipeline.claims.figures.figure import Figure
from pipeline.claims.figures.meanings import PARTS, PLURALS, SCALES
from pipeline.claims.figures.units import MONEY, UNITS
from pipeline.claims.figures.words import DASHES, Words
from pipeline.claims.wordlist import words as word_list
from schemas.claim import QuantityRole

_GENERAL = word_list(
    "rise fall drop increase decrease decline cut reduction growth jump surge hike gain loss slump dip change average "
    "total number rate level amount record half third quarter majority most maximum minimum share proportion figure "
    "sum value worth rest part some capacity toll talk report mention max min high low"
)
"""Nouns that say how much, not of what: "a rise of 5 percent in prices" is about prices."""
_NO_COUNT = frozenset([*UNITS, *MONEY, *SCALES, *PLURALS, *PARTS, *(part + "s" for part in PARTS)]) | word_list(
    "time times dozen per cent percent figure digit head piece year period today yesterday tomorrow week month cost"
)
_OUTPUT = word_list("gdp output capacity turnover")
"""Wholes that a share is of, where what is measured is the deficit or the debt."""
_WHO = word_list(
    "who on aboard killed injured arrested detained affected infected evacuated taking questioned polled surveyed"
)
_AFTER = {"add": ("to",), "knock": ("off",), "shave": ("off", "from"), "wipe": ("off", "from")}
_REACHES = word_list("average total reach hit number exceed top pass equal near approach be become measure stand")
"""Lemmas of verbs whose object is the size of their subject ("attendance averaged 8,312")."""
_WORTH = word_list("worth costing totalling totaling numbering valued averaging weighing measuring spanning covering")
_LEMMAS = {"taxis": "tax"}
"""Slips of the lemmatizer's rules."""
_CLIMB = 8


def counted(words: Words, figure: Figure, role: QuantityRole) -> str | None:
    """Return the lemma of what a figure counts ("worker"), or of what it measures ("rate"), or None."""
    if figure.kind == "factor":
        return _of_factor(words, figure)
    inside = _inside(words, figure)
    if inside is not None:
        return inside
    if words.low(figure.end - (words.low(figure.end - 1) == "of")) == "of" and words.low(figure.measured + 1) in (
        "those",
        "them",
    ):
        who = words.low(figure.measured + (2 if words.low(figure.measured) == "of" else 1))
        return "person" if who in _WHO else None
    token = _following(words, figure)
    if token is not None and token.lower_ in _OUTPUT:
        token = None
    if (token is None and figure.unit is None) or (token is None and figure.kind == "share"):
        token = _described(words, figure)
    if token is None and words.low(figure.first - 1) in ("to", "against") and _follows_count(words, figure):
        token = words[figure.first - 2].token  # "212 votes to 198"
    if token is None:
        token = _governing(words, figure, role)
    if _lemma(token) is None and (role != "value" or words.low(figure.start - 1) in ("against", "versus")):
        token = _subject_before(words, figure)
    return _lemma(token)


def _follows_count(words: Words, figure: Figure) -> bool:
    """Whether a bare figure takes up the noun before "to": "212 votes to 198"."""
    at = figure.first - 2
    return (
        figure.unit is None and words.tag(at - 1) == "CD" and words.tag(at) == "NNS" and words.low(at) not in _NO_COUNT
    )


def _lemma(token: Any | None) -> str | None:
    if token is None or token.pos_ not in ("NOUN", "PROPN") or len(token.text) < 2:
        return None
    lemma = str(token.lemma_).lower()
    return _LEMMAS.get(lemma, lemma)


def _inside(words: Words, figure: Figure) -> str | None:
    """Return the noun within "six schools in ten"."""
    if figure.kind != "share":
        return None
    for step in range(figure.first + 1, figure.measured):
        word = words[step]
        if word.token.tag_ in ("NNS", "NN") and word.low not in _NO_COUNT and not word.low.endswith(("half", "-")):
            return _lemma(word.token)
    return None


def _following(words: Words, figure: Figure) -> Any | None:
    """Return the noun that follows: "300 workers", "20% of workers", "a 14-hour debate", "1,800 asylum seekers"."""
    end = figure.end
    if words.low(end) == "of" or words.low(end - 1) == "of":
        start = end + (words.low(end) == "of")
        return _specific(_noun_from(words, start))
    step = end + (words.low(end) in DASHES and words.at(end).glued)
    if words.low(step) in ("more", "fewer", "less", "other", "further", "additional") and figure.unit is None:
        step += 1
    money = figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper()
    if money and words.low(end) == "in" and words.tag(end + 1) in ("NN", "NNS", "JJ"):
        spent = _specific(_noun_from(words, end + 1))
        return spent if spent is not None and spent.lower_ not in _NO_COUNT else None
    if figure.unit is not None and figure.kind != "share" and not (figure.hyphen or _modifies(words, figure)):
        return None
    if words.low(step) == "of":
        step += 1
    return _specific(_noun_from(words, step, figure))


def _modifies(words: Words, figure: Figure) -> bool:
    """Whether the unit stands in the parse under a noun to its right: "a $5 million grant", "a 5% rise"."""
    token = words[figure.measured - 1].token
    if words.at(figure.measured).low in ("a", "an", "the", "per", ",", "."):
        return False
    for _ in range(4):
        head = token.head
        if token.dep_ not in ("nummod", "quantmod", "compound", "amod", "nmod", "poss", "npadvmod") or head == token:
            return False
        if head.i > words[figure.measured - 1].token.i and head.pos_ in ("NOUN", "PROPN"):
            return head.lower_ not in _NO_COUNT and head.i <= words[figure.measured - 1].token.i + 4
        token = head
    return False


def _noun_from(words: Words, position: int, figure: Figure | None = None) -> Any | None:
    """Return the head of the noun phrase that begins at a position, or None where none does."""
    found = None
    for step in range(position, min(position + 7, len(words))):
        word = words[step]
        tag, low = word.token.tag_, word.low
        if low in ("dearer", "than", "ago"):
            return found
        if tag in ("NN", "NNS", "NNP", "NNPS"):
            if found is not None and found.tag_ in ("NNS",) and tag in ("NN", "NNS") and found.head != word.token:
                return found
            found = word.token
        elif found is not None and not (low in DASHES or low == "'s" or low.endswith("'s")):
            return found
        elif tag in ("JJ", "JJR", "JJS", "VBN", "VBG", "CD", "RB", "RBR", "RBS", "PRP$", "POS", "HYPH") or low in (
            "-",
            "/",
        ):
            if tag == "VBN" and figure is not None and word.token.pos_ == "VERB" and word.token.head.pos_ != "NOUN":
                return found
        elif not (tag in ("DT", "PDT") and step == position) and not (
            low in ("and", ",") and words.tag(step - 1) == "JJ"
        ):
            return found
    return found


def _specific(token: Any | None) -> Any | None:
    """Go from a general noun to what it is of: "a rise in prices", "the number of deaths", "a price rise"."""
    for _ in range(3):
        if token is None or (token.lemma_.lower() not in _GENERAL and token.lower_ not in _GENERAL):
            return token
        below = None
        for child in token.children:
            if child.i > token.i and child.lower_ in ("of", "in", "to"):
                below = next((one for one in child.children if one.dep_ == "pobj" and one.pos_ == "NOUN"), None)
                if below is not None and below.lower_ not in _NO_COUNT:
                    break
                below = None
        if below is None:
            below = next((one for one in token.children if one.dep_ == "compound" and one.pos_ == "NOUN"), None)
            return below if below is not None and below.lower_ not in _NO_COUNT else token
        token = below
    return token


def _described(words: Words, figure: Figure) -> Any | None:
    """Return the noun to the right that the parse hangs the number on, past what stands between."""
    token = words[figure.bare - 1].token
    for _ in range(3):
        if token.dep_ not in ("nummod", "amod", "det", "nmod") or token.head == token:
            return None
        token = token.head
        if (
            token.pos_ in ("NOUN", "PROPN")
            and token.lower_ not in _NO_COUNT
            and token.i > words[figure.bare - 1].token.i
        ):
            return _specific(token)
    return None


def _anchor(words: Words, figure: Figure) -> Any:
    """Return the token of the figure whose head lies outside of it."""
    first, last = words[figure.first].token.i, words[figure.measured - 1].token.i
    for step in range(figure.measured - 1, figure.first - 1, -1):
        token = words[step].token
        if not first <= token.head.i <= last or token.head == token:
            return token
    return words[figure.bare - 1].token


def _governing(words: Words, figure: Figure, role: QuantityRole) -> Any | None:
    """Return the noun that the figure measures: "hole of £7m", "the deficit widened to 3%", "bills rose by £9"."""
    at = figure.start - 1
    if words.low(at) in _WORTH and words.tag(at - 1)[:2] == "NN":
        return _specific(words[at - 1].token)
    token = _anchor(words, figure)
    for _ in range(_CLIMB):
        head, relation = token.head, token.dep_
        if head == token:
            return None
        if relation in ("pobj", "pcomp", "prep") and head.pos_ in ("ADP", "SCONJ", "PART"):
            token = head
            continue
        if head.pos_ in ("VERB", "AUX"):
            if figure.unit is None and figure.kind == "number" and role == "value" and token.dep_ == "dobj":
                lemma = head.lemma_.lower()
                return _subject(head, token) if lemma in _REACHES else None
            found = _of_verb(head, token, role)
            return None if found is not None and found.pos_ == "PROPN" and figure.unit is None else found
        of = _of(head) if head.lower_ in _NO_COUNT and not _within(words, figure, head) else None
        if of is not None and of.lower_ not in _NO_COUNT:
            return _specific(of)
        if head.pos_ in ("NOUN", "PROPN") and not _within(words, figure, head) and head.lower_ not in _NO_COUNT:
            return _specific(head)
        token = head
    return None


def _of(token: Any) -> Any | None:
    """Return the noun after "of" that belongs to a token: "3.5 tonnes of cocaine"."""
    for child in token.children:
        if child.lower_ == "of" and child.i > token.i:
            return next((one for one in child.children if one.dep_ == "pobj" and one.pos_ == "NOUN"), None)
    return None


def _subject_before(words: Words, figure: Figure) -> Any | None:
    """Return the last subject before a figure of change where the parse leads nowhere."""
    for step in range(figure.start - 1, -1, -1):
        token = words[step].token
        if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ == "NOUN" and _good(token):
            return _specific(token)
    return None


def _within(words: Words, figure: Figure, token: Any) -> bool:
    return bool(words[figure.first].token.i <= token.i <= words[figure.measured - 1].token.i)


def _of_verb(verb: Any, below: Any, role: QuantityRole) -> Any | None:
    """Return what a verb's figure is about: its object where the figure is none, else its subject."""
    place = _AFTER.get(verb.lemma_.lower(), ())
    for child in verb.children:
        if child.lower_ in place and child.i > below.i:
            noun = next((one for one in child.children if one.dep_ == "pobj"), None)
            if noun is not None:
                return noun
    if below.dep_ not in ("dobj", "attr"):
        found = next((one for one in verb.children if one.dep_ == "dobj" and one != below and _good(one)), None)
        if found is not None and found.i < below.i:
            return _specific(found)
    if below.dep_ in ("nsubj", "nsubjpass"):
        return next((_specific(one) for one in verb.children if one.dep_ == "attr" and _good(one)), None)
    return _subject(verb, below)


def _good(token: Any) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lower_ not in _NO_COUNT


def _subject(verb: Any, below: Any) -> Any | None:
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass") and child != below:
                if _good(child):
                    return _specific(child)
                if child.pos_ != "PRON" or child.lower_ not in ("that", "which", "who"):
                    return None
        if verb.dep_ in ("relcl", "acl") and _good(verb.head):
            return _specific(verb.head)
        if verb.dep_ not in ("conj", "xcomp", "advcl", "relcl", "acl", "dep", "ccomp") or verb.head == verb:
            return None
        if verb.dep_ == "ccomp" and verb.head.lemma_ in ("say", "tell", "warn", "report"):
            return None
        verb = verb.head
        if verb.pos_ not in ("VERB", "AUX"):
            return _specific(verb) if _good(verb) else None
    return None


def _of_factor(words: Words, figure: Figure) -> str | None:
    """Return what grew or shrank by a factor: the noun compared, the object of "halved", or the subject."""
    low = words.low(figure.measured)
    if low == "as" and words.low(figure.measured + 1) in ("many", "much", "few"):
        found = _noun_from(words, figure.measured + 2)
        if found is not None:
            return _lemma(_specific(found))
    token = words[figure.bare - 1].token if figure.bare - figure.first == 1 else _anchor(words, figure)
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            break
        token = token.head
    if token.pos_ not in ("VERB", "AUX"):
        return None
    found = next((one for one in token.children if one.dep_ == "dobj" and _good(one)), None)
    return _lemma(_specific(found) if found is not None else _subject(token, words[figure.first].token))
