"""Marks stand where the words stand, and nowhere else."""

from __future__ import annotations

import pytest

from board.highlight import fragment, marked, quote_in, web_address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a <mark>word</mark> b", "a <mark>word</mark> b"),
        ("<mark>one", "<mark>one</mark>"),
        ("one</mark> two", "one two"),
        ("<mark>a<mark>b</mark>c</mark>", "<mark>ab</mark>c"),
        ("&lt;b&gt; <mark>&amp;</mark>", "&lt;b&gt; <mark>&amp;</mark>"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("<mark onclick=x>a</mark>", "&lt;mark onclick=x&gt;a"),
        ("&amp;lt;b", "&amp;lt;b"),
        ("<MARK>a</MARK>", "&lt;MARK&gt;a&lt;/MARK&gt;"),
        ("", ""),
    ],
)
def test_only_paired_marks_get_through(given: str, expected: str) -> None:
    assert str(marked(given)) == expected


@pytest.mark.parametrize(
    ("sentence", "quote", "start", "expected"),
    [
        ("He said no.", "no", 8, "He said <mark>no</mark>."),
        ("no, he said no.", "no", 12, "no, he said <mark>no</mark>."),
        ("no, he said no.", "no", 5, "<mark>no</mark>, he said no."),
        ("no, he said no.", "no", -1, "<mark>no</mark>, he said no."),
        ("He said no.", "yes", -1, "<mark>yes</mark>"),
        ("He said no.", "yes", 3, "<mark>yes</mark>"),
        ("He said <no>.", "<no>", 8, "He said <mark>&lt;no&gt;</mark>."),
        ("He said no.", "", 0, "He said no."),
        ("Über “Öl”", "Öl", 6, "Über “<mark>Öl</mark>”"),
        ("a😀b", "b", 2, "a😀<mark>b</mark>"),
        ("short", "short", 99, "<mark>short</mark>"),
    ],
)
def test_a_quote_is_marked_where_it_stands(sentence: str, quote: str, start: int, expected: str) -> None:
    assert str(quote_in(sentence, quote, start)) == expected


def test_a_fragment_falls_back_to_the_text() -> None:
    assert str(fragment({"b": ["<mark>x</mark>"]}, ["a", "b"], "y")) == "<mark>x</mark>"
    assert str(fragment({}, ["a"], "<y>")) == "&lt;y&gt;"


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://[2001:db8::1]/", "https://bücher.example/"])
def test_web_addresses_are_let_through(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url", ["", "a", "javascript:x", "java\nscript:x", "https://", "https:///x", "\x01https://a.b", "http://["]
)
def test_other_addresses_are_not(url: str) -> None:
    assert web_address(url) is None
