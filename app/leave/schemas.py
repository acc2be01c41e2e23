"""What leave takes and gives: JSON, and the forms of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.leave.service import (
    Absence,
    AbsenceDetails,
    AbsenceKind,
    Account,
    Charged,
    Entry,
    Granted,
    Kind,
    Posted,
    Recorded,
    Standing,
)
from app.web.http.schema import Answer, Strict, When

Amount = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Rate = Annotated[int, Field(ge=1, le=1000)]
Line = Annotated[str, Field(min_length=1, max_length=500)]
Name = Annotated[str, Field(min_length=1, max_length=150)]


class EntryInput(Strict):
    """One line: minutes, or whole days of `rest_days`; above 0 is owed, below 0 is taken.

    `expires` is the day from which what is left is lost. `rate` is per cent, and of `pay` only.
    """

    officer_id: UUID
    account: Account
    amount: Amount
    day: date
    expires: date | None = None
    rate: Rate | None = None
    words: Line

    def entry(self) -> Entry:
        """As the service takes it; its source is that of the posting."""
        told = (self.officer_id, self.account, self.amount, self.day, self.expires, self.rate)
        return Entry(*told, self.words, "")


class PostingInput(Strict):
    """Entries that are posted together, under a name of yours that is taken once."""

    name: Name
    entries: Annotated[tuple[EntryInput, ...], Field(min_length=1, max_length=1000)]


class EntryAnswer(Answer):
    """An entry as kept; `number` is of its posting, `place` within it.

    `kind` is `posted`, `reversed` where it takes one back, or `lapsed` for what became of what
    expired.
    """

    number: int
    place: int
    officer_id: UUID
    account: Account
    amount: int
    day: date
    expires: date | None
    rate: int | None
    words: str
    source: str
    kind: Kind
    at: When

    @classmethod
    def of(cls, posted: Posted) -> EntryAnswer:
        """The answer about an entry."""
        entry = posted.entry
        return cls(
            number=posted.number,
            place=posted.place,
            officer_id=entry.officer_id,
            account=entry.account,
            amount=entry.amount,
            day=entry.day,
            expires=entry.expires,
            rate=entry.rate,
            words=entry.words,
            source=entry.source,
            kind=posted.kind,
            at=posted.at,
        )


class EntryList(Answer):
    """Entries in the order in which they were posted; read on from `cursor` later."""

    entries: tuple[EntryAnswer, ...]
    cursor: str | None


class PostingAnswer(Answer):
    """A posting: all entries of one source, posted together."""

    number: int
    source: str
    kind: Kind
    at: When
    by: UUID | None
    entries: tuple[EntryAnswer, ...]

    @classmethod
    def of(cls, entries: tuple[Posted, ...]) -> PostingAnswer:
        """The answer about the entries of one posting."""
        one = entries[0]
        return cls(
            number=one.number,
            source=one.entry.source,
            kind=one.kind,
            at=one.at,
            by=one.by,
            entries=tuple(map(EntryAnswer.of, entries)),
        )


class BalanceAnswer(Answer):
    """What stands on the accounts of one person; an account without an entry is left out."""

    officer_id: UUID
    accounts: dict[Account, int]


class BalanceList(Answer):
    """Balances at the end of a day: sums of the entries up to it."""

    on: date
    balances: tuple[BalanceAnswer, ...]

    @classmethod
    def of(cls, on: date, found: Mapping[UUID, Mapping[Account, int]]) -> BalanceList:
        """The answer about balances, by officer id."""
        return cls(
            on=on,
            balances=tuple(
                BalanceAnswer(officer_id=whose, accounts=dict(found[whose]))
                for whose in sorted(found)
            ),
        )


class LotAnswer(Answer):
    """What is left of something owed, and the day from which it is gone."""

    account: Account
    amount: int
    day: date
    expires: date | None


class StandingAnswer(Answer):
    """How a ledger stands: what is on each account, and what goes when, the soonest first."""

    on: date
    accounts: dict[Account, int]
    lots: tuple[LotAnswer, ...]

    @classmethod
    def of(cls, on: date, standing: Standing) -> StandingAnswer:
        """The answer about a standing."""
        return cls(
            on=on,
            accounts=standing.balances,
            lots=tuple(map(LotAnswer.model_validate, standing.lots)),
        )


class YearInput(Strict):
    """When the leave year begins: a day that every year has."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class LedgerDayAnswer(Answer):
    """What the service wrote to the ledgers of a room by itself on one of its days.

    `lapsed` are entries of what expired, `granted` people granted leave, `left_out` people whose
    leave waits for the force's answer.
    """

    day: date
    job_id: UUID
    at: When
    lapsed: int
    granted: int
    left_out: int


