"""How the pages of leave speak of accounts, amounts and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.leave.service import AbsenceKind, Account, Lot, Standing, YearStart, amount_words
from app.people.service import PastShift
from app.web.words import MINUS, clock, count, day_words, listed

SOON = timedelta(days=60)
"""What expires within so many days is told as going soon: time enough to roster it."""

LABELS: Mapping[Account, str] = {
    "leave": "Annual leave",
    "toil": "Time off in lieu",
    "rest_days": "Rest days owed",
    "public_holidays": "Public holidays in lieu",
    "pay": "To be paid",
}

KINDS: Mapping[AbsenceKind, str] = {
    "leave": "Leave",
    "court": "Court",
    "training": "Training",
    "absent": "Absent",
}


def signed_words(account: Account, amount: int) -> str:
    """An amount with its sign, such as `+8 h`, `−1 rest day` or `0 h`."""
    said = amount_words(account, amount) if amount else plain_words(account, 0)
    return f"{MINUS}{said}" if amount < 0 else f"+{said}" if amount else said


def plain_words(account: Account, amount: int) -> str:
    """A balance, such as `8 h`, `−1 rest day` or `0 h`."""
    if not amount:
        return "0 rest days" if account == "rest_days" else "0 h"
    said = amount_words(account, amount)
    return f"{MINUS}{said}" if amount < 0 else said


def going_words(lot: Lot) -> str:
    """What is left of a lot that expires, such as `40 h until 31 March 2027`."""
    return f"{amount_words(lot.account, lot.amount)} until {_last_words(lot)}"


def soon_words(standing: Standing, on: date) -> str:
    """What expires within `SOON`, such as `12 h of annual leave by 31 March 2027`; "" for none."""
    return listed(
        " ".join(filter(None, (amount_words(lot.account, lot.amount), of_words(lot.account), "by")))
        + f" {_last_words(lot)}"
        for lot in standing.lots
        if lot.expires is not None and lot.expires <= on + SOON
    )


def of_words(account: Account) -> str:
    """Of which account, such as `of annual leave`; "" of rest days, which say it themselves."""
    return "" if account == "rest_days" else f"of {LABELS[account].lower()}"


def _last_words(lot: Lot) -> str:
    last = (lot.expires or date.max) - timedelta(days=1)
    return f"{last.day} {last:%B %Y}"


def shifts_words(shifts: Sequence[PastShift], zone: str) -> str:
    """Published shifts that lie on an absence and must be seen to, a sentence; "" for none."""
    if not shifts:
        return ""
    local = ZoneInfo(zone)
    said = [
        f"{day_words(shift.start.astimezone(local).date())} "
        f"{clock(shift.start, zone)}–{clock(shift.end, zone)}"
        for shift in shifts[:3]
    ]
    more = [f"{len(shifts) - 3} more"] if len(shifts) > 3 else []
    lie = "lies" if len(shifts) == 1 else "lie"
    return (
        f"{count(len(shifts), 'published shift')} {lie} on these days: {listed([*said, *more])}. "
        "Change the published roster."
    )


def year_words(start: YearStart | None) -> str:
    """When the leave year begins, such as `1 April`."""
    return f"{start.day} {date(2027, start.month, start.day):%B}" if start else ""


def day_year(day: date) -> str:
    """A day where room is scarce, such as `Mon 4 May 2026`."""
    return f"{day:%a} {day.day} {day:%B %Y}"
