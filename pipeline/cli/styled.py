"""Text of the web made fit for a terminal: what would steer it taken out, found words and quotes marked."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.plain import plain

SHORT_ID = 8
"""Characters of an id that are shown; commands take these."""

_MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


def on_terminal() -> bool:
    """Say whether standard output is read by a person."""
    return sys.stdout.isatty()


def width() -> int:
    """Return how many characters a line of the terminal has; 0 where there is none."""
    return Console().width if on_terminal() else 0


def print_lines(lines: Iterable[Text | Table]) -> None:
    """Print lines: styled and wrapped on a terminal (not those that say no_wrap: links), else each as it is."""
    console = Console(highlight=False) if on_terminal() else None
    for line in lines:
        if console is None:
            sys.stdout.write(f"{line.plain if isinstance(line, Text) else ''}\n")
        elif isinstance(line, Table) or line.no_wrap:
            console.print(line, soft_wrap=isinstance(line, Text))
        else:
            indent = len(line.plain) - len(line.plain.lstrip())
            console.print(Padding(line[indent:], (0, 0, 0, indent), expand=False))


def found_words(highlights: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the words that a search marked, as they stand in the documents."""
    fragments = (fragment for fragments in highlights.values() for fragment in fragments)
    marked = (html.unescape(word) for fragment in fragments for word in _MARKED.findall(fragment))
    return frozenset(word for word in map(plain, marked) if word)


def bold(text: str, words: frozenset[str] = frozenset()) -> Text:
    """Return text on one line with these words bold, in any case."""
    styled = Text(plain(text))
    if words:
        longest_first = sorted(map(re.escape, words), key=len, reverse=True)
        styled.highlight_regex(re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE), "bold")
    return styled


def quoted(sentence: str, quote: str, start: int, mark: str = "bold") -> Text:
    """Return a sentence with its quote marked, or the quote alone where it does not stand there word for word."""
    end = start + len(quote)
    if start < 0 or sentence[start:end] != quote:
        return Text(f"“{plain(quote)}”", style=mark)
    parts = ((sentence[:start], ""), (quote, mark), (sentence[end:], ""))
    return Text.assemble(*((_inside(part), style) for part, style in parts))


def who(name: str, outlet: str) -> str:
    """Return who says something, and where."""
    source, paper = plain(name), plain(outlet)
    return paper if source in ("", paper) else f"{source} ({paper})"


def when(time: Any) -> str:
    """Return a time of a document, RFC 3339, as it is shown."""
    return f"{plain(str(time))[:16].replace('T', ' ')} UTC"


def short(id: Any) -> str:
    """Return the first characters of an id."""
    return plain(str(id))[:SHORT_ID]


def _inside(part: str) -> str:
    """Return a part of a sentence, with the space at its ends kept."""
    inner = plain(part)
    if not inner:
        return " " if part else ""
    return f"{' ' if part[0].isspace() else ''}{inner}{' ' if part[-1].isspace() else ''}"
