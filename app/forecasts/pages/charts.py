"""The charts of the Demand page, each a picture that browsers keep."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit
from app.errors import NotFound
from app.forecasts.pages.outlook import Asked, Looking, Part, outlook_of, said_of, scene_of
from app.forecasts.views.handling import Handling, handling_of

router = APIRouter(prefix="/rooms/{room_id}/demand", include_in_schema=False)

PICTURE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}


@router.get("/chart.svg")
def demand_chart(
    request: Request, room_id: UUID, visit: Looking, part: Part, v: str = ""
) -> Response:
    """The chart of the page; browsers keep it where its address says what it shows, in `v`."""
    with visit.database.read() as reading:
        scene = scene_of(reading, visit, room_id, part)
        if scene is None:
            raise NotFound("There are no counts to show.")
        shown = outlook_of(reading, room_id, scene, said_of(reading, room_id, scene))

    def draw() -> str:
        from app.forecasts.views.chart import chart_svg  # noqa: PLC0415  (loads Altair)

        return chart_svg(shown)

    return picture(request, shown.digest, v, draw)


@router.get("/handling.svg")
def handling_chart(
    request: Request, room_id: UUID, visit: Looking, part: Part, v: str = ""
) -> Response:
    """Handling times by the time of the week."""
    work = _handling(visit, room_id, part)

    def draw() -> str:
        from app.forecasts.views.chart import week_svg  # noqa: PLC0415  (loads Altair)

        return week_svg(work)

    return picture(request, work.digest, v, draw)


@router.get("/load.svg")
def load_chart(
    request: Request, room_id: UUID, visit: Looking, part: Part, v: str = ""
) -> Response:
    """How many people the calls of some days keep busy."""
    load = _handling(visit, room_id, part).load

    def draw() -> str:
        from app.forecasts.views.chart import chart_svg  # noqa: PLC0415  (loads Altair)

        return chart_svg(load, "people kept busy")

    return picture(request, load.digest, v, draw)


def _handling(visit: Visit, room_id: UUID, part: Asked) -> Handling:
    """Handling times and load of a part of demand.

    Raises:
        NotFound: when none are forecast.
    """
    with visit.database.read() as reading:
        scene = scene_of(reading, visit, room_id, part)
        said = None if scene is None else said_of(reading, room_id, scene)
        work = None
        if scene is not None:
            work = handling_of(outlook_of(reading, room_id, scene, said), said)
    if work is None:
        raise NotFound("There are no handling times to show.")
    return work


def picture(request: Request, digest: str, asked: str, draw: Callable[[], str]) -> Response:
    """A chart that is drawn where the browser does not have it already."""
    tag = f'"{digest}"'
    kept = "private, max-age=31536000, immutable" if asked == digest else "private, no-cache"
    headers = {**PICTURE_HEADERS, "ETag": tag, "Cache-Control": kept}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(draw(), media_type="image/svg+xml", headers=headers)
