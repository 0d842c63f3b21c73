"""Attribution by set wordings: who says it, who passes it on, and what is said."""

from __future__ import annotations

import pytest

from pipeline.claims.saying.speakers import offsets


def said(extractor, text):
    """Return (source, reporter, content) of everything said in a text."""
    units, found = extractor.read(text)

    def wording(saying, span):
        if span is None:
            return None
        start, end = offsets(units[saying.frame_unit].parsed, span)
        return text[start:end]

    return [
        (wording(one, one.frame.source), wording(one, one.frame.reporter), text[one.content[0][0] : one.content[0][1]])
        for one in found
        if one.content
    ]


@pytest.mark.parametrize(
    ("text", "source", "reporter", "content"),
    [
        # passed on
        (
            "The Journal said on Monday, citing an unnamed source, that the army would cut its staff by half.",
            "an unnamed source",
            "The Journal",
            "the army would cut its staff by half",
        ),
        (
            "Citing two officials, Reuters reported that talks had failed.",
            "two officials",
            "Reuters",
            "talks had failed",
        ),
        ("The Post quoted Jane Roe as saying that the bank lost $3 billion.", "Jane Roe", "The Post", "the bank lost"),
        ("Jane Roe was quoted by the Post as saying the bridge fell.", "Jane Roe", "the Post", "the bridge fell"),
        (
            "According to the Times, which cited a police report, the driver was drunk.",
            "a police report",
            "the Times",
            "the driver was drunk",
        ),
        # set wordings
        ("As Jane Roe put it, the country lost 40 years in a night.", "Jane Roe", None, "the country lost 40 years"),
        ("In the words of Jane Roe, the country lost 40 years.", "Jane Roe", None, "the country lost 40 years"),
        (
            "The ministry said in a statement that the border was closed on Monday.",
            "The ministry",
            None,
            "the border was closed on Monday",
        ),
        ("Jane Roe told reporters in Leeds that the firm had sold 40 ships.", "Jane Roe", None, "the firm had sold 40"),
        # headlines
        ("Minister: taxes will rise next year", "Minister", None, "taxes will rise next year"),
        ("Taxes will rise next year – minister", "minister", None, "Taxes will rise next year"),
        ("Taxes to rise next year: minister", "minister", None, "Taxes to rise next year"),
        ("Taxes will rise next year, says minister", "minister", None, "Taxes will rise next year"),
        # posts
        ('"We have closed the border," Jane Roe wrote on Twitter.', "Jane Roe", None, "We have closed the border"),
        (
            '"The border was closed today," the ministry posted on X.',
            "the ministry",
            None,
            "The border was closed today",
        ),
        # many and unnamed
        ("Officials say the dam is safe for 50 years.", "Officials", None, "the dam is safe for 50 years"),
        ("Critics argue that the law harms children.", "Critics", None, "the law harms children"),
        ("Witnesses said they saw three men run.", "Witnesses", None, "they saw three men run"),
    ],
)
def test_who_says_what_and_who_passes_it_on(extractor, text, source, reporter, content):
    ((who, passed_on, words),) = said(extractor, text)
    assert (who, passed_on) == (source, reporter)
    assert words.startswith(content)


@pytest.mark.parametrize(
    "text", ["Last night's debate: the bridge fell.", "As the sun rose, the bridge fell into the lake."]
)
def test_what_names_nobody(extractor, text):
    assert said(extractor, text) == []
