"""Interval counts from CSV or CSV.gz files, with every refusal named by line and column."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from forecasting.blocks import Block, read_blocks
from forecasting.careful_rows import Columns, careful_rows
from forecasting.errors import InputError, quoted
from forecasting.grid import MOST_ROWS, Rows, history_of
from forecasting.plain_rows import plain_rows
from forecasting.series import History

HANDLED, AHT = "handled_seconds", "aht_seconds"
"""Columns that may tell handling times: of all calls together, or of a call on average."""

MOST_QUEUES = 1000
"""Queues of a file: far more than any control room has."""


def read_history(path: str | Path) -> History:
    """Read interval counts of one or more queues.

    The file is UTF-8 CSV, plain or gzip, with a header naming `interval_start` (ISO 8601 with
    `Z` or an offset), `queue`, `offered` and perhaps `handled_seconds` (seconds in total) or
    `aht_seconds` (seconds of a call on average, left aside beside the other; both empty where not
    observed), in any order; other columns are left aside. The interval length (15, 30
    or 60 minutes) is read from the data. An absent row means "not observed". Identical rows count
    once.

    Args:
        path: The file.

    Returns:
        One series per queue, each on its own span.

    Raises:
        InputError: When anything in the file cannot be used; it names file, line and column.
    """
    name = str(path)
    names: dict[str, int] = {}
    parts: list[Rows] = []
    columns: Columns | None = None
    total = 0
    for read in read_blocks(Path(path)):
        block = read
        if columns is None:
            columns, block = _header(block, name)
        rows = plain_rows(block, columns, names)
        if rows is None:
            rows = careful_rows(block, columns, names, name)
        total += len(rows.minute)
        if total > MOST_ROWS:
            raise InputError(f"The file holds more than {MOST_ROWS:,} rows; split it.", path=name)
        if len(names) > MOST_QUEUES:
            raise InputError(
                f"The file names more than {MOST_QUEUES:,} queues; check the column.",
                path=name,
                column="queue",
            )
        parts.append(rows)
    if columns is None:
        raise InputError("The file is empty.", path=name)
    if not total:
        raise InputError("The file holds a header and no rows.", path=name)
    whole = Rows.joined(parts)
    if columns.handled_name == AHT:
        whole = replace(whole, handled=whole.handled * whole.offered)
    return history_of(whole, list(names), columns.handled is not None, name)


def _header(block: Block, path: str) -> tuple[Columns, Block]:
    """The columns that the first line names, and the block without that line."""
    first, _, rest = block.text.partition(b"\n")
    text = first.decode("utf-8").removeprefix("\ufeff").rstrip("\r")
    try:
        fields = [field.strip() for field in next(csv.reader([text], strict=True), [])]
    except csv.Error:
        fields = []
    for needed in ("interval_start", "queue", "offered"):
        if needed not in fields:
            raise InputError(
                "The header must name interval_start, queue and offered; found "
                f"{quoted(text, 80)}.",
                path=path,
                line=1,
                column=needed,
            )
    for column in ("interval_start", "queue", "offered", HANDLED, AHT):
        if fields.count(column) > 1:
            raise InputError("The header names the column twice.", path=path, line=1, column=column)
    handled = HANDLED if HANDLED in fields else AHT
    columns = Columns(
        time=fields.index("interval_start"),
        queue=fields.index("queue"),
        offered=fields.index("offered"),
        handled=fields.index(handled) if handled in fields else None,
        width=len(fields),
        handled_name=handled,
    )
    return columns, Block(rest, block.first_line + 1)
