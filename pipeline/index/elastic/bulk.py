"""Writing in bulk: by id, with the documents' own versions, and every item's answer looked at.

A bulk request that "succeeds" may have failed for any of its items, and a client that does not look loses them. Here
each document ends as written, stale or refused, or the whole write raises Retryable and may be sent again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import SetupError
from pipeline.index.elastic.client import ATTEMPTS, Busy, missing, patiently, reason_of
from pipeline.index.mapping import misaddressed, oversized
from pipeline.ports import Document, Refused, WriteReport

CHUNK_DOCUMENTS = 500
"""Documents in one request."""

CHUNK_BYTES = 5_000_000
"""Bytes in one request; Elastic's guide calls 5 to 15 MB good and the server refuses above 100 MB."""

DOING = "writing to Elasticsearch"

_LACKS_PIPELINE = "pipeline with id"
"""What the server says of documents whose index wants an ingest pipeline that is not there, as after a restore."""

_encoder = msgspec.json.Encoder()


@dataclass(frozen=True)
class Line:
    """A document as two lines of a bulk request."""

    document: Document
    raw: bytes


@dataclass(frozen=True)
class Fate:
    """What became of a document; `reason` says why it was refused or has to wait."""

    name: Literal["written", "stale", "refused", "busy"]
    reason: str = ""


def write(client: Elasticsearch, prefix: str, documents: Sequence[Document]) -> WriteReport:
    """Keep documents by id in the indices behind the aliases.

    Raises Retryable when some could not be written now, SetupError when the indices are missing.
    """
    lines, refused = prepared(prefix, documents)
    fates = [pair for chunk in chunks(lines) for pair in _write_chunk(client, chunk)]
    names = [fate.name for _, fate in fates]
    refused += [Refused(line.document, fate.reason) for line, fate in fates if fate.name == "refused"]
    return WriteReport(names.count("written"), names.count("stale"), tuple(refused))


def prepared(prefix: str, documents: Sequence[Document]) -> tuple[list[Line], list[Refused]]:
    """Return documents ready to be sent, and those that would spoil the whole request."""
    ready = [(document, _line(prefix, document)) for document in documents]
    lines = [line for _, line in ready if isinstance(line, Line)]
    return lines, [Refused(document, reason) for document, reason in ready if isinstance(reason, str)]


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Cut lines into requests of at most CHUNK_DOCUMENTS and, but for a single larger document, CHUNK_BYTES."""
    chunk: list[Line] = []
    size = 0
    for line in lines:
        if chunk and (len(chunk) >= CHUNK_DOCUMENTS or size + len(line.raw) > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(line)
        size += len(line.raw)
    if chunk:
        yield chunk


def judge(item: dict[str, Any]) -> Fate:
    """Return what one item of the answer says. Raises SetupError when its index is missing or closed to us."""
    status, error = int(item["status"]), item.get("error")
    reason = reason_of(error)
    if status < 300:
        return Fate("written")
    if status == 409:
        return Fate("stale")
    if status == 404 or (status == 400 and _LACKS_PIPELINE in reason):
        raise missing(DOING, reason)
    if status == 401 or (status == 403 and "cluster_block" not in reason):
        raise SetupError(f"{DOING}: {reason}; give the user of crossclaim the right to write its indices")
    return Fate("refused", reason) if status == 400 or status == 413 else Fate("busy", reason)


def _line(prefix: str, document: Document) -> Line | str:
    """Return a document's lines, or why it would spoil the request."""
    reason = misaddressed(document)
    if reason:
        return reason
    action = {
        "_index": f"{prefix}{document.collection}",
        "_id": document.id,
        "version": document.version,
        "version_type": "external_gte",
        "require_alias": True,
    }
    try:
        raw = _encoder.encode({"index": action}) + b"\n" + _encoder.encode(document.body) + b"\n"
    except UnicodeEncodeError as error:
        return f"its text is no Unicode: {error}"
    return oversized(len(raw)) or Line(document, raw)


def _write_chunk(client: Elasticsearch, chunk: list[Line]) -> list[tuple[Line, Fate]]:
    """Write a chunk; items that have to wait are sent again, the others never twice."""
    settled: list[tuple[Line, Fate]] = []
    waiting = chunk

    def attempt() -> None:
        nonlocal waiting
        fates = list(zip(waiting, _send(client, waiting), strict=True))
        settled.extend((line, fate) for line, fate in fates if fate.name != "busy")
        again = [(line, fate) for line, fate in fates if fate.name == "busy"]
        waiting = [line for line, _ in again]
        if again:
            raise Busy(f"{len(again)} of {len(fates)} documents, the first because {again[0][1].reason}")

    patiently(DOING, attempt, attempts=ATTEMPTS)
    return settled


def _send(client: Elasticsearch, lines: list[Line]) -> list[Fate]:
    """Send one request; one too large for the server is halved until it fits."""
    try:
        raw: list[Any] = [line.raw for line in lines]  # the client passes bytes on as they are
        answer = client.bulk(operations=raw)
    except ApiError as error:
        if error.status_code != 413:
            raise
        if len(lines) == 1:
            return [Fate("refused", f"{len(lines[0].raw)} bytes are more than Elasticsearch takes in one request")]
        half = len(lines) // 2
        return _send(client, lines[:half]) + _send(client, lines[half:])
    return [judge(item["index"]) for item in answer["items"]]
