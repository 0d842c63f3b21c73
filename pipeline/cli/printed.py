"""What commands print as data."""

from __future__ import annotations

import sys
from typing import Any

import msgspec


def print_line(value: Any) -> None:
    """Print a value as one line of JSON."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
