"""Words of other languages than English by their stems. Pure.

A table of FTS5 has one tokenizer, and its stemmer is for English. So a document in another language has a column more,
with the stems of its words; each begins with the code of its language, so that languages keep apart. What is searched
is stemmed by each, for a few words do not tell their language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import Stemmer

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""ISO 639 code → algorithm of the Snowball project (snowballstem.org)."""

UNSPACED = ("ja", "ko", "th", "zh")
"""Languages whose words are not told apart by spaces, or hardly: every two neighbouring characters are a word."""

_UNSPACED = "\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")


def stems(text: str, language: str | None) -> str:
    """Return the stems of a text, "" in English and in languages without a stemmer."""
    code = (language or "").lower().split("-")[0]
    return " ".join(_stems(text, code)) if code in ALGORITHMS or code in UNSPACED else ""


def phrases(text: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the stems that a word or phrase has in each of some languages, as one phrase a language."""
    found = (stems(text, language) for language in languages if language not in UNSPACED or _IS_UNSPACED.search(text))
    return tuple(dict.fromkeys(phrase for phrase in found if phrase))


def _stems(text: str, code: str) -> Iterator[str]:
    # A stemmer must not be used by two threads, and costs nothing to make without its cache.
    stemmer = Stemmer.Stemmer(ALGORITHMS[code], 0) if code in ALGORITHMS else None
    for word in _WORD.findall(text.lower()):
        if _IS_UNSPACED.match(word):
            yield from (f"{code}{one}{other}" for one, other in pairwise(word)) if len(word) > 1 else (f"{code}{word}",)
        else:
            yield f"{code}{stemmer.stemWord(word) if stemmer else word}"
