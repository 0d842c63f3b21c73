"""The style sheet, the script and the icon."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Assets(StaticFiles):
    """Static files that a browser may keep, since their address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with the file; only an address that names a version is kept for long."""
        response = await super().get_response(path, scope)
        versioned = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return response
