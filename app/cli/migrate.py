"""`parade migrate`: the database brought to what this version needs."""

from __future__ import annotations

import click
from sqlalchemy.exc import DBAPIError

from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.settings import read_settings


@click.command()
def migrate() -> None:
    """Make the tables, or bring them to this version; a second time changes nothing.

    The database is PARADE_DATABASE_URL, or parade.sqlite in this directory.
    """
    settings = read_settings()
    engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
    try:
        before, after = upgrade(engine)
    except DBAPIError as error:
        raise click.ClickException(f"The database cannot be used: {error.orig}") from error
    finally:
        engine.dispose()
    if before == after:
        click.echo(f"Nothing to do: the database is at {after}.")
    else:
        click.echo(f"The database is at {after}; it was {before or 'empty'}.")
