"""Entries as files for payroll: CSV, and a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.errors import invalid
from app.leave.checks import YEARS
from app.leave.service.workbook import Cell, workbook
from app.leave.store import ledger as store
from app.leave.values import Asked, Posted
from app.people import service as people
from app.web.http.csv_texts import harmless

COLUMNS: tuple[tuple[str, str], ...] = (
    ("number", "warrant or staff number"),
    ("name", "the person"),
    ("account", "leave, toil, rest_days, public_holidays or pay"),
    ("minutes", "above 0 owed to the person, below 0 taken; empty for rest days"),
    ("days", "whole days, of rest_days only"),
    ("hours", "the minutes as hours, to two decimals"),
    ("rate", "per cent of plain pay, of pay only: 150 is time and a half"),
    ("day", "the local day that earned or spent it"),
    ("expires", "the day from which what is left of it is lost"),
    ("posted", "the local day on which it was written"),
    ("words", "what it is for"),
    ("source", "where it comes from; a posting taken back comes twice, with both signs"),
)
"""What an export has, in order, and what each column means."""

By = Literal["day", "posted"]
"""Which day a span is about: that which earned or spent, or that on which it was written."""

LONGEST = 400
"""Days of an export: a year with some weeks beside it."""


def export_csv(reading: Reading, room_id: UUID, first: date, last: date, by: By) -> str:
    """Entries of a room as CSV, by day written and place, under the names of `COLUMNS`.

    A text that a spreadsheet would take for a formula begins with an apostrophe.

    Args:
        reading: the caller's.
        room_id: the control room.
        first: first day of the span.
        last: its last day, counted.
        by: which day the span is about. By `posted` nothing is missed that was written late.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when the span ends before it begins, or is longer than `LONGEST` days.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(name for name, _ in COLUMNS)
    for row in _rows(reading, room_id, first, last, by):
        writer.writerow(_harmless(cell) for cell in row)
    return out.getvalue()


def export_workbook(reading: Reading, room_id: UUID, first: date, last: date, by: By) -> bytes:
    """The same as an Office Open XML workbook, with what it comes to; errors as for CSV."""
    heads = [name for name, _ in COLUMNS]
    return workbook(heads, _rows(reading, room_id, first, last, by))


def _rows(
    reading: Reading, room_id: UUID, first: date, last: date, by: By
) -> Iterator[tuple[Cell, ...]]:
    if first.year not in YEARS or last.year not in YEARS:
        raise invalid("since", "Give days between 1971 and 2198.")
    if not 1 <= (last - first).days + 1 <= LONGEST:
        raise invalid("until", f"Give the same day or a later one, at most {LONGEST} days.")
    zone = ZoneInfo(people.room(reading, room_id).zone)
    asked = Asked(first=first, last=last)
    if by == "posted":
        begin, end = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (first, last + timedelta(days=1))
        )
        asked = Asked(since=begin, before=end)
    known = {each.id: each.details for each in people.everyone(reading, room_id)}
    for each in store.entries(reading, room_id, asked):
        yield _row(each, known[each.entry.officer_id], zone)


def _row(posted: Posted, who: people.OfficerDetails, zone: ZoneInfo) -> tuple[Cell, ...]:
    entry = posted.entry
    is_days = entry.account == "rest_days"
    return (
        who.number,
        who.name,
        entry.account,
        None if is_days else entry.amount,
        entry.amount if is_days else None,
        None if is_days else round(entry.amount / 60, 2),
        entry.rate,
        entry.day,
        entry.expires,
        posted.at.astimezone(zone).date(),
        entry.words,
        entry.source,
    )


def _harmless(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)
