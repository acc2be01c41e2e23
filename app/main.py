"""The service: every slice's doors behind one application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from app import log
from app.auth import api as auth_api
from app.auth import pages as auth_pages
from app.auth.guard import Attempts, House, RoomFacts, allow_anyone
from app.db.engine import open_engine
from app.db.transaction import Database, Reading
from app.demand import api as demand_api
from app.demand import jobs as demand_jobs
from app.demand import pages as demand_pages
from app.errors import NotFound
from app.fairness import api as fairness_api
from app.fairness import pages as fairness_pages
from app.forecasts import api as forecasts_api
from app.forecasts import jobs as forecasts_jobs
from app.forecasts import pages as forecasts_pages
from app.guide import pages as guide_pages
from app.hours import api as hours_api
from app.hours import pages as hours_pages
from app.jobs import api as jobs_api
from app.jobs.service import Handler, Plan
from app.leave import api as leave_api
from app.leave import jobs as leave_jobs
from app.leave import pages as leave_pages
from app.patterns import api as patterns_api
from app.patterns import pages as patterns_pages
from app.people import api as people_api
from app.people import pages as people_pages
from app.people import service as people
from app.preferences import api as preferences_api
from app.preferences import pages as preferences_pages
from app.requirements import api as requirements_api
from app.requirements import jobs as requirements_jobs
from app.requirements import pages as requirements_pages
from app.rosters import api as rosters_api
from app.rosters import jobs as rosters_jobs
from app.rosters import pages as rosters_pages
from app.rosters import service as rosters
from app.rulebooks import api as rulebooks_api
from app.rulebooks import pages as rulebooks_pages
from app.scenarios import api as scenarios_api
from app.scenarios import jobs as scenarios_jobs
from app.scenarios import pages as scenarios_pages
from app.settings import Settings
from app.web import pages as web_pages
from app.web.http import problems
from app.web.http.edge import Edge
from app.web.static_files import Static

if TYPE_CHECKING:
    from app.jobs.worker import Worker

ROUTERS: tuple[APIRouter, ...] = (
    auth_api.router,
    auth_pages.router,
    web_pages.router_of(allow_anyone()),
    jobs_api.router,
    forecasts_api.router,
    forecasts_pages.router,
    requirements_api.router,
    requirements_pages.router,
    people_api.router,
    demand_api.router,
    demand_pages.router,
    people_pages.router,
    rulebooks_api.router,
    rulebooks_pages.router_of(rosters.judged),
    preferences_api.router,
    preferences_pages.router,
    patterns_api.router,
    patterns_pages.router,
    leave_api.router,
    leave_pages.router,
    hours_api.router,
    hours_pages.router,
    fairness_api.router,
    fairness_pages.router,
    rosters_api.router,
    rosters_pages.router,
    scenarios_api.router,
    scenarios_pages.router,
    guide_pages.router,
)
"""The doors of every slice, the API's and the pages': a new slice adds its own here."""

HANDLERS: Mapping[str, Handler] = {
    **demand_jobs.HANDLERS,
    **forecasts_jobs.HANDLERS,
    **leave_jobs.HANDLERS,
    **requirements_jobs.HANDLERS,
    **rosters_jobs.HANDLERS,
    **scenarios_jobs.HANDLERS,
}
"""What does each kind of job, of every slice: `{**forecasts_jobs.HANDLERS, ...}`."""

PLANS: tuple[Plan, ...] = (
    *demand_jobs.PLANS,
    *forecasts_jobs.PLANS,
    *leave_jobs.PLANS,
)
"""What asks for jobs that are due by themselves, of every slice."""


class Service(FastAPI):
    """The application within its edge, so that nothing is answered without it."""

    def build_middleware_stack(self) -> ASGIApp:
        """Every layer, the edge outermost."""
        house: House = self.state.house
        return Edge(super().build_middleware_stack(), https=house.settings.https)


def make_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The service as an ASGI application.

    Args:
        settings: how it is set.
        database: where it keeps its data; None opens the one of the settings, and closes it at the
            end.
    """
    kept = database or open_database(settings)
    app = Service(
        title="Parade",
        version=version("parade"),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(settings, None if database else kept),
        max_body_size=settings.body_bytes,
    )
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.state.house = house_on(kept, settings)
    problems.install(app)
    app.mount("/static", Static())
    for router in ROUTERS:
        app.include_router(router)
    return app


def house_on(database: Database, settings: Settings) -> House:
    """What the application is run with; it is kept on `app.state.house`."""
    return House(database, settings, PeoplesRooms(), Attempts(settings))


def working(settings: Settings) -> AbstractContextManager[Worker]:
    """A worker at the jobs of every slice, for as long as the context lasts.

    Raises:
        Conflict: when another process works on the jobs of a SQLite database.
    """
    from app.jobs import worker  # noqa: PLC0415 - a server without a worker need not load it

    return worker.working(settings, HANDLERS, PLANS)


def open_database(settings: Settings) -> Database:
    """The database of the settings."""
    return Database(open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds))


def _lifespan(
    settings: Settings, ours: Database | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        log.configure(settings.log_level, settings.log_form)
        yield
        if ours is not None:
            ours.engine.dispose()

    return lifespan


@dataclass(frozen=True, slots=True)
class PeoplesRooms:
    """Control rooms as the people slice keeps them, for the guard."""

    def room(self, reading: Reading, room_id: UUID) -> RoomFacts | None:
        """The control room of that id."""
        try:
            return _facts(people.room(reading, room_id))
        except NotFound:
            return None

    def rooms(self, reading: Reading, force_id: UUID) -> tuple[RoomFacts, ...]:
        """The control rooms of a force, by name."""
        return tuple(map(_facts, people.rooms(reading, force_id)))

    def has_officer(self, reading: Reading, room_id: UUID, officer_id: UUID) -> bool:
        """Whether that is an officer of the control room."""
        try:
            return people.officer(reading, room_id, officer_id).room_id == room_id
        except NotFound:
            return False


def _facts(room: people.Room) -> RoomFacts:
    return RoomFacts(
        room.id, room.force_id, room.name, room.zone, room.day_start, room.notice, room.as_of
    )
