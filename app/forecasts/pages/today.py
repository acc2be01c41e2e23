"""The page of today: the forecast, the counts so far, and the rest of the day after them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import NotFound
from app.forecasts import service
from app.forecasts.pages.charts import picture
from app.forecasts.views import outlook as laid
from app.forecasts.views import today as views
from app.web.shell import page

router = APIRouter(prefix="/rooms/{room_id}/demand/today", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Queue = Annotated[str, Query(max_length=200)]


@router.get("")
def today_page(request: Request, room_id: UUID, visit: Looking, queue: Queue = "") -> Response:
    """The page."""
    base = f"/rooms/{room_id}/demand"
    day = _today(visit, room_id)
    if day is None:
        return page(request, "forecasts/today.html", base=base, day=None)
    queue, told = _chosen(day, queue)
    shown = views.outlook(queue, day, told)
    return page(
        request,
        "forecasts/today.html",
        base=base,
        day=day,
        told=told,
        queues=[(each, f"?{urlencode({'queue': each})}", each == queue) for each in day.by_queue],
        answer=views.answer(queue, day, told),
        gain=views.gain_words(day, told),
        shown=shown,
        plot=laid,
        table=laid.hour_table(shown),
        picture=f"{base}/today/chart.svg?{urlencode({'queue': queue, 'v': shown.digest})}",
    )


@router.get("/chart.svg")
def today_chart(
    request: Request, room_id: UUID, visit: Looking, queue: Queue = "", v: str = ""
) -> Response:
    """The chart of the page."""
    day = _today(visit, room_id)
    if day is None:
        raise NotFound("No forecast holds today.")
    name, told = _chosen(day, queue)
    shown = views.outlook(name, day, told)

    def draw() -> str:
        from app.forecasts.views.chart import chart_svg  # noqa: PLC0415  (loads Altair)

        return chart_svg(shown)

    return picture(request, shown.digest, v, draw)


def _today(visit: Visit, room_id: UUID) -> service.Today | None:
    """The present day; None where no forecast holds it."""
    with visit.database.read() as reading:
        try:
            return service.today(reading, room_id)
        except NotFound:
            return None


def _chosen(day: service.Today, queue: str) -> tuple[str, service.QueueToday]:
    """The queue of the address, or the first.

    Raises:
        NotFound: when it is not one that is forecast.
    """
    name = queue or next(iter(day.by_queue), "")
    if name not in day.by_queue:
        raise NotFound("There is no such queue in today's forecast.")
    return name, day.by_queue[name]
