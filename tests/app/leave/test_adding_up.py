"""A ledger adds up whatever is done with it in whatever order, on each kind of database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.db.transaction import Database, Reading, Transaction
from app.errors import ParadeError
from app.leave import service as leave
from app.leave.service import AbsenceDetails, Account, Asked, Charged, Entry, Posted
from app.rulebooks import service as rulebooks
from tests.app.leave.owing import MAY, Owing, owing

BY = UUID(int=7)
FAR = date(2190, 1, 1)
ANSWERS: rulebooks.Numbers = {"leave_days": "23, 5: 26", "leave_carried_days": 2}

Act = tuple[str, int, int, int, str]
"""What is done, with three numbers and an account that decide how."""

ACTS = st.tuples(
    st.sampled_from(["post", "take_back", "away", "away", "withdraw", "shorten", "recall",
                     "recall", "grant", "settle", "later"]),
    st.integers(0, 400),
    st.integers(1, 12),
    st.integers(0, 5),
    st.sampled_from(get_args(Account)),
)  # fmt: skip


@dataclass
class Stand:
    """A room whose ledgers are worked with, all within one transaction that does not stay."""

    transaction: Transaction
    room: Owing
    present: date = MAY
    sources: list[str] = field(default_factory=list)
    absences: list[UUID] = field(default_factory=list)

    def entries(self) -> tuple[Posted, ...]:
        """Everything that is posted."""
        return leave.entries(self.transaction, self.room.room_id, Asked(), limit=1000)

    def do(self, act: Act) -> None:
        """Do one thing; what cannot be done is refused and changes nothing."""
        what, far, much, which, account = act
        verbs: dict[str, Callable[[], object]] = {
            "post": lambda: self._post(far, much, which, account),
            "take_back": lambda: leave.reverse(self.transaction, self._id, self._source(which), BY),
            "away": lambda: self._away(far, much, which, account),
            "withdraw": lambda: leave.withdraw_absence(
                self.transaction, self._id, self._absence(which), BY
            ),
            "shorten": lambda: self._shorten(which, much),
            "recall": lambda: leave.recall(
                self.transaction, self._id, self._absence(which), self._day(which, much), BY
            ),
            "grant": lambda: leave.grant(self.transaction, self._id, None, BY),
            "settle": lambda: leave.settle(self.transaction, self._id, BY),
            "later": lambda: None,
        }
        if what == "later":
            self.present += timedelta(days=far)
        before = self.entries()
        noon = datetime.combine(self.present, time(12), UTC)
        with clock.stopped_at(noon), suppress(ParadeError):
            with _savepoint(self.transaction):
                verbs[what]()
            return
        assert self.entries() == before

    @property
    def _id(self) -> UUID:
        return self.room.room_id

    def _who(self, which: int) -> UUID:
        return (self.room.staff_id, self.room.officer_id)[which % 2]

    def _post(self, far: int, much: int, which: int, account: str) -> None:
        day = self.present + timedelta(days=far - 200)
        amount = much * (1 if account == "rest_days" else 90) * (-1 if which > 3 else 1)
        goes = day + timedelta(days=far + 1) if amount > 0 and which == 2 else None
        rate = 150 if account == "pay" else None
        kept = goes if account != "pay" else None
        source = f"hand:{len(self.sources)}"
        told = (account, amount, day, kept, rate, "x", source)
        leave.post(self.transaction, self._id, [Entry(self._who(which), *told)], BY)  # type: ignore[arg-type]
        self.sources.append(source)

    def _source(self, which: int) -> str:
        return self.sources[which % len(self.sources)] if self.sources else "hand:none"

    def _away(self, far: int, much: int, which: int, account: str) -> None:
        first = self.present + timedelta(days=far % 90)
        charged = account if which < 2 and account in get_args(Charged) else "leave"
        details = AbsenceDetails("leave", first, first + timedelta(days=much - 1), charged)  # type: ignore[arg-type]
        made = leave.record_absence(self.transaction, self._id, self._who(which), details, BY)
        self.absences.append(made.absence.id)

    def _absence(self, which: int) -> UUID:
        return self.absences[which % len(self.absences)] if self.absences else BY

    def _day(self, which: int, much: int) -> date:
        found = leave.absence(self.transaction, self._id, self._absence(which))
        return found.details.first + timedelta(days=much % found.details.length)

    def _shorten(self, which: int, much: int) -> None:
        last = self._day(which, much)
        made = leave.shorten_absence(self.transaction, self._id, self._absence(which), last, BY)
        self.absences.append(made.id)


@contextmanager
def _savepoint(transaction: Transaction) -> Iterator[None]:
    with transaction.begin_nested():
        yield


def sums(entries: tuple[Posted, ...], on: date) -> dict[UUID, dict[str, int]]:
    """What entries come to on a day, by person and account; what comes to nothing is left out."""
    found: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in entries:
        if each.entry.day <= on:
            found[each.entry.officer_id][each.entry.account] += each.entry.amount
    return _some({who: dict(of_one) for who, of_one in found.items()})


def _some(found: dict[UUID, dict[str, int]]) -> dict[UUID, dict[str, int]]:
    kept = {who: {a: n for a, n in of_one.items() if n} for who, of_one in found.items()}
    return {who: of_one for who, of_one in kept.items() if of_one}


def check(stand: Stand) -> None:
    """Balances are sums, numbers have no gap, what was taken back is nothing, leave is charged."""
    entries = stand.entries()
    reading = Reading(stand.transaction)
    told = leave.balances(reading, stand.room.room_id, None, FAR)
    assert _some({who: dict(of_one) for who, of_one in told.items()}) == sums(entries, FAR)
    numbers = sorted({each.number for each in entries})
    assert numbers == list(range(1, len(numbers) + 1))
    back = {each.entry.source for each in entries if each.kind == "reversed"}
    undone = tuple(each for each in entries if each.entry.source in back)
    assert sums(undone, FAR) == {}
    gone = leave.withdrawn_absences(reading, stand.room.room_id, date(2020, 1, 1), FAR)
    for absence in gone:
        spent = tuple(each for each in entries if str(absence.id) in each.entry.source)
        assert sums(spent, FAR) == {}
    for absence in leave.absences_of(reading, stand.room.room_id, date(2020, 1, 1), FAR):
        spent = [each.entry for each in entries if each.entry.source == absence.source]
        days = [minutes for minutes in absence.minutes.values() if minutes]
        due = len(days) if absence.details.account == "rest_days" else sum(days)
        assert -sum(each.amount for each in spent) == (due if absence.details.account else 0)


def check_settled(stand: Stand) -> None:
    """Once written up to today nothing is left to write, and what is left is what is owed."""
    noon = datetime.combine(stand.present, time(12), UTC)
    with clock.stopped_at(noon):
        leave.settle(stand.transaction, stand.room.room_id, BY)
        assert leave.settle(stand.transaction, stand.room.room_id, BY) == ()
    standings = leave.standings(stand.transaction, stand.room.room_id, stand.present)
    assert all(each.due == () for each in standings.values())
    assert all(lot.amount > 0 for each in standings.values() for lot in each.lots)
    left = {who: dict(each.balances) for who, each in standings.items()}
    owed = sums(stand.entries(), stand.present)
    for of_one in owed.values():
        of_one.pop("pay", None)
    assert _some(left) == _some(owed)  # type: ignore[arg-type]


@pytest.fixture
def room(database: Database) -> Owing:
    """A room whose leave is granted; its force has said what staff have."""
    noon = datetime.combine(MAY, time(12), UTC)
    with clock.stopped_at(noon), database.write() as transaction:
        made = owing(transaction)
        leave.set_year_start(transaction, made.room_id, 4, 1)
        said = rulebooks.Said(ANSWERS, MAY, "Local agreement")
        rulebooks.set_numbers(transaction, made.room_id, "police_staff_ew", "asked", 0, said, BY)
        leave.grant(transaction, made.room_id, None, BY)
    return made


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(ACTS, min_size=3, max_size=12))
def test_a_ledger_adds_up_whatever_is_done(
    database: Database, room: Owing, acts: list[Act]
) -> None:
    """After every verb, done or refused, and once all that expired is written."""
    with database.engine.connect() as connection:
        stand = Stand(Transaction(Reading(connection)), room)
        for act in acts:
            stand.do(act)
            check(stand)
        check_settled(stand)
        check(stand)
        connection.rollback()
