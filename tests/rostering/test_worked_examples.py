"""Worked examples of the rules' sources: clock changes, days before the period, terms of a person.

Each names what it is taken from. Summer time begins in the night to Sunday 29 March 2026 and ends
in the night to Sunday 25 October 2026.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rostering.personal import Elsewhere, Stretch, WorkingTime
from rostering.problem import Officer, Problem, Roster, Shift, Tour
from rostering.rulebooks import shipped
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import LineRule, Rule
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.daily_rest import DailyRest
from rostering.rules.night_hours import NightHours
from rostering.rules.night_share import NightShare
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.weekly_rest import WeeklyRest

SPRING, AUTUMN, NEVER = date(2026, 3, 23), date(2026, 10, 19), date(2026, 6, 1)
"""Mondays; the clocks change in the night to the Sunday of the first two weeks."""

HALF = 1_200
"""Minutes a week of a part-timer on twenty hours."""

PERSON = Officer("p", "Alex Ward", frozenset({"a"}), 0, 28 * 1440)
EARLY, LATE, NIGHT = "07:00-15:00", "14:00-22:00", "22:00-06:00"

Worked = dict[int, str]
"""Tours by day, 0 the first of the period, as times on the clock such as `22:00-06:00`."""


def excess(rule: Rule, monday: date, worked: Worked, person: Officer = PERSON) -> int:
    """Units by which a rule is broken over four weeks; days below 0 are history."""
    shifts: dict[str, Shift] = {}
    for times in worked.values():
        start, end = (int(at[:2]) * 60 + int(at[3:]) for at in times.split("-"))
        kind = {EARLY: "early", LATE: "late"}.get(times, "night" if end < start else "day")
        shifts[times] = Shift(times, kind, start, (end - start) % 1440)
    problem = Problem("", monday, 28, "Europe/London", tuple(shifts.values()), (), (rule,))
    tours = []
    for day, times in sorted(worked.items()):
        shift = shifts[times]
        start = problem.instant(day, shift.start)
        end = problem.instant(day, shift.start + shift.minutes)
        tours.append(Tour(day, times, shift.kind, start, end))
    past = tuple(tour for tour in tours if tour.day < 0)
    known = min([person.known_from, *(tour.day for tour in past)])
    person = replace(person, history=past, known_from=known)
    problem = replace(problem, officers=(person,))
    roster = Roster({"p": tuple(tour for tour in tours if tour.day >= 0)})
    return sum(breach.excess for breach in rule.check(problem, roster))


def every_day(times: str, first: int, last: int) -> Worked:
    """The same tour on each of the days, both counted."""
    return dict.fromkeys(range(first, last + 1), times)


@pytest.mark.parametrize(
    ("monday", "next_day", "units"),
    [
        (NEVER, "09:00-17:00", 0),
        (SPRING, "09:00-17:00", 4),  # an hour of the eleven is skipped
        (SPRING, "10:00-18:00", 0),
        (AUTUMN, "08:00-16:00", 0),  # an hour happens twice
        (AUTUMN, "07:45-15:45", 1),
    ],
)
def test_eleven_hours_are_hours_that_pass(monday: date, next_day: str, units: int) -> None:
    """WTR reg 10, Annex E: 11 consecutive hours, after a late on the eve of a clock change too."""
    assert excess(DailyRest(), monday, {5: LATE, 6: next_day}) == units


@pytest.mark.parametrize(
    ("monday", "back", "kept"),
    [
        (NEVER, "06:00-14:00", True),
        (SPRING, "06:00-14:00", False),
        (SPRING, "07:00-15:00", True),
        (AUTUMN, "05:00-13:00", True),
        (AUTUMN, "04:45-12:45", False),
    ],
)
def test_weekly_rest_is_hours_that_pass(monday: date, back: str, kept: bool) -> None:
    """WTR regs 10 and 11: 24 h and 11 h, from Saturday 19:00 on, over a clock change too.

    Each seven days before Wednesday or after Sunday have a rest of their own; three others do not.
    """
    worked = {**every_day("11:00-19:00", 2, 5), 7: back, **every_day("11:00-19:00", 8, 9)}
    assert excess(WeeklyRest(mode="24in7"), monday, worked) == (0 if kept else 3)


@pytest.mark.parametrize(
    ("monday", "then", "units"),
    [
        (NEVER, "04:00-12:00", 0),
        (NEVER, "03:45-11:45", 1),
        (SPRING, "05:00-13:00", 0),
        (SPRING, "04:45-12:45", 1),
        (AUTUMN, "03:00-11:00", 0),
        (AUTUMN, "02:45-10:45", 1),
    ],
)
def test_two_nights_sleep_are_hours_that_pass(monday: date, then: str, units: int) -> None:
    """HSE: two nights' full sleep after nights, 46 h; the night of Friday ends at 06:00."""
    assert excess(RestAfterNights(), monday, {4: NIGHT, 7: then}) == units


