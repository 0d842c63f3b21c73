"""The attribution network beside the rules: what it adds, what it leaves alone."""

import numpy as np
import pytest

from pipeline.claims.denying.rejections import rejections
from pipeline.claims.reading import SentenceReader
from pipeline.claims.saying.quotations import quotations
from pipeline.claims.saying.tagged import attributions, words
from pipeline.claims.sentences import Sentence
from pipeline.models.tagger import MAX_WORDS, Tags


@pytest.fixture(scope="module")
def read():
    """Return who says what in a sentence, by rules and network or by one of them; "-" before what makes no claim."""
    readers = {means: SentenceReader(means) for means in ("both", "rules", "network")}

    def read_by(text, means="both"):
        inside = quotations(text, [(0, len(text))])
        parsed = next(readers[means].parse(text, [(Sentence(0, len(text), 0), inside)]))
        found = readers[means].attribute(text, parsed, inside, rejections(parsed))

        def wording(span):
            return parsed.doc[slice(*span)].text if span else None

        return [
            (("-" if frame.unclaimed else "") + wording(frame.cue), wording(frame.source), wording(frame.content[0]))
            for frame in found
            if frame.content
        ]

    read_by.readers = readers
    return read_by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jane Roe's claim that the bank hid 40 losses was heard in court.",
            ("claim", "Jane Roe's", "the bank hid 40 losses"),
        ),
        ("The minister hopes that talks will resume.", ("-hopes", "The minister", "talks will resume")),
        ("Investigators are convinced that the fire was set.", ("-are convinced", "Investigators", "the fire was set")),
    ],
)
def test_what_the_rules_do_not_know_is_found(read, text, expected):
    assert read(text, "rules") == []
    assert expected in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "In a statement, the company said the plant had closed in May.",
        "According to the ministry, 40 people were hurt.",
        "Minister: taxes will rise next year",
        "Jane Roe denied that the bank had lost 40 million.",
        "As Jane Roe put it, the country lost 40 years in a night.",
    ],
)
def test_what_the_rules_found_whole_stays(read, text):
    assert [content for _, _, content in read(text, "rules")] == [content for _, _, content in read(text)]


def test_the_network_alone_finds_most(read):
    text = "The company said the plant had closed in May."
    assert read(text, "network") == [("said", "The company", "the plant had closed in May")]


def test_the_same_sentence_has_the_same_tags(read):
    reader = read.readers["both"]
    text = "The report's conclusion is that the dam leaked for years."
    parsed = next(reader.parse(text, [(Sentence(0, len(text), 0), [])]))
    first, second = (reader._tagger(words(parsed, [], [])) for _ in range(2))
    assert first.cue.tobytes() == second.cue.tobytes()
    assert np.allclose(first.cue.sum(axis=1), 1, atol=1e-5)


def test_a_long_sentence_is_cut(read):
    text = "The minister said that " + "the road and " * 200 + "the bridge were closed."
    parsed = next(read.readers["both"].parse(text, [(Sentence(0, len(text), 0), [])]))
    taken = words(parsed, [], [])
    assert len(taken.texts) == MAX_WORDS
    assert max(taken.heads) < MAX_WORDS
    assert read(text)


def test_cues_and_roles_are_decoded():
    cue = np.array([[0.9, 0.1, 0], [0.4, 0.6, 0], [0.1, 0.1, 0.8], [0.9, 0.1, 0], [0.9, 0.1, 0], [0.9, 0.1, 0]])
    roles = np.zeros((6, 6), dtype=np.int64)
    roles[1] = [1, 1, 1, 2, 0, 2]
    ((span, source, content),) = attributions(Tags(cue.astype(np.float32), roles))
    assert (span, source) == ((1, 3), (0,))
    assert content == (3, 4, 5)
