"""Patterns as officer-days that are fixed, so that the solver fills only what is left.

A rest day of a pattern is a rest day, a kind is that kind at a time to be chosen, and a shift that
is meant exactly is that shift on days whose times are to be known by now, later its kind.
What was worked, what is published, when somebody is away and what they cannot do come first: days
that do not go with them are left free. Nobody whose contract differs from the hours of their
pattern by more than a tenth, such as a part-timer in a full-time team, is held to its shifts, only
to its rest days.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from app.patterns.service import FollowedDay, Line
from app.rosters.problem.materials import Materials, holds
from rostering.assumed import hours_limits
from rostering.patterns import facts_of
from rostering.problem import MINUTES_A_DAY, Officer, OfficerDay, Problem, Roster, Shift, Tour
from rostering.rules.base import LineRule
from rostering.rules.personal_limits import PersonalLimits
from rostering.verify import verify
from rostering.words import count_words

TOLERANCE = Fraction(1, 10)
"""Share of the contracted hours by which a pattern may differ from them."""

REACH = 28
"""Days of history that the beginning of a pattern is judged with."""

JOIN = 14
"""Days at the beginning of a period that earlier shifts may stand against."""

ROUNDS = JOIN
"""How often days are let go: each time the first day of each breach."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A fixed day of work: the officer-day, the shift of the room it is taken as, its length."""

    fixed: OfficerDay
    shift: int
    minutes: int


def with_patterns(
    materials: Materials, frame: Problem, officers: Iterable[Officer]
) -> tuple[Officer, ...]:
    """Officers with the days that their patterns fix, and room in their hours for them.

    Args:
        materials: what the slices below say.
        frame: period, zone, shifts and rules of the problem.
        officers: as they are without patterns.
    """
    given = tuple(officers)
    if not materials.followed:
        return given
    work = {each.id: dict(_work(materials, frame, each)) for each in given}
    _let_go(frame, given, work)
    return tuple(_held_to(materials, frame, each, work[each.id]) for each in given)


def pattern_notes(materials: Materials, problem: Problem) -> Iterator[str]:
    """What is to be known of the patterns in a problem, a sentence each."""
    following = [each for each in problem.officers if UUID(each.id) in materials.followed]
    if not following:
        return
    yield (
        f"{count_words(len(following), 'officer')} {_verb(following, 'follows', 'follow')} a "
        "pattern: rest days and kinds are fixed."
    )
    apart = [each for each in following if not _goes_with_contract(materials, each)]
    if apart:
        yield (
            f"The contracts of {count_words(len(apart), 'officer')} differ from the hours of their "
            "pattern by more than a tenth, or their own terms limit them: only rest days are fixed "
            "for them."
        )
    free = sum(_left_free(materials, problem, each) for each in following if each not in apart)
    if free:
        yield (
            f"{count_words(free, 'day')} of work of a pattern {_verb(range(free), 'is', 'are')} "
            "left free: absence, earlier shifts, own terms or the shift templates do not go with "
            "them."
        )


def without_fixed(problem: Problem) -> Problem:
    """The problem as hands may change it: what patterns fix binds the search alone."""
    officers = tuple(
        dataclasses.replace(each, days={day: own for day, own in each.days.items() if own.free})
        if each.days
        else each
        for each in problem.officers
    )
    return dataclasses.replace(problem, officers=officers)


# --- inside -------------------------------------------------------------------------------------


def _line(materials: Materials, officer: Officer) -> Line:
    return materials.followed.get(UUID(officer.id), {})


def _work(materials: Materials, frame: Problem, officer: Officer) -> Iterator[tuple[int, _Held]]:
    """Days of work that can be fixed for an officer, by day of the problem."""
    if not _goes_with_contract(materials, officer):
        return
    for day, followed in _line(materials, officer).items():
        column = (day - frame.first_day).days
        held = _held(frame, officer, followed, column, exact=day < materials.times_until)
        if held is not None and column not in officer.days:
            yield column, held


def _held(
    frame: Problem, officer: Officer, followed: FollowedDay, day: int, *, exact: bool
) -> _Held | None:
    """A day of work as fixed; None on other days, and where no shift of the room can be it."""
    tour = followed.tour
    if tour is None:
        return None
    can = [
        index
        for index, shift in enumerate(frame.shifts)
        if shift.kind == tour.kind and _can_work(frame, officer, day, index)
    ]
    if not can:
        return None
    usual = min(can, key=lambda index: _distance(frame.shifts[index], tour))
    fixed = OfficerDay(kind=tour.kind)
    if (
        exact
        and followed.day is not None
        and followed.day.shift
        and not _distance(frame.shifts[usual], tour)
    ):
        fixed = OfficerDay(shift=frame.shifts[usual].code)
    return _Held(fixed, usual, frame.shifts[usual].minutes)


