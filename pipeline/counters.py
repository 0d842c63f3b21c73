"""Counters, so that in = done + duplicate + rejected can be read off for every stage."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

MESSAGES = Counter(
    "crossclaim_messages",
    "Messages by the stage that took them and by fate: done, duplicate or rejected.",
    ["stage", "fate"],
)
PUBLISHED = Counter("crossclaim_published", "Messages that followed, by stage and topic.", ["stage", "topic"])
RETRIES = Counter("crossclaim_retries", "Times that a stage waited for something that was away.", ["stage"])
PROGRESS = Gauge("crossclaim_progress_seconds", "Time of the last message finished, seconds since 1970.", ["stage"])
