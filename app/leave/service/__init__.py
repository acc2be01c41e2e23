"""What can be done with the ledger. Every verb takes its caller's transaction and never commits.

An officer that is not where the caller says it is sounds like one that does not exist.
"""

from __future__ import annotations

from app.leave.service.ledger import balances, entries, post, reverse
from app.leave.values import ACCOUNTS, Account, Asked, Balances, Entry, Kind, Posted

__all__ = [
    "ACCOUNTS",
    "Account",
    "Asked",
    "Balances",
    "Entry",
    "Kind",
    "Posted",
    "balances",
    "entries",
    "post",
    "reverse",
]
