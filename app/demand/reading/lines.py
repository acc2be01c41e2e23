"""Which lines of a file count, and which are titles, totals or repeated headers."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from app.demand.reading.clock import parse_moment
from app.demand.reading.figures import NOTHING
from app.demand.reading.sheet import Column, Sheet
from app.demand.values import BoolArray, ColumnMapping
from forecasting.errors import InputError

TOTAL = re.compile(
    r"(?:(?:sub|grand|daily|overall|report|day|week|month)[ -]?)*"
    r"(?:totals?|sums?|averages?|avg|mean|summary)\b.*",
    re.IGNORECASE,
)
"""What a line says that sums up the lines above it."""


def data_rows(sheet: Sheet, mapping: ColumnMapping) -> tuple[Sheet, dict[str, int]]:
    """The file without total lines, headers that come again and lines of words."""
    keys = [mapping.start, mapping.time, mapping.queue]
    columns = {name: sheet.column(name) for name in keys if name}
    for measure in mapping.measures:
        sheet.column(measure.column)
    start = columns[mapping.start]
    heading = start.matches(where=[text == start.header for text in start.texts])
    total = np.zeros(len(sheet), dtype=np.bool_)
    for column in columns.values():
        total |= column.matches(where=[bool(TOTAL.fullmatch(text)) for text in column.texts])
    figures = np.zeros(len(sheet), dtype=np.bool_)
    for name in {measure.column for measure in mapping.measures}:
        column = sheet.column(name)
        figures |= column.matches(where=[text.casefold() not in NOTHING for text in column.texts])
    words = ~(figures | total | heading)
    if mapping.rows == "calls":
        words &= False
    elif words.any():
        words[words] = _timeless(start.take(words), mapping)
    used = ~(heading | total | words)
    if not used.any():
        raise InputError("The file holds no line with counts.")
    skipped = {
        "above the header": sheet.above,
        "empty": sheet.blank,
        "with totals": int(np.count_nonzero(total)),
        "with the header again": int(np.count_nonzero(heading & ~total)),
        "without a time or a figure": int(np.count_nonzero(words)),
    }
    data = replace(
        sheet,
        columns=tuple(_filled(column.take(used), mapping) for column in sheet.columns),
        line=sheet.line[used],
    )
    return data, skipped


def _timeless(column: Column, mapping: ColumnMapping) -> BoolArray:
    """True for the rows whose text is no time."""
    order = mapping.day_order
    return column.matches(where=[parse_moment(text, order) is None for text in column.texts])


def _filled(column: Column, mapping: ColumnMapping) -> Column:
    """A date or queue that a report prints once, put on the lines below it too."""
    if column.header not in {mapping.start if mapping.time else None, mapping.queue}:
        return column
    told = column.matches(where=[bool(text) for text in column.texts])
    if told.all() or not told[0]:
        return column
    last = np.maximum.accumulate(np.where(told, np.arange(len(told)), 0))
    return replace(column, codes=column.codes[last]).take(np.ones_like(told))