class YearAnswer(Answer):
    """When the leave year begins; null until the room has said so.

    `settled` is the day up to which what expired is written. `kept` says what the service wrote by
    itself last, which it does once a day; null before the first time.
    """

    month: int | None
    day: int | None
    settled: date | None
    kept: LedgerDayAnswer | None


class GrantInput(Strict):
    """The leave year that begins in this calendar year; null for the present one."""

    year: Annotated[int, Field(ge=1971, le=2198)] | None = None


class GrantAnswer(Answer):
    """What granting did; `asked` are questions to the force, whose answers `left_out` wait for."""

    first_day: date
    last_day: date
    entries: tuple[EntryAnswer, ...]
    asked: tuple[str, ...]
    left_out: int

    @classmethod
    def of(cls, granted: Granted) -> GrantAnswer:
        """The answer about what was granted."""
        return cls(
            first_day=granted.year.first,
            last_day=granted.year.last,
            entries=tuple(map(EntryAnswer.of, granted.posted)),
            asked=granted.asked,
            left_out=granted.left_out,
        )


class AbsenceInput(Strict):
    """Local days on which somebody is away, both counted, or minutes of one as its `part`.

    Leave is taken from an `account`; null where it is kept elsewhere, and for other kinds. Of
    sickness and all else no more is kept than `absent`.
    """

    officer_id: UUID
    kind: AbsenceKind
    first: date
    last: date
    account: Charged | None = None
    part: Annotated[int, Field(ge=1, le=1439)] | None = None

    def details(self) -> AbsenceDetails:
        """As the service takes it."""
        return AbsenceDetails(self.kind, self.first, self.last, self.account, self.part)


class EndInput(Strict):
    """The last day of an absence that ends earlier."""

    last: date


class RecallInput(Strict):
    """A day of an absence for which somebody is recalled."""

    day: date


class AbsenceDayAnswer(Answer):
    """A day of an absence, and the minutes that count towards the contract."""

    day: date
    minutes: int


class AbsenceAnswer(Answer):
    """An absence as kept; `withdrawn` is null while it holds.

    Of a `part` of a day the shift stays on the roster; it is null for whole days. `days` are those
    on which they are away, `recalled` those for which they were recalled.
    """

    id: UUID
    officer_id: UUID
    kind: AbsenceKind
    first: date
    last: date
    account: Charged | None
    part: int | None
    days: tuple[AbsenceDayAnswer, ...]
    recalled: tuple[date, ...]
    at: When
    withdrawn: When | None

    @classmethod
    def of(cls, absence: Absence) -> AbsenceAnswer:
        """The answer about an absence."""
        said = absence.details
        return cls(
            id=absence.id,
            officer_id=absence.officer_id,
            kind=said.kind,
            first=said.first,
            last=said.last,
            account=said.account,
            part=said.part,
            days=tuple(
                AbsenceDayAnswer(day=day, minutes=each) for day, each in absence.minutes.items()
            ),
            recalled=tuple(sorted(absence.recalled)),
            at=absence.at,
            withdrawn=absence.withdrawn,
        )


class ShiftAnswer(Answer):
    """A shift as published."""

    start: When
    end: When
    code: str
    kind: str


class RecordedAnswer(AbsenceAnswer):
    """An absence just recorded, and published shifts on its days that the roster must be rid of."""

    shifts: tuple[ShiftAnswer, ...]

    @classmethod
    def about(cls, recorded: Recorded) -> RecordedAnswer:
        """The answer about an absence just recorded."""
        shifts = tuple(map(ShiftAnswer.model_validate, recorded.shifts))
        return cls(**dict(AbsenceAnswer.of(recorded.absence)), shifts=shifts)


class AbsenceList(Answer):
    """Absences by first day, those that were taken back too."""

    absences: tuple[AbsenceAnswer, ...]
