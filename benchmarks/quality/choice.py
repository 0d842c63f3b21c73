"""Measure which text is kept of real feed entries when their pages show more, less, or something else.

    python -m benchmarks.quality.choice

The entries are real (feeds.tar.gz); their pages are not at hand, so pages are made: an entry's whole text with what a
site puts around it, a notice, or a teaser; for an entry that is a teaser itself, a page with a whole article of another
entry. Prints, for each case, how often the right text was kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from benchmarks.quality.shared_data import feeds
from connectors.articles.choice import better, of_feed
from connectors.articles.notices import Judged, judge
from connectors.sources.feed import Entry, FeedError, read_feed

LEAST_CHARS = 1_000
EVERY = 8
"""One entry in so many is taken, which is enough."""
_AROUND = "Most read\n\nFerry runs aground\n\nMayor resigns over the bridge\n\nShare this article with your friends"
_WALL = "We use cookies to improve this site. Accept all cookies or change your cookie settings."


def entries() -> Iterator[Entry]:
    """Yield the entries of all real feeds that can be read."""
    for name, body in feeds().items():
        try:
            yield from read_feed(body, f"https://feeds.example/{name}").entries
        except FeedError:
            continue


def measure() -> dict[str, tuple[int, int]]:
    """Return (right, all) by case."""
    judged = [of_feed(entry) for entry in itertools.islice(entries(), 0, None, EVERY)]
    whole = [it for it in judged if it.whole and len(it.text) >= LEAST_CHARS]
    parts = [it for it in judged if it.text and not it.whole]
    cases = {
        "page with things around the feed's whole text": [
            better(judge(f"{it.text}\n\n{_AROUND}"), it).text == it.text for it in whole
        ],
        "page with a cookie wall": [better(judge(_WALL), it) == it for it in whole],
        "page that shows the beginning": [better(judge(f"{it.text[:400]} …"), it) == it for it in whole],
        "page with the same text": [better(judge(it.text), it).text == it.text for it in whole],
        "feed that gives a part, page the whole": [
            better(page, it) == page
            for it, page in zip(parts, (judge(whole[n % len(whole)].text) for n in range(len(parts))), strict=True)
        ],
        "feed that gives half of the page": [
            better(Judged(it.text), Judged(it.text[: len(it.text) // 2])).text == it.text for it in whole
        ],
    }
    return {name: (sum(right), len(right)) for name, right in cases.items()}


def main() -> None:
    """Measure and print."""
    for name, (right, every) in measure().items():
        print(f"{name}: {right} of {every}")


if __name__ == "__main__":
    main()
