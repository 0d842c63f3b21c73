"""The dashboards of what the news say: claim clusters, contradictions, sources."""

from __future__ import annotations

from typing import Final

from deploy.kibana.lens import chart, count, last, maximum, number, over_time, table, terms, total, unique_count
from deploy.kibana.objects import Panel, dashboard, saved_search
from deploy.kibana.views import ALERTS, ARTICLES, CLAIMS, CLUSTERS, CONTRADICTIONS, OPEN

SURE: Final = "score >= 0.75"

_NUMBER: Final = {"width": 12, "height": 7}
_WIDE: Final = {"width": 48, "height": 18}

CLUSTERS_DASHBOARD: Final = dashboard(
    "dashboard-clusters",
    "Crossclaim: Claim clusters",
    "What many say: clusters of claims, who asserts and who denies them.",
    [
        Panel(number("clusters-open", "Open clusters", CLUSTERS, count("Clusters"), OPEN), **_NUMBER),
        Panel(
            number("clusters-disputed", "Clusters with denials", CLUSTERS, unique_count("cluster_id", "Clusters"),
                   'stances : "denies"'),
            **_NUMBER,
        ),
        Panel(
            number("clusters-largest", "Claims in the largest", CLUSTERS, maximum("size", "Claims"), OPEN), **_NUMBER
        ),
        Panel(
            number("clusters-sources", "Most independent sources", CLUSTERS,
                   maximum("independent_sources", "Sources"), OPEN),
            **_NUMBER,
        ),
        Panel(
            chart("clusters-over-time", "Clusters by the time of their newest claim", CLUSTERS, "bar_stacked",
                  over_time("last_seen"), [count("Clusters")], split=terms("kinds", "Kind of source", 6), query=OPEN)
        ),
        Panel(
            chart("clusters-entities", "Who and what they are about", CLUSTERS, "bar_horizontal",
                  terms("entities", "Name", 15), [count("Clusters")], query=OPEN)
        ),
        Panel(
            table("clusters-asserters", "Who asserts", CLUSTERS, [terms("asserters", "Source", 20)],
                  [count("Clusters"), total("size", "Claims"), maximum("last_seen", "Newest", "date")], OPEN)
        ),
        Panel(
            table("clusters-deniers", "Who denies", CLUSTERS, [terms("deniers", "Source", 20)],
                  [count("Clusters"), maximum("last_seen", "Newest", "date")], OPEN)
        ),
        Panel(
            saved_search(
                "clusters-list", "Claim clusters, newest first", CLUSTERS,
                ["headline", "size", "outlets", "independent_sources", "asserters", "deniers", "article_link",
                 "board_link"],
                sort=[("last_seen", "desc")], query=OPEN,
            ),
            **_WIDE,
        ),
    ],
    time_from="now-14d",
)  # fmt: skip

CONTRADICTIONS_DASHBOARD: Final = dashboard(
    "dashboard-contradictions",
    "Crossclaim: Contradictions",
    "What cannot both be true: both sides, of what kind, how sure, and what was told of it.",
    [
        Panel(number("contradictions-open", "Open contradictions", CONTRADICTIONS, count(), OPEN), **_NUMBER),
        Panel(number("contradictions-sure", "Of score .75 and more", CONTRADICTIONS, count(), SURE), **_NUMBER),
        Panel(
            number("contradictions-outlets", "Outlets in them", CONTRADICTIONS,
                   unique_count("outlets", "Outlets"), OPEN),
            **_NUMBER,
        ),
        Panel(number("contradictions-told", "Alerts told", ALERTS, count("Alerts"), 'status : "told"'), **_NUMBER),
        Panel(
            chart("contradictions-over-time", "Contradictions by kind", CONTRADICTIONS, "bar_stacked",
                  over_time("last_seen"), [count("Contradictions")], split=terms("kind", "Kind", 8), query=OPEN)
        ),
        Panel(
            chart("contradictions-entities", "Who and what they are about", CONTRADICTIONS, "bar_horizontal",
                  terms("entities", "Name", 15), [count("Contradictions")], query=OPEN)
        ),
        Panel(
            table("contradictions-sources", "Who is contradicted or contradicts", CONTRADICTIONS,
                  [terms("sources", "Source", 20)],
                  [count("Contradictions"), maximum("score", "Highest score"),
                   maximum("last_seen", "Newest", "date")], OPEN)
        ),
        Panel(
            table("contradictions-alerts", "Alerts by channel", ALERTS,
                  [terms("channel", "Channel", 10), terms("status", "Status", 6)],
                  [count("Alerts"), maximum("created_at", "Newest", "date")])
        ),
        Panel(
            saved_search(
                "contradictions-list", "Contradictions, newest first", CONTRADICTIONS,
                ["kind", "score", "source_a", "quote_a", "outlet_a", "source_b", "quote_b", "outlet_b", "article_link",
                 "board_link"],
                sort=[("last_seen", "desc")], query=OPEN,
            ),
            **_WIDE,
        ),
    ],
    time_from="now-14d",
)  # fmt: skip

SOURCES_DASHBOARD: Final = dashboard(
    "dashboard-sources",
    "Crossclaim: Sources",
    "Who is heard, and by which outlets.",
    [
        Panel(number("sources-articles", "Articles", ARTICLES, count("Articles")), **_NUMBER),
        Panel(number("sources-claims", "Claims", CLAIMS, count("Claims"), OPEN), **_NUMBER),
        Panel(number("sources-named", "Sources", CLAIMS, unique_count("source", "Sources"), OPEN), **_NUMBER),
        Panel(number("sources-outlets", "Outlets", ARTICLES, unique_count("outlet", "Outlets")), **_NUMBER),
        Panel(
            chart("sources-over-time", "Articles by outlet", ARTICLES, "bar_stacked", over_time("published_at"),
                  [count("Articles")], split=terms("outlet", "Outlet", 10, other=True))
        ),
        Panel(
            chart("sources-stances", "Claims by kind of source", CLAIMS, "bar_horizontal_stacked",
                  terms("kind", "Kind of source", 8), [count("Claims")], split=terms("stance", "Stance", 4), query=OPEN)
        ),
        Panel(
            table("sources-most-heard", "Most heard sources", CLAIMS, [terms("source", "Source", 50)],
                  [count("Claims"), unique_count("outlet", "Outlets"), count("Denials", 'stance : "denies"'),
                   last("outlet", "Last heard in", "published_at", "string"),
                   maximum("published_at", "Newest", "date")], OPEN)
        ),
        Panel(
            table("sources-by-outlet", "Outlets", CLAIMS, [terms("outlet", "Outlet", 50)],
                  [count("Claims"), unique_count("source", "Sources"), unique_count("article_id", "Articles"),
                   maximum("published_at", "Newest", "date")], OPEN)
        ),
        Panel(
            saved_search(
                "sources-claims-list", "Claims, newest first", CLAIMS,
                ["source", "stance", "standalone", "outlet", "reporter", "article_link", "board_link"],
                sort=[("published_at", "desc")], query=OPEN,
            ),
            **_WIDE,
        ),
        Panel(
            saved_search(
                "sources-articles-list", "Articles, newest first", ARTICLES,
                ["outlet", "title", "credit", "language", "article_link"], sort=[("published_at", "desc")],
            ),
            **_WIDE,
        ),
    ],
    time_from="now-7d",
)  # fmt: skip
