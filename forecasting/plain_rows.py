"""Rows of an ordinary CSV block by vectorised parsing."""

from __future__ import annotations

import io

import numpy as np
import pandas as pd

from forecasting.blocks import Block
from forecasting.careful_rows import LARGEST_COUNT, LARGEST_SECONDS, Columns, fit_name
from forecasting.grid import Rows
from forecasting.instants import EARLIEST, ISO_TIME, LATEST
from forecasting.series import IntArray


def plain_rows(block: Block, columns: Columns, names: dict[str, int]) -> Rows | None:
    """The block's rows by vectorised parsing, or None when anything in it is out of the ordinary.

    Whatever this accepts, `careful_rows` reads the same; whatever is wrong, that one names.
    """
    text = block.text.replace(b"\r\n", b"\n")
    if not text.strip() or b'"' in text or b"\r" in text or not _regular(text, columns):
        return None
    kinds: dict[int, type] = {columns.time: str, columns.queue: str, columns.offered: np.int64}
    if columns.handled is not None:
        kinds[columns.handled] = np.float64
    try:
        table = pd.read_csv(
            io.BytesIO(text),
            header=None,
            names=list(range(columns.width)),
            usecols=sorted(kinds),
            dtype=kinds,
            engine="c",
            na_filter=False,
            skip_blank_lines=False,
            low_memory=False,
        )
    except (ValueError, OverflowError):
        return None
    offered = table[columns.offered].to_numpy(dtype=np.float64)
    handled = np.full(len(table), np.nan)
    if columns.handled is not None:
        handled = table[columns.handled].to_numpy(dtype=np.float64)
        if not np.all((handled >= 0) & (handled <= LARGEST_SECONDS)):
            return None
    if offered.max() > LARGEST_COUNT:
        return None
    minutes = _plain_minutes(table[columns.time])
    queue = _codes(table[columns.queue], names)
    if minutes is None or queue is None:
        return None
    line = block.first_line + np.arange(len(table), dtype=np.int64)
    return Rows(minutes, queue, offered, handled, line)


def _regular(text: bytes, columns: Columns) -> bool:
    """True when every line has the header's number of fields and its count is all digits.

    Pandas would take "1e2" and "inf" for whole numbers.
    """
    letters = np.frombuffer(text if text.endswith(b"\n") else text + b"\n", dtype=np.uint8)
    ends = np.flatnonzero(letters == ord("\n"))
    commas = np.flatnonzero(letters == ord(","))
    per_line = np.diff(np.searchsorted(commas, ends), prepend=0)
    if np.any(per_line != columns.width - 1):
        return False
    starts = np.concatenate([[0], ends[:-1] + 1])
    edges = np.column_stack([starts - 1, commas.reshape(len(ends), -1), ends])
    digits = np.concatenate([[0], np.cumsum((letters >= ord("0")) & (letters <= ord("9")))])
    first, after = edges[:, columns.offered] + 1, edges[:, columns.offered + 1]
    return bool(np.all((after > first) & (digits[after] - digits[first] == after - first)))


def _plain_minutes(column: pd.Series[str]) -> IntArray | None:
    """Minutes since 1970 (UTC) of times all written alike, or None when one is out of line."""
    first = str(column.iloc[0])
    match = ISO_TIME.fullmatch(first)
    if match is None or match["offset"] is None or match["parts"] or not _alike(column, first):
        return None
    clock = "%H:%M:%S%z" if match["seconds"] else "%H:%M%z"
    try:
        instants = pd.to_datetime(column, format=f"%Y-%m-%dT{clock}", utc=True)
    except ValueError:
        return None
    seconds = instants.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    minutes = seconds.astype("datetime64[m]")
    if np.any(minutes != seconds) or minutes.min() < EARLIEST or minutes.max() >= LATEST:
        return None
    whole: IntArray = minutes.astype(np.int64)
    return None if np.any(whole % 15) else whole


def _alike(column: pd.Series[str], first: str) -> bool:
    """True when all texts are ASCII, as long as the first, and punctuated as an ISO 8601 date."""
    try:
        letters = np.array(column.tolist(), dtype=np.bytes_)
    except UnicodeEncodeError:
        return False
    table = letters.view(np.uint8).reshape(len(letters), -1)
    marks = np.frombuffer(b"--T:", dtype=np.uint8)
    same_length = table.shape[1] == len(first) and bool(np.all(table[:, -1]))
    return same_length and not np.any(table[:, [4, 7, 10, 13]] != marks)


def _codes(column: pd.Series[str], names: dict[str, int]) -> IntArray | None:
    """Number of each row's queue, new names entered into `names`; None when one is unfit."""
    codes, found = pd.factorize(column)
    texts = [str(item).strip() for item in found]
    if not all(fit_name(text) for text in texts):
        return None
    numbers = [names.setdefault(text, len(names)) for text in texts]
    return np.array(numbers, dtype=np.int64)[codes]
