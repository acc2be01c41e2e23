"""What changes of published duties are judged by: all that was told of their days, and to whom."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.forecasts import service as forecasts
from app.leave import service as leave
from app.patterns import service as patterns
from app.people import service as people
from app.rosters.store import notices as store
from app.rosters.values import Duty, Notice, PublishedChange, Why
from app.rulebooks import service as rulebooks
from rostering.notice import (
    Compensation,
    Due,
    ForceDay,
    Hours,
    Person,
    Reason,
    Story,
    Telling,
    authority_for,
    due,
    rank_of,
    read_compensation,
    reasons_for,
    refusal,
    with_answers,
)

Cell = tuple[UUID, date]

HOURS_A_DAY = 8
"""Hours that a day off counts for beside hours that are paid."""

LONG_BEFORE = timedelta(days=365)
"""How long before its start a duty was told that no publication tells of, such as an imported one:
when is not known, and it is taken for told in time."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A change of a published duty, priced and held against what the conditions allow.

    Attributes:
        change: the change with its notice; without one where it is told for the first time and
            earns nothing.
        reasons: each reason with why it may not be given, a sentence; "" where it may.
        authority: whose authority it needs; "" for nobody's.
        refusal: why it may not be made for the reason that was given; "" where it may.
        due: the kind of change, the notice and what the day then earns.
        before: what the day earned before, as it was kept; None where nothing was.
    """

    change: PublishedChange
    reasons: Mapping[Reason, str]
    authority: str
    refusal: str
    due: Due
    before: Due | None

    @property
    def more_minutes(self) -> int:
        """Minutes more that the day costs than before, each at its rate; fewer are below 0."""
        return self.due.cost_minutes - (self.before.cost_minutes if self.before else 0)

    @property
    def more_days(self) -> float:
        """Days off and rest days more that are due than before; fewer are below 0."""
        return self.due.cost_days - (self.before.cost_days if self.before else 0)

    @property
    def is_change(self) -> bool:
        """Whether something that had been published changes."""
        return self.due.kind != "first_published"


@dataclass(frozen=True)
class Ground:
    """Everything that changes of some days are judged by, read once."""

    now: datetime
    day: ForceDay
    books: Mapping[people.Employment, Compensation]
    officers: Mapping[UUID, people.Officer]
    contracts: Mapping[UUID, tuple[people.Contract, ...]]
    terms: Mapping[UUID, tuple[people.Term, ...]]
    holidays: Mapping[date, str]
    told: Mapping[Cell, Sequence[store.Told]]
    wholes: Sequence[store.Whole]
    named: Collection[Cell]
    ahead: Mapping[Cell, datetime]
    standing: Mapping[Cell, PublishedChange]
    weeks: Mapping[Cell, int]
    recalls: Mapping[Cell, leave.Recall]

    @classmethod
    def of(cls, reading: Reading, room_id: UUID, changes: Sequence[PublishedChange]) -> Ground:
        """Read it for some changes, in a constant number of queries."""
        room = people.room(reading, room_id)
        days = [change.day for change in changes]
        first, last = min(days), max(days)
        told: dict[Cell, list[store.Told]] = {}
        for each in store.told(reading, room_id, first, last):
            told.setdefault((each.officer_id, each.day), []).append(each)
        whose = {change.officer_id for change in changes}
        contracts = people.contracts_of(reading, room_id, whose)
        books = _books(reading, room)
        return cls(
            now=room.now(),
            day=ForceDay(room.zone, room.day_start),
            books=books,
            officers={each.id: each for each in people.everyone(reading, room_id)},
            contracts=contracts,
            terms=people.terms_of(reading, room_id),
            holidays=forecasts.public_holidays(
                reading, room_id, first - timedelta(days=1), last + timedelta(days=1)
            ),
            told=told,
            wholes=store.wholes(reading, room_id, first, last),
            named=frozenset(store.named_days(reading, room_id, first, last)),
            ahead=_rest_days_ahead(reading, room_id, first, last),
            standing=store.standing(reading, room_id, first, last),
            weeks=_week_minutes(reading, room, books["officer"], contracts, changes),
            recalls=leave.recalls_of(reading, room_id, first, last),
        )

    def judged(self, change: PublishedChange, why: Why) -> Judged:
        """One change, priced."""
        officer = self.officers[change.officer_id]
        book = self.books[officer.details.employment]
        story = self._story(change, why.reason)
        found = due(story, self._person(officer, change.day, book), book, self.day)
        authority = authority_for(story, book, self.day)
        earlier = self.standing.get((change.officer_id, change.day))
        is_kept = story.before is not None or found.awards
        kept = Notice(
            found,
            why.authority if authority else "",
            choice="open" if found.can_choose else None,
        )
        return Judged(
            change=dataclasses.replace(change, notice=kept if is_kept else None),
            reasons=reasons_for(story, book, self.day),
            authority=authority,
            refusal=refusal(story, why.reason, book, self.day),
            due=found,
            before=earlier.notice.due if earlier and earlier.notice else None,
        )

    def percent(self, change: PublishedChange) -> int:
        """What an hour counts for by which a duty becomes longer, on a rest day each of it."""
        if change.after is None:
            return 0
        officer = self.officers[change.officer_id]
        book = self.books[officer.details.employment]
        story = self._story(change, "exigency")
        found = due(story, self._person(officer, change.day, book), book, self.day)
        told = change.before.end if change.before else change.after.start
        hours = (change.after.end - told) / timedelta(hours=1)
        earned = found.cost_minutes / 60 + found.cost_days * HOURS_A_DAY
        return round(100 * earned / hours) if hours > 0 else 0

    def _person(self, officer: people.Officer, day: date, book: Compensation) -> Person:
        details = officer.details
        agreed = [
            each.weekly_minutes
            for each in self.contracts.get(officer.id, ())
            if each.from_day <= day and (each.until_day is None or day < each.until_day)
        ]
        full = book.part_time.plain_week_minutes if book.part_time else None
        is_part = full is not None and any(minutes < full for minutes in agreed)
        return Person(rank_of(details.employment, details.grade), is_part)

    def _story(self, change: PublishedChange, reason: Reason | None) -> Story:
        """What was told of the day, this change last."""
        tellings = [*self._before(change), Telling(self.now, _hours(change.after), reason)]
        story = Story(tuple(tellings))
        recall = self.recalls.get((change.officer_id, change.day))
        if recall is not None:
            story = dataclasses.replace(
                story,
                without="leave" if recall.was_duty else "rest",
                absence_days=recall.days,
                recalled_before=recall.before,
            )
        return dataclasses.replace(
            story,
            without="free" if self._is_free(change) else story.without,
            holiday=self.holidays.get(self.day.of(story.about), ""),
            week_minutes=self.weeks.get((change.officer_id, change.day)),
        )

    def _is_free(self, change: PublishedChange) -> bool:
        """Whether the day is a free day of a part-timer, which is no rest day."""
        return any(
            term.what == "free"
            and term.holds(change.day)
            and (not term.weekdays or change.day.weekday() in term.weekday_numbers)
            for term in self.terms.get(change.officer_id, ())
        )

    def _before(self, change: PublishedChange) -> list[Telling]:
        """What was told of the day before: as first published, then each change of it.

        A day that was named as a rest day is one from then on, whatever it was before, and so is a
        day of absence; a rest day that was told ahead of any roster is one from the start.
        """
        cell = (change.officer_id, change.day)
        rows = self.told.get(cell, ())
        first = next((whole for whole in self.wholes if whole.told(*cell)), None)
        found = [Telling(row.at, _hours(row.after), row.reason) for row in rows]
        if cell in self.named or cell in self.recalls:
            return _since_free(found) or [Telling(self.now - LONG_BEFORE, None)]
        if rows and rows[0].before is not None:
            start = rows[0].before.start
            found.insert(0, Telling(start - LONG_BEFORE, _hours(rows[0].before)))
        elif first is not None and (not rows or rows[0].number > first.number):
            found.insert(0, Telling(first.at, None))
        elif (ahead := self.ahead.get(cell)) is not None and (not rows or ahead < rows[0].at):
            found.insert(0, Telling(ahead, None))
        known = found[-1].duty if found else None
        if change.before is not None and known != _hours(change.before):
            found.append(Telling(change.before.start - LONG_BEFORE, _hours(change.before)))
        return found


def _rest_days_ahead(
    reading: Reading, room_id: UUID, first: date, last: date
) -> dict[Cell, datetime]:
    """Rest days that were told ahead of any roster, with when."""
    return {
        (officer_id, day): said.at
        for officer_id, line in patterns.told(reading, room_id, first, last).items()
        for day, said in line.items()
        if said.letter == patterns.REST
    }


def was_published_free(reading: Reading, room_id: UUID, officer_id: UUID, day: date) -> bool:
    """Whether a day was first published to an officer as a rest day."""
    if (officer_id, day) in _rest_days_ahead(reading, room_id, day, day):
        return True
    rows = [it for it in store.told(reading, room_id, day, day) if it.officer_id == officer_id]
    first = next(
        (it for it in store.wholes(reading, room_id, day, day) if it.told(officer_id, day)), None
    )
    return first is not None and (not rows or rows[0].number > first.number)


def _since_free(tellings: Sequence[Telling]) -> list[Telling]:
    """What was told from the first telling on by which a day was without duty."""
    free = next((at for at, each in enumerate(tellings) if each.duty is None), None)
    return [] if free is None else list(tellings[free:])


def _books(reading: Reading, room: people.Room) -> dict[people.Employment, Compensation]:
    """The compensation of officers and of staff, by the rulebooks in force now."""
    today = room.today()
    books = rulebooks.in_force(reading, room.id, today)
    found = {}
    for employment in get_args(people.Employment):
        book = books.in_force(employment)
        said = read_compensation(book.book.section("compensation"))
        found[employment] = with_answers(said, book.answer)
    return found


def _week_minutes(
    reading: Reading,
    room: people.Room,
    book: Compensation,
    contracts: Mapping[UUID, tuple[people.Contract, ...]],
    changes: Iterable[PublishedChange],
) -> dict[Cell, int]:
    """Minutes of duty in the week of each changed day of a part-timer, as they would become."""
    full = book.part_time.plain_week_minutes if book.part_time else 0
    part = {
        officer
        for officer, agreed in contracts.items()
        if any(each.weekly_minutes < full for each in agreed)
    }
    cells = {(each.officer_id, each.day): each.after for each in changes if each.officer_id in part}
    if not cells:
        return {}
    days = [day for _, day in cells]
    begin, end = min(days) - timedelta(days=8), max(days) + timedelta(days=8)
    span = people.Span(*(datetime.combine(day, time(), UTC) for day in (begin, end)))
    zone = ZoneInfo(room.zone)
    become: dict[Cell, int] = {}
    for shift in people.history(reading, room.id, "published", span, part):
        cell = (shift.officer_id, shift.start.astimezone(zone).date())
        become[cell] = become.get(cell, 0) + (shift.end - shift.start) // timedelta(minutes=1)
    for cell, duty in cells.items():
        become[cell] = (duty.end - duty.start) // timedelta(minutes=1) if duty else 0
    return {(officer, day): _in_week(become, officer, day) for officer, day in cells}


def _in_week(minutes: Mapping[Cell, int], officer: UUID, day: date) -> int:
    monday = day - timedelta(days=day.weekday())
    return sum(minutes.get((officer, monday + timedelta(days=ahead)), 0) for ahead in range(7))


def _hours(duty: Duty | None) -> Hours | None:
    return Hours(duty.start, duty.end) if duty else None
