"""Articles of a file through all stages without a broker, and what came of them as JSON lines."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, time_ns
from typing import IO, Any

import msgspec

from connectors.archive import BadLine
from pipeline.alerts.forms import Rules
from pipeline.alerts.stage import would_tell
from pipeline.flow import Flow
from pipeline.stage import Stage
from schemas.article import Article
from schemas.claim import ArticleClaims, Claim
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.message import Message
from schemas.pair import Pair
from schemas.rejected import Rejected
from schemas.verdict import Verdict

FILES = ("claims", "pairs", "verdicts", "clusters", "contradictions", "alerts", "rejected")


@dataclass
class Summary:
    """What a replay came to. `seconds` is wall time, `peak_mb` peak memory."""

    counts: Counter[str] = field(default_factory=Counter)
    fates: Mapping[tuple[str, str], int] = field(default_factory=dict)
    bad_lines: list[BadLine] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: float = 0.0
    clusters: dict[str, Cluster] = field(default_factory=dict)
    contradictions: dict[str, Contradiction] = field(default_factory=dict)

    @property
    def articles_per_second(self) -> float:
        """Articles over wall time."""
        return self.counts["articles"] / self.seconds if self.seconds else 0.0


def replay(
    lines: Iterable[Article | BadLine],
    stages: list[Stage],
    rules: Rules,
    out: Path | None,
    on_article: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Run articles through the stages; write the files of `FILES` to the folder `out` when one is given.

    A line that is no article goes to rejected.jsonl and to `bad_lines`; the others are read all the same.
    """
    summary = Summary()
    flow = Flow(stages, clock_ms=lambda: time_ns() // 1_000_000)
    began = monotonic()
    with ExitStack() as stack:
        write = _writer(out, stack)
        for output in flow.run(_articles(lines, summary, write, on_article)):
            _take(output.message, summary, write)
        for cluster in summary.clusters.values():
            write("clusters", cluster)
        for contradiction in summary.contradictions.values():
            write("contradictions", contradiction)
        for alert in would_tell(summary.contradictions.values(), rules, datetime.now(UTC)):
            summary.counts["alerts"] += 1
            write("alerts", alert)
    summary.counts["clusters"] = len(summary.clusters)
    summary.counts["contradictions"] = len(summary.contradictions)
    summary.seconds = monotonic() - began
    summary.fates = flow.fates
    kilobyte = 1 << 20 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kilobytes
    summary.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / kilobyte
    return summary


Write = Callable[[str, Any], None]


def _writer(out: Path | None, stack: ExitStack) -> Write:
    if out is None:
        return lambda name, value: None
    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, IO[bytes]] = {name: stack.enter_context((out / f"{name}.jsonl").open("wb")) for name in FILES}
    encoder = msgspec.json.Encoder()
    return lambda name, value: print_line(files[name], encoder.encode(value))


def print_line(file: IO[bytes], line: bytes) -> None:
    """Write one line."""
    file.write(line + b"\n")


def _articles(
    lines: Iterable[Article | BadLine], summary: Summary, write: Write, on_article: Callable[[Summary], None]
) -> Iterator[Article]:
    for line in lines:
        if isinstance(line, BadLine):
            summary.bad_lines.append(line)
            summary.counts["rejected"] += 1
            write("rejected", {"stage": "reading", "reason": line.reason, "raw": line.raw})
        else:
            yield line
            on_article(summary)


def _take(message: Message, summary: Summary, write: Write) -> None:
    match message:
        case Article():
            summary.counts["articles"] += 1
        case ArticleClaims():
            summary.counts["claims"] += len(message.claims)
            for claim in message.claims:
                write("claims", claim)
        case Pair():
            summary.counts["pairs"] += 1
            write("pairs", _slim(message, message.a, message.b))
        case Verdict():
            summary.counts["verdicts"] += 1
            summary.counts[f"by {message.layer}"] += 1
            write("verdicts", _slim(message, message.a, message.b))
        case Cluster():
            _keep(summary.clusters, message.cluster_id, message)
        case Contradiction():
            _keep(summary.contradictions, message.contradiction_id, message)
        case Rejected():
            summary.counts["rejected"] += 1
            write("rejected", message)
        case _:
            pass


def _keep(kept: dict[str, Any], id_: str, message: Cluster | Contradiction) -> None:
    if message.status == "open":
        kept[id_] = message
    else:
        kept.pop(id_, None)


def _slim(message: Pair | Verdict, a: Claim, b: Claim) -> dict[str, Any]:
    """A pair or verdict with its claims by id and wording: whole claims stand in claims.jsonl."""
    fields = {name: getattr(message, name) for name in message.__struct_fields__ if name not in ("a", "b", "v")}
    return {**fields, "a": _side(a), "b": _side(b)}


def _side(claim: Claim) -> dict[str, str]:
    return {"claim_id": claim.claim_id, "outlet": claim.outlet, "source": claim.source.name, "text": claim.standalone}
