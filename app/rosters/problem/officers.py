"""Officers as rows, as officers of a problem: skills, hours, days away, history and wishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

from app.hours.service import working_time_of
from app.people.service import Contract, PastShift, free_days, limits_of
from app.people.service import Officer as Person
from app.preferences.service import Wish
from app.rosters.problem.materials import Materials, holds
from app.rosters.problem.rows import minute
from rostering.assumed import hours_limits
from rostering.files.days import local_day
from rostering.problem import MINUTES_A_DAY, Officer, OfficerDay, Preference, Problem, Span, Tour


def officers_of(materials: Materials, frame: Problem) -> tuple[Officer, ...]:
    """Everyone who can be rostered: who holds a skill on all days in service of the period.

    Args:
        materials: what the slices below say.
        frame: period, zone and shifts of the problem.
    """
    past = past_tours(materials, frame)
    known = min((tours[0].day for tours in past.values()), default=0)
    return tuple(
        _officer(materials, frame, person, skills, past.get(person.id, ()), known)
        for person in materials.crew.officers
        if (skills := materials.crew.skills_on(person, materials.in_service.get(person.id, ())))
    )


def _officer(
    materials: Materials,
    frame: Problem,
    person: Person,
    skills: frozenset[str],
    history: tuple[Tour, ...],
    known: int,
) -> Officer:
    agreed = materials.contracts.get(person.id, ())
    service = materials.in_service[person.id]
    days = [day for day in service if any(holds(contract, day) for contract in agreed)]
    away = materials.away.get(person.id, {})
    own = materials.crew.terms.get(person.id, ())
    counted = sum(minutes for day, minutes in away.items() if day in days)
    least, most = hours_limits(max(_due(agreed, days) - counted, 0), frame.shifts)
    return Officer(
        id=str(person.id),
        name=person.details.name,
        skills=skills,
        least_minutes=least,
        most_minutes=min(most, frame.days * MINUTES_A_DAY),
        history=history,
        known_from=_known_from(person, frame, known, history),
        days=free_days(own, frame)
        | {
            (day - frame.first_day).days: OfficerDay()
            for day in sorted(materials.named.get(person.id, ()))
        },
        unavailable=tuple(_away(frame, [day for day in days if day not in away])),
        preferences=tuple(wishes_of(materials.wishes.get(person.id, ()), frame)),
        terms=materials.books.terms(person.details.employment),
        team=materials.crew.team(person),
        limits=tuple(limits_of(own, frame)),
        working_time=working_time_of(own, materials.left_out.get(person.id, ()), frame),
    )


def _due(agreed: Iterable[Contract], days: Iterable[date]) -> int:
    """Minutes due over these days: each a seventh of the week of the contract that holds on it."""
    contracts = tuple(agreed)
    weekly = [c.weekly_minutes for day in days for c in contracts if holds(c, day)]
    return round(sum(weekly) / 7)


def _away(frame: Problem, days: Iterable[date]) -> Iterator[Span]:
    """Stretches of the period outside these days, from midnight to midnight."""
    there = {(day - frame.first_day).days for day in days}
    runs = groupby(range(frame.days), key=lambda day: day in there)
    for is_there, run in runs:
        gone = list(run)
        if not is_there:
            yield Span(frame.midnight(gone[0]), frame.midnight(gone[-1] + 1))


# --- history ------------------------------------------------------------------------------------


def past_tours(materials: Materials, frame: Problem) -> dict[UUID, tuple[Tour, ...]]:
    """What each officer worked before the period, or was to work where that is not known.

    Worked shifts are known from the first to the last day on which anyone in the room has one.
    """
    worked = tours_by_day(materials.worked, frame)
    told = {day for _, day in worked if day < 0}
    first, last = min(told, default=0), max(told, default=-1)
    published = {
        key: tour
        for key, tour in tours_by_day(materials.published, frame).items()
        if not first <= key[1] <= last
    }
    both = {key: tour for key, tour in (worked | published).items() if key[1] < 0}
    found: dict[UUID, tuple[Tour, ...]] = {}
    for (officer, _), tour in sorted(both.items(), key=lambda item: item[0][1]):
        found[officer] = (*found.get(officer, ()), tour)
    return found


def tours_by_day(shifts: Iterable[PastShift], frame: Problem) -> dict[tuple[UUID, int], Tour]:
    """Shifts by officer and local day; a split one is one tour, from first start to last end."""
    found: dict[tuple[UUID, int], Tour] = {}
    for shift in shifts:
        start, end = minute(shift.start), minute(shift.end)
        cell = (shift.officer_id, local_day(frame, start))
        one = found.get(cell, Tour(cell[1], shift.code, shift.kind, start, end))
        found[cell] = Tour(one.day, one.code, one.kind, min(one.start, start), max(one.end, end))
    return found


def _known_from(person: Person, frame: Problem, known: int, history: tuple[Tour, ...]) -> int:
    """First day of which all is known: the room's first, or the officer's own where later."""
    started = (person.details.started - frame.first_day).days
    return min([max(known, min(started, 0)), *(tour.day for tour in history[:1])])


# --- wishes -------------------------------------------------------------------------------------


def wishes_of(given: Iterable[Wish], frame: Problem) -> Iterator[Preference]:
    """Wishes that speak of shifts of this problem; what none of them is about is left aside."""
    for wish in given:
        preference = preference_of(wish, frame)
        if preference is not None:
            yield preference


def preference_of(wish: Wish, frame: Problem) -> Preference | None:
    """A wish as a preference; None when it speaks of no shift that there is."""
    kinds = frozenset(wish.kinds) & {shift.kind for shift in frame.shifts}
    codes = frozenset(code for code in wish.shifts if code in frame.shift_index)
    if (wish.kinds and not kinds) or (wish.shifts and not codes):
        return None
    day = (wish.day - frame.first_day).days
    return Preference(day, wish.points, wish.wants, codes, kinds)
