"""Rows of a CSV block line by line: slower than `plain_rows`, and it names what is wrong."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from forecasting.blocks import Block
from forecasting.errors import InputError, quoted
from forecasting.grid import Rows
from forecasting.instants import parse_minute

LARGEST_COUNT = 1_000_000
"""Calls of one interval beyond which a count cannot be meant."""

LARGEST_SECONDS = 10_000_000_000
"""Handling seconds of one interval beyond which the figure cannot be meant."""

LONGEST_QUEUE_NAME = 100

_COUNT = re.compile(r"(?P<sign>[+-]?)(\d+)(?P<fraction>\.\d*)?", re.ASCII)
_SECONDS = re.compile(r"\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@dataclass(frozen=True)
class Columns:
    """Places of the columns that are read, and how many fields a line has.

    `handled_name` is what the column of handling times is called: `handled_seconds` of all calls,
    or `aht_seconds` of each.
    """

    time: int
    queue: int
    offered: int
    handled: int | None
    width: int
    handled_name: str = "handled_seconds"


def careful_rows(block: Block, columns: Columns, names: dict[str, int], path: str) -> Rows:
    """The block's rows line by line; raises at the first line that cannot be used."""
    rows: list[tuple[int, int, float, float, int]] = []
    for line, text in enumerate(block.text.decode("utf-8").split("\n"), start=block.first_line):
        if not text.strip():
            continue
        try:
            fields = _fields(text.rstrip("\r"), columns.width)
            minute = _minute(fields[columns.time])
            queue = _queue(fields[columns.queue])
            offered = _count(fields[columns.offered])
            handled = np.nan
            if columns.handled is not None:
                handled = _handled(fields[columns.handled], columns.handled_name)
        except InputError as error:
            raise InputError(error.message, path=path, line=line, column=error.column) from None
        rows.append((minute, names.setdefault(queue, len(names)), offered, handled, line))
    table = np.array(rows, dtype=np.float64).reshape(-1, 5)
    minutes, queues, lines = (table[:, i].astype(np.int64) for i in (0, 1, 4))
    return Rows(minutes, queues, table[:, 2], table[:, 3], lines)


def _fields(text: str, width: int) -> list[str]:
    """The stripped fields of one line."""
    try:
        fields = next(csv.reader([text], strict=True))
    except csv.Error as error:
        raise InputError(f"The line is not CSV: {error}.") from None
    if len(fields) != width:
        raise InputError(f"The line has {len(fields)} fields where the header has {width}.")
    return [field.strip() for field in fields]


@lru_cache(maxsize=1 << 16)
def _minute(text: str) -> int:
    """Minutes from 1970 (UTC) to a time on the quarter hour."""
    try:
        minute = parse_minute(text)
    except InputError as error:
        raise InputError(error.message, column="interval_start") from None
    if minute % 15:
        raise InputError(
            f"{quoted(text)} is not on a quarter hour, where intervals must begin.",
            column="interval_start",
        )
    return minute


def _queue(text: str) -> str:
    if not fit_name(text):
        raise InputError(
            f"{quoted(text)} is not a queue's name: give 1 to {LONGEST_QUEUE_NAME} printable "
            "characters.",
            column="queue",
        )
    return text


def _count(text: str) -> float:
    match = _COUNT.fullmatch(text)
    if match is None:
        wrong = f"{quoted(text)} is not a count; leave the row out where nothing was observed."
    elif match["sign"] == "-" and float(text) != 0:
        wrong = f"{quoted(text)} is negative, and a count cannot be."
    elif (match["fraction"] or "").strip(".0"):
        wrong = f"{quoted(text)} is not a whole number of calls."
    elif float(text) > LARGEST_COUNT:
        wrong = f"{quoted(text)} is more than {LARGEST_COUNT:,} calls in one interval."
    else:
        return abs(float(text))
    raise InputError(wrong, column="offered")


def _handled(text: str, column: str) -> float:
    if not text:
        return np.nan
    if _SECONDS.fullmatch(text) is None or float(text) > LARGEST_SECONDS:
        raise InputError(
            f"{quoted(text)} is not a number of seconds between 0 and {LARGEST_SECONDS:,}.",
            column=column,
        )
    return float(text)


def fit_name(text: str) -> bool:
    """True when `text` can be a queue's name: short, printable, not empty."""
    return 0 < len(text) <= LONGEST_QUEUE_NAME and text.isprintable()
