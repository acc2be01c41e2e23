"""`parade backtest`: how good forecasts would have been, against simple ones and pure chance."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pandas as pd

from app.cli.events import check_queues, events_of
from app.cli.inputs import NO_ZONE, check_calendar, placed
from forecasting import backtest as engine
from forecasting.models.registry import MODELS
from forecasting.reading import read_history

HEADING = (
    f"{'model':<16}{'WAPE':>8}{'limit':>8}{'ratio':>7}{'daily':>8}{'pinball':>9}"
    f"{'in 80 %':>9}{'in 95 %':>9}{'CPU s':>7}"
)

KEY = (
    "WAPE: sum of absolute errors over calls, per interval; limit: the least that pure chance "
    "allows; ratio: WAPE over it; daily: WAPE of 24-hour totals; pinball: loss over seven "
    "quantiles, in calls; in 80 %, in 95 %: share of counts inside those bands, by randomised "
    "transform; CPU s: fit and predict of one fold."
)

PARTS = {engine.HOLIDAYS: "public holidays", engine.EVENTS: "hours of events"}
"""Words for the parts of a horizon that are not stretches of days."""


@click.command()
@click.argument("history")
@click.option("--origins", type=click.IntRange(1, 200), default=8, show_default=True)
@click.option("--days", type=click.IntRange(1, 400), default=28, show_default=True)
@click.option("--timezone", metavar="ZONE", help="IANA name; UTC if not given.")
@click.option("--holidays", metavar="CODE", help="Such as GB-ENG or US-TX.")
@click.option("--events", metavar="FILE", help="TOML: local events and school holidays.")
def backtest(
    *,
    history: str,
    origins: int,
    days: int,
    timezone: str | None,
    holidays: str | None,
    events: str | None,
) -> None:
    """Forecast the past of HISTORY, each time from the rows before, and score what came.

    The last --origins times --days days are forecast, by every model.
    """
    zone = timezone or "UTC"
    check_calendar(zone, holidays)
    dated = events_of(events)
    counts = read_history(history)
    check_queues(events, dated, counts)
    with placed(history):
        folds = engine.backtest(
            counts, origins, days, zone, holidays, events=dated, progress=_progress
        )
    if timezone is None:
        click.echo(f"Assumed: {NO_ZONE}")
    for line in lines(engine.summary(folds)):
        click.echo(line)


def lines(table: pd.DataFrame) -> Iterator[str]:
    """The summary as text, a block for each queue and part of the horizon."""
    for (queue, days), rows in table.groupby(["queue", "days"], sort=False):
        yield f"Queue {queue}, {PARTS.get(str(days), f'days {days} of the forecast')}"
        yield HEADING
        for row in rows.to_dict("records"):
            yield (
                f"{row['model']:<16}{row['wape']:>8.3f}{row['poisson_limit']:>8.3f}"
                f"{row['ratio']:>7.3f}{row['daily_wape']:>8.3f}{row['pinball']:>9.4f}"
                f"{row['pit_80']:>9.3f}{row['pit_95']:>9.3f}{row['cpu_seconds']:>7.2f}"
            )
        yield ""
    yield f"Models: {', '.join(f'{name} = {model.title}' for name, model in MODELS.items())}."
    yield KEY


def _progress(done: int, total: int, words: str) -> None:
    click.echo(f"{done} of {total}: {words}", err=True)
