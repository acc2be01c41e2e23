"""The workbook for payroll: cells that are what they say, and totals that add up."""

from __future__ import annotations

from datetime import date

from app.leave.service.exports import COLUMNS
from app.leave.service.workbook import Cell, workbook
from tests.app.leave.books import STYLE_OF_DAYS, STYLE_OF_HOURS, read_book

HEADS = [name for name, _ in COLUMNS]
MAY = date(2026, 5, 4)


def entry(
    number: str, account: str, amount: int, rate: int | None = None, words: str = "x"
) -> tuple[Cell, ...]:
    """A row of the export, of whoever has that number."""
    is_days = account == "rest_days"
    minutes, days = (None, amount) if is_days else (amount, None)
    hours = None if is_days else round(amount / 60, 2)
    told = (number, f"Name {number}", account, minutes, days, hours, rate)
    return (*told, MAY, None, date(2026, 5, 20), words, "hand:a")


def test_cells_are_days_numbers_and_texts() -> None:
    """Days are dates and hours have two decimals; a number stays a text, and so does a formula.

    The heads stay in sight, and no column is too narrow for a day.
    """
    book = read_book(workbook(HEADS, [entry("007", "pay", 20, 133, "=1+1")]))
    sheet = book["Entries"]
    heads, row = sheet.rows
    assert [heads[column].said for column in "ABCDEFGHIJKL"] == HEADS
    assert (row["A"].said, row["K"].said, row["K"].formula) == ("007", "=1+1", "")
    assert (row["H"].said, row["H"].form) == ("46146", STYLE_OF_DAYS)
    assert (float(row["F"].said), row["F"].form) == (20 / 60, STYLE_OF_HOURS)
    assert "I" not in row
    assert [each.frozen for each in book.values()] == [1, 1]
    assert min(sheet.widths[7:10]) >= len("20/05/2026")


def test_totals_add_up() -> None:
    """Each person's come to what the entries come to, and everyone's to what each person's do.

    Three times 20 minutes are an hour, though two decimals of each would come to 59.4 minutes;
    pay is kept apart by its rate, and "7" is somebody else than "007".
    """
    rows = [entry("007", "pay", 20, 133) for _ in range(3)]
    rows += [entry("7", "pay", 60, 133), entry("7", "pay", 30, 150), entry("7", "rest_days", -2)]
    rows += [entry("007", "leave", -480)]
    sheet = read_book(workbook(HEADS, rows))["Totals"]
    said = [
        tuple(row[it].said.removesuffix(".0") if it in row else "" for it in "ABCDEFG")
        for row in sheet.rows[1:]
    ]
    assert said == [
        ("007", "Name 007", "leave", "", "-480", "", "-8"),
        ("007", "Name 007", "pay", "133", "60", "", "1"),
        ("7", "Name 7", "pay", "133", "60", "", "1"),
        ("7", "Name 7", "pay", "150", "30", "", "0.5"),
        ("7", "Name 7", "rest_days", "", "", "-2", ""),
        ("", "Everyone", "leave", "", "-480", "", "-8"),
        ("", "Everyone", "pay", "133", "120", "", "2"),
        ("", "Everyone", "pay", "150", "30", "", "0.5"),
        ("", "Everyone", "rest_days", "", "", "-2", ""),
    ]
    everyone = sheet.rows[7]
    assert everyone["E"].formula == 'SUMIFS(E$2:E$6,$C$2:$C$6,"pay",$D$2:$D$6,133)'
    assert sheet.rows[9]["F"].formula.endswith('"rest_days",$D$2:$D$6,"=")')


def test_without_entries_there_are_heads_alone() -> None:
    """A span without entries is a file that opens all the same."""
    book = read_book(workbook(HEADS, []))
    assert [len(sheet.rows) for sheet in book.values()] == [1, 1]
