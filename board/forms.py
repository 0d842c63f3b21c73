"""What a page sends back: fields of a form, from our own pages only.

The board has no log-in, so that a foreign page in the same browser could post to it. Browsers say where a form came
from (Sec-Fetch-Site, Origin); what does not come from our own pages is refused.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST_BODY = 20_000


async def fields(request: Request) -> dict[str, str]:
    """Return the fields of a posted form. Raises HTTPException 403 for one that is not from our own pages."""
    if not _is_ours(request):
        raise HTTPException(403, "This form did not come from a page of this board; open the page anew and try again.")
    body = await request.body()
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50)
    return {name: values[-1] for name, values in found.items()}


def _is_ours(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == request.headers.get("host")
