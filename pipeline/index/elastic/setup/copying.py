"""Copying from one index to another as a task of the server, with its progress told."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import CrossclaimError, Retryable, SetupError
from pipeline.index.elastic.client import patiently

Tell = Callable[[str, int, int], None]
"""Takes what is being done, how many documents are done, and of how many."""

BATCH_DOCUMENTS = 500
"""Documents that the server copies at a time: as many as one bulk request of ours."""

_PAUSES = (0.05, 0.1, 0.2, 0.5, 1.0)
"""Seconds between two looks at a task; the last one again and again."""


def checkpoint(client: Elasticsearch, index: str) -> int:
    """Return a number of the index's own count of writes up to which every write can be read after a refresh.

    It is the global checkpoint, below which no write is undone when a primary is lost; of several shards, each of which
    counts for itself, the lowest.
    """
    stats = patiently(
        f"looking at {index}", lambda: client.indices.stats(index=index, metric="indexing", level="shards").body
    )
    copies = [copy for shard in stats["indices"][index]["shards"].values() for copy in shard]
    return min(int(copy["seq_no"]["global_checkpoint"]) for copy in copies if copy["routing"]["primary"])


def later_than(number: int) -> dict[str, Any]:
    """Return the query for what was written after a checkpoint; -1 is before everything."""
    return {"range": {"_seq_no": {"gt": number}}}


def copy(
    client: Elasticsearch, source: str, alias: str, after: int, tell: Tell, *, version_type: str = "external_gte"
) -> None:
    """Copy what was written to `source` after a checkpoint into the index behind `alias`, with the documents' versions.

    An equal version overwrites: until the switch only copies stand there, and the source holds the newer one. Raises
    SetupError when a document does not fit, Retryable when the server is away or forgot the copying.
    """
    doing = f"copying {source}"
    task = _begin(client, doing, source, {"index": alias, "version_type": version_type}, after)
    try:
        answer = follow(client, doing, task, lambda done, total: tell(doing, done, total))
    except BaseException:
        with suppress(ApiError, CrossclaimError):
            tasks(client, doing, "POST", f"/_tasks/{task}/_cancel?wait_for_completion=true")
        raise
    _judge(doing, answer)


def follow(client: Elasticsearch, doing: str, task: str, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """Wait for a task's end, telling what is done and of how many; return its last state. Raises Retryable."""
    for look in range(1 << 62):
        try:
            state = tasks(client, doing, "GET", f"/_tasks/{task}")
        except SetupError as error:
            raise Retryable(f"{doing}: the server forgot it, as after a restart; run the command again") from error
        status = state["task"]["status"]
        tell(sum(status[name] for name in ("created", "updated", "deleted", "version_conflicts")), status["total"])
        if state["completed"]:
            return state
        time.sleep(_PAUSES[min(look, len(_PAUSES) - 1)])
    raise AssertionError("unreachable")


def tasks(client: Elasticsearch, doing: str, method: str, path: str) -> dict[str, Any]:
    """Ask the server about its tasks. The client's own functions for that warn each time that they may change."""
    headers = {"accept": "application/json"}
    answer: dict[str, Any] = patiently(doing, lambda: client.perform_request(method, path, headers=headers).body)
    return answer


def _begin(client: Elasticsearch, doing: str, source: str, into: dict[str, str], after: int) -> str:
    return str(
        patiently(
            doing,
            lambda: client.reindex(
                source={"index": source, "query": later_than(after), "size": BATCH_DOCUMENTS},
                dest=into,
                conflicts="proceed",
                require_alias=True,
                wait_for_completion=False,
            ),
        )["task"]
    )


def _judge(doing: str, state: dict[str, Any]) -> None:
    """Raise SetupError unless everything was copied."""
    error = state.get("error")
    if error or state["response"].get("canceled"):
        why = error.get("reason") if error else f"it was cancelled ({state['response']['canceled']})"
        raise Retryable(f"{doing}: {why}; run the command again")
    failures = state["response"]["failures"]
    if failures:
        first = failures[0]
        why = first.get("cause", first.get("reason", {}))
        raise SetupError(
            f"{doing}: document {first.get('id')} does not fit the new fields ({why.get('type')}: "
            f"{why.get('reason')}); mend or remove it, then run `crossclaim setup --upgrade` again"
        )
