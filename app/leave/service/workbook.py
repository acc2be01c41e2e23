"""Entries as a workbook for payroll: the entries, and what they come to for each person."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import xlsxwriter

Cell = str | int | float | date | None

WIDTHS = {"name": 28, "account": 16, "day": 12, "expires": 12, "posted": 12, "words": 70,
          "source": 28}  # fmt: skip
"""Widths of columns in characters of digits."""

NARROW = 9

FORMS = {"day": 14, "expires": 14, "posted": 14, "hours": 2}
"""Number formats that every spreadsheet has: a date as people there write it, two decimals."""

TOTALS = ("number", "name", "account", "rate", "minutes", "days", "hours")

EVERYONE = "Everyone"


class Sum(NamedTuple):
    """What the entries of one account and rate come to."""

    account: str
    rate: int | None
    minutes: int
    days: int


def workbook(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of two sheets: `Entries` as given, and `Totals` of them.

    The first row of each stays in sight. `Totals` has a row for each person, account and rate, then
    one for everyone, which adds them up by a formula. Texts are texts, whatever they begin with.

    Args:
        heads: names of the columns, those of `TOTALS` among them.
        rows: the entries; a cell has the type of its column in each of them, or is None.
    """
    given = [dict(zip(heads, row, strict=True)) for row in rows]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        entries = _Sheet(book, "Entries", heads)
        for row in given:
            entries.add([_exact(row) if head == "hours" else row[head] for head in heads])
        entries.filter()
        _total(_Sheet(book, "Totals", TOTALS), given)
    return out.getvalue()


class _Sheet:
    """A sheet that is filled from the top, below a row of heads."""

    def __init__(self, book: Any, name: str, heads: Sequence[str]) -> None:
        self._sheet = book.add_worksheet(name)
        self._heads = heads
        self.row = 0
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, head in enumerate(heads):
            form = book.add_format({"num_format": FORMS[head]}) if head in FORMS else None
            self._sheet.set_column(column, column, WIDTHS.get(head, NARROW), form)
            self._sheet.write_string(0, column, head, bold)
        self._sheet.freeze_panes(1, 0)

    def add(self, cells: Iterable[Cell]) -> None:
        """Write a row; a float has two decimals in sight and all of them in the cell."""
        self.row += 1
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self._sheet.write_string(self.row, column, cell)
            elif isinstance(cell, date):
                self._sheet.write_datetime(self.row, column, cell)
            elif cell is not None:
                self._sheet.write_number(self.row, column, cell)

    def formula(self, head: str, formula: str, value: float) -> None:
        """Write a formula into the last row, with what it comes to."""
        self._sheet.write_formula(self.row, self._heads.index(head), formula, None, value)

    def filter(self) -> None:
        """Let people choose rows by what stands in a column."""
        self._sheet.autofilter(0, 0, self.row, len(self._heads) - 1)


def _exact(row: dict[str, Cell]) -> Cell:
    minutes = row["minutes"]
    return minutes / 60 if isinstance(minutes, int) else None


def _total(sheet: _Sheet, given: Iterable[dict[str, Cell]]) -> None:
    whose = itemgetter("name", "number")
    for (name, number), of_one in groupby(sorted(given, key=whose), key=whose):
        for each in _sums(of_one):
            sheet.add([number, name, each.account, each.rate, *_amounts(each)])
    last = sheet.row + 1
    for each in _sums(given):
        sheet.add([None, EVERYONE, each.account, each.rate])
        rate = '"="' if each.rate is None else each.rate
        for head, value in zip(("minutes", "days", "hours"), _amounts(each), strict=True):
            if value is not None:
                column = "ABCDEFG"[TOTALS.index(head)]
                span = f"{column}$2:{column}${last}"
                chosen = f'$C$2:$C${last},"{each.account}",$D$2:$D${last},{rate}'
                sheet.formula(head, f"=SUMIFS({span},{chosen})", value)


def _sums(given: Iterable[dict[str, Cell]]) -> list[Sum]:
    """What entries come to by account and rate, in order of their names."""
    found: dict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0, 0])
    for row in given:
        rate = row["rate"]
        both = found[str(row["account"]), rate if isinstance(rate, int) else None]
        for place, head in enumerate(("minutes", "days")):
            amount = row[head]
            both[place] += amount if isinstance(amount, int) else 0
    order = sorted(found, key=lambda key: (key[0], key[1] or 0))
    return [Sum(*key, *found[key]) for key in order]


def _amounts(each: Sum) -> tuple[int | None, int | None, float | None]:
    """Minutes, days and hours; of rest days only days, of all else no days."""
    if each.account == "rest_days":
        return None, each.days, None
    return each.minutes, None, each.minutes / 60
