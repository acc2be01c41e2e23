"""Between rows, counts and the series of the forecasting library."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from app.demand.store.rows import COUNTS, Rows
from app.demand.values import Counts, FloatArray
from forecasting.series import History, Series

OPTIONAL = ("answered", "abandoned", "handled_seconds", "answered_in_time")


def rows_of(counts: Counts, numbers: Mapping[str, int]) -> Rows:
    """Counts as rows by queue number and start; their batch is left 0."""
    rows = np.zeros(len(counts), dtype=COUNTS)
    rows["queue"] = np.array([numbers[name] for name in counts.queues])[counts.queue]
    rows["start"] = counts.start
    rows["offered"] = counts.offered
    for name in OPTIONAL:
        values: FloatArray | None = getattr(counts, name)
        rows[name] = -1 if values is None else np.where(np.isnan(values), -1, values)
    keys = rows["queue"].astype(np.int64) * (1 << 40) + rows["start"]
    return rows if np.all(np.diff(keys) > 0) else rows[np.argsort(keys, kind="stable")]


def counts_of(history: History) -> Counts:
    """The counts of a history, without the intervals that were not observed."""
    parts = [(place, series, series.observed) for place, series in enumerate(history.values())]
    seconds = [
        np.full(len(series), np.nan) if series.handled_seconds is None else series.handled_seconds
        for _, series, _ in parts
    ]
    return Counts(
        tuple(history),
        np.concatenate([np.full(np.count_nonzero(seen), place) for place, _, seen in parts]),
        np.concatenate([series.times[seen].astype(np.int64) for _, series, seen in parts]),
        np.concatenate([series.offered[seen] for _, series, seen in parts]),
        handled_seconds=np.concatenate(
            [each[seen] for each, (_, _, seen) in zip(seconds, parts, strict=True)]
        ),
        interval_minutes=history.interval_minutes,
    )


def history_of(by_queue: Mapping[str, Rows], interval_minutes: int) -> History:
    """The history that rows of several queues tell, each in order of time.

    Raises:
        InputError: when there is no queue.
    """
    return History({name: _series(name, rows, interval_minutes) for name, rows in by_queue.items()})


def _series(name: str, rows: Rows, step: int) -> Series:
    first = int(rows["start"][0])
    place = (rows["start"].astype(np.int64) - first) // step
    offered = np.full(int(place[-1]) + 1, np.nan)
    offered[place] = rows["offered"]
    told = rows["handled_seconds"] >= 0
    handled = np.full_like(offered, np.nan)
    handled[place[told]] = rows["handled_seconds"][told]
    start = np.datetime64(first, "m")
    return Series(name, start, step, offered, handled if told.any() else None)


def csv_of(by_queue: Mapping[str, Rows]) -> str:
    """Counts as CSV, queue by queue; what is not known is empty."""
    parts = [_table(name, rows) for name, rows in by_queue.items() if len(rows)]
    table = pd.concat(parts) if parts else _table("", np.empty(0, dtype=COUNTS))
    return str(table.to_csv(index=False, lineterminator="\n"))


def _table(queue: str, rows: Rows) -> pd.DataFrame:
    instants = rows["start"].astype(np.int64).astype("datetime64[m]")
    texts = np.char.add(np.datetime_as_string(instants, unit="s"), "Z")
    known = {
        each: pd.array(np.maximum(rows[each], 0), dtype="Int64")
        for each in ("answered", "abandoned", "answered_in_time")
    }
    for each, values in known.items():
        values[rows[each] < 0] = pd.NA
    in_time = known.pop("answered_in_time")
    seconds = np.where(rows["handled_seconds"] < 0, np.nan, rows["handled_seconds"])
    return pd.DataFrame(
        {"interval_start": texts, "queue": queue, "offered": rows["offered"], **known}
        | {"handled_seconds": seconds, "answered_in_time": in_time}
    )
