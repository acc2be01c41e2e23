"""`parade worker`: a process that works jobs off."""

from __future__ import annotations

from time import sleep

import click

from app import log
from app.cli.ready import check_migrated
from app.cli.stopping import leave_at_once, on_stop
from app.settings import read_settings

LOOK_SECONDS = 0.2
"""Between two looks whether to stop."""


@click.command()
def worker() -> None:
    """Work jobs off until stopped: forecasts, rosters.

    On PostgreSQL any number of workers share the jobs, on any number of machines; when one is lost,
    another takes its jobs over. On SQLite one process works them off, by default `parade serve`.
    """
    settings = read_settings()
    check_migrated(settings)
    log.configure(settings.log_level, settings.log_form)
    from app.main import working  # noqa: PLC0415 - after what can be refused at once

    stops: list[bool] = []
    with on_stop(lambda: stops.append(True)), working(settings) as work:
        click.echo(f"Working as {work.id}; Ctrl-C stops.")
        while not stops:  # an Event must not be set by a signal of the thread that waits for it
            sleep(LOOK_SECONDS)
    leave_at_once()
