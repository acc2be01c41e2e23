"""What is asked of rosters: how they stand, who covers what when, and where people are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.people import service as people
from app.requirements import service as requirements
from app.rosters.problem import InForce, in_force_of, instant, late_calls
from app.rosters.service.desk import Opened, opened, roster
from app.rosters.service.making import crew
from app.rosters.store import rosters as store
from app.rosters.store import templates
from app.rosters.values import DayChanged, RosterShift, Summary
from app.web.views.answer import people_short
from app.web.views.shortfall import RoomCover, Stretch, room_cover
from app.web.views.wishes import wishes_met
from app.web.words import day_words, local, time_words
from forecasting.staffing.rows import LateCalls
from rostering.files import problem_to_json, roster_to_json
from rostering.problem import REST, Problem, Roster
from rostering.standing import Standing
from rostering.verify import Verdict

_late: WeakKeyDictionary[Standing, LateCalls | None] = WeakKeyDictionary()
"""Calls late or lost that were worked out, as long as the roster they are about is laid out."""


@dataclass(frozen=True)
class LaidOut:
    """A roster as pages show it.

    Attributes:
        opened: the row, the pins and how the roster stands.
        roster: its tours.
        verdict: what its rules say, cover told by `cover`.
        cover: people needed and on duty; None where no cover is asked.
    """

    opened: Opened
    roster: Roster
    verdict: Verdict
    cover: RoomCover | None

    @property
    def problem(self) -> Problem:
        """What it was made from."""
        return self.opened.problem


def laid_out(reading: Reading, room_id: UUID, roster_id: UUID) -> LaidOut:
    """A roster with its problem, shifts, breaches and cover, in a constant number of queries.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    tours = Roster.from_choices(desk.problem, desk.standing.choices)
    return LaidOut(desk, tours, desk.standing.verdict(), room_cover(desk.problem, tours))


def summary(reading: Reading, room_id: UUID, roster_id: UUID) -> Summary:
    """How a roster stands, in figures.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    desk = opened(reading, room_id, roster_id)
    standing, problem = desk.standing, desk.problem
    titles = {rule.code: rule.title for rule in problem.rules}
    late = expected_late(reading, desk)
    met, made = wishes_met(problem, Roster.from_choices(problem, standing.choices))
    return Summary(
        roster=desk.roster,
        hard=Counter(titles[breach.rule] for breach in standing.hard),
        points={titles[code]: points for code, points in standing.verdict().points.items()},
        missing_minutes=standing.counting.missing_minutes(standing.choices),
        late_calls=late.late if late else None,
        rostered_minutes=sum(
            problem.tour(day, choice).minutes
            for row in standing.choices.tolist()
            for day, choice in enumerate(row)
            if choice != REST
        ),
        wishes_met=met,
        wishes=made,
    )


def expected_late(reading: Reading, desk: Opened) -> LateCalls | None:
    """Calls expected late or lost with a roster; None where its requirement knows of no calls.

    It is remembered as long as the roster is laid out.
    """
    if desk.standing not in _late:
        need = requirements.need(reading, desk.roster.room_id, desk.roster.requirement_id)
        _late[desk.standing] = late_calls(desk.problem, need, desk.standing.on_duty)
    return _late[desk.standing]


def shifts(
    reading: Reading,
    room_id: UUID,
    roster_id: UUID,
    after: tuple[UUID, date] | None = None,
    limit: int = 100,
) -> tuple[RosterShift, ...]:
    """Shifts of a roster by officer and day, from just after an officer's day on.

    Raises:
        NotFound: when there is no such roster in the room.
    """
    return store.shifts(reading, roster(reading, room_id, roster_id).id, after, limit)


def problem_document(reading: Reading, room_id: UUID, roster_id: UUID) -> dict[str, object]:
    """What a roster was made from, pins included, as a file of `rostering` has it."""
    return problem_to_json(opened(reading, room_id, roster_id).problem)


def roster_document(reading: Reading, room_id: UUID, roster_id: UUID) -> dict[str, object]:
    """The shifts of a roster, as a file of `rostering` has them."""
    desk = opened(reading, room_id, roster_id)
    return roster_to_json(Roster.from_choices(desk.problem, desk.standing.choices), desk.problem)


def compare(
    reading: Reading, room_id: UUID, one: UUID, other: UUID
) -> tuple[Summary, Summary, tuple[DayChanged, ...]]:
    """Two rosters in figures, and the officer-days of both on which they differ.

    Raises:
        NotFound: when one of them is not of the room.
    """
    cells = [_cells(opened(reading, room_id, each)) for each in (one, other)]
    shared = sorted(cells[0].keys() & cells[1].keys())
    differs = tuple(
        DayChanged(*cell, cells[0][cell], cells[1][cell])
        for cell in shared
        if cells[0][cell] != cells[1][cell]
    )
    return summary(reading, room_id, one), summary(reading, room_id, other), differs


def _cells(desk: Opened) -> dict[tuple[UUID, date], str | None]:
    """Code of the shift, or None, of every officer-day."""
    problem = desk.problem
    return {
        (UUID(officer.id), problem.date_of(day)): (
            shift.code if (shift := desk.standing.shift(row, day)) else None
        )
        for row, officer in enumerate(problem.officers)
        for day in range(problem.days)
    }


# --- what is in force ---------------------------------------------------------------------------


def in_force(reading: Reading, room_id: UUID, first_day: date, days: int) -> InForce:
    """Who is published to work on some days, and who is needed by the newest requirement of them.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    requirement = requirements.newest(reading, room_id, (first_day, days))
    frame = Problem(room.name, first_day, days, room.zone, (), (), ())
    span = people.Span(instant(frame.midnight(0)), instant(frame.midnight(days)))
    return in_force_of(
        frame,
        templates.templates(reading, room_id),
        crew(reading, room),
        people.history(reading, room_id, "published", span),
        requirements.need(reading, room_id, requirement.id) if requirement else None,
    )


