"""The real pages and feeds beside the checkout, and the halves that they are split into by site."""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from connectors.articles.canonical import site_of

DATA = Path(os.environ.get("CROSSCLAIM_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data"
Half = Literal["dev", "test"]


def half_of(site: str) -> Half:
    """Return the half that a site is in, by a hash of its name, fixed for ever: changes are tried on "dev" only."""
    return "dev" if blake2b(site.encode(), digest_size=8).digest()[0] % 2 else "test"


def half_of_url(url: str) -> Half:
    """Return the half that a page's registrable domain is in."""
    return half_of(site_of(url))


@cache
def unpacked(archive: str) -> dict[str, bytes]:
    """Return the files of one archive by their names in it. Raises FileNotFoundError when the data are not there."""
    with tarfile.open(DATA / archive) as files:
        return {it.name: files.extractfile(it).read() for it in files if it.isfile()}  # type: ignore[union-attr]


def pages() -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield each page's line of the index (url, file, with, without …) and its bytes."""
    files = unpacked("pages.tar.gz")
    for line in files["pages/index.jsonl"].splitlines():
        row = json.loads(line)
        yield row, files[f"pages/{row['file']}"]


def feeds() -> dict[str, bytes]:
    """Return the feeds by file name."""
    return {Path(name).name: body for name, body in sorted(unpacked("feeds.tar.gz").items())}
