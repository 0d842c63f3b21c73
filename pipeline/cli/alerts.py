"""Commands on alerts: what was told and what waits, whether the rules and channels work, what is muted."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from pipeline.cli import mutes
from pipeline.cli.printed import print_line
from pipeline.config import Settings, load

if TYPE_CHECKING:
    from pipeline.ports import Index

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]

SHOWN = 20


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this module."""
    alerts = typer.Typer(no_args_is_help=True, help="What is told: look, try, check, mute.")
    for name, command in (
        ("list", listing),
        ("show", show),
        ("check", check),
        ("test", send_test),
        ("mute", mutes.mute),
        ("unmute", mutes.unmute),
        ("mutes", mutes.muted),
        ("retry", retry),
    ):
        alerts.command(name)(command)
    app.add_typer(alerts, name="alerts")


def listing(
    status: Annotated[
        str | None, typer.Option(help="due, held, sending, told, dropped or parked; default: told and what waits.")
    ] = None,
    rule: Annotated[str | None, typer.Option(help="Only of this rule.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only by this channel.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most alerts.")] = SHOWN,
    as_json: AsJson = False,
) -> None:
    """List alerts, the newest first: what was told, what waits and why."""
    from pipeline.index.open import open_index
    from pipeline.ports import Query
    from schemas.alert import AlertStatus

    statuses = get_args(AlertStatus)
    if status is not None and status not in statuses:
        raise typer.BadParameter(f"{status!r} is no status; choose one of {', '.join(statuses)}")
    where: dict[str, Any] = {"status": (status,) if status else tuple(s for s in statuses if s != "dropped")}
    where |= {name: value for name, value in (("rule", rule), ("channel", channel)) if value}
    found = open_index(load()).search(Query("alerts", where=where, sort="newest", limit=limit))
    for hit in found.hits:
        if as_json:
            print_line(hit.body)
        else:
            sys.stdout.write(_line(hit.body))
    if not found.hits:
        sys.stderr.write("crossclaim: no such alert; `crossclaim alerts check` says what the rules would tell\n")
    elif found.total > len(found.hits) and not as_json:
        sys.stderr.write(f"crossclaim: {found.total - len(found.hits):,} more; raise --limit\n")


def _line(body: Any) -> str:
    from pipeline.plain import plain

    when = str(body.get("told_at") or body.get("due_at") or "")[:16].replace("T", " ")
    status = str(body.get("status") or "told")
    way = f"{plain(body['rule'])} → {plain(body['channel'])}"
    why = f"  [{plain(body['reason'])}]" if body.get("reason") else ""
    title = plain(body["text"].partition("\n")[0])
    return f"{body['alert_id'][:8]}  {when:<16}  {status:<8} {way}: {title}{why}\n"


def show(alert: Annotated[str, typer.Argument(help="Id, or its first characters.")], as_json: AsJson = False) -> None:
    """Show one alert whole: its text, how far it has come, and why."""
    from pipeline.index.open import open_index

    found = _one(open_index(load()), alert)
    if as_json:
        print_line(found)
        return
    from pipeline.plain import plain

    for name in ("alert_id", "rule", "channel", "severity", "status", "reason", "created_at", "due_at", "told_at"):
        if getattr(found, name) is not None:
            sys.stdout.write(f"{name:<12} {plain(str(getattr(found, name)))}\n")
    sys.stdout.write("\n" + "\n".join(plain(line) for line in found.text.splitlines()) + "\n")


def check(
    file: Annotated[Path | None, typer.Argument(help="A file of rules; default: the setting alerts.rules.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check the rules, and say how many of the contradictions in the index each would tell. Sends nothing."""
    from pipeline.alerts.dry_run import dry_run
    from pipeline.alerts.rules import load_rules
    from pipeline.index.open import open_index

    settings = load()
    rules = load_rules(file or settings.alerts.rules)
    trials = dry_run(rules, open_index(settings))
    for trial in trials:
        if as_json:
            print_line(trial)
        else:
            sys.stdout.write(
                f"{trial.rule}: {trial.wanted} of {trial.of} contradictions → {', '.join(trial.channels)}\n"
            )
            for example in trial.examples:
                sys.stdout.write(f"  {example}\n")
    sys.stderr.write(f"crossclaim: {len(rules.all)} rules and {len(rules.channel)} channels are right\n")


def send_test(
    channel: Annotated[str | None, typer.Argument(help="Only this channel; default: all of them.")] = None,
) -> None:
    """Send a test message by each channel, and say which took it. Exit code 1 when one did not."""
    from pipeline.alerts.channels import Undelivered, open_channel
    from pipeline.alerts.dry_run import trial_message
    from pipeline.alerts.rules import load_rules

    settings = load()
    rules = load_rules(settings.alerts.rules)
    if channel is not None and channel not in rules.channel:
        raise typer.BadParameter(f"{channel!r} is no channel; choose one of {', '.join(rules.channel)}")
    failed = False
    for name, form in rules.channel.items():
        if channel not in (None, name):
            continue
        try:
            open_channel(name, form, _with_broker(settings) if form.type == "topic" else settings)(trial_message(name))
            sys.stdout.write(f"ok     {name} ({form.type})\n")
        except Undelivered as error:
            failed = True
            sys.stdout.write(f"FAILED {name} ({form.type}): {error}\n")
    raise typer.Exit(1 if failed else 0)


def _with_broker(settings: Settings) -> Settings:
    from pipeline.errors import CrossclaimError
    from pipeline.run.running import with_broker

    try:
        return with_broker(settings, "testing the channel")
    except CrossclaimError:
        return settings  # the channel itself says that it cannot reach the broker


def retry(
    alert: Annotated[str, typer.Argument(help="Id of a parked or held alert, or its first characters; or: all.")],
) -> None:
    """Send alerts again that were parked, or wait for a channel: the workers take them up within seconds."""
    import msgspec

    from pipeline.alerts.outbox import Outbox
    from pipeline.index.open import open_index

    index = open_index(load())
    outbox = Outbox(index)
    now = datetime.now(UTC)
    waiting = [a for a in _waiting(index) if a.attempts] if alert == "all" else [_one(index, alert)]
    if any(found.status not in ("parked", "held") for found in waiting):
        sys.stderr.write(f"crossclaim: alert {alert} is {waiting[0].status}, neither parked nor held\n")
        raise typer.Exit(1)
    # Made anew: an alert older than a day would be parked again by its first failure.
    again = [
        msgspec.structs.replace(a, status="due", due_at=now, created_at=now, attempts=0, version=a.version + 1)
        for a in waiting
    ]
    outbox.put(again)
    sys.stdout.write(f"{len(again)} to be sent again\n")


def _waiting(index: Index) -> list[Any]:
    from pipeline.index.kept import alert_of
    from pipeline.index.query import MAX_WINDOW
    from pipeline.ports import Query

    query = Query("alerts", where={"status": ("parked", "held")}, sort="newest", limit=MAX_WINDOW)
    return [alert_of(hit.body) for hit in index.search(query).hits]


def _one(index: Index, beginning: str) -> Any:
    from pipeline.index.kept import alert_of
    from pipeline.ports import Query
    from schemas.alert import AlertStatus

    query = Query("alerts", id_prefix=beginning, where={"status": get_args(AlertStatus)}, limit=2)
    found = index.search(query).hits
    if len(found) != 1:
        many = "more than one alert begins" if found else "no alert begins"
        sys.stderr.write(f"crossclaim: {many} with {beginning!r}; see `crossclaim alerts list`\n")
        raise typer.Exit(1)
    return alert_of(found[0].body)
