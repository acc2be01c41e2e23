"""The service: every slice's doors behind one application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, FastAPI

from app import log
from app.auth import api as auth_api
from app.auth.guard import House, RoomFacts
from app.db.engine import open_engine
from app.db.transaction import Database, Reading
from app.errors import NotFound
from app.people import service as people
from app.settings import Settings
from app.web.http import problems
from app.web.static_files import Static

ROUTERS: tuple[APIRouter, ...] = (auth_api.router,)
"""The doors of every slice, the API's and the pages': a new slice adds its own here."""


def make_app(settings: Settings, database: Database | None = None) -> FastAPI:
    """The service as an ASGI application.

    Args:
        settings: how it is set.
        database: where it keeps its data; None opens the one of the settings, and closes it at the
            end.
    """
    kept = database or open_database(settings)
    app = FastAPI(
        title="Parade",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, None if database else kept),
        max_body_size=settings.body_bytes,
    )
    app.state.house = House(kept, settings, PeoplesRooms())
    problems.install(app)
    app.mount("/static", Static())
    for router in ROUTERS:
        app.include_router(router)
    return app


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


def _facts(room: people.Room) -> RoomFacts:
    return RoomFacts(room.id, room.force_id, room.name, room.zone, room.day_start)
