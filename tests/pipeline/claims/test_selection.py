from __future__ import annotations

import gzip
import json

from pipeline.claims.saying.cues import may_attribute
from pipeline.claims.selection import MAX_CLAIMS, room


def test_weak_words_need_what_is_said():
    assert may_attribute("Acme said it had closed.")
    assert may_attribute("The figures show that Acme closed.")
    assert not may_attribute("The state show was seen in three states.")


def test_room_grows_with_the_article():
    assert room(0) < room(600) < room(1200) <= room(10**6) == MAX_CLAIMS


def test_about_nine_claims_of_an_article(extractor, make_article, shared):
    texts = []
    with gzip.open(shared / "claims/news_articles.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if 500 <= len(text.split()) <= 700:
                texts.append(text)
            if len(texts) == 15:
                break
    found = [claim for text in texts for claim in extractor.extract(make_article(text))]
    assert 6 <= len(found) / len(texts) <= 11
    assert sum(claim.cue is not None for claim in found) > len(found) / 2
