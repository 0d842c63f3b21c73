"""The stage behind which results can be found: messages in, what became of them out.

Claims of an article's older revisions must stop being found. For each article a **roster** is kept, a document of
`claims` with status "roster" that lists the claims of the newest revision seen. A new revision rewrites the claims that
are on the old roster and not on its own with status "superseded"; a late or replayed older revision finds a newer
roster and writes those of its claims that are not on it as superseded. So whatever order revisions come in, and however
often, the same claims are found. Rosters and claims are read by id, which both stores answer from what was last
written; the roster is written last, so that a crash between leaves the work to be done again, not half done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.index.documents import claims, documents
from pipeline.index.mapping import VECTOR
from pipeline.ports import Document, Index, WriteReport
from schemas.claim import ArticleClaims
from schemas.message import Message


def index_message(index: Index, message: Message) -> WriteReport:
    """Keep what a message says. Writing it again changes nothing.

    The report counts the documents, rosters and superseded claims included. Raises Retryable, and then nothing is lost
    by sending the message again; Unusable for a message that contradicts itself; TypeError for one that is not kept.
    """
    return index_messages(index, [message])


def index_messages(index: Index, messages: Sequence[Message]) -> WriteReport:
    """Keep what messages say, as index_message does for each in turn, with fewer trips to the store."""
    report = WriteReport()
    others = [m for m in messages if not isinstance(m, ArticleClaims)]
    if others:
        report = index.write([document for message in others for document in documents(message)])
    for batch in rounds(m for m in messages if isinstance(m, ArticleClaims)):
        report = joined(report, _index_claims(index, batch))
    return report


def rounds(messages: Iterable[ArticleClaims]) -> Iterator[list[ArticleClaims]]:
    """Cut a run of messages before each article that comes again, for a revision must see what the last one wrote."""
    batch: dict[str, ArticleClaims] = {}
    for message in messages:
        if message.article_id in batch:
            yield list(batch.values())
            batch = {}
        batch[message.article_id] = message
    if batch:
        yield list(batch.values())


def joined(*reports: WriteReport) -> WriteReport:
    """Return the sum of reports."""
    return WriteReport(
        written=sum(report.written for report in reports),
        stale=sum(report.stale for report in reports),
        refused=tuple(refused for report in reports for refused in report.refused),
    )


def roster_id(article_id: str) -> str:
    """Id of the document that lists an article's present claims."""
    return f"roster-{article_id}"


def roster(message: ArticleClaims) -> Document:
    """The list of the claims that an article makes at this revision."""
    body = {
        "article_id": message.article_id,
        "revision": message.revision,
        "status": "roster",
        "roster": [claim.claim_id for claim in message.claims],
    }
    return Document("claims", roster_id(message.article_id), message.revision, body)


def current(message: ArticleClaims, kept: Mapping[str, Any] | None) -> list[Document]:
    """Return the claims of a message, given its article's kept roster: open, or superseded when a newer one lacks them.

    Their version is always the message's own revision, so a late one never replaces what a newer revision wrote.
    """
    found = claims(message)
    if kept is None or kept["revision"] <= message.revision:
        return found
    standing = set(listed(kept))
    return [d if d.id in standing else superseded(d, message.revision, by=int(kept["revision"])) for d in found]


def withdrawn(message: ArticleClaims, kept: Mapping[str, Any] | None) -> list[str]:
    """Return the ids on an article's kept roster that this revision no longer makes."""
    if kept is None or kept["revision"] > message.revision:
        return []
    still = {claim.claim_id for claim in message.claims}
    return [claim_id for claim_id in listed(kept) if claim_id not in still]


def superseded(claim: Document, version: int, *, by: int) -> Document:
    """A claim that its article no longer makes since revision `by`; it loses its vector, for it is not to be found."""
    body = {name: value for name, value in claim.body.items() if name != VECTOR}
    return Document("claims", claim.id, version, body | {"status": "superseded", "superseded_by_revision": by})


def _index_claims(index: Index, messages: Sequence[ArticleClaims]) -> WriteReport:
    kept = index.get("claims", [roster_id(message.article_id) for message in messages])
    rosters = {message.article_id: kept.get(roster_id(message.article_id)) for message in messages}
    changed = [document for message in messages for document in current(message, rosters[message.article_id])]
    changed += _withdrawals(index, messages, rosters)
    written = index.write(changed) if changed else WriteReport()
    return joined(written, index.write([roster(message) for message in messages]))


def _withdrawals(
    index: Index, messages: Sequence[ArticleClaims], rosters: Mapping[str, Mapping[str, Any] | None]
) -> list[Document]:
    since = {claim: m.revision for m in messages for claim in withdrawn(m, rosters[m.article_id])}
    bodies = index.get("claims", list(since)) if since else {}
    return [superseded(Document("claims", id, 0, body), since[id], by=since[id]) for id, body in bodies.items()]


def listed(kept: Mapping[str, Any]) -> list[str]:
    """Return the claims on a roster."""
    value = kept.get("roster") or []
    return [value] if isinstance(value, str) else list(value)
