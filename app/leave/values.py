"""What the service takes and gives: frozen values, free of the database.

Days are local days of the control room; instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

Account = Literal["leave", "toil", "rest_days", "public_holidays", "pay"]
"""Annual leave, time off in lieu, rest days owed, public holidays in lieu, and what is to be paid.

All in minutes but `rest_days`, which are whole days.
"""

ACCOUNTS: tuple[Account, ...] = get_args(Account)

Kind = Literal["posted", "reversed"]
"""What was posted, or that same thing taken back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a person's ledger.

    Attributes:
        amount: minutes, or whole days of `rest_days`; above 0 is owed to the officer.
        day: the day that earned or spent it.
        expires: the day from which what is left of it is lost; None while it is kept for good.
        rate: per cent of plain pay, only of `pay`: 150 is time and a half.
        words: for people, one sentence.
        source: what it comes from, such as `publication:12`; all entries of one source are posted
            together, once.
    """

    officer_id: UUID
    account: Account
    amount: int
    day: date
    expires: date | None
    rate: int | None
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry as kept; `number` and `place` are its name in the ledger of its room.

    Attributes:
        number: of the posting, in order of time.
        place: within the posting, from 1.
        kind: whether the entry was posted, or takes one back.
        at: when.
        by: the user who did; None for the service itself.
    """

    number: int
    place: int
    entry: Entry
    kind: Kind
    at: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries of a room are asked for; None takes all.

    Attributes:
        officer_id: of one officer.
        account: of one account.
        first, last: of these days, both counted.
    """

    officer_id: UUID | None = None
    account: Account | None = None
    first: date | None = None
    last: date | None = None


Balances = Mapping[UUID, Mapping[Account, int]]
"""By officer id, what stands on each account that has an entry."""
