"""Back-testing: what each model would have said in the past, scored against what came."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.calendar import Calendar, LocalTime
from forecasting.errors import InputError
from forecasting.event_effects import windows
from forecasting.events import Event
from forecasting.models.base import Model
from forecasting.models.registry import MODELS, model_named
from forecasting.scores import actual_rates, poisson_limit, score
from forecasting.series import FloatArray, History, Series

NEAR_DAYS = 7
"""Days of the horizon that are scored apart from the later ones."""

HOLIDAYS, EVENTS = "holidays", "events"
"""Names of the parts of a horizon that lie on public holidays and within the hours of events."""

Progress = Callable[[int, int, str], None]
"""Called after each fold with folds done, folds in all, and words on the fold."""


def backtest(
    history: History,
    origins: int,
    days: int,
    zone: str,
    holidays: str | None = None,
    *,
    events: tuple[Event, ...] = (),
    models: Iterable[str | Model] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Score models on the last `origins` × `days` days of a history.

    Each fold forecasts `days` days from a local midnight, from nothing but the rows before it,
    and stands by itself.

    Args:
        history: Counts of one or more queues.
        origins: Number of folds, at least 1.
        days: Days of each fold, at least 1.
        zone: IANA name of the local zone.
        holidays: Holiday code, or None.
        events: Local events and school holidays.
        models: Models or names of them; all registered ones when None. One that refuses a fold,
            since its history is too short for it, has no row there.
        progress: Told after each fold.

    Returns:
        One row per queue, model, part of the horizon and origin: `queue`, `model`, `days` such as
        "1-7", `HOLIDAYS` or `EVENTS`, `origin`, the fields of `Scores`, `poisson_limit`, `ratio`
        (WAPE over that limit), `cpu_seconds` (fit and predict of the whole fold). Means over the
        folds: `summary`.

    Raises:
        InputError: When the history is too short for the folds, or a name is unknown.
    """
    if origins < 1 or days < 1:
        raise InputError("A back-test needs at least one origin and one day.")
    calendar = Calendar(zone, holidays, events)
    wanted = MODELS.values() if models is None else models
    chosen = [model_named(each) if isinstance(each, str) else each for each in wanted]
    starts = _origins(history, origins, days, calendar)
    rows: list[dict[str, object]] = []
    done, total = 0, len(history) * len(starts)
    for queue, series in history.items():
        rates = actual_rates(series, calendar)
        felt = calendar.of_queue(queue)
        for start in starts:
            rows += _fold(series, rates, start, days=days, models=chosen, calendar=felt)
            done += 1
            if progress is not None:
                progress(done, total, f"{queue} from {start}Z")
    if not rows:
        raise InputError("No fold holds an observed interval; the history cannot be back-tested.")
    return pd.DataFrame(rows)


def summary(folds: pd.DataFrame) -> pd.DataFrame:
    """Means over the folds of `backtest`, one row per queue, part of the horizon and model.

    Folds are weighed by calls for WAPE and its limit, whose ratio is then that of sums, and by
    observed intervals for the rest.
    """
    keys = ["queue", "days", "model"]
    table = folds.drop(columns=["origin", "ratio"])
    weights = dict.fromkeys(("wape", "daily_wape", "poisson_limit"), table["calls"])
    weights |= dict.fromkeys(
        ("pinball", "cover_80", "cover_90", "pit_80", "pit_95"), table["intervals"]
    )
    weighed = table.assign(**{name: table[name] * each for name, each in weights.items()})
    sums = weighed.groupby(keys, sort=False).sum(numeric_only=True)
    number = folds.groupby(keys, sort=False).size()
    means = sums.div(number, axis=0)
    for name, each in weights.items():
        means[name] = sums[name] / sums[each.name]
    means["ratio"] = means["wape"] / means["poisson_limit"]
    return means.reset_index()


def _origins(history: History, origins: int, days: int, calendar: Calendar) -> list[np.datetime64]:
    """Local midnights, `days` days apart, the last fold ending with the last whole local day."""
    end = calendar.local(history.end, history.interval_minutes, 1).date[0]
    first = calendar.local(history.start, history.interval_minutes, 1).date[0]
    dates = [end - days * k for k in range(origins, 0, -1)]
    if (dates[0] - first).astype(np.int64) < 14:
        raise InputError(
            f"{origins} folds of {days} days need {origins * days + 14} days of history; there are "
            f"{(end - first).astype(np.int64)}."
        )
    return [_on_grid(calendar.midnight(date), history) for date in dates]


def _on_grid(instant: np.datetime64, history: History) -> np.datetime64:
    """The first beginning of an interval from `instant` on."""
    step = np.timedelta64(history.interval_minutes, "m")
    return instant + (history.start - instant) % step


def _fold(
    series: Series,
    rates: FloatArray,
    start: np.datetime64,
    *,
    days: int,
    models: list[Model],
    calendar: Calendar,
) -> list[dict[str, object]]:
    """Scores of every model on one fold; none when the queue was not observed on both sides."""
    per_day = 1440 // series.interval_minutes
    first = int((start - series.start) // series.step)
    counts = _cut(series.offered, first, days * per_day)
    limits = _cut(rates, first, days * per_day)
    past = series.before(start)
    if past is None or np.all(np.isnan(counts)):
        return []
    seen = ~np.isnan(counts)
    local = calendar.local(start, series.interval_minutes, len(counts))
    parts = {name: part & seen for name, part in _parts(calendar, local, days).items()}
    parts = {name: part for name, part in parts.items() if part.any()}
    rows: list[dict[str, object]] = []
    for model in models:
        begun = time.process_time()
        try:
            said = model.fit(past, calendar).predict(start, days * per_day)
        except InputError:
            continue
        _ = said.quantiles  # made here, since a forecast's cost includes them
        spent = time.process_time() - begun
        for name, part in parts.items():
            scores = score(np.where(part, counts, np.nan), said, per_day)
            limit = poisson_limit(limits[part])
            rows.append(
                {
                    "queue": series.queue,
                    "model": model.name,
                    "days": name,
                    "origin": start,
                    "calls": float(counts[part].sum()),
                    **asdict(scores),
                    "poisson_limit": limit,
                    "ratio": scores.wape / limit,
                    "cpu_seconds": spent,
                }
            )
    return rows


def _parts(calendar: Calendar, local: LocalTime, days: int) -> dict[str, npt.NDArray[np.bool_]]:
    """The parts of a horizon that are scored apart, by name, shape (n,) each."""
    day = np.arange(len(local.slot)) * days // len(local.slot)
    near = min(days, NEAR_DAYS)
    parts = {f"1-{near}": day < near}
    if days > near:
        parts[f"{near + 1}-{days}"] = day >= near
    named = calendar.holiday_names(local.date[0], local.date[-1])
    parts[HOLIDAYS] = np.isin(local.date, np.array(sorted(named), dtype="datetime64[D]"))
    parts[EVENTS] = np.zeros(len(day), dtype=np.bool_)
    for event in calendar.events:
        parts[EVENTS] |= windows(event, local).inside
    return parts


def _cut(values: FloatArray, first: int, length: int) -> FloatArray:
    """`length` values from place `first`, NaN beyond either end."""
    result = np.full(length, np.nan)
    low, high = max(first, 0), min(first + length, len(values))
    if low < high:
        result[low - first : high - first] = values[low:high]
    return result
