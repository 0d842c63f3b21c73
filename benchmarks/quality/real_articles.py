"""The stored real articles as `crossclaim replay` reads them: `python -m benchmarks.quality.real_articles > IN.jsonl`.

Most of them name no outlet and no day: each of those is given an outlet of its own, and all of them one day, so that
their stories, which ran over months, meet within the window of matching.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.quality.verdicts_data import DATA

UNDATED = "2015-01-15"
"""The day of articles without a date."""


def real_articles() -> Iterator[dict[str, Any]]:
    """Yield each article as a line of a replay, its id among the fields. Raises FileNotFoundError."""
    with gzip.open(DATA / "news_articles.train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for one in map(json.loads, lines):
            yield {
                "id": one["id"],
                "url": f"https://articles.example/{one['id'].replace(':', '/')}",
                "title": one["title"] or "",
                "text": one["text"],
                "published_at": f"{one.get('date') or UNDATED}T12:00:00Z",
                "outlet": one.get("publisher") or f"outlet-{one['id'].partition(':')[2]}",
            }


def main() -> None:
    """Print the lines."""
    for one in real_articles():
        sys.stdout.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    main()
