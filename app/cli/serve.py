"""`parade serve`: the service over HTTP, with a worker inside or apart."""

from __future__ import annotations

import socket
from contextlib import nullcontext

import click
import uvicorn
from sqlalchemy import make_url

from app import log
from app.cli.ready import check_migrated
from app.cli.stopping import leave_at_once, on_stop
from app.settings import read_settings

GRACE_SECONDS = 3
"""How long open requests may go on when the service is stopped; a page that follows a job asks
again by itself."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; 0 for one that is free.",
)
@click.option(
    "--workers-inside/--no-workers",
    default=None,
    help="Work jobs off in this process, or leave them to `parade worker`. "
    "[default: inside on SQLite, apart on PostgreSQL]",
)
def serve(host: str, port: int, *, workers_inside: bool | None) -> None:
    """Serve pages and the API until stopped.

    The database is PARADE_DATABASE_URL, or parade.sqlite in this directory; `parade migrate` makes
    it.
    """
    settings = read_settings()
    check_migrated(settings)
    log.configure(settings.log_level, settings.log_form)
    from app.main import make_app, working  # noqa: PLC0415 - after what can be refused at once

    if workers_inside is None:
        workers_inside = make_url(settings.database_url).get_backend_name() == "sqlite"
    with listening(host, port) as listener:
        server = Server(make_app(settings))
        with (
            on_stop(server.stop),
            working(settings) if workers_inside else nullcontext(),
        ):
            server.run(sockets=[listener])
    if not server.started:
        raise click.ClickException("The service did not start; what is written above says why.")
    leave_at_once()


class Server(uvicorn.Server):
    """uvicorn, saying in our words where it is."""

    def __init__(self, app: object) -> None:
        super().__init__(
            uvicorn.Config(
                app,  # type: ignore[arg-type]  # FastAPI's types of an application are its own
                log_config=None,
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )

    def stop(self) -> None:
        """End as soon as open requests have been answered."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say where."""
        await super().startup(sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            place = f"[{host}]" if ":" in host else host
            click.echo(f"Parade is at http://{place}:{port}/; Ctrl-C stops it.")


def listening(host: str, port: int) -> socket.socket:
    """A socket at that address.

    Raises:
        ClickException: when it cannot be listened at.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = f"Nothing can listen at {host}:{port}: {error.strerror}."
        raise click.ClickException(reason) from error
