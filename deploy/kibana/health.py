"""The dashboards of how feeds and pipeline are."""

from __future__ import annotations

from typing import Final

from deploy.kibana.lens import chart, count, last, maximum, number, over_time, table, terms, total, unique_count
from deploy.kibana.objects import Panel, dashboard, saved_search
from deploy.kibana.views import ALERTS, FEEDS, METRICS, OPEN, REJECTED

IN_TROUBLE: Final = 'health : ("failing" or "silent")'

_NUMBER: Final = {"width": 12, "height": 7}
_WIDE: Final = {"width": 48, "height": 18}

FEEDS_DASHBOARD: Final = dashboard(
    "dashboard-feeds",
    "Crossclaim: Feed health",
    "How each feed was at its last poll, whatever time is chosen.",
    [
        Panel(number("feeds-all", "Feeds", FEEDS, count("Feeds")), **_NUMBER),
        Panel(number("feeds-failing", "Failing", FEEDS, count("Feeds"), 'health : "failing"'), **_NUMBER),
        Panel(number("feeds-silent", "Silent", FEEDS, count("Feeds"), 'health : "silent"'), **_NUMBER),
        Panel(number("feeds-articles", "Articles listed", FEEDS, total("articles", "Articles")), **_NUMBER),
        Panel(
            chart("feeds-by-health", "Feeds by health", FEEDS, "bar_horizontal", terms("health", "Health", 6),
                  [count("Feeds")])
        ),
        Panel(
            table("feeds-by-outlet", "Outlets", FEEDS, [terms("outlet", "Outlet", 50)],
                  [count("Feeds"), count("In trouble", IN_TROUBLE), total("articles", "Articles"),
                   maximum("succeeded_at", "Last good reading", "date")])
        ),
        Panel(
            table("feeds-in-trouble", "Feeds in trouble", FEEDS,
                  [terms("feed_link", "Feed", 100, by=1), terms("health", "Health", 1, by=1)],
                  [last("state", "What the last poll said", "polled_at", "string"),
                   maximum("failures", "Failures in a row"), maximum("silent_seconds", "Nothing new for"),
                   maximum("succeeded_at", "Last good reading", "date")], IN_TROUBLE),
            **_WIDE,
        ),
        Panel(
            saved_search(
                "feeds-list", "Feeds, most failures first", FEEDS,
                ["title", "outlet", "health", "state", "failures", "articles", "silent_seconds", "polled_at",
                 "next_poll_at", "feed_link"],
                sort=[("failures", "desc")],
            ),
            **_WIDE,
        ),
    ],
    time_from="now-24h",
)  # fmt: skip

PIPELINE_DASHBOARD: Final = dashboard(
    "dashboard-pipeline",
    "Crossclaim: Pipeline health",
    "What the workers have done since they began, what waits, what was rejected, and which alerts are stuck.",
    [
        Panel(number("pipeline-lag", "Most messages that waited", METRICS, maximum("lag", "Messages")), **_NUMBER),
        Panel(
            number("pipeline-processes", "Processes heard of", METRICS, unique_count("process", "Processes")), **_NUMBER
        ),
        Panel(number("pipeline-rejected", "Rejected messages", REJECTED, count("Messages"), OPEN), **_NUMBER),
        Panel(
            number("pipeline-parked", "Alerts parked or held", ALERTS, count("Alerts"),
                   'status : ("parked" or "held")'),
            **_NUMBER,
        ),
        Panel(
            chart("pipeline-lag-over-time", "Messages that wait, by topic", METRICS, "line", over_time("at"),
                  [maximum("lag", "Messages")], split=terms("topic", "Topic", 12), query="lag >= 0")
        ),
        Panel(
            chart("pipeline-memory", "Memory of each process", METRICS, "line", over_time("at"),
                  [maximum("memory_mb", "MB")], split=terms("process", "Process", 12), query="memory_mb >= 0")
        ),
        Panel(
            chart("pipeline-done", "Messages done since the process began, by stage", METRICS, "line", over_time("at"),
                  [maximum("done", "Messages")], split=terms("stage", "Stage", 12), query="done >= 0")
        ),
        Panel(
            chart("pipeline-rejected-over-time", "Rejected messages by stage", REJECTED, "bar_stacked",
                  over_time("rejected_at"), [count("Messages")], split=terms("stage", "Stage", 8))
        ),
        Panel(
            table("pipeline-stages", "Stages of each process", METRICS,
                  [terms("role", "Role", 6), terms("stage", "Stage", 12), terms("process", "Process", 12)],
                  [maximum("done", "Done"), maximum("duplicate", "Duplicates"), maximum("rejected", "Rejected"),
                   maximum("published", "Published"), maximum("retries", "Retries"),
                   last("idle_seconds", "Idle for", "at"), last("memory_mb", "MB", "at"),
                   maximum("at", "Newest sample", "date")], "done >= 0"),
            **_WIDE,
        ),
        Panel(
            table("pipeline-groups", "What waits", METRICS, [terms("group", "Group", 6), terms("topic", "Topic", 12)],
                  [maximum("lag", "Most"), last("lag", "Now", "at"), maximum("at", "Newest sample", "date")],
                  "lag >= 0")
        ),
        Panel(
            chart("pipeline-alerts", "Alerts by status", ALERTS, "bar_stacked", over_time("created_at"),
                  [count("Alerts")], split=terms("status", "Status", 6))
        ),
        Panel(
            saved_search(
                "pipeline-rejected-list", "Rejected messages, newest first", REJECTED,
                ["stage", "topic", "partition", "offset", "error", "explanation", "bytes"],
                sort=[("rejected_at", "desc")],
            ),
            **_WIDE,
        ),
        Panel(
            saved_search(
                "pipeline-alerts-list", "Alerts, newest first", ALERTS,
                ["status", "severity", "rule", "channel", "text", "reason", "attempts", "due_at", "board_link"],
                sort=[("created_at", "desc")],
            ),
            **_WIDE,
        ),
    ],
    time_from="now-24h",
    refresh_seconds=30,
)  # fmt: skip
