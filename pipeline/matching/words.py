"""The words of a claim that carry its content, as stems: what two claims must share before they are compared.

A light rule stemmer: no model, about 1 µs a word. It folds inflection ("closing", "closed", "closes" → "clos") and the
irregular verbs of news; it is used only to see that two words are one, never to print them.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?![^\W\d_])|[^\W_]+(?:'[^\W_]+)*")
_DATA = Path(__file__).with_name("words.toml")


def _read() -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    irregular = {form: base for base, forms in table["irregular"].items() for form in forms.split()}
    stop, generic = (frozenset(" ".join(table[name]["words"]).split()) for name in ("stop", "generic"))
    return stop, generic, irregular


STOP_WORDS, GENERIC_WORDS, _IRREGULAR = _read()


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text` in order, in lower case, apostrophes straightened."""
    return _TOKEN.findall(text.replace("’", "'").lower())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word; inflected forms of one word share it."""
    word = _IRREGULAR.get(word.removesuffix("'s").removesuffix("'"), word.removesuffix("'s").removesuffix("'"))
    if len(word) <= 3 or word[0].isdigit():
        return word
    return _strip_e(_strip_ending(word))


def _strip_ending(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _has_vowel(word[: -len(ending)]) and len(word) - len(ending) >= 3:
            return _undouble(word[: -len(ending)])
    return word


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in word)


def _undouble(word: str) -> str:
    """Stopped → stopp → stop, but missed → miss."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def _strip_e(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=20_000)
def content_words(text: str) -> frozenset[str]:
    """Return the stems of `text` without stop words, single letters and figures."""
    return frozenset(
        stem(word) for word in tokens(text) if word not in STOP_WORDS and len(word) > 1 and not word[0].isdigit()
    )
