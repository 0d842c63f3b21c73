"""The labelled sample of texts that are no whole article: real pages and feed entries, written notices, cut pages.

Of real texts only their place and label are kept (labels/real.tsv); notices were written for the sample
(labels/notices.toml); beginnings are cut from real pages when they are needed, and say so by their part, "cut".
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from benchmarks.quality.shared_data import Half, feeds, half_of, half_of_url, unpacked
from connectors.articles.page import Page, read_page
from connectors.sources.feed import Entry, read_feed

LABELS = Path(__file__).parent / "labels"
CUT_CHARS = 500
MIN_CUT_FROM = 1_500
Part = Literal["pages", "entries", "written", "found", "cut"]


@dataclass(frozen=True)
class Sample:
    """One labelled text: a page (also a written or cut one) or an entry; `kind` is "article" or what it is instead."""

    part: Part
    name: str
    half: Half
    kind: str
    page: Page | None = None
    entry: Entry | None = None


def samples() -> list[Sample]:
    """Return the whole sample. Raises FileNotFoundError when the real data are not beside the checkout."""
    real = list(_real())
    return [*real, *_notices(), *_cut(real)]


def _real() -> Iterator[Sample]:
    rows = [line.split("\t") for line in (LABELS / "real.tsv").read_text("utf-8").splitlines() if line[:1] != "#"]
    files = unpacked("pages.tar.gz")
    index = {row["file"]: row for row in map(json.loads, files["pages/index.jsonl"].splitlines())}
    parsed = {
        name: read_feed(feeds()[name], f"https://feeds.example/{name}").entries
        for name in {row[0] for row in rows if row[1]}
    }
    for name, number, kind in rows:
        if number:
            yield Sample("entries", f"{name}#{number}", half_of(name), kind, entry=parsed[name][int(number)])
        else:
            url = index[name]["url"]
            yield Sample("pages", name, half_of_url(url), kind, page=read_page(files[f"pages/{name}"], url))


def _notices() -> Iterator[Sample]:
    parts: tuple[Part, ...] = ("written", "found")
    for part in parts:
        rows = [row for row in _file()["notice"] if row.get("found", False) == (part == "found")]
        for row, half in _halved(rows):
            yield Sample(part, row["site"], half, row["kind"], page=Page(row["text"]))


def _halved(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Half]]:
    """Yield rows with their halves: of each kind every other site, in the order of languages and hashes of names."""
    for kind in sorted({row["kind"] for row in rows}):
        ranked = sorted((row for row in rows if row["kind"] == kind), key=_rank)
        for place, row in enumerate(ranked):
            yield row, "test" if place % 2 else "dev"


def _rank(row: dict[str, Any]) -> tuple[str, bytes]:
    return row["language"], blake2b(row["site"].encode()).digest()


def _cut(real: list[Sample]) -> Iterator[Sample]:
    """Yield beginnings of real pages, each ended by a prompt of its language and its half."""
    prompts = list(_halved(_file()["prompt"]))
    for sample in real:
        if sample.page is None or sample.kind != "article" or len(sample.page.text) < MIN_CUT_FROM:
            continue
        language = (sample.page.language or "en")[:2].lower()
        fitting = [row for row, half in prompts if half == sample.half and row["language"] in (language, "en")]
        own = [row for row in fitting if row["language"] == language] or fitting
        prompt = own[blake2b(sample.name.encode()).digest()[0] % len(own)]
        text = f"{_beginning(sample.page.text)}\n\n{prompt['text']}"
        yield Sample("cut", sample.name, sample.half, prompt["kind"], page=Page(text))


def _beginning(text: str) -> str:
    head = text[:CUT_CHARS]
    return head[: head.rfind(" ")]


def _file() -> dict[str, Any]:
    return tomllib.loads((LABELS / "notices.toml").read_text("utf-8"))
