"""What a competent user would write instead of crossclaim: well-known parts, each used as its manual says.

feedparser (entries) → trafilatura (page → text) → spaCy's en_core_web_sm (sentences, names) → MiniLM, an embedding of
each sentence → exact nearest neighbours among all sentences held → a cross-encoder on each neighbour. A pair whose most
probable class is "contradiction" or "same" is told. No rules, no attribution of who said what, no clusters.

What makes it a fair opponent:

- Its models are crossclaim's own: the same spaCy package, the same MiniLM (computed in float32; its weights are stored
  in eight bits and unfolded at load, cosine to the original .9995, see models/encoder/README.md), and the shipped
  cross-encoder. That one takes some equal or nearly equal texts for contradictions; crossclaim's gate keeps copies from
  it, here only equal texts are kept from it.
- Sentences and pairs go through the models in batches of BATCH, sorted by length and padded to the longest of a batch,
  as sentence-transformers does it. On one thread of a processor that can be slower than one at a time, so the benchmark
  runs the peer both ways (`batch`). A pair is read once, in one order; equal texts are the same, unread.
- spaCy runs whole, as `spacy.load` gives it. Its tagger, attribute ruler and lemmatizer are not needed here; the
  benchmark prints what they cost, so that a reader may take it off.
- Sentences of fewer than MIN_WORDS words are dropped before they are embedded: by-lines, "Read more", one-word answers.
  Every other sentence of an article is taken, for a contradiction may stand in its last paragraph; `lead` reads
  only the beginning, for a user who would rather be quick.
- TOP neighbours above COSINE, of other articles only. An article that comes again replaces what was held of it.
- One thread, as crossclaim has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import feedparser
import numpy as np
import onnxruntime
import spacy
import trafilatura
from numpy.typing import NDArray
from tokenizers import Tokenizer

from pipeline.claims.reading import MODEL
from pipeline.models.manifest import ModelFiles, find_model
from pipeline.models.verdict_files import find_verdict_model
from schemas.verdict import LABELS

BATCH = 32
"""Rows that a model takes at once: the default of sentence-transformers."""
MIN_WORDS = 6
TOP = 5
"""Neighbours of a sentence that are read beside it."""
COSINE = 0.5
"""A common floor for "of one subject" with MiniLM."""
TOLD = ("contradiction", "same")

Vectors = NDArray[np.float32]


class Sentence(NamedTuple):
    """A sentence of an article, with the names in it."""

    url: str
    text: str
    names: tuple[str, ...]


class Finding(NamedTuple):
    """Two sentences of different articles, the verdict on them, and its chance."""

    a: Sentence
    b: Sentence
    verdict: str
    chance: float


def entries(feed: bytes, fetch: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of each entry of a feed whose page holds a text; `fetch` gets a page by its address."""
    for entry in feedparser.parse(feed).entries:
        text = trafilatura.extract(fetch(entry.link))
        if text:
            yield entry.link, text


