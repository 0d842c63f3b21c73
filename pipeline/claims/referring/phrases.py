"""The phrase of a common noun, worded so that it can stand elsewhere: "a convoy near Tal", "the convoy near Tal"."""

from __future__ import annotations

from typing import Any

from pipeline.claims.referring.vocabulary import (
    TIMES,
)

MAX_WORDS = 10
"""The longest phrase, in words, that stands in for a pronoun; a longer one is cut to its name or left out."""

_WITHIN_PHRASE = frozenset(("det", "amod", "nummod", "compound", "poss", "case", "nmod", "quantmod", "advmod", "punct"))


def left_edge(token: Any) -> int:
    """Return the first token of a noun's phrase."""
    doc, start = token.doc, int(token.i)
    while start > 0:
        before = doc[start - 1]
        inside = before.dep_ in _WITHIN_PHRASE and start <= before.head.i <= token.i
        if not inside or before.tag_ in (",", ":", "``", "''", "RB", "WRB"):
            break
        start -= 1
    return start


def phrase(token: Any) -> tuple[int, int, str]:
    """Return the tokens of a common noun's phrase and its wording: "a convoy near Tal" as "the convoy near Tal"."""
    doc, start, end = token.doc, left_edge(token), token.i + 1
    for child in token.rights:
        follows = child.dep_ == "prep" and child.i == end and child.n_rights
        last = child.right_edge.i + 1 if follows else end
        timed = any(g.lower_ in TIMES for g in child.children)
        if (
            not follows
            or timed
            or last - start > MAX_WORDS
            or any(t.text in (",", ";", '"') for t in doc[child.i : last])
        ):
            break
        end = last
    words = doc[start:end].text
    head, _, rest = words.partition(" ")
    if head.lower() in _DETERMINERS:
        words = f"the {rest}"
    elif doc[start].tag_ == "CD" or (token.tag_ == "NN" and doc[start].tag_ in ("NN", "JJ", "VBN")):
        words = f"the {words if start else _lowered(words)}"
    elif start == 0 and doc[start].tag_ not in ("PRP$", "NNP", "NNPS", "POS"):
        words = _lowered(words)
    return start, end, words


def _lowered(words: str) -> str:
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


_DETERMINERS = frozenset(("the", "a", "an", "this", "that", "these", "those", "some", "another", "several", "one"))
