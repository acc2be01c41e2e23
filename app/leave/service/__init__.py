"""What can be done with the ledger. Every verb takes its caller's transaction and never commits.

An officer that is not where the caller says it is sounds like one that does not exist.
"""

from __future__ import annotations

from app.leave.service.ledger import balances, entries, post, reverse
from app.leave.service.settling import settle, standings, today
from app.leave.service.years import Granted, grant, set_year_start, settled, year_start
from app.leave.values import (
    ACCOUNTS,
    Account,
    Asked,
    Balances,
    Entry,
    Kind,
    Lapse,
    LeaveYear,
    Lot,
    Posted,
    Standing,
    YearStart,
    amount_words,
)

__all__ = [
    "ACCOUNTS",
    "Account",
    "Asked",
    "Balances",
    "Entry",
    "Granted",
    "Kind",
    "Lapse",
    "LeaveYear",
    "Lot",
    "Posted",
    "Standing",
    "YearStart",
    "amount_words",
    "balances",
    "entries",
    "grant",
    "post",
    "reverse",
    "set_year_start",
    "settle",
    "settled",
    "standings",
    "today",
    "year_start",
]
