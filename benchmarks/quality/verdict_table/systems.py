"""The systems of the table, each from a set of cases to one prediction a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from benchmarks.newsclash.score import Prediction
from benchmarks.quality.verdict_table.cases import CaseSet, foremost
from benchmarks.quality.verdict_table.reading import Texts
from benchmarks.quality.verdict_table.simple import cosine, lexical, majority, read_fitted
from pipeline.config import load
from pipeline.contradictions.judge import decide
from pipeline.contradictions.rereading import Read
from pipeline.models.cross_encoder import CrossEncoder
from pipeline.models.verdict_files import find_verdict_model
from schemas.verdict import LABELS

SYSTEMS = ("majority", "lexical", "cosine", "rules", "cross-encoder", "stream", "crossclaim")

System = Callable[[CaseSet, Texts], list[Prediction]]


def system(name: str) -> System:
    """Return a system by its name. Raises ModelError."""
    named: dict[str, System] = {
        "majority": lambda cases, texts: majority(cases, read_fitted()[cases.name]),
        "lexical": lambda cases, texts: lexical(cases, read_fitted()[cases.name]),
        "cosine": lambda cases, texts: cosine(cases, read_fitted()[cases.name], texts),
        "rules": rules,
        "cross-encoder": cross_encoder,
        "stream": stream,
        "crossclaim": crossclaim,
    }
    return named[name]


def crossclaim(cases: CaseSet, texts: Texts) -> list[Prediction]:
    """The cascade at its most thorough: what `crossclaim compare` says."""
    return _cascade(cases, texts, _reader(), thorough=True)


def stream(cases: CaseSet, texts: Texts) -> list[Prediction]:
    """The cascade as the stream has it: the model is asked about few pairs."""
    return _cascade(cases, texts, _reader())


def rules(cases: CaseSet, texts: Texts) -> list[Prediction]:
    """The cascade without its model of pairs."""
    return _cascade(cases, texts, None)


def _cascade(cases: CaseSet, texts: Texts, read: Read | None, *, thorough: bool = False) -> list[Prediction]:
    found = [decide(texts.pair(pair), read, thorough=thorough) for pair in cases.pairs]
    verdicts = ["same" if one.verdict == "suggested" else one.verdict for one in found]
    named = [Prediction(cases.names[name], one.chance) for name, one in zip(verdicts, found, strict=True)]
    return folded(cases, named)


def cross_encoder(cases: CaseSet, texts: Texts) -> list[Prediction]:
    """The likeliest label of the model of pairs alone, where verdicts of one label are added up."""
    reader = _reader()
    return folded(cases, [likeliest(cases, reader(a, b)) for a, b in cases.pairs])


def likeliest(cases: CaseSet, chances: Mapping[str, float]) -> Prediction:
    """Return the label with the highest sum of chances."""
    sums = dict.fromkeys(cases.names.values(), 0.0)
    for verdict in LABELS:
        sums[cases.names[verdict]] += chances[verdict]
    return Prediction(max(sums, key=lambda name: sums[name]), chances["contradiction"])


def folded(cases: CaseSet, told: Sequence[Prediction]) -> list[Prediction]:
    """Return one prediction a case: the foremost label of its pairs, and the highest chance of a contradiction."""
    each = iter(told)
    together = [[next(each) for _ in case.pairs] for case in cases.cases]
    return [
        Prediction(foremost([one.verdict for one in some]), max(one.contradiction or 0.0 for one in some))
        for some in together
    ]


@lru_cache
def _reader() -> CrossEncoder:
    """The model that the settings name."""
    settings = load()
    return CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models), kept=0)
