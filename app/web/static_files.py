"""Our own style sheets, scripts and icons over HTTP, each kept by browsers for a year.

The address carries the version of all files together, so that scripts import each other by plain
relative names and a new release is fetched anew.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ROOT = Path(__file__).parent / "static"
STYLES = (
    *("tokens", "ground", "frame", "choices", "parts", "forms", "charts", "tables", "grid"),
    *("scenarios", "rules", "findings", "calendar", "screens", "officer", "print"),
)
"""The style sheets of a page, in their order."""
FOR_A_YEAR = "public, max-age=31536000, immutable"


@cache
def version() -> str:
    """Twelve digits that change with any of the files."""
    digest = hashlib.sha256()
    for file in sorted(path for path in ROOT.rglob("*") if path.is_file()):
        digest.update(file.relative_to(ROOT).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def static_url(name: str) -> str:
    """Where a file is found, such as `js/page.js`; `parade.css` is all style sheets in one."""
    return f"/static/{version()}/{name}"


@cache
def style_sheet(names: tuple[str, ...] = STYLES) -> str:
    """Style sheets joined into one."""
    return "\n".join((ROOT / "css" / f"{name}.css").read_text("utf-8") for name in names)


class Static(StaticFiles):
    """The files of `static/` under `/static/<version>/`."""

    def __init__(self) -> None:
        super().__init__(directory=ROOT)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file; kept for a year when asked for by its present version."""
        asked, _, name = Path(path).as_posix().partition("/")
        if name == "parade.css":
            response = Response(style_sheet(), media_type="text/css")
        else:
            response = await super().get_response(name, scope)
        response.headers["Cache-Control"] = FOR_A_YEAR if asked == version() else "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
