"""What can be done with the ledger. Every verb takes its caller's transaction and never commits.

An officer that is not where the caller says it is sounds like one that does not exist.
"""

from __future__ import annotations

from app.leave.service.absences import (
    Recorded,
    absence,
    absences_of,
    absences_page,
    record_absence,
    shorten_absence,
    withdraw_absence,
    withdrawn_absences,
)
from app.leave.service.daily import KIND, Kept, ask_day, kept_up, rooms_due, write_day
from app.leave.service.exports import COLUMNS, By, export_csv, export_workbook
from app.leave.service.hand import HAND, post_by_hand, posting, take_back
from app.leave.service.ledger import balances, entries, ledger_of, post, reverse
from app.leave.service.settling import settle, standing_of, standings, today
from app.leave.service.years import Granted, grant, set_year_start, settled, year_start
from app.leave.values import (
    ABSENCE_KINDS,
    ACCOUNTS,
    Absence,
    AbsenceDetails,
    AbsenceKind,
    Account,
    Asked,
    Balances,
    Charged,
    Entry,
    Kind,
    Lapse,
    LeaveYear,
    LedgerDay,
    Lot,
    Posted,
    Standing,
    YearStart,
    amount_words,
)

__all__ = [
    "ABSENCE_KINDS",
    "ACCOUNTS",
    "COLUMNS",
    "HAND",
    "KIND",
    "Absence",
    "AbsenceDetails",
    "AbsenceKind",
    "Account",
    "Asked",
    "Balances",
    "By",
    "Charged",
    "Entry",
    "Granted",
    "Kept",
    "Kind",
    "Lapse",
    "LeaveYear",
    "LedgerDay",
    "Lot",
    "Posted",
    "Recorded",
    "Standing",
    "YearStart",
    "absence",
    "absences_of",
    "absences_page",
    "amount_words",
    "ask_day",
    "balances",
    "entries",
    "export_csv",
    "export_workbook",
    "grant",
    "kept_up",
    "ledger_of",
    "post",
    "post_by_hand",
    "posting",
    "record_absence",
    "reverse",
    "rooms_due",
    "set_year_start",
    "settle",
    "settled",
    "shorten_absence",
    "standing_of",
    "standings",
    "take_back",
    "today",
    "withdraw_absence",
    "withdrawn_absences",
    "write_day",
    "year_start",
]
