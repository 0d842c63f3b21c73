"""The data views: one for each collection that a dashboard or a rule looks at, with links to articles and board.

`article_link` holds addresses of articles, and only those of http and https: feeds name what they like, and Kibana
makes a link of it. `board_link` holds a path; the field's format puts the board's address before it. Both are computed
when they are shown, nothing of them is kept. What is only kept whole (both sides of a contradiction, members of a
cluster) is read from the document.
"""

from __future__ import annotations

from typing import Any, Final

from deploy.kibana.objects import SavedObject, data_view
from pipeline.ports import Collection

PREFIX: Final = "crossclaim-"
BOARD: Final = "http://127.0.0.1:8600"
"""Where the board is by default; an import puts the setting kibana.board_url in its place."""

OPEN: Final = 'status : "open"'
"""What is neither merged, nor resolved, nor superseded, nor withdrawn."""

_ONLY_WEB: Final = "if (url.startsWith('http://') || url.startsWith('https://')) { emit(url); }"


def _keyword(source: str) -> dict[str, Any]:
    return {"type": "keyword", "script": {"source": source}}


def _address_of(field: str) -> dict[str, Any]:
    """Emit a keyword field that holds an address."""
    return _keyword(f"if (doc['{field}'].size() > 0) {{ String url = doc['{field}'].value; {_ONLY_WEB} }}")


def _board(path: str, id_field: str) -> dict[str, Any]:
    """Emit the path of a document's page."""
    return _keyword(
        f"if (doc['{id_field}'].size() > 0) {{ String id = doc['{id_field}'].value; "
        f"if (!id.isEmpty()) {{ emit('/{path}/' + id); }} }}"
    )


def _of_side(name: str, field: str) -> dict[str, Any]:
    """Emit a field of one side of a contradiction."""
    return _keyword(
        f"def side = params._source['{name}']; "
        f"if (side instanceof Map && side['{field}'] instanceof String) {{ emit(side['{field}']); }}"
    )


_OF_SIDES: Final = (
    "for (String name : ['a', 'b']) { def side = params._source[name]; "
    "if (side instanceof Map && side['url'] instanceof String) { String url = side['url']; " + _ONLY_WEB + " } }"
)
_OF_MEMBERS: Final = (
    "def members = params._source['members']; if (members instanceof List) { for (def one : members) { "
    "if (one instanceof Map && one['url'] instanceof String) { String url = one['url']; " + _ONLY_WEB + " } } }"
)


def _link(template: str | None = None, label: str | None = None) -> dict[str, Any]:
    """Show a field as a link, to itself or where the template says."""
    params: dict[str, Any] = {"type": "a", "openLinkInCurrentTab": False}
    if template:
        params["urlTemplate"] = template
    if label:
        params["labelTemplate"] = label
    return {"id": "url", "params": params}


_BOARD_LINK: Final = _link(BOARD + "{{rawValue}}", "Open on the board")
_SECONDS: Final = {"id": "duration", "params": {"inputFormat": "seconds", "outputFormat": "humanize"}}
_TWO_DECIMALS: Final = {"id": "number", "params": {"pattern": "0.00"}}


def view(
    collection: Collection,
    label: str,
    time_field: str | None,
    *,
    formats: dict[str, Any] | None = None,
    runtime: dict[str, Any] | None = None,
) -> SavedObject:
    """Return the data view of a collection."""
    title = f"{PREFIX}{collection}"
    return data_view(collection, title, f"Crossclaim: {label}", time_field, formats=formats, runtime=runtime)


ARTICLES: Final = view(
    "articles",
    "articles",
    "published_at",
    formats={"article_link": _link()},
    runtime={"article_link": _address_of("url")},
)
CLAIMS: Final = view(
    "claims",
    "claims",
    "published_at",
    formats={"article_link": _link(), "board_link": _BOARD_LINK, "checkworthy": _TWO_DECIMALS},
    runtime={"article_link": _address_of("url"), "board_link": _board("claims", "claim_id")},
)
CLUSTERS: Final = view(
    "clusters",
    "claim clusters",
    "last_seen",
    formats={"article_link": _link(), "board_link": _BOARD_LINK},
    runtime={"article_link": _keyword(_OF_MEMBERS), "board_link": _board("clusters", "cluster_id")},
)
CONTRADICTIONS: Final = view(
    "contradictions",
    "contradictions",
    "last_seen",
    formats={"article_link": _link(), "board_link": _BOARD_LINK, "score": _TWO_DECIMALS},
    runtime={
        "article_link": _keyword(_OF_SIDES),
        "board_link": _board("contradictions", "contradiction_id"),
        "source_a": _of_side("a", "source"),
        "quote_a": _of_side("a", "quote"),
        "outlet_a": _of_side("a", "outlet"),
        "source_b": _of_side("b", "source"),
        "quote_b": _of_side("b", "quote"),
        "outlet_b": _of_side("b", "outlet"),
    },
)
ALERTS: Final = view(
    "alerts",
    "alerts",
    "created_at",
    formats={"board_link": _BOARD_LINK, "score": _TWO_DECIMALS},
    runtime={"board_link": _board("contradictions", "contradiction_id")},
)
FEEDS: Final = view(
    "feeds",
    "feeds",
    None,
    formats={"feed_link": _link(), "silent_seconds": _SECONDS, "tolerated_seconds": _SECONDS},
    runtime={"feed_link": _address_of("feed_url")},
)
METRICS: Final = view("metrics", "pipeline metrics", "at", formats={"idle_seconds": _SECONDS})
REJECTED: Final = view("rejected", "rejected messages", "rejected_at", formats={"bytes": {"id": "bytes", "params": {}}})

VIEWS: Final = (ARTICLES, CLAIMS, CLUSTERS, CONTRADICTIONS, ALERTS, FEEDS, METRICS, REJECTED)
