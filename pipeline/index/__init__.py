"""Results kept and found again: messages → documents → SQLite or Elasticsearch → search."""

from pipeline.index.open import open_index
from pipeline.index.search import find
from pipeline.index.stage import index_message, index_messages

__all__ = ["find", "index_message", "index_messages", "open_index"]
