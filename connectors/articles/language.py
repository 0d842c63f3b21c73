"""What language a text is in, by its own words; what a page or feed declares counts only where those are too few."""

from __future__ import annotations

from collections.abc import Iterable

READ_CHARS = 2_000
"""Of a long text the beginning and the middle are read, half of this each: pages begin with menus in English."""
MIN_LETTERS = 20
SURE = 0.70
"""Least probability from which the words decide, in texts that are shorter than SHORT_CHARS."""
LIKELY = 0.50
"""The same for longer ones; below it a language is one that the model does not know. See
benchmarks/quality/languages.py, half "dev"."""
SHORT_CHARS = 200
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi"}


def language_of(text: str, *declared: str | None) -> str | None:
    """Return a code of ISO 639 ("en"): what the words say where that is clear, else the first that is declared.

    The words come first because content systems ship with "en-US" set and nobody changes it. The first call loads the
    model, about 75 MB and a second; workers find it loaded (extraction.py).
    """
    return spoken(text) or first_of(declared)


def first_of(declared: Iterable[str | None]) -> str | None:
    """Return the language of the first tag that is one."""
    return next((code for code in map(primary, declared) if code), None)


def spoken(text: str) -> str | None:
    """Return the language of the words of a text, None where they are too few or of none that is known."""
    sample = _sample(text)
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    from connectors.articles.spoken import IDENTIFIER  # it loads the model

    code, probability = IDENTIFIER.classify(sample)
    least = SURE if len(sample) < SHORT_CHARS else LIKELY
    return _SAME.get(code, code) if probability >= least and code != "zxx" else None


def primary(declared: str | None) -> str | None:
    """Return the language of a tag ("de" of "de-AT", "en_US"), None where it is none."""
    code = (declared or "").strip().replace("_", "-").split("-")[0].lower()
    return _SAME.get(code, code) if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _sample(text: str) -> str:
    if len(text) <= READ_CHARS:
        return text
    half, middle = READ_CHARS // 2, len(text) // 2
    return f"{text[:half]}\n{text[middle : middle + half]}"
