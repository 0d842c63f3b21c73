from __future__ import annotations

from pipeline.claims.signature import PERMUTATIONS, signature, similarity


def test_near_copies_are_alike_and_others_are_not(seed_text):
    own = signature(seed_text)
    assert len(own) == 4 * PERMUTATIONS
    assert similarity(own, signature(seed_text.upper())) == 1.0
    assert similarity(own, signature(seed_text.replace("Rostec", "Rosneft"))) > 0.8
    assert similarity(own, signature(" ".join(reversed(seed_text.split())))) < 0.1


def test_texts_without_words():
    assert signature("… !") == b""
    assert similarity(b"", b"") == 0.0
    assert len(signature("two words")) == 4 * PERMUTATIONS
