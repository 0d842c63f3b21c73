"""The composition root: settings → stages with everything that they need. Imports of models are late: they are slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from pipeline import topics
from pipeline.alerts.channels import open_channel
from pipeline.alerts.courier import Courier
from pipeline.alerts.forms import Rules
from pipeline.alerts.outbox import Outbox
from pipeline.alerts.rules import load_rules
from pipeline.alerts.stage import Teller
from pipeline.alerts.world import look_around
from pipeline.claims.stage import ReadClaims
from pipeline.config import Settings
from pipeline.contradictions.rereading import Read
from pipeline.index.open import open_index
from pipeline.matching.stage import MatchSettings
from pipeline.metrics import Measuring, Sampling
from pipeline.models.manifest import find_model
from pipeline.models.verdict_files import find_verdict_model
from pipeline.ports import Index
from pipeline.stage import Position, ReadLog, Stage, Ticking, no_log
from pipeline.stages import Claims, Clusters, Contradictions, Indexing, Matching, Telling
from schemas.message import Message
from schemas.topics import Topic

ROLES = ("analyse", "deliver")

Loaded = TypeVar("Loaded")


def stages_of(settings: Settings, role: str) -> list[Stage]:
    """Return a role's stages, over the log of the broker that the settings name."""
    if role == "analyse":
        return analysis(settings, broker_log(settings))
    index = open_index(settings)
    return [Indexing(index), telling(settings, index)]


def measuring(settings: Settings, role: str) -> list[Ticking]:
    """Return what a role's worker does beside its stages."""
    opened = cache(lambda: open_index(settings))  # late: the analysis begins also while the index is away
    everywhere: list[Ticking] = [Sampling(role, opened)]
    return [*everywhere, Measuring(settings, opened())] if role == "deliver" else everywhere


def analysis(settings: Settings, log: ReadLog = no_log, read_claims: ReadClaims | None = None) -> list[Stage]:
    """Return the stages from articles to contradictions; without `read_claims` they read articles themselves.

    Raises ModelError now for models whose files are missing or altered.
    """
    find_model("encoder", settings.models)
    matching = MatchSettings(settings.matching.window_days, settings.matching.window_claims)
    return [
        Claims(read_claims or _loading_claims(settings)),
        Matching(matching, log),
        Contradictions(_loading_reader(settings)),
        Clusters(log),
    ]


def _loading_claims(settings: Settings) -> ReadClaims:
    """Return the reader of claims, which loads meanwhile."""
    loaded = _loading(lambda: claims_of_articles(settings.models, settings.worker_threads))
    return lambda article: loaded()(article)


def claims_of_articles(models: Path, threads: int = 1) -> ReadClaims:
    """Return the reader of claims, its models loaded (some seconds). Raises ModelError."""
    from pipeline.claims.extract import ClaimExtractor
    from pipeline.claims.stage import claims_reader
    from pipeline.models.encoder import Encoder

    return claims_reader(ClaimExtractor(), Encoder(root=models, threads=threads).encode)


def _loading_reader(settings: Settings) -> Read:
    """Return the model of pairs. Raises ModelError now for files that are missing or altered."""
    files = find_verdict_model(settings.verdicts.model, settings.models)

    def load() -> Read:
        from pipeline.models.cross_encoder import CrossEncoder

        return CrossEncoder(files, threads=settings.worker_threads)

    loaded = _loading(load)
    return lambda a, b: loaded()(a, b)


def _loading(load: Callable[[], Loaded]) -> Callable[[], Loaded]:
    """Return at once how to get at what loads meanwhile, as long as a worker takes to join its group."""
    executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="loading")
    loaded = executor.submit(load)
    executor.shutdown(wait=False)
    return loaded.result


def telling(settings: Settings, index: Index) -> Telling:
    """Return the stage that tells contradictions; the index remembers what was told."""
    rules = load_rules(settings.alerts.rules)
    channels = {name: open_channel(name, channel, settings) for name, channel in rules.channel.items()}
    outbox = Outbox(index)
    courier = Courier(rules, channels, outbox, index, settings.alerts.board_url)
    settling = timedelta(seconds=settings.alerts.settle_seconds)
    return Telling(Teller(rules, outbox, courier, look_around(settings, index), settling))


def broker_log(settings: Settings) -> ReadLog:
    """Return how a stage reads back the log that its state is made of."""

    def log(topic: Topic, partition: int, start: int, end: int) -> Iterator[tuple[Position, Message]]:
        return topics.messages(settings, topic, partition, start, end)

    return log


def rules_of(settings: Settings) -> Rules:
    """Return the alert rules that the settings name."""
    return load_rules(settings.alerts.rules)
