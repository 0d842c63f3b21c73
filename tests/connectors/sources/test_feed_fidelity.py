"""Nothing that feedparser finds is missing: over real feeds, and over those that feedparser itself is tested with."""

from __future__ import annotations

from pathlib import Path

from benchmarks.quality.feeds import FIELDS, Table, compare, feedparser_files


def _told(table: Table) -> str:
    return "\n".join(
        f"{name}: {what} {how}: {wanted!r} / {given!r}" for name, what, how, wanted, given in table.differences
    )


def test_over_real_feeds(shared: Path) -> None:
    table = compare({path.name: path.read_bytes() for path in sorted(shared.glob("feeds/*.xml"))})
    assert table.files == 118
    assert table.theirs["entries"] == 2875
    assert table.missing.total() == 0, _told(table)
    # Where both have something and not alike: a title that feedparser "mends", and captions of photos as texts.
    assert [table.other[what] for what in FIELDS[:4]] == [0, 1, 0, 0], _told(table)
    assert table.other["contents"] <= 15, _told(table)


def test_over_the_files_that_feedparser_is_tested_with() -> None:
    table = compare(feedparser_files())
    assert table.files > 1_100
    assert table.missing.total() == 0, _told(table)
    # Texts in encodings that feedparser guesses wrongly, and elements that come twice.
    assert table.other.total() <= 14, _told(table)
