"""Columns to counts, by a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from app.demand.reading.clock import (
    Instants,
    Times,
    UnclearHourError,
    check_clock,
    instants_of,
    later_of_log,
    later_of_pairs,
    runs_backwards,
    times_of,
    utc_of,
)
from app.demand.reading.figures import MARKS, NOTHING, SHARE_OF, marked, measured
from app.demand.reading.lines import data_rows
from app.demand.reading.sheet import Column, Sheet
from app.demand.reading.sums import Part, single, summed
from app.demand.values import (
    BoolArray,
    ColumnMapping,
    Counts,
    Figures,
    FloatArray,
    IntArray,
    Measure,
    SampleRow,
    instant,
)
from forecasting.careful_rows import LONGEST_QUEUE_NAME, fit_name
from forecasting.errors import InputError, quoted

ALL_CALLS = frozenset({"all", "total", "totals", "grand total", "all calls"})
"""What stands in a column of categories on a line that counts all calls of its queue."""

SAMPLE = 8
"""Rows shown as they were understood."""


@dataclass(frozen=True, eq=False)
class Read:
    """What a file says.

    Attributes:
        counts: ready to be kept.
        sources: the queues of the file, by its own names.
        sample: the first rows, as they were understood.
        skipped: lines that were left out, by kind.
        warnings: what a person should look at, as sentences.
    """

    counts: Counts
    sources: tuple[str, ...]
    sample: tuple[SampleRow, ...]
    skipped: Mapping[str, int]
    warnings: tuple[str, ...]


def read_counts(sheet: Sheet, mapping: ColumnMapping, held: int | None = None) -> Read:
    """Read a file by a mapping.

    Args:
        sheet: the file.
        mapping: what its columns mean.
        held: minutes of an interval of the room, where known.

    Raises:
        InputError: naming the first line that cannot be used, or the header that is missing.
    """
    _check(mapping)
    data, skipped = data_rows(sheet, mapping)
    names, queue = _queues(data, mapping)
    start, out = _starts(data, mapping, queue, held)
    skipped |= {kind: int(np.count_nonzero(rows)) for kind, rows in out.items()}
    keep = ~np.logical_or.reduce(list(out.values()))
    ours, numbers = _our_names(names, mapping)
    categories, category = _categories(data, mapping)
    parts = [
        _part(data, mapping, source, measures, start, queue, category)
        for source, measures in _by_queue(mapping, names)
    ]
    joined = Part(
        *(np.concatenate([getattr(p.take(keep), f.name) for p in parts]) for f in fields(Part))
    )
    joined = replace(joined, queue=numbers[joined.source])
    left_out = joined.queue < 0
    empty = np.isnan(joined.offered) & ~left_out
    skipped |= {
        "of queues that are left out": int(np.count_nonzero(left_out)),
        "without a count": int(np.count_nonzero(empty)),
    }
    wanted = joined.take(~left_out & ~empty)
    if not len(wanted.start):
        raise InputError("No line of the file has a count that is wanted.")
    sample = tuple(_sample(wanted, ours, categories))
    once, warnings = single(wanted, mapping)
    counts = summed(once, ours, mapping, held, categories)
    return Read(counts, names, sample, {k: n for k, n in skipped.items() if n}, tuple(warnings))


def _check(mapping: ColumnMapping) -> None:
    """Refuse a mapping that does not say what is needed."""
    check_clock(mapping.clock)
    kinds = {measure.measures for measure in mapping.measures}
    if mapping.rows == "intervals" and "offered" not in kinds:
        raise InputError("Say which column counts the calls offered.")
    if mapping.queue is None and any(not each.queue for each in mapping.measures):
        raise InputError("Say which column names the queue, or which queue each column counts.")
    if mapping.queue is None and not mapping.measures:
        raise InputError("Say which column names the queue.")


def _queues(data: Sheet, mapping: ColumnMapping) -> tuple[tuple[str, ...], IntArray]:
    """The file's own queues, and each row's; all rows 0 where the measures name the queue."""
    if mapping.queue is None:
        names = tuple(dict.fromkeys(str(measure.queue) for measure in mapping.measures))
        return names, np.zeros(len(data), dtype=np.int64)
    column = data.column(mapping.queue)
    unfit = column.matches(where=[not fit_name(text) for text in column.texts])
    if unfit.any():
        words = f"is not a queue's name: give 1 to {LONGEST_QUEUE_NAME} printable characters."
        raise data.wrong(column, unfit, words)
    return column.texts, column.codes.astype(np.int64)


def _categories(data: Sheet, mapping: ColumnMapping) -> tuple[tuple[str, ...], IntArray]:
    """The file's categories, and each row's; −1 for a row of all calls of its queue."""
    if mapping.category is None:
        return (), np.full(len(data), -1)
    column = data.column(mapping.category)
    none = [text.casefold() in NOTHING or text.casefold() in ALL_CALLS for text in column.texts]
    unfit = column.matches(
        where=[not (out or fit_name(text)) for out, text in zip(none, column.texts, strict=True)]
    )
    if unfit.any():
        words = f"is not a category: give 1 to {LONGEST_QUEUE_NAME} printable characters."
        raise data.wrong(column, unfit, words)
    names = tuple(t for out, t in zip(none, column.texts, strict=True) if not out)
    numbers = np.cumsum(~np.array(none)) - 1
    return names, np.where(none, -1, numbers)[column.codes]


def _our_names(names: tuple[str, ...], mapping: ColumnMapping) -> tuple[tuple[str, ...], IntArray]:
    """Our queues, and for each of the file's its number among them, −1 where it is left out."""
    meant = [mapping.names.get(name, name) for name in names]
    ours = tuple(dict.fromkeys(name.strip() for name in meant if name is not None))
    for name in ours:
        if not fit_name(name):
            raise InputError(f"{quoted(name)} is not a queue's name; give another.")
    numbers = [-1 if name is None else ours.index(name.strip()) for name in meant]
    return ours, np.array(numbers, dtype=np.int64)


