"""Our decoding of the recogniser finds exactly the entities that spaCy's own does."""

from __future__ import annotations

import gzip
import json

import spacy

from pipeline.claims.extract import MODEL
from pipeline.claims.naming.recogniser import Recogniser
from pipeline.claims.sentences import sentences


def test_the_same_entities_as_spacy(shared):
    language = spacy.load(MODEL, exclude=["tok2vec", "tagger", "parser", "lemmatizer", "attribute_ruler"])
    with gzip.open(shared / "claims/news_articles.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(6), strict=False)]
    parts = [text[s.start : s.end] for text in texts for s in sentences(text)]
    parts += ["a \n\n  Jane Roe \n met", "Acme", "", " ", "\n"]
    expected = list(language.pipe(parts))
    found = [language.make_doc(part) for part in parts]
    Recogniser(language.get_pipe("ner"))(found)
    for ours, theirs in zip(found, expected, strict=True):
        assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]
