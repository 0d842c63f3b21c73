"""What must exist before a worker starts: topics and index. Creating them again changes nothing."""

from __future__ import annotations

from pipeline import topics
from pipeline.config import Settings
from pipeline.index.open import open_index


def set_up(settings: Settings) -> list[str]:
    """Create what is missing and return what was created, in words.

    Raises Retryable when Kafka or Elasticsearch is away, SetupError when something there has another shape.
    """
    done = [f"topic {name}" for name in topics.create(settings)]
    return done + set_up_index(settings)


def set_up_index(settings: Settings) -> list[str]:
    """Create the SQLite file, or Elasticsearch's templates, indices and aliases."""
    if settings.profile == "embedded":
        path = settings.data / "index.sqlite"
        new = not path.exists()
        settings.data.mkdir(parents=True, exist_ok=True)
        open_index(settings)
        return [f"index {path}"] if new else []
    from pipeline.index import templates
    from pipeline.index.elastic.client import connect

    return templates.set_up(connect(settings.elasticsearch), settings.elasticsearch.prefix)