def _by_queue(
    mapping: ColumnMapping, names: tuple[str, ...]
) -> Iterator[tuple[int | None, tuple[Measure, ...]]]:
    """The measures of each of the file's queues; None where a column names the queue."""
    if mapping.queue is not None:
        yield None, mapping.measures
        return
    for place, name in enumerate(names):
        yield place, tuple(each for each in mapping.measures if each.queue == name)


def _starts(
    data: Sheet, mapping: ColumnMapping, queue: IntArray, held: int | None
) -> tuple[IntArray, dict[str, BoolArray]]:
    """When each row's interval or call begins, UTC; and rows that are left out, by kind."""
    times = times_of(data, mapping)
    column = data.column(mapping.time or mapping.start)
    if mapping.rows == "intervals" and (odd := (times.local % 15 != 0)).any():
        raise data.wrong(column, odd, "is not on a quarter hour, where intervals begin.")
    instants = instants_of(times.local, mapping.clock)
    missing = instants.missing & ~times.fixed
    if missing.any() and (mapping.rows == "calls" or _counts_any(data, mapping, missing)):
        raise data.wrong(column, missing, _missing_words(mapping.clock))
    doubled = instants.doubled & ~times.fixed & ~missing
    later, unclear = _later(times, doubled, mapping, queue)
    if mapping.doubled_hour == "leave_out":
        unclear = doubled
    elif unclear.any():
        raise _unclear(data, column, unclear)
    out = {"of an hour that the clocks skip": missing, "of an hour that comes twice": unclear}
    start = utc_of(times, _sound(instants, missing), later)
    if mapping.marks == "end":
        start -= _length(times.local, mapping, held)
    return start, out


def _sound(instants: Instants, missing: BoolArray) -> Instants:
    return replace(
        instants,
        first=np.where(missing, 0, instants.first),
        second=np.where(missing, 0, instants.second),
    )


def _length(local: IntArray, mapping: ColumnMapping, held: int | None) -> int:
    """Minutes of an interval, as said or as the rows' common step."""
    return mapping.interval_minutes or held or int(np.gcd.reduce(np.append(np.diff(local), 60)))


def _counts_any(data: Sheet, mapping: ColumnMapping, rows: BoolArray) -> bool:
    """Whether any of these rows counts a call."""
    counted = [
        measured(data, each, mapping.decimal)[rows]
        for each in mapping.measures
        if each.measures == "offered"
    ]
    return any(bool(np.any(values > 0)) for values in counted)


def _later(
    times: Times, doubled: BoolArray, mapping: ColumnMapping, queue: IntArray
) -> tuple[BoolArray, BoolArray]:
    backwards = runs_backwards(times.local)
    if mapping.rows == "calls":
        return later_of_log(times.local, doubled, backwards)
    return later_of_pairs(times.local, doubled, queue, backwards)