def gaps(force: InForce, since: datetime, until: datetime) -> tuple[Stretch, ...]:
    """Stretches in which people are missing, those that have not ended, in order of harm."""
    cover = room_cover(force.problem, force.roster)
    if cover is None:
        return ()
    first, last = since.timestamp() // 60, until.timestamp() // 60
    return tuple(each for each in cover.stretches if each.end > first and each.start < last)


def outlook_words(found: Iterable[Stretch], now: datetime, until: datetime, zone: str) -> str:
    """Whether a room is all right, such as `All right until 17:30. Short tonight from …`."""
    stretches = sorted(found, key=lambda each: each.start)
    if not stretches:
        return f"All right until {_day(until, now, zone)}{until.astimezone(ZoneInfo(zone)):%H:%M}."
    first, worst = stretches[0], max(stretches, key=lambda each: (each.worst, each.hours))
    begins = instant(first.start)
    said = gap_words(worst, now, zone)
    if begins <= now:
        return said if worst is first else f"{gap_words(first, now, zone)} {said}"
    until_then = f"{_day(begins, now, zone)}{time_words(first.start, zone)}"
    return f"All right until {until_then}. {said}"


def gap_words(gap: Stretch, now: datetime, zone: str) -> str:
    """A stretch in words, such as `Short tonight from 21:15 to 01:30, by up to 6 people`."""
    begin = local(gap.start, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    if begin.date() == today:
        day = "tonight" if begin.hour >= 18 else "today"
    else:
        tomorrow = begin.date() == today + timedelta(days=1)
        day = "tomorrow" if tomorrow else f"on {day_words(begin.date())}"
    times = f"from {time_words(gap.start, zone)} to {time_words(gap.end, zone)}"
    if gap.nobody and gap.role:
        return f"No {gap.role} {day} {times}."
    return f"Short {day} {times}, by {people_short(gap)}."


def _day(moment: datetime, now: datetime, zone: str) -> str:
    """The day of a moment before its time, where it is not today."""
    day, today = (each.astimezone(ZoneInfo(zone)).date() for each in (moment, now))
    return "" if day == today else f"{day_words(day)} "