@pytest.mark.parametrize(
    ("rule", "last", "units"),
    [
        (RestDayInterval(most=7), 3, 0),  # Annex E: not more than 7 days; three of them before
        (RestDayInterval(most=7), 4, 1),
        (ConsecutiveDays(most=6), 2, 0),  # pnb.scot: 6 consecutive days
        (ConsecutiveDays(most=6), 5, 3),
    ],
)
def test_days_before_the_period_are_days_in_a_row(rule: Rule, last: int, units: int) -> None:
    """A run that began on Friday goes on: only the days of the period that are too many count."""
    assert excess(rule, NEVER, every_day(EARLY, -3, last)) == units


def test_a_run_of_nights_over_the_beginning_is_told_once_it_is_too_long() -> None:
    """pnb.scot: at most 4 consecutive nights, two of them in the period before."""
    four, five = every_day(NIGHT, -2, 1), every_day(NIGHT, -2, 2)
    assert excess(ConsecutiveNights(), NEVER, four) == 0
    assert excess(ConsecutiveNights(), NEVER, five) == 1
    assert excess(ConsecutiveNights(), NEVER, every_day(NIGHT, -6, -1)) == 0  # nothing to change


def test_a_night_of_the_period_before_is_rested_from_in_this_one() -> None:
    """WTR reg 10: the night of the last day ends at 06:00 on the first, so 17:00 is the soonest."""
    assert excess(DailyRest(), NEVER, {-1: NIGHT, 0: "17:00-23:00"}) == 0
    assert excess(DailyRest(), NEVER, {-1: NIGHT, 0: "16:45-23:00"}) == 1


def test_days_that_are_not_known_are_not_held_against_anybody() -> None:
    """A run whose beginning is not known is counted from the first known day on."""
    known = replace(PERSON, known_from=-2)
    assert excess(ConsecutiveDays(), NEVER, every_day(EARLY, -2, 3), known) == 0
    longer = replace(PERSON, known_from=-4)
    assert excess(ConsecutiveDays(), NEVER, every_day(EARLY, -3, 3), longer) == 1


def test_other_jobs_take_their_hours_of_the_average_week() -> None:
    """WTR reg 4 counts all work: with 8 h a week elsewhere 40 h a week are left, over 17 weeks."""
    weeks = {day: EARLY for day in range(-91, 28) if day % 7 < 5}
    elsewhere = WorkingTime(elsewhere=(Elsewhere(Stretch(-200, 200), 480),))
    person = replace(PERSON, known_from=-91, working_time=elsewhere)
    assert excess(AverageHours(), NEVER, weeks, person) == 0
    assert excess(AverageHours(), NEVER, weeks | {26: EARLY}, person) == 32  # 8 h too many


def test_nobody_opts_out_of_the_night_workers_average() -> None:
    """WTR reg 5 is about reg 4 alone: reg 6 holds for whoever agreed to work more than 48 h.

    Six nights of 8 h in each of 17 weeks are 816 h, less the hour that Saturday 28 March lacks.
    """
    weeks = {day: NIGHT for day in range(-91, 28) if day % 7 < 6} | {27: NIGHT}
    opted = WorkingTime(opted_out=(Stretch(-200, 200),))
    person = replace(PERSON, known_from=-91, working_time=opted)
    assert excess(AverageHours(), NEVER, weeks, person) == 0
    assert excess(NightHours(), NEVER, weeks, person) == 28  # one night more


def test_nights_of_a_part_timer_are_judged_by_their_own_hours() -> None:
    """HSE: avoid permanent nights; half of 80 h are five nights of 8 h, not ten as full time."""
    half = replace(PERSON, least_minutes=4 * HALF, most_minutes=4 * HALF)
    five, six = every_day(NIGHT, 0, 4), every_day(NIGHT, 0, 5)
    assert excess(NightShare(), NEVER, five, half) == 0
    assert excess(NightShare(), NEVER, six, half) == 8
    full = replace(PERSON, least_minutes=8 * HALF, most_minutes=8 * HALF)
    assert excess(NightShare(), NEVER, six, full) == 0


def test_a_quick_return_is_refused_by_every_book() -> None:
    """Whatever the book, a late to 22:00 and an early at 07:00 on the next day is too little rest.

    WTR reg 10; Annex E; pnb.scot: 11 hours in all three.
    """
    for name in ("police_officers_ew", "police_staff_ew", "police_scotland"):
        rules = [rule for rule in shipped(name).rules if isinstance(rule, LineRule)]
        broken = {rule.code for rule in rules if excess(rule, NEVER, {0: LATE, 1: EARLY}) > 0}
        assert broken & {"daily_rest", "rotation"} == {"daily_rest", "rotation"}