class Peer:
    """The pipeline. It holds every sentence that it was given; not for use by several threads at once."""

    def __init__(self, lead: int | None = None, batch: int = BATCH) -> None:
        """`lead` is how many characters of an article are read, all if None; `batch` how many rows a model takes.

        Loads the models; raises ModelError.
        """
        self._lead = lead
        self.language = spacy.load(MODEL)
        self._encoder = Model(find_model("encoder"), batch)
        self._reader = Model(find_verdict_model(), batch)
        self.forget()

    def forget(self) -> None:
        """Hold nothing, as at first."""
        self._held: list[Sentence] = []
        self._vectors = np.zeros((1024, 384), np.float32)
        self.embedded, self.pairs = 0, 0  # sentences, and pairs that the cross-encoder read

    def take(self, url: str, text: str) -> list[Finding]:
        """Take an article; return what it has in common, or in conflict, with those before."""
        self._drop(url)
        sentences = self.sentences(url, text)
        vectors = self.embed(sentences)
        pairs = [(sentences[row], self._held[held]) for row, held in self.nearest(vectors)]
        findings = self.judge(pairs)
        self._keep(sentences, vectors)
        return findings

    def sentences(self, url: str, text: str) -> list[Sentence]:
        """Return the sentences of a text that are long enough."""
        found = [span for span in self.language(text[: self._lead]).sents if len(span.text.split()) >= MIN_WORDS]
        return [Sentence(url, " ".join(span.text.split()), tuple(name.text for name in span.ents)) for span in found]

    def embed(self, sentences: Sequence[Sentence]) -> Vectors:
        """Return a vector of unit length for each sentence, (n, 384)."""
        self.embedded += len(sentences)
        return self._encoder([one.text for one in sentences]).astype(np.float32).reshape(len(sentences), 384)

    def nearest(self, vectors: Vectors) -> list[tuple[int, int]]:
        """Return (row, place among those held) of the TOP nearest of each row that are nearer than COSINE."""
        cosines = vectors @ self._vectors[: len(self._held)].T
        if cosines.shape[1] > TOP:
            places = np.argpartition(-cosines, TOP - 1, axis=1)[:, :TOP]
        else:
            places = np.tile(np.arange(cosines.shape[1]), (len(vectors), 1))
        return [(row, int(at)) for row, some in enumerate(places) for at in some if cosines[row, at] > COSINE]

    def judge(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Finding]:
        """Return the pairs whose most probable class is worth telling."""
        copies = [Finding(a, b, "same", 1.0) for a, b in pairs if a.text == b.text]
        pairs = [(a, b) for a, b in pairs if a.text != b.text]
        self.pairs += len(pairs)
        chances = self._reader([(a.text, b.text) for a, b in pairs])
        found = [
            Finding(a, b, LABELS[row.argmax()], float(row.max())) for (a, b), row in zip(pairs, chances, strict=True)
        ]
        return copies + [one for one in found if one.verdict in TOLD]

    def _drop(self, url: str) -> None:
        """Forget what is held of an article."""
        kept = [place for place, one in enumerate(self._held) if one.url != url]
        if len(kept) < len(self._held):
            self._vectors[: len(kept)] = self._vectors[kept]
            self._held = [self._held[place] for place in kept]

    def _keep(self, sentences: Sequence[Sentence], vectors: Vectors) -> None:
        first, last = len(self._held), len(self._held) + len(sentences)
        while last > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[first:last] = vectors
        self._held.extend(sentences)


class Model:
    """An ONNX graph with its tokenizer, called with texts or with pairs of texts, in batches."""

    def __init__(self, files: ModelFiles, batch: int) -> None:
        self._batch = batch
        self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self._tokenizer.enable_truncation(files.entry.max_tokens)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(files.graph), options, providers=["CPUExecutionProvider"])
        self._inputs = [given.name for given in self._session.get_inputs()]

    def __call__(self, texts: Sequence[str] | Sequence[tuple[str, str]]) -> NDArray[Any]:
        """Return a row for each text or pair, in their order; (0, 0) for none."""
        if not texts:
            return np.zeros((0, 0))
        longest_first = sorted(range(len(texts)), key=lambda number: -_length(texts[number]))
        rows: list[Any] = [None] * len(texts)
        for first in range(0, len(texts), self._batch):
            batch = longest_first[first : first + self._batch]
            for number, row in zip(batch, self._run([texts[number] for number in batch]), strict=True):
                rows[number] = row
        return np.stack(rows)

    def _run(self, batch: Sequence[str | tuple[str, str]]) -> NDArray[Any]:
        read = self._tokenizer.encode_batch(list(batch))
        fields = {"input_ids": "ids", "token_type_ids": "type_ids", "attention_mask": "attention_mask"}
        given = {name: np.array([getattr(one, fields[name]) for one in read], np.int64) for name in self._inputs}
        return np.asarray(self._session.run(None, given)[0])


def _length(text: str | tuple[str, str]) -> int:
    return len(text) if isinstance(text, str) else len(text[0]) + len(text[1])
