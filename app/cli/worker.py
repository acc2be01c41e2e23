"""`parade worker`: a process that works jobs off."""

from __future__ import annotations

import threading

import click

from app import log
from app.cli.ready import check_migrated
from app.cli.stopping import leave_at_once, on_stop
from app.settings import read_settings


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

    stop = threading.Event()
    with on_stop(stop.set), working(settings) as work:
        click.echo(f"Working as {work.id}; Ctrl-C stops.")
        stop.wait()
    if work.is_stuck:
        leave_at_once()
