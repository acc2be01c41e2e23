"""`parade demo`: two demonstration rooms, made by the product itself, served on this machine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app import log
from app.cli.serve import Server, listening
from app.cli.stopping import leave_at_once, on_stop
from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.settings import Settings, read_settings

if TYPE_CHECKING:
    from app.demo.service import Account

HOST = "127.0.0.1"
"""Loopback: the demonstration is for the one at this machine."""

OURS = "parade.*sqlite*"
"""Files that a demonstration leaves; one that was not finished is made anew."""

FINISHED = "finished"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen at; 0: a free one.")
@click.option("--folder", default="demo", show_default=True, help="Where the data are kept.")
def demo(port: int, folder: str) -> None:
    """Serve two demonstration rooms on this machine alone.

    The first time they are made, in some minutes; after that they are as they were left. Passwords
    are new each time.
    """
    home = Path(folder).resolve()
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home), listening(HOST, port) as listener:
        settings = read_settings().model_copy(
            update={
                "database_url": f"sqlite:///{home / 'parade.sqlite'}",
                "log_level": "warning",
                "https": False,
            }
        )
        log.configure(settings.log_level, settings.log_form)
        is_new = not (home / FINISHED).exists()
        database = _database(settings, home, is_new=is_new)
        from app.demo import service  # noqa: PLC0415 - after what can be refused at once
        from app.main import make_app, working  # noqa: PLC0415

        rooms = service.tell(database, _say) if is_new else ()
        with working(settings) as work:
            if is_new:
                service.make(database, rooms, _say)
                (home / FINISHED).touch()
            _tell_accounts(service.fresh_passwords(database), folder, is_new=is_new)
            server = Server(make_app(settings, database))
            with on_stop(server.stop):
                server.run(sockets=[listener])
        database.engine.dispose()
    if work.is_stuck:
        leave_at_once()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the folder, so that nobody else makes or serves a demonstration in it.

    Raises:
        ClickException: when somebody does.
    """
    with (home / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go by the kernel at our end
        except BlockingIOError as error:
            raise click.ClickException(
                f"A demonstration is already served from {home}: stop it, or name another --folder."
            ) from error
        yield


def _database(settings: Settings, home: Path, *, is_new: bool) -> Database:
    """The database at the newest migration; what an unfinished start left is taken away."""
    if is_new:
        for file in home.glob(OURS):
            file.unlink()
        _say(f"The demonstration is made in {home}; this takes some minutes, once.")
    engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
    upgrade(engine)
    return Database(engine)


def _say(words: str) -> None:
    click.echo(words)


def _tell_accounts(accounts: Iterable[Account], folder: str, *, is_new: bool) -> None:
    """Who can sign in where; the passwords are told here and nowhere else."""
    if not is_new:
        _say(f"The demonstration is as it was left; delete the folder {folder} to begin anew.")
    for force, members in groupby(accounts, lambda account: account.force):
        _say(f"\n{force}")
        for each in members:
            _say(f"  {each.sign_in_name:<22} {each.password}   {each.role}, {each.name}")
    _say("\nThese passwords are new each time the demonstration is started.")
