"""Articles from files, as `crossclaim replay` and `backfill` take them.

JSON lines (`lines.py`), WARC (`warc.py`), saved feeds and pages (`saved.py`), each plain or gzipped, or a folder of any
of these.
"""

from connectors.archive.bad import BadLine
from connectors.archive.lines import article_of
from connectors.archive.read import read_articles

__all__ = ["BadLine", "article_of", "read_articles"]
