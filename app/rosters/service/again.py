"""Making a roster again from one that stands, with the least change."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.db.transaction import Reading
from app.errors import Conflict
from app.people import service as people
from app.rosters.problem import day_of, duty_of, instant, shifts_of, with_authorised
from app.rosters.service.desk import Opened
from app.rosters.service.notice import hour_percents
from app.rosters.store import publications
from app.rosters.values import Duty, Pin, PublishedChange, RosterShift
from app.rosters.values.extras import ExtraShift
from rostering.extras import with_more_hours
from rostering.notice import ForceDay
from rostering.present import Present, made_again
from rostering.problem import REST, Choices, Officer, Problem

NOBODY_TOLD = 365
"""Clear days of notice of a draft: nobody has been told of it."""

MORE = timedelta(hours=2)
"""By how much a duty is made longer to learn what an hour more is worth."""

CALLED = (9 * 60, 17 * 60)
"""Minutes after midnight of a duty on a rest day, to learn what an hour of it is worth."""


def first_to_change(room: people.Room) -> date:
    """The first day of a room that may still change: what has begun is history."""
    return room.today() + timedelta(days=1)


def laid_under(
    reading: Reading, problem: Problem, like: Opened, extras: Iterable[ExtraShift] = ()
) -> tuple[Problem, tuple[RosterShift, ...], tuple[Pin, ...]]:
    """A problem of what is left of a roster, with what that roster tells laid under it.

    Args:
        reading: the caller's.
        problem: the days that are left, as everything else has them now.
        like: the roster that stands.
        extras: its extra shifts on the days that are left, whose hours are not the problem's.

    Returns:
        The problem, the shifts that the search begins with, and the pins to keep.

    Raises:
        Conflict: when a later roster is in force on one of the days.
    """
    roster = like.roster
    if roster.state == "published":
        later = publications.later_wholes(reading, roster.room_id, roster.id)
        begin, end = problem.first_day, roster.last_day
        if any(first <= end and first + timedelta(days=n) > begin for _, first, n in later):
            raise Conflict("A later roster is in force on one of these days: make that one again.")
    problem = _with_shifts(problem, like.problem)
    choices, known = standing_days(problem, like)
    officers = tuple(
        _as_agreed(problem, officer, choices[row], like)
        for row, officer in enumerate(problem.officers)
    )
    problem = dataclasses.replace(problem, officers=officers)
    problem = with_authorised(
        problem, [each for each in like.authorised if each.last_day >= problem.first_day]
    )
    notice, percent = _prices(reading, problem, choices, like)
    more: Counter[str] = Counter()
    for each in extras:
        more[str(each.officer_id)] += each.minutes
    problem = with_more_hours(problem, {officer: -minutes for officer, minutes in more.items()})
    again = made_again(problem, Present(choices, known, notice, percent))
    again = dataclasses.replace(again, problem=_without_more(problem, again.problem, more))
    pins = tuple(
        pin
        for pin in like.pins
        if str(pin.officer_id) in problem.officer_index
        and 0 <= (day := day_of(problem, pin.day)) < problem.days
        and not again.lost[problem.officer_index[str(pin.officer_id)], day]
    )
    return again.problem, tuple(shifts_of(again.problem, again.start)), pins


def _without_more(before: Problem, after: Problem, more: Mapping[str, int]) -> Problem:
    """The problem in which a line's extra shifts do not widen what its officer may work."""
    officers = tuple(
        dataclasses.replace(
            officer, most_minutes=max(first.most_minutes, officer.most_minutes - more[officer.id])
        )
        if officer.id in more
        else officer
        for first, officer in zip(before.officers, after.officers, strict=True)
    )
    return dataclasses.replace(after, officers=officers)


def _with_shifts(problem: Problem, like: Problem) -> Problem:
    """The problem with the shifts of the roster that stands, and those that are new."""
    known = {shift.code for shift in like.shifts}
    new = (shift for shift in problem.shifts if shift.code not in known)
    return dataclasses.replace(problem, shifts=(*like.shifts, *new))


def standing_days(problem: Problem, like: Opened) -> tuple[Choices, npt.NDArray[np.bool_]]:
    """What stands on each officer-day, and whether anything does; shape (officers, days)."""
    choices = np.full((len(problem.officers), problem.days), REST, dtype=np.int16)
    known = np.zeros(choices.shape, dtype=bool)
    skipped = (problem.first_day - like.problem.first_day).days
    for row, officer in enumerate(problem.officers):
        there = like.problem.officer_index.get(officer.id)
        if there is not None:
            # The shifts of the roster that stands come first, so that their places are the same.
            choices[row] = like.standing.choices[there, skipped:]
            known[row] = True
    return choices, known


def _as_agreed(problem: Problem, officer: Officer, line: Choices, like: Opened) -> Officer:
    """An officer with what is left of the hours of the roster that stands.

    A day that is free or named as a rest day by now stands where the roster has a shift on it.
    """
    there = like.problem.officer_index.get(officer.id)
    if there is None:
        return officer
    before = like.problem.officers[there]
    skipped = (problem.first_day - like.problem.first_day).days
    worked = sum(
        like.problem.tour(day, choice).minutes
        for day, choice in enumerate(like.standing.choices[there, :skipped].tolist())
        if choice != REST
    )
    return dataclasses.replace(
        officer,
        least_minutes=max(before.least_minutes - worked, 0),
        most_minutes=max(before.most_minutes - worked, 0),
        days={day: own for day, own in officer.days.items() if line[day] == REST},
    )


def _prices(
    reading: Reading, problem: Problem, choices: Choices, like: Opened
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Clear days of notice by day, and what an hour more counts for by officer and day."""
    percent = np.zeros(choices.shape, dtype=np.int64)
    if like.roster.state != "published":
        return np.full(problem.days, NOBODY_TOLD), percent
    room = people.room(reading, like.roster.room_id)
    force_day = ForceDay(room.zone, room.day_start)
    now = room.now()
    noons = [instant(problem.instant(day, 12 * 60)) for day in range(problem.days)]
    notice = np.array([force_day.clear_days(now, noon) for noon in noons])
    longer = tuple(_longer(problem, choices))
    for (officer, day), each in hour_percents(reading, room.id, longer).items():
        percent[problem.officer_index[str(officer)], day_of(problem, day)] = each
    return notice, percent


def _longer(problem: Problem, choices: Choices) -> Iterator[PublishedChange]:
    """Each officer-day as it stands, and with a longer duty in its place."""
    for row, officer in enumerate(problem.officers):
        for day, choice in enumerate(choices[row].tolist()):
            if choice == REST:
                before = None
                begin, end = (instant(problem.instant(day, minute)) for minute in CALLED)
                after = Duty("", "", begin, end)
            else:
                before = duty_of(problem.tour(day, choice))
                after = dataclasses.replace(before, end=before.end + MORE)
            yield PublishedChange(0, UUID(officer.id), problem.date_of(day), before, after)
