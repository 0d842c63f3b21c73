"""What is missing or wrong, and how to mend it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

from pipeline import topics
from pipeline.config import Settings, data_folder, load
from pipeline.errors import CrossclaimError
from schemas.topics import TOPICS


@dataclass(frozen=True)
class Finding:
    """One thing examined. `detail` says how it is, and when it is wrong how to mend it."""

    what: str
    ok: bool
    detail: str


def examine() -> list[Finding]:
    """Examine everything, the first things first; one that is wrong does not hide the others."""
    try:
        settings = load()
    except CrossclaimError as error:
        return [Finding("settings", False, str(error))]
    checks: dict[str, Callable[[Settings], str]] = {
        "data folder": _data,
        "models": _models,
        "alert rules": _rules,
        "feed list": _feeds,
        "index": _index,
    }
    if settings.profile == "services":
        checks["Kafka"] = _kafka
        checks["Elasticsearch"] = _elasticsearch
    findings = [Finding("settings", True, f"profile {settings.profile}")]
    for what, check in checks.items():
        try:
            findings.append(Finding(what, True, check(settings)))
        except (CrossclaimError, OSError) as error:
            findings.append(Finding(what, False, str(error)))
    return findings


def _data(settings: Settings) -> str:
    folder = data_folder(settings)
    space = os.statvfs(folder)
    return f"{folder.resolve()}, {space.f_bavail * space.f_frsize / 1e9:.1f} GB free"


def _models(settings: Settings) -> str:
    from pipeline.models.cross_encoder import CrossEncoder
    from pipeline.models.encoder import Encoder
    from pipeline.models.verdict_files import find_verdict_model

    vectors = Encoder(root=settings.models, threads=1).encode(["Rostec denies the report."])
    reading = CrossEncoder(find_verdict_model(settings.verdicts.model, settings.models))
    told = reading("The port was closed.", "The port was open.")
    reader = settings.verdicts.model or "shipped"
    return f"encoder of {vectors.shape[1]} dimensions, {reader} model of {len(told)} verdicts, in {settings.models}"


def _rules(settings: Settings) -> str:
    from pipeline.compose import rules_of

    rules = rules_of(settings)
    return f"{len(rules.rule)} rules, {len(rules.channel)} channels in {settings.alerts.rules}"


def _feeds(settings: Settings) -> str:
    from connectors.lists.feedlist import read_feed_list

    return f"{len(read_feed_list(settings.feeds))} feeds in {settings.feeds}"


def _index(settings: Settings) -> str:
    from pipeline.index.open import open_index
    from pipeline.ports import RESULTS, Query

    index = open_index(settings)
    held = {name: index.search(Query(name, limit=0)).total for name in RESULTS}
    return ", ".join(f"{count} {name}" for name, count in held.items())


def _kafka(settings: Settings) -> str:
    missing = topics.missing(settings)
    if missing:
        raise CrossclaimError(f"topics are missing: {', '.join(missing)}; run `crossclaim setup`")
    return f"{len(TOPICS)} topics at {settings.kafka.bootstrap}"


def _elasticsearch(settings: Settings) -> str:
    from pipeline.index.elastic.client import connect
    from pipeline.index.elastic.setup.health import examine as examine_elasticsearch

    with connect(settings.elasticsearch) as client:
        return examine_elasticsearch(client, settings.elasticsearch.prefix)
