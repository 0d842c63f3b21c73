"""Word classes from the tags; spaCy's own pattern matcher for them took 37 of the parser's 150 ms an article."""

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

_BE = words("am is are was were be been being 's 're 'm")


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
        if tag in _BASE_FORMS:
            token.set_morph(_BASE_FORMS[tag])
    return doc