def _can_work(frame: Problem, officer: Officer, day: int, index: int) -> bool:
    """Whether an officer may have this shift on this day at all."""
    tour = frame.tour(day, index)
    away = any(span.start < tour.end and tour.start < span.end for span in officer.unavailable)
    if away or not frame.shifts[index].skills <= officer.skills:
        return False
    alone = dataclasses.replace(officer, history=(), known_from=0) if officer.limits else officer
    return not officer.limits or not any(
        any(rule.check_line(frame, alone, (tour,)))
        for rule in frame.rules
        if isinstance(rule, PersonalLimits)
    )


def _distance(shift: Shift, tour: Shift) -> int:
    """How far a shift template is from a tour of a pattern, in minutes of start and length."""
    apart = abs(shift.start - tour.start)
    return min(apart, MINUTES_A_DAY - apart) + abs(shift.minutes - tour.minutes)


def _let_go(
    frame: Problem, officers: tuple[Officer, ...], work: Mapping[str, dict[int, _Held]]
) -> None:
    """Take out of `work` what earlier shifts stand against by a hard rule."""
    rules = tuple(rule for rule in frame.rules if isinstance(rule, LineRule) and rule.is_hard)
    length = min(JOIN, frame.days)
    for _ in range(ROUNDS):
        near = tuple(_near(each) for each in officers if work[each.id])
        if not near:
            return
        joined = dataclasses.replace(frame, days=length, officers=near, rules=rules, cover=())
        roster = Roster({each.id: tuple(_tours(joined, work[each.id])) for each in near})
        at_fault = {
            (breach.officer, min(days))
            for breach in verify(joined, roster).hard
            if breach.officer
            and any(tour.day < 0 for tour in breach.tours)
            and (days := {tour.day for tour in breach.tours} & work[breach.officer].keys())
        }
        if not at_fault:
            return
        for officer, day in at_fault:
            del work[str(officer)][day]


def _near(officer: Officer) -> Officer:
    """An officer with the last of the history, no contract and nothing fixed."""
    return dataclasses.replace(
        officer,
        least_minutes=0,
        most_minutes=JOIN * MINUTES_A_DAY,
        history=tuple(tour for tour in officer.history if tour.day >= -REACH),
        known_from=max(officer.known_from, -REACH),
        days={},
        unavailable=(),
        preferences=(),
        long_wishes=(),
        limits=(),
    )


def _tours(frame: Problem, work: Mapping[int, _Held]) -> Iterator[Tour]:
    for day in sorted(work):
        if day < frame.days:
            yield frame.tour(day, work[day].shift)


def _held_to(
    materials: Materials, frame: Problem, officer: Officer, work: Mapping[int, _Held]
) -> Officer:
    """An officer with fixed days; the hours of the contract are widened to take the pattern's."""
    line = _line(materials, officer)
    rests = {
        (day - frame.first_day).days: followed.day
        for day, followed in line.items()
        if followed.day is not None and followed.is_rest
    }
    days = {**rests, **{day: held.fixed for day, held in work.items()}, **officer.days}
    if not work:
        return dataclasses.replace(officer, days=days)
    besides = _contracted(materials, officer, set(_period(frame)) - line.keys())
    due = sum(held.minutes for held in work.values()) + round(besides)
    least, most = hours_limits(due, frame.shifts)
    return dataclasses.replace(
        officer,
        days=dict(sorted(days.items())),
        least_minutes=min(officer.least_minutes, least),
        most_minutes=min(max(officer.most_minutes, most), frame.days * MINUTES_A_DAY),
    )


def _goes_with_contract(materials: Materials, officer: Officer) -> bool:
    """Whether the hours of the pattern are those of the contract, within the tolerance.

    Hours of any week or rest that a person's own terms limit are left to the search.
    """
    if any(each.most_week_minutes or each.least_rest for each in officer.limits):
        return False
    line = _line(materials, officer)
    weekly = {each.pattern: facts_of(each.pattern).weekly_minutes for each in line.values()}
    of_pattern = sum((weekly[each.pattern] for each in line.values()), Fraction(0)) / 7
    contracted = _contracted(materials, officer, line)
    return abs(of_pattern - contracted) <= TOLERANCE * contracted


def _contracted(materials: Materials, officer: Officer, days: Iterable[date]) -> Fraction:
    """Contracted minutes over some days: each a seventh of the week."""
    agreed = materials.contracts.get(UUID(officer.id), ())
    weekly = (c.weekly_minutes for day in days for c in agreed if holds(c, day))
    return Fraction(sum(weekly), 7)


def _left_free(materials: Materials, problem: Problem, officer: Officer) -> int:
    """Days of work of the pattern that are not fixed."""
    return sum(
        each.tour is not None and (day - problem.first_day).days not in officer.days
        for day, each in _line(materials, officer).items()
    )


def _period(frame: Problem) -> Iterator[date]:
    return (frame.first_day + timedelta(days=ahead) for ahead in range(frame.days))


def _verb(things: Iterable[object], one: str, many: str) -> str:
    return one if len(tuple(things)) == 1 else many
