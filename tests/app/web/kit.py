"""The pages kit on its own: a service of nothing but the patterns page, for whoever asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import uvicorn
from fastapi import Depends, FastAPI, Request

from app.web import pages
from app.web.shell import RoomChoice, Shell
from app.web.static_files import Static

ROOM = RoomChoice(UUID(int=1), "Northmoor control room")
OTHER = RoomChoice(UUID(int=2), "Houston")
MANAGER = Shell("R. Okafor", "manager", "token", ROOM, (ROOM, OTHER))
OFFICER = Shell("Gill, Owen", "officer", "token", ROOM, (ROOM,), is_officer=True)


def signed_in(request: Request) -> None:
    """Stands for the guard: `?as=officer` is an officer, `?as=nobody` nobody, else a manager."""
    who = request.query_params.get("as", "manager")
    if who != "nobody":
        request.state.shell = OFFICER if who == "officer" else MANAGER


def make_kit() -> FastAPI:
    """The application."""
    app = FastAPI()
    app.mount("/static", Static())
    app.include_router(pages.router_of(Depends(signed_in)))
    return app


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
