"""Which text is the article's: the page's or the feed's, and whether that is all of it. Pure."""

from __future__ import annotations

import re

from connectors.articles.language import spoken
from connectors.articles.notices import Judged, judge
from connectors.articles.page import Page
from connectors.sources.feed import Entry
from connectors.text import from_html

TEASER_CHARS = 250
"""Shorter texts are taken for teasers: the shortest agency flashes with a second sentence are about so long."""
PAID_TEASER_CHARS = 2_000
"""A page that says that it is not free, and gives less than this, has shown its beginning only."""
WHOLE_SUMMARY_CHARS = 700
"""A feed that has one text an entry mostly gives a summary in it; longer ones are whole articles. Feeds that are made
of the first 70 words (WordPress, Hugo) stay below it."""
FINISHED_CHARS = 1_000
"""A shorter summary that ends in the middle of a sentence was cut there, though it does not say so."""
COVERED = 0.8
"""Share of a text's words that stand in the other one, from which one of them is the other with something added."""
_SITE_LINE = re.compile(
    r"\n\n(?:The post |Der Beitrag |L['’]article |La entrada |L['’]articolo |O post |Het bericht )[^\n]{1,400}?"
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|(?:se publicó|aparece) primero en|"
    r"(?:proviene da|sembra essere il primo su)|apareceu primeiro em|verscheen eerst op)[^\n]{1,200}$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…。！？:;)\]\"'”’»*↩︎|-]\s*$")
_WORD = re.compile(r"\w+")


def of_page(page: Page) -> Judged:
    """Return the article that a page shows, and why it is not all of it."""
    found = judge(page.text)
    if found.whole and page.paid and len(found.text) < PAID_TEASER_CHARS:
        return Judged(found.text, "paywall")
    if found.whole and len(found.text) < TEASER_CHARS:
        return Judged(found.text, "teaser")
    return found


def of_feed(entry: Entry) -> Judged:
    """Return the article that a feed gives, and why it is not all of it.

    What a feed calls content is the article, unless it is as short as a teaser or says that it goes on; of what it
    calls summary only a long one is.
    """
    content, summary = from_html(entry.content), from_html(entry.summary)
    text = content if len(content) >= len(summary) else summary
    if entry.complete and text:
        return Judged(text)
    own = len(content) > len(summary)
    found = judge(_SITE_LINE.sub("", text))
    if not found.whole:
        return found
    least = TEASER_CHARS if own else WHOLE_SUMMARY_CHARS
    finished = own or len(found.text) >= FINISHED_CHARS or _ENDED.search(found.text)
    return found if len(found.text) >= least and finished else Judged(found.text, "summary")


def spoken_by_feed(entry: Entry) -> str | None:
    """Return the language of the text that a feed gives, by its words."""
    return spoken(of_feed(entry).text)


def better(page: Judged, feed: Judged) -> Judged:
    """Return the text to keep: whole before partial; of two whole ones that with less that is not the article.

    Where a feed's whole text stands in the page's, and makes up most of it, the rest is what the page has around the
    article. Where the page has hardly anything of it, the page's text is not the article. Otherwise the page's counts.
    """
    if page.whole and feed.whole:
        return feed if _is_purer(feed.text, page.text) else page
    if page.whole or feed.whole:
        return page if page.whole else feed
    if not page.text and feed.text:
        # A wall of cookies before the page tells more than that the feed has a summary.
        return Judged(feed.text, page.reason or feed.reason)
    return page if len(page.text) >= len(feed.text) else feed


def _is_purer(feed: str, page: str) -> bool:
    in_feed, in_page = _words(feed), _words(page)
    if not in_feed or not in_page:
        return bool(in_feed)
    common = in_feed & in_page
    if len(common) < (1 - COVERED) * len(in_feed):
        return len(feed) >= WHOLE_SUMMARY_CHARS
    return len(common) >= COVERED * len(in_feed) and len(common) >= COVERED * len(in_page)


def _words(text: str) -> set[str]:
    """Return a text's runs of three words."""
    words = [word.lower() for word in _WORD.findall(text)]
    return {" ".join(words[i : i + 3]) for i in range(len(words) - 2)}
