"""The model that knows languages, loaded on import: once for all workers, forked from a process that has it."""

from __future__ import annotations

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_LEFT_OUT = frozenset(
    ("yue", "wuu", "arz", "ary", "pcm", "ext", "an", "gcf", "gcr", "vec", "lij", "hbo", "grc", "la", "vo", "gom", "ltg")
)
"""Languages without news of their own that take probability from their larger sisters."""


def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if code not in _LEFT_OUT])
    return identifier


IDENTIFIER = _identifier()
"""Text → (ISO 639 code, probability in [0, 1]): naive Bayes over byte n-grams."""
