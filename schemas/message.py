"""What every message has in common.

Messages are frozen and versioned. `v` is the version of the message's form; a reader refuses another version
rather than guess. Fields may be added with a default within a version; anything else raises it.
"""

from __future__ import annotations

import msgspec

VERSION = 1
"""The version that this code writes, and the only one that it reads."""


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="message"):
    """A value that travels alone on a topic; its `message` field names its type."""

    v: int = VERSION


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A value that travels inside a message."""
