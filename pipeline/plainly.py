"""What is wrong with settings and rules, in words for the person who wrote them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

_SHOWN_CHARS = 80

_NEEDS: Mapping[str, str] = {
    "int": "a whole number",
    "float": "a number",
    "finite_number": "a finite number",
    "bool": "true or false",
    "string": "a text in quotes",
    "path": "a path in quotes",
    "tuple": 'a list: ["…"]',
    "list": 'a list: ["…"]',
    "dict": "a table",
    "model": "a table",
}
"""What a value should have been, by the first part of pydantic's name of the error."""

_BOUNDS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}


def wrong(error: ErrorDetails, known: Iterable[str] = ()) -> str:
    """Return what is wrong with one value and what it should be; `known` are the names allowed where it stands."""
    kind, context = error["type"], error.get("ctx", {})
    special = _SPECIAL.get(kind)
    if kind == "extra_forbidden":
        return f"there is no such setting{nearest(str(error['loc'][-1]), known)}"
    if kind == "literal_error":
        return f"choose one of {context['expected'].replace(' or ', ', ')}, not {shown(error['input'])}"
    if special:
        return special(context)
    if kind in _BOUNDS:
        words, name = _BOUNDS[kind]
        return f"it must be {words} {context[name]:,g}, not {shown(error['input'])}"
    need = next((words for start, words in _NEEDS.items() if kind.startswith(start)), None)
    if need:
        return f"it must be {need}, not {shown(error['input'])}"
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {shown(error['input'])}"


_SPECIAL: Mapping[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "it is missing; add it",
    "value_error": lambda context: str(context["error"]),
    "too_short": lambda context: f"it must hold at least {context['min_length']}",
    "string_too_short": lambda _: "it is empty; write something",
    "union_tag_not_found": lambda context: f"it needs a line {str(context['discriminator']).strip(chr(39))} = …",
    "union_tag_invalid": lambda context: f"{context['tag']!r} is unknown; choose one of {context['expected_tags']}",
    "string_pattern_mismatch": lambda context: _FORMS.get(context["pattern"], f"it must match {context['pattern']}"),
}

HTTP_FORM = r"^https?://"
ANY_FORM = r"^[a-z0-9+.-]+://"
_FORMS: Mapping[str, str] = {
    HTTP_FORM: "it must be an address that begins with http:// or https://",
    ANY_FORM: 'it must be an address with its service in front, as "ntfy://host/topic"',
}


def nearest(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean …?" with the known name that is most like `name`, "" when none is."""
    # A long name may be meant by its beginning: "timout" is timeout_seconds rather than at_most.
    longest = len(name) + 1
    by_lower = {form: each for each in known for form in (each.lower(), each.lower()[:longest])}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.5)
    return f"; did you mean {by_lower[found[0]]}?" if found else ""


def shown(value: Any) -> str:
    """Return a value as it may stand in a sentence: not endless."""
    text = repr(value)
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
