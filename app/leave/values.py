"""What the service takes and gives: frozen values, free of the database.

Days are local days of the control room; instants are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, get_args
from uuid import UUID

from rostering.words import count_words, hours_words

Account = Literal["leave", "toil", "rest_days", "public_holidays", "pay"]
"""Annual leave, time off in lieu, rest days owed, public holidays in lieu, and what is to be paid.

All in minutes but `rest_days`, which are whole days.
"""

ACCOUNTS: tuple[Account, ...] = get_args(Account)

Charged = Literal["leave", "toil", "rest_days", "public_holidays"]
"""Accounts that time off can be taken from."""

AbsenceKind = Literal["leave", "court", "training", "absent"]
"""Why somebody is away. Of sickness and all else no more is kept than that they are absent."""

ABSENCE_KINDS: tuple[AbsenceKind, ...] = get_args(AbsenceKind)

Kind = Literal["posted", "reversed", "lapsed"]
"""What was posted, that same thing taken back, and what became of what expired."""


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


class Movement(NamedTuple):
    """What of an entry decides how an account stands; the fields are those of entries."""

    account: Account
    amount: int
    day: date
    expires: date | None
    source: str
    kind: Kind
    number: int
    place: int


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry as kept; `number` and `place` are its name in the ledger of its room.

    Attributes:
        number: of the posting, in order of time.
        place: within the posting, from 1.
        kind: whether the entry was posted, takes one back, or says what became of what expired.
        at: when.
        by: the user who did; None for the service itself.
    """

    number: int
    place: int
    entry: Entry
    kind: Kind
    at: datetime
    by: UUID | None

    @property
    def movement(self) -> Movement:
        """What of it decides how its account stands."""
        it = self.entry
        told = (it.account, it.amount, it.day, it.expires, it.source)
        return Movement(*told, self.kind, self.number, self.place)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries of a room are asked for; None takes all.

    Attributes:
        officer_id: of one officer.
        account: of one account.
        first, last: of these days, both counted.
        since, before: posted from an instant on, and before another.
    """

    officer_id: UUID | None = None
    account: Account | None = None
    first: date | None = None
    last: date | None = None
    since: datetime | None = None
    before: datetime | None = None


Balances = Mapping[UUID, Mapping[Account, int]]
"""By officer id, what stands on each account that has an entry."""


@dataclass(frozen=True, slots=True)
class LeaveTerms:
    """What a rulebook says of leave and time owed.

    Attributes:
        day_minutes: a day of leave of somebody full-time.
        week_minutes: a full-time week, of which part-time is a part.
        table: completed years of service, rising from 0, and the days of leave a year from then.
        carried_days: days that may be carried from one leave year into the next.
        statutory_weeks: weeks of leave that the law gives at least, public holidays included.
        public_holidays: days of the year that count towards it beside annual leave.
        toil_months: months after which time off in lieu is paid up; None where it is kept.
        asked: what the book does not settle and the force has not answered, a question each; while
            there is one, no leave can be granted under the book.
    """

    day_minutes: int
    week_minutes: int
    table: tuple[tuple[int, float], ...]
    carried_days: float
    statutory_weeks: float
    public_holidays: int
    toil_months: int | None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of something owed, and when it goes."""

    account: Account
    amount: int
    day: date
    expires: date | None


@dataclass(frozen=True, slots=True)
class Lapse:
    """What becomes of what expires on a day, on one account.

    Attributes:
        amount: below 0 what is lost, or leaves the account; above 0 what is paid up.
    """

    account: Account
    day: date
    amount: int
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the ledger of one person stands on a day.

    Attributes:
        lots: what is left, the soonest to expire first.
        due: lapses up to the day that are not written yet.
        debts: by account what was spent beyond what was owed, where anything was.
    """

    lots: tuple[Lot, ...]
    due: tuple[Lapse, ...]
    debts: Mapping[Account, int]

    @property
    def balances(self) -> dict[Account, int]:
        """What is on each account once all that expired is written; 0 is left out."""
        found = {account: -debt for account, debt in self.debts.items()}
        for lot in self.lots:
            found[lot.account] = found.get(lot.account, 0) + lot.amount
        return found


@dataclass(frozen=True, slots=True)
class YearStart:
    """The day on which the leave year of a room begins."""

    month: int
    day: int

    def year_of(self, on: date) -> LeaveYear:
        """The leave year that a day lies in."""
        begins = date(on.year, self.month, self.day)
        return self.year(on.year if begins <= on else on.year - 1)

    def year(self, number: int) -> LeaveYear:
        """The leave year that begins in that calendar year."""
        first = date(number, self.month, self.day)
        return LeaveYear(first, date(number + 1, self.month, self.day))

    def is_on(self, day: date) -> bool:
        """Whether a leave year begins on that day."""
        return (day.month, day.day) == (self.month, self.day)


@dataclass(frozen=True, slots=True)
class LeaveYear:
    """Twelve months of leave: `first` counts, `until` does not."""

    first: date
    until: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What the service writes by itself to the ledgers of a room, once on each of its days.

    Attributes:
        day: the local day that it was asked for.
        at: when it was done; None until it is.
        lapsed: entries written of what expired.
        granted: people granted leave of the present leave year, or what has changed of it.
        left_out: people whose leave waits for the force's answer.
    """

    room_id: UUID
    day: date
    job_id: UUID
    at: datetime | None = None
    lapsed: int = 0
    granted: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class AbsenceDetails:
    """Local days on which somebody is away, `first` and `last` counted.

    Attributes:
        account: what leave is taken from; None where it is kept elsewhere, and of other kinds.
        part: minutes of leave within one day, whose shift stays; None for whole days.
    """

    kind: AbsenceKind
    first: date
    last: date
    account: Charged | None = None
    part: int | None = None

    @property
    def length(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence as kept.

    Attributes:
        minutes: by day what counts towards the contract, and what leave is charged; 0 on a day on
            which no duty was rostered.
        by: the user who recorded it.
        withdrawn: when it was taken back; None while it holds.
        recalled: by day of it for which they were recalled, so that they are not away, what the day
            counted before.
    """

    id: UUID
    room_id: UUID
    officer_id: UUID
    details: AbsenceDetails
    minutes: Mapping[date, int]
    by: UUID
    at: datetime
    withdrawn: datetime | None = None
    recalled: Mapping[date, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """What its entries in the ledger come from; with each recall they are posted anew."""
        recalls = f":{len(self.recalled)}" if self.recalled else ""
        return f"absence:{self.id}{recalls}"


@dataclass(frozen=True, slots=True)
class Recall:
    """A day of absence for which somebody was recalled.

    Attributes:
        days: length of the absence.
        before: days of it before this one for which they were recalled too.
        was_duty: whether the day counted as one of duty, rather than as a rest day within it.
    """

    days: int
    before: int
    was_duty: bool


def amount_words(account: Account, amount: int) -> str:
    """An amount without its sign, such as `9 h 15 min` or `2 rest days`."""
    if account == "rest_days":
        return count_words(abs(amount), "rest day")
    return hours_words(abs(amount))
