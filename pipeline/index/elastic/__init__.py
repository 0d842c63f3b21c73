"""The index in Elasticsearch: words by an English analyser, meaning by kNN, both by rank fusion on this side."""

from pipeline.index.elastic.index import ElasticIndex

__all__ = ["ElasticIndex"]
