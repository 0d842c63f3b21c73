"""Asking Elasticsearch: patience, and its errors as ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import elasticsearch
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, ConnectionTimeout
from elasticsearch import ConnectionError as Unreachable
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from pipeline.errors import CrossclaimError, Retryable, SetupError
from pipeline.index.elastic.connecting import connect

__all__ = ["ATTEMPTS", "Busy", "connect", "explained", "missing", "patiently", "reason_of"]

ATTEMPTS = 5
"""Times that a busy Elasticsearch is asked before the message waits instead: about four seconds in all."""

BUSY = frozenset({429, 502, 503, 504})
"""Answers that mean "later": full queues, a shard that moves, a proxy before a node that starts."""

T = TypeVar("T")


class Busy(Exception):  # noqa: N818 - it says what the server is
    """Elasticsearch asked us to come again. Never leaves this package."""


def patiently(doing: str, call: Callable[[], T], *, attempts: int = ATTEMPTS, pause: float = 0.2) -> T:
    """Return what `call` returns, asked again while Elasticsearch is busy, each time after a longer pause (seconds).

    `doing` begins the error's text. Raises Retryable when it stays busy or cannot be reached, SetupError when it
    refuses us or lacks our indices; other answers are defects of ours and go through.
    """
    tries = Retrying(
        stop=stop_after_attempt(attempts),
        wait=wait_exponential_jitter(multiplier=pause, max=10 * pause, jitter=pause / 2),
        retry=retry_if_exception_type(Busy),
        reraise=True,
    )
    try:
        answer: T = tries(_judged, doing, call)
        return answer
    except Busy as error:
        raise Retryable(
            f"{doing}: Elasticsearch was busy {attempts} times ({error}); it is tried again later"
        ) from error


def _judged(doing: str, call: Callable[[], T]) -> T:
    try:
        return call()
    except ConnectionTimeout as error:
        raise Busy(str(error)) from error
    except Unreachable as error:
        raise Retryable(f"{doing}: Elasticsearch cannot be reached ({error}); start it, or mend the address") from error
    except ApiError as error:
        if error.status_code in BUSY or _is_blocked(error):
            raise Busy(explained(error)) from error
        known = _translated(doing, error)
        if known is None:
            raise
        raise known from error
    except elasticsearch.exceptions.UnsupportedProductError as error:
        raise SetupError(f"{doing}: {error}; set CROSSCLAIM_ELASTICSEARCH__URL to an Elasticsearch 9") from error


def _translated(doing: str, error: ApiError) -> CrossclaimError | None:
    if isinstance(error, AuthenticationException):
        return SetupError(
            f"{doing}: Elasticsearch does not let us in ({explained(error)}); set CROSSCLAIM_ELASTICSEARCH__API_KEY, "
            "or CROSSCLAIM_ELASTICSEARCH__USER and CROSSCLAIM_ELASTICSEARCH__PASSWORD, to a key or user that it knows"
        )
    if isinstance(error, AuthorizationException):
        return SetupError(
            f"{doing}: our user or key may not do that ({explained(error)}); set CROSSCLAIM_ELASTICSEARCH__USER and "
            "CROSSCLAIM_ELASTICSEARCH__PASSWORD, or CROSSCLAIM_ELASTICSEARCH__API_KEY, to one with the role for it: "
            "crossclaim_setup, crossclaim_worker or crossclaim_reader, which `crossclaim setup --roles` makes"
        )
    if error.status_code == 404:
        return missing(doing, explained(error))
    if error.status_code >= 500:
        return Retryable(f"{doing}: Elasticsearch failed ({explained(error)}); see its log")
    return None


def missing(doing: str, reason: str) -> SetupError:
    """What to say when our indices are not there."""
    return SetupError(f"{doing}: {reason}; run `crossclaim setup` to create the indices")


def explained(error: ApiError) -> str:
    """Return the server's own words for an error."""
    return f"{error.status_code} {reason_of(error.body.get('error') if isinstance(error.body, dict) else error.body)}"


def reason_of(error: Any) -> str:
    """Return the innermost reason of an error object, where the telling part stands."""
    if not isinstance(error, dict):
        return str(error)[:500]
    cause = error.get("caused_by")
    own = f"{error.get('type')}: {error.get('reason')}"
    return f"{own} ({reason_of(cause)})"[:500] if cause else own[:500]


def _is_blocked(error: ApiError) -> bool:
    """A full disk makes indices read-only until there is room: 403, but of the passing kind."""
    return isinstance(error.body, dict) and "cluster_block_exception" in str(error.body.get("error"))
