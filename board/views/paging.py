"""Long lists in pages."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

FURTHEST = 10_000
"""Results beyond this are not paged to: Elasticsearch refuses, and nobody reads that far; a filter finds more."""


@dataclass(frozen=True)
class Pages:
    """Where a reader is in a long list, and the addresses before and after."""

    number: int
    last: int
    before: str | None
    after: str | None

    @classmethod
    def of(cls, request: Request, number: int, size: int, total: int) -> Pages:
        """Return the pages of a list of `total`, `size` at a time."""
        last = max(1, min((total + size - 1) // size, FURTHEST // size))

        def address(page: int) -> str:
            return f"{request.url.path}?{request.url.include_query_params(page=page).query}"

        before = address(min(number - 1, last)) if number > 1 else None
        return cls(number, last, before, address(number + 1) if number < last else None)


def page_number(request: Request, size: int) -> int:
    """Return the page asked for; anything that is no page number is the first, one too far the furthest."""
    text = request.query_params.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
    return max(1, min(number, FURTHEST // size))