def _missing_words(zone: str) -> str:
    return (
        f"does not exist: on that day the clocks of {zone} skip that hour; "
        "if the export keeps UTC all year, choose UTC."
    )


def _unclear(data: Sheet, column: Column, rows: BoolArray) -> UnclearHourError:
    words = (
        "comes twice on that day, since the clocks go back, and its lines do not tell which is "
        "meant; leave that hour out, or export in UTC."
    )
    error = data.wrong(column, rows, words)
    return UnclearHourError(error.message, line=error.line, column=error.column)


def _part(
    data: Sheet,
    mapping: ColumnMapping,
    source: int | None,
    measures: tuple[Measure, ...],
    start: IntArray,
    queue: IntArray,
    category: IntArray,
) -> Part:
    """The counts of the rows by some measures: of one of the file's queues, or of each row's."""
    told = _calls(data, measures, mapping) if mapping.rows == "calls" else None
    figures = told or _intervals(data, measures, mapping)
    sources = queue if source is None else np.full(len(data), source, dtype=np.int64)
    nothing = np.full(len(data), np.nan)
    return Part(
        sources,
        sources,
        start,
        data.line,
        category,
        *(figures.get(name, nothing) for name in Figures.__dataclass_fields__),
    )


def _intervals(
    data: Sheet, measures: tuple[Measure, ...], mapping: ColumnMapping
) -> dict[str, FloatArray]:
    """The figures of rows that are intervals; columns that measure the same add up."""
    found: dict[str, FloatArray] = {}
    for measure in measures:
        if measure.measures in SHARE_OF:
            continue
        values = measured(data, measure, mapping.decimal)
        before = found.get(measure.measures)
        found[measure.measures] = values if before is None else _added(before, values)
    average = found.pop("average_handled_seconds", None)
    if average is not None:
        calls = found.get("answered", found["offered"])
        with np.errstate(invalid="ignore"):
            handled = np.where(calls == 0, 0.0, average * calls)
        before = found.get("handled_seconds")
        found["handled_seconds"] = handled if before is None else _added(before, handled)
    for measure in measures:
        if measure.measures in SHARE_OF and "answered_in_time" not in found:
            share = measured(data, measure, mapping.decimal)
            found["answered_in_time"] = _calls_of(share, measure, found)
    return found


def _calls_of(share: FloatArray, measure: Measure, found: Mapping[str, FloatArray]) -> FloatArray:
    """The whole calls that a share of the calls offered or answered is; none of no calls."""
    base = found.get(SHARE_OF[measure.measures])
    if base is None:
        raise InputError(
            f"Say which column counts the calls answered, of which {quoted(measure.column)} "
            "is a share."
        )
    with np.errstate(invalid="ignore"):
        return np.where(base == 0, 0.0, np.round(share * base))


def _added(left: FloatArray, right: FloatArray) -> FloatArray:
    """Sums in which what is not known counts as nothing beside what is."""
    both = np.isnan(left) & np.isnan(right)
    return np.where(both, np.nan, np.nan_to_num(left) + np.nan_to_num(right))


def _calls(
    data: Sheet, measures: tuple[Measure, ...], mapping: ColumnMapping
) -> dict[str, FloatArray]:
    """The figures of rows that are single calls."""
    found = {"offered": np.ones(len(data))}
    for measure in measures:
        if measure.measures in MARKS:
            found[measure.measures] = marked(data, measure)
        elif measure.measures in {"handled_seconds", "average_handled_seconds"}:
            seconds = np.nan_to_num(measured(data, measure, mapping.decimal))
            found["handled_seconds"] = found.get("handled_seconds", 0.0) + seconds
    return found


def _sample(part: Part, ours: tuple[str, ...], categories: tuple[str, ...]) -> Iterator[SampleRow]:
    order = np.argsort(part.line, kind="stable")[:SAMPLE]
    for row in order:
        seconds = float(part.handled_seconds[row])
        yield SampleRow(
            int(part.line[row]),
            ours[int(part.queue[row])],
            instant(int(part.start[row])),
            Figures(
                int(part.offered[row]),
                _whole(part.answered[row]),
                _whole(part.abandoned[row]),
                None if np.isnan(seconds) else seconds,
                _whole(part.answered_in_time[row]),
            ),
            categories[int(part.category[row])] if part.category[row] >= 0 else "",
        )


def _whole(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
