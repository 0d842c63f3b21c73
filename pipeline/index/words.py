"""What a person typed, as terms: plain words, "quoted phrases", and beginnings of words with a `*` at the end.

There is no query language, so nothing that is typed can be wrong. Both stores search the same terms: all of them must
occur in a document (in whatever fields); when no document has them all, those with any of them are found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_TERMS = 32
"""Terms looked at; what follows is ignored. A pasted paragraph is found by its first words (or by its vector)."""

MAX_TERM_CHARS = 128
"""Longest term; a longer one is cut."""

# Lucene's English stop words without "no" and "not": in claims these change the meaning.
_STOP_WORDS = """
a an and are as at be but by for if in into is it of on or such that the their then there these they this to was will
with
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Term:
    """A word or phrase to find; `prefix` finds words that begin with it."""

    text: str
    phrase: bool = False
    prefix: bool = False


def parse(words: str) -> tuple[Term, ...]:
    """Return the terms of what was typed; empty when nothing in it can be searched ("?!")."""
    text = _UNPRINTABLE.sub(" ", words).translate(_QUOTES)
    found = (_term(phrase, word) for phrase, word in _TERM.findall(text))
    terms = tuple(dict.fromkeys(term for term in found if any(map(str.isalnum, term.text))))
    telling = tuple(term for term in terms if term.phrase or term.text.lower() not in STOP_WORDS)
    return (telling or terms)[:MAX_TERMS]


def _term(phrase: str, word: str) -> Term:
    if phrase:
        return Term(" ".join(phrase.split())[: MAX_TERM_CHARS * 4], phrase=True)
    core = _POSSESSIVE.sub("", word.strip("()[]{},;:!?…"))
    text = core.rstrip("*")[:MAX_TERM_CHARS]
    # "state-owned" is two words to an analyser; they belong side by side.
    return Term(text, phrase=not text.isalnum(), prefix=core.endswith("*") and text.isalnum())
