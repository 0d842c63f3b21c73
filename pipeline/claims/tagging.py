"""Word classes from the tags, and lemmas from both.

spaCy's own pattern matcher for the classes took 37 of the parser's 150 ms an article; its lemmatizer is asked once for
each different word."""

from __future__ import annotations

from typing import Any

from pipeline.claims.wordlist import words

_CLASSES = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "PRON", "EX": "PRON", "DT": "DET", "PDT": "DET", "WDT": "PRON", "IN": "ADP", "RP": "ADP", "TO": "PART",
    "POS": "PART", "CC": "CCONJ", "CD": "NUM", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ", "RB": "ADV",
    "RBR": "ADV", "RBS": "ADV", "WRB": "ADV", "MD": "AUX", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB",
    "VBP": "VERB", "VBZ": "VERB", "UH": "INTJ", "SYM": "SYM", "$": "SYM", "#": "SYM", "FW": "X", "LS": "X", "XX": "X",
    "_SP": "SPACE", "NIL": "X", "ADD": "X", "GW": "X",
}  # fmt: skip
_BASE_FORMS = {"NN": "Number=Sing", "VB": "VerbForm=Inf", "JJ": "Degree=Pos"}
"""What the lemmatizer must know to leave a base form as it is ("news" is not "new")."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of a verb that states something, or of the modal before it."""

MAX_LEMMAS = 50_000
"""Words remembered, some 10 MB; those that come after are worked out each time."""

_BE = words("am is are was were be been being 's 're 'm")


class Lemmas:
    """The lemmas of spaCy's rule lemmatizer, remembered by word, class and tag."""

    def __init__(self, lemmatizer: Any) -> None:
        """Take spaCy's lemmatizer."""
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[str, str, str], str] = {}

    def set(self, doc: Any) -> None:
        """Set each token's lemma, in place; its class and tag must be set."""
        for token in doc:
            key = (token.lower_ if token.pos_ != "PROPN" else token.text, token.pos_, token.tag_)
            lemma = self._known.get(key)
            token.lemma_ = self._new(key, token) if lemma is None else lemma

    def _new(self, key: tuple[str, str, str], token: Any) -> str:
        if token.tag_ in _BASE_FORMS:
            token.set_morph(_BASE_FORMS[token.tag_])
        lemma = str(self._lemmatizer.rule_lemmatize(token)[0])
        if len(self._known) < MAX_LEMMAS:
            self._known[key] = lemma
        return lemma


def with_classes(doc: Any) -> Any:
    """Set each token's word class from its tag and relation, in place, and return the document."""
    for token in doc:
        tag = token.tag_
        kind = _CLASSES.get(tag, "PUNCT")
        if kind == "VERB" and (token.dep_ in ("aux", "auxpass") or token.lower_ in _BE):
            kind = "AUX"
        elif tag == "DT" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"):
            kind = "PRON"
        token.pos_ = kind
    return doc
