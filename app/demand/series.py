"""Between rows, counts and the series of the forecasting library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.demand.store.rows import CATEGORY_COUNTS, COUNTS, Rows
from app.demand.values import Around, Counts, FloatArray, Found, Layer, View, instant, minute
from forecasting.categories import Parts
from forecasting.cleaning.finding import Finding
from forecasting.series import History, IntArray, Series

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


def category_rows(parts: Counts) -> dict[tuple[str, str], Rows]:
    """Counts of categories as rows in order of time, by queue and category; number and batch 0."""
    if parts.category is None:
        return {}
    order = parts.order
    rows = np.zeros(len(parts), dtype=CATEGORY_COUNTS)
    rows["start"], rows["offered"] = parts.start[order], parts.offered[order]
    counted = parts.key[order] >> 40
    begins = np.flatnonzero(np.diff(counted, prepend=-1))
    queue, category = parts.queue[order][begins], parts.category[order][begins]
    return {
        (parts.queues[q], parts.categories[c]): each
        for q, c, each in zip(queue, category, np.split(rows, begins[1:]), strict=True)
    }


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
    handled, answered = (
        _where_told(rows[each], place, len(offered)) for each in ("handled_seconds", "answered")
    )
    return Series(name, np.datetime64(first, "m"), step, offered, handled, answered)


def _where_told(values: FloatArray, place: IntArray, length: int) -> FloatArray | None:
    """Values at their places, NaN around them and where they are below 0; None if all are."""
    told = values >= 0
    if not told.any():
        return None
    found = np.full(length, np.nan)
    found[place[told]] = values[told]
    return found


def csv_of(by_queue: Mapping[str, Rows]) -> str:
    """Counts as CSV, queue by queue; what is not known is empty."""
    parts = [_table(name, rows) for name, rows in by_queue.items() if len(rows)]
    table = pd.concat(parts) if parts else _table("", np.empty(0, dtype=COUNTS))
    return str(table.to_csv(index=False, lineterminator="\n"))


def _texts(rows: Rows) -> npt.NDArray[np.str_]:
    """Beginnings of intervals as `2026-03-02T00:00:00Z`."""
    instants = rows["start"].astype(np.int64).astype("datetime64[m]")
    return np.char.add(np.datetime_as_string(instants, unit="s"), "Z")


def _table(queue: str, rows: Rows) -> pd.DataFrame:
    known = {
        each: pd.array(np.maximum(rows[each], 0), dtype="Int64")
        for each in ("answered", "abandoned", "answered_in_time")
    }
    for each, values in known.items():
        values[rows[each] < 0] = pd.NA
    in_time = known.pop("answered_in_time")
    seconds = np.where(rows["handled_seconds"] < 0, np.nan, rows["handled_seconds"])
    return pd.DataFrame(
        {"interval_start": _texts(rows), "queue": queue, "offered": rows["offered"], **known}
        | {"handled_seconds": seconds, "answered_in_time": in_time}
    )


def layered(history: History, by_queue: Mapping[str, Sequence[Layer]], view: View) -> History:
    """A history with decisions laid over its counts, the oldest first.

    Args:
        history: counts as they came.
        by_queue: decisions that hold, by name of queue, the newest first.
        view: `believed` puts corrections in; `untouched` leaves out all that a decision changes.

    Raises:
        InputError: when nothing of the history is left.
    """
    if view == "counted" or not by_queue:
        return history
    return History(
        {name: _overlaid(each, by_queue.get(name, ()), view) for name, each in history.items()}
    )


def _overlaid(series: Series, layers: Sequence[Layer], view: View) -> Series:
    """A series with what it tells of calls in proportion to what stands in place of its counts."""
    changing = [each for each in layers if each.decision != "accept"]
    if not changing:
        return series
    offered = series.offered.copy()
    for layer in reversed(changing):
        first, after = places(series, layer.start, layer.end)
        low, high = max(first, 0), min(after, len(series))
        if low >= high:
            continue
        put = layer.offered if view == "believed" else None
        offered[low:high] = np.nan if put is None else put[low - first : high - first]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(series.offered > 0, offered / series.offered, np.nan)
    share = np.where(offered == series.offered, 1.0, share)
    seconds, answered = (
        None if each is None else each * share for each in (series.handled_seconds, series.answered)
    )
    return Series(series.queue, series.start, series.interval_minutes, offered, seconds, answered)


def places(series: Series, start: datetime, end: datetime) -> tuple[int, int]:
    """Places of the first interval of a stretch and after its last; they may lie outside."""
    first = int(series.start.astype(np.int64))
    step = series.interval_minutes
    return (minute(start) - first) // step, (minute(end) - first) // step


def parts_of(counted: Series, whole: Series, rows: Iterable[tuple[str | None, Rows]]) -> Parts:
    """Counts by category beside their queue's.

    On a day, from midnight UTC, on which any category was told, a category without a row had no
    calls; on others it is not known how the calls divide.

    Args:
        counted: the queue's counts as they came.
        whole: the same intervals as they are believed; parts are scaled to it.
        rows: of its categories by the names under which they are shown, None for those of no
            category; several may have one name.
    """
    first, step = int(counted.start.astype(np.int64)), counted.interval_minutes
    days = (first + step * np.arange(len(counted))) // 1440
    told = np.zeros(int(days[-1] - days[0]) + 1, dtype=np.bool_)
    sums: dict[str, FloatArray] = {}
    for name, own in rows:
        place = (own["start"].astype(np.int64) - first) // step
        inside = (place >= 0) & (place < len(counted))
        told[days[place[inside]] - days[0]] = True
        if name is not None:
            counts = sums.setdefault(name, np.zeros(len(counted)))
            counts[place[inside]] += own["offered"][inside]
    names = tuple(sorted(sums))
    parts = np.array([sums[name] for name in names]).reshape(len(names), len(counted))
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(whole.offered == counted.offered, 1.0, whole.offered / counted.offered)
    scale[~told[days - days[0]] | ~np.isfinite(scale)] = np.nan
    return Parts(whole, names, parts * scale)


def category_csv(by_category: Iterable[tuple[str, str, Rows]]) -> str:
    """Counts of categories as CSV, by queue and category."""
    columns = ["interval_start", "queue", "category", "offered"]
    tables = [
        pd.DataFrame(dict(zip(columns, (_texts(rows), *names, rows["offered"]), strict=True)))
        for *names, rows in by_category
        if len(rows)
    ]
    table = pd.concat(tables) if tables else pd.DataFrame(columns=columns)
    return str(table.to_csv(index=False, lineterminator="\n"))


CHART_POINTS = 72
"""Points of a chart around a finding, at most."""


def found(finding: Finding, series: Series, expected: FloatArray) -> Found:
    """A finding of the library as it is kept, with what a chart of it shows."""
    first = int(series.start.astype(np.int64))
    begin, after = (
        first + place * series.interval_minutes for place in (finding.first, finding.after)
    )
    return Found(
        key=f"{finding.kind}-{begin}",
        kind=finding.kind,
        start=instant(begin),
        end=instant(after),
        observed=round(finding.observed, 1),
        expected=round(finding.expected, 1),
        words=finding.words,
        remedies=finding.remedies,
        around=_around(finding, series, expected),
        moved=finding.moved,
    )


def _around(finding: Finding, series: Series, expected: FloatArray) -> Around:
    """Counts and expectations of the finding and as much before and after, six hours at least."""
    length = finding.after - finding.first
    margin = max(length // 2, 6 * 60 // series.interval_minutes)
    low, high = max(0, finding.first - margin), min(len(series), finding.after + margin)
    per_point = max(1, -(-(high - low) // CHART_POINTS))
    number = -(-(high - low) // per_point)
    counted: list[float | None] = []
    usual: list[float] = []
    for point in range(number):
        part = slice(low + point * per_point, min(low + (point + 1) * per_point, high))
        seen = series.offered[part][series.observed[part]]
        size = part.stop - part.start
        counted.append(round(float(seen.mean()) * size, 1) if seen.size else None)
        usual.append(round(float(expected[part].sum()), 1))
    start = int(series.start.astype(np.int64)) + low * series.interval_minutes
    return Around(start, per_point * series.interval_minutes, tuple(counted), tuple(usual))
