"""What belongs to a page and not to its report: sharing, newsletters, authors' notes, credits, corrections, cookies.

An expression asks for the page's own voice ("our newsletter", "Share this"), not for the bare word: a report may well
be about newsletters, cookies or a dispute over copyright. Each is only tried on a sentence that holds a word which it
cannot do without; few do.
"""

from __future__ import annotations

import re

from pipeline.claims.wordlist import words
from pipeline.claims.worth.boilerplate_words import ENDS, FIRST_WORDS, LABELS, NOTES, PHRASES, ROLES, STARTS

HEAD = 400
"""Characters of a sentence that are looked at."""

LABEL = 120
"""The longest line, in characters, that is taken for a label: a credit, tags, a link to another article."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)?|[©@]")
_PHRASES = tuple((words(needed), re.compile(expression, re.IGNORECASE)) for needed, expression in PHRASES)
_NEEDED = frozenset[str]().union(*(needed for needed, _ in _PHRASES))
_START = re.compile(STARTS, re.IGNORECASE)
_NOTE = re.compile(NOTES, re.IGNORECASE)
_LABEL = re.compile(LABELS, re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:file )?(?:photo|image|picture)s? (?:by|from|courtesy|credit)\b|file (?:photo|picture)\b", re.I
)
_READING_TIME = re.compile(r"\W{0,3}\d{1,3}[ -]?min(?:ute)?s?[ -]read\b", re.I)

_TITLE = r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.? )?"
_NAME = _TITLE + r"[A-ZÀ-Þ][\w.'’-]{1,30}(?: [A-ZÀ-Þ][\w.'’-]{0,30}| d[aei]| van| von| de| der){0,4}"
_WHO = rf"(?:{_NAME}|The (?:author|writer)|This (?:author|writer)),? "
_IS = r"(?:is|are|was) (?:[a-z]{1,12}ly )?(?:an? |the )?(?:[\w'’-]{1,24},? ){0,5}"
_BIO = re.compile(
    rf"{_WHO}(?:{_IS}(?:{ROLES})s?\b(?! (?:who|whose|that|accused|killed|arrested))"
    r"|covers [\w ,'’-]{1,60} for (?:the |[A-Z])|teaches [\w ,'’-]{1,60} and writes "
    r"|reports (?:for|from) (?:the |[A-Z])|writes (?:about|for|on|from|an?) |tweets (?:at|as|@)"
    r"|lives (?:in|near|by|with) [\w ,'’-]{1,60}\bwith (?:his|her|their|two|three|a) )"
)
_BIO_WORDS = words("covers teaches reports writes tweets lives") | words(ROLES.replace("|", " "))
_IN_THE_NEWS = words("said says told according arrested killed charged died shot accused convicted jailed")

_END = re.compile(ENDS, re.IGNORECASE)
_END_ANYWHERE = re.compile(
    r"the original source of this|all rights reserved|copyright ©|about the author\b|fair use\b|our newsletter", re.I
)
_QUOTES = "\"'“”‘’«»*_ "


def boilerplate(sentence: str) -> bool:
    """Whether a sentence is the page's own: newsletter, author's note, credit, correction, sharing, cookies."""
    head = sentence[:HEAD].strip(_QUOTES)
    if head.startswith(("http://", "https://", "www.")):
        return True
    found = _WORD.findall(head.lower().replace("’", "'"))
    present = set(found)
    if not present.isdisjoint(_NEEDED) and any(
        expression.search(head) for needed, expression in _PHRASES if not present.isdisjoint(needed)
    ):
        return True
    if sentence.lstrip()[:1] in ('"', "“", "«"):
        return False
    if not FIRST_WORDS.isdisjoint(found[:2]) and (_START.match(head) or _NOTE.match(head) or _label(head)):
        return True
    return bool(_READING_TIME.match(head)) or _biography(head, present)


def ends_article(sentence: str) -> bool:
    """Whether a sentence begins the part after an article's end: notes to readers, about the author, disclaimers."""
    head = sentence[:HEAD].lstrip("*_ ")
    return bool(_END.match(head)) or bool(_END_ANYWHERE.search(head))


def _label(head: str) -> bool:
    """Whether a short line without a full stop starts with what labels a credit, a list of links or of tags."""
    if len(head) >= LABEL:
        return False
    return (head[-1:] not in ".!?" and bool(_LABEL.match(head))) or bool(_CREDIT.match(head))


def _biography(head: str, present: set[str]) -> bool:
    """Whether a sentence says who the author is; one that says what somebody did or said is news."""
    if present.isdisjoint(_BIO_WORDS) or not present.isdisjoint(_IN_THE_NEWS):
        return False
    return len(head) < 2 * LABEL and bool(_BIO.match(head))
