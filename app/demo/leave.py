"""Leave of a demonstration room: a year granted, some of it taken, time owed, people away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.db.transaction import Transaction
from app.demo.plan import Told
from app.leave import service as leave
from app.leave.service import AbsenceDetails, Account, Entry
from app.rulebooks import service as rulebooks

ANSWERS: rulebooks.Numbers = {"leave_days": "23, 5: 28", "leave_carried_days": 5}
"""Of police staff no published table is known: the demonstration assumes one, and says so."""

TAKEN_DAYS = 13
"""Days of leave taken so far go from none to fewer than so many, person by person."""

TOIL, RESTS, AWAY = 6, 11, 17
"""Every so many-th person has time off in lieu, is owed a rest day, is away in the next period."""


def make_leave(transaction: Transaction, told: Told) -> None:
    """Grant the room's leave year and post what people have taken and are owed.

    Some are on leave or in training in the next period, so that its roster keeps them free.
    """
    room_id, by = told.room.id, told.manager.id
    today = told.plan.present.astimezone(ZoneInfo(told.plan.zone)).date()
    said = rulebooks.Said(ANSWERS, today, "Assumed for the demonstration")
    rulebooks.set_numbers(transaction, room_id, "police_staff_ew", rulebooks.ASKED, 0, said, by)
    start = leave.set_year_start(transaction, room_id, 4, 1)
    leave.grant(transaction, room_id, None, by)
    first = start.year_of(today).first
    leave.post(transaction, room_id, list(_owed(told, max(first, today - timedelta(days=75)))), by)
    for place, officer in enumerate(told.officers[::AWAY]):
        begins = told.plan.next_day + timedelta(days=7 * (place % 3))
        week = AbsenceDetails("leave", begins, begins + timedelta(days=6), "leave")
        day = AbsenceDetails("training", begins, begins)
        leave.record_absence(transaction, room_id, officer.id, day if place % 4 == 3 else week, by)


def _owed(told: Told, day: date) -> Iterator[Entry]:
    """What people have taken and are owed, as told of the time before Parade."""

    def entry(at: int, account: Account, amount: int, words: str) -> Entry:
        whose = told.officers[at].id
        return Entry(whose, account, amount, day, None, None, words, "hand:opening")

    for at in range(len(told.officers)):
        if taken := at * 5 % TAKEN_DAYS:
            yield entry(at, "leave", -480 * taken, "Leave taken before Parade was used.")
        if at % TOIL == 0:
            yield entry(at, "toil", 60 * (1 + at % 8), "Stayed on after a busy night.")
        if at % RESTS == 0:
            yield entry(at, "rest_days", 1, "Rest day worked, another is owed.")
