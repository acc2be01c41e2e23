"""`parade forecast`: the calls of each queue, interval by interval."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.doubtful import learned_from, leave_out_option
from app.cli.events import check_queues, events_of
from app.cli.inputs import NO_ZONE, check_calendar, instant_of, placed
from app.cli.output import check_file, write_file
from app.web.words import listed
from forecasting import forecast as engine
from forecasting.calendar import Calendar
from forecasting.errors import InputError
from forecasting.models.registry import DEFAULT_MODEL, model_named
from forecasting.reading import read_history


@click.command()
@click.argument("history")
@click.option(
    "--from", "start", required=True, metavar="INSTANT", help="ISO 8601 with Z or offset."
)
@click.option("--days", type=click.IntRange(1, 400), default=28, show_default=True)
@click.option("--timezone", metavar="ZONE", help="IANA name; UTC if not given.")
@click.option("--holidays", metavar="CODE", help="Such as GB-ENG or US-TX.")
@click.option("--events", metavar="FILE", help="TOML: local events and school holidays.")
@leave_out_option
@click.option("--model", default=DEFAULT_MODEL, show_default=True, help="Forecast model.")
@click.option("--out", required=True, metavar="FILE", help="CSV file to write.")
@click.option("--handling", metavar="FILE", help="CSV file of handling times and load to write.")
def forecast(
    *,
    history: str,
    start: str,
    days: int,
    timezone: str | None,
    holidays: str | None,
    events: str | None,
    leave_out_doubtful: bool,
    model: str,
    out: str,
    handling: str | None,
) -> None:
    """Forecast the calls of each queue in HISTORY from an instant on.

    HISTORY is CSV or CSV.gz with interval_start, queue, offered and perhaps handled_seconds (of
    all calls) or aht_seconds (of a call on average); only rows before the instant are used. A day
    is 24 elapsed hours.
    """
    zone, target = timezone or "UTC", Path(out)
    check_file(target)
    if handling is not None:
        check_file(Path(handling))
    check_calendar(zone, holidays)
    with placed("--model"):
        model_named(model)
    begin = instant_of("--from", start)
    dated = events_of(events)
    counts = read_history(history)
    check_queues(events, dated, counts)
    with placed(history):
        counts, doubts = learned_from(
            counts, begin, Calendar(zone, holidays, dated), leave_out=leave_out_doubtful
        )
        said = engine.forecast(counts, begin, days, zone, holidays, events=dated, model=model)
    if handling is not None:
        if not said.handling:
            raise InputError("It tells too few handling times to forecast any.", path=history)
        write_file(Path(handling), said.handling_csv())
    write_file(target, said.to_csv())
    if timezone is None:
        click.echo(f"Assumed: {NO_ZONE}")
    for note in (*said.notes, *doubts):
        click.echo(note)
    rows = said.intervals * len(said.by_queue)
    click.echo(f"{rows:,} rows for {len(said.by_queue)} queues are in {out}.")
    if handling is not None:
        without = [queue for queue in said.by_queue if queue not in said.handling]
        words = f", of {listed(without)} none are known" if without else ""
        click.echo(f"Handling times and load are in {handling}{words}.")
