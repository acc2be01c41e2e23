"""Every boundary case: just inside, on and just beyond each limit of every line rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from rostering.personal import Limit, Stretch
from rostering.problem import Officer, OfficerDay, Preference, Problem, Shift, Span, Told, Tour
from rostering.rules.average_hours import AverageHours
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.daily_rest import DailyRest
from rostering.rules.fatigue import FatigueScore
from rostering.rules.night_hours import NightHours
from rostering.rules.officer_days import OfficerDays
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.preferences import Preferences
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.skills import Skills
from rostering.rules.special_hazard_nights import SpecialHazardNights
from rostering.rules.stability import Stability
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekends_off import WeekendsOff
from rostering.rules.weekly_rest import WeeklyRest
from tests.rostering.boundary import NIGHT, PLAIN, WORK, Boundary, in_a_row, starting
from tests.rostering.fairness.shares import share_boundaries
from tests.rostering.shift_boundaries import shift_boundaries
from tests.rostering.wish_samples import wish_boundaries


def every_boundary() -> list[Boundary]:
    """Every boundary case, those of one limit side by side."""
    makers: tuple[Callable[[], list[Boundary]], ...] = (
        _boundary_rest,
        _boundary_fatigue,
        _boundary_weekly_rest,
        _boundary_counts,
        _boundary_fixed,
        _boundary_told,
        _boundary_personal,
        _boundary_averages,
    )
    drawn = (case for maker in makers for case in maker())
    return [*drawn, *shift_boundaries(), *wish_boundaries(), *share_boundaries()]


def _boundary_rest() -> list[Boundary]:
    cases = []
    for late in (-15, 0, 15):
        # The first tour ends at 22:00; 11 h later is 09:00.
        shifts = (starting(14 * 60), starting(9 * 60 + late))
        cases.append(Boundary(DailyRest(), PLAIN, shifts, {3: 0, 4: 1}, int(late < 0)))
        # The night ends at 06:00 on day 4; 46 h later is 04:00 on day 6.
        shifts = (NIGHT, starting(4 * 60 + late))
        cases.append(Boundary(RestAfterNights(), PLAIN, shifts, {3: 0, 6: 1}, int(late < 0)))
        # The first tour ends at 06:00 on day 4; the next starts about then.
        shifts = (NIGHT, starting(6 * 60 + late))
        cases.append(Boundary(OneTourAtATime(), PLAIN, shifts, {3: 0, 4: 1}, int(late < 0)))
    return cases


def _boundary_fatigue() -> list[Boundary]:
    cases = []
    for late in (-15, 0, 15):
        # The first tour ends at 22:00; 12 h later is 10:00. 07:00 is not early any more.
        rested = (starting(14 * 60), starting(10 * 60 + late))
        early = (starting(7 * 60 + late),)
        # The night ends at 06:00 on day 4; 46 h later is 04:00 on day 6, with 2 h of the night.
        slept = (NIGHT, starting(4 * 60 + late, kind="day"))
        cases += [
            Boundary(FatigueScore(), PLAIN, rested, {3: 0, 4: 1}, int(late < 0)),
            Boundary(FatigueScore(), PLAIN, early, {3: 0}, int(late < 0)),
            Boundary(
                FatigueScore(early_before=0),
                PLAIN,
                slept,
                {3: 0, 6: 1},
                3 + (late < 0) + (late <= 0),
            ),
        ]
    for over in (-1, 0, 1):
        nights, days = in_a_row(2 + over), in_a_row(4 + over)
        low = 3 * len(nights)
        cases += [
            Boundary(FatigueScore(), PLAIN, (NIGHT,), nights, low + max(over, 0)),
            Boundary(FatigueScore(), PLAIN, (WORK,), days, max(over, 0)),
        ]
    return cases


def _boundary_weekly_rest() -> list[Boundary]:
    cases = []
    for late in (-15, 0, 15):
        # From 19:00 on day 1 to 06:00 on day 3 lie 35 h, on day 4 59 h.
        shifts = (starting(7 * 60, 720), starting(6 * 60 + late, 720))
        once = {0: 0, 1: 0, 3: 1, **in_a_row(3, 4)}
        twice = {0: 0, 1: 0, 4: 1, **in_a_row(9, 5)}
        # The span a day later, which ends with a day off after the period, lacks it as well.
        excess = 2 * int(late < 0)
        # From 13:00 on day 6 to the end of the day after the period lie 35 h.
        lates = dict.fromkeys(range(1, 6), 0)
        until = (starting(14 * 60), starting(9 * 60, 240 + late))
        cases += [
            Boundary(WeeklyRest(mode="24in7"), PLAIN, shifts, once, excess, days=7),
            Boundary(WeeklyRest(mode="48in14"), PLAIN, shifts, twice, excess, days=14),
            Boundary(WeeklyRest(mode="24in7"), PLAIN, until, lates | {6: 1}, int(late > 0), days=7),
        ]
    return cases


def _boundary_counts() -> list[Boundary]:
    cases = []
    for over in (-1, 0, 1):
        excess = max(over, 0)
        cases += [
            Boundary(ConsecutiveDays(most=6), PLAIN, (WORK,), in_a_row(6 + over), excess),
            Boundary(RestDayInterval(most=7), PLAIN, (WORK,), in_a_row(7 + over), excess),
            Boundary(ConsecutiveNights(most=4), PLAIN, (NIGHT,), in_a_row(4 + over), excess),
            Boundary(
                WeekendsOff(least=1, weight=1),
                PLAIN,
                (WORK,),
                dict.fromkeys((5, 13, 19, 26)[: 3 + over], 0),
                excess,
            ),
        ]
    for over in (-15, 0, 15):
        exact = replace(PLAIN, least_minutes=480, most_minutes=960 - over)
        scant = replace(PLAIN, least_minutes=960 + over, most_minutes=2000)
        away = replace(PLAIN, unavailable=(_away(5, 420 + 480 - over),))
        cases += [
            Boundary(ContractedHours(), exact, (WORK,), in_a_row(2), int(over > 0)),
            Boundary(ContractedHours(), scant, (WORK,), in_a_row(2), int(over > 0)),
            Boundary(Unavailability(), away, (WORK,), {5: 0}, int(over > 0)),
        ]
    return cases


def _away(day: int, minute: int) -> Span:
    start = Problem("", date(2026, 6, 1), 28, "UTC", (), (), ()).instant(day, minute)
    return Span(start, start + 600)


def _boundary_fixed() -> list[Boundary]:
    wish = Preference(day=2, points=3, wants=False)
    fixed = replace(PLAIN, days={2: OfficerDay(shift="W")}, preferences=(wish,))
    posts = (WORK, Shift("T", "early", 420, 480, frozenset({"a"})), NIGHT)
    held = Shift("U", "early", 420, 480, frozenset({"tutor"}))
    return [
        Boundary(OfficerDays(), fixed, posts, {2: 0}, 0),
        Boundary(OfficerDays(), fixed, posts, {2: 1}, 1),
        Boundary(OfficerDays(), fixed, posts, {3: 0}, 1),
        Boundary(Preferences(), fixed, posts, {3: 0}, 0),
        Boundary(Preferences(), fixed, posts, {2: 2}, 3),
        Boundary(Skills(), PLAIN, posts, {2: 1}, 0),
        Boundary(Skills(), PLAIN, (held,), {2: 0}, 1),
    ]


def _boundary_told() -> list[Boundary]:
    """A long early told in place of an early, and on a rest day, at the edge of each notice."""
    posts = (WORK, Shift("T", "early", 420, 600))
    rule, cases = Stability(change_points=100, soon_points=150, late_points=200, rest_points=50), []
    for notice, points in ((15, 100), (14, 150), (5, 150), (4, 200)):
        told = replace(PLAIN, told={2: Told("W", notice, 150), 4: Told(None, notice, 200)})
        cases += [
            Boundary(rule, told, posts, {2: 0}, 0),
            Boundary(rule, told, posts, {2: 1}, points + 15),  # two hours more at time and a half
            Boundary(rule, told, posts, {}, points),
            Boundary(rule, told, posts, {2: 0, 4: 0}, points + 50 + 80),  # eight hours, doubled
        ]
    return cases


def _boundary_personal() -> list[Boundary]:
    cases = []
    always = Stretch(-40, 40)

    def limited(**said: Any) -> Officer:
        return replace(PLAIN, limits=(Limit(always, **said),))

    rule = PersonalLimits()
    for over in (-15, 0, 15):
        late = (starting(14 * 60 + over, 540),)  # ends about 23:00
        early = (starting(6 * 60 - over),)
        close = (starting(14 * 60), starting(10 * 60 - over))  # about 12 h after 22:00
        cases += [
            Boundary(rule, limited(closed=(1380, 360)), late, {3: 0}, int(over > 0)),
            Boundary(rule, limited(closed=(1380, 360)), early, {3: 0}, int(over > 0)),
            Boundary(rule, limited(most_minutes=480 - over), (WORK,), {3: 0}, int(over > 0)),
            Boundary(rule, limited(least_rest=720), close, {3: 0, 4: 1}, int(over > 0)),
            Boundary(
                rule,
                limited(most_week_minutes=5 * 480 - over),
                (WORK,),
                in_a_row(5, first=1),
                int(over > 0),
                days=7,
            ),
        ]
    until = replace(PLAIN, limits=(Limit(Stretch(0, 5), kinds=frozenset({"night"})),))
    weekdays = Limit(always, frozenset({0, 1}), closed=(15 * 60, 9 * 60))
    monday = replace(PLAIN, limits=(weekdays,))
    times = (WORK, starting(9 * 60, 360))
    return [
        *cases,
        Boundary(rule, until, (NIGHT,), {5: 0}, 1),
        Boundary(rule, until, (NIGHT,), {6: 0}, 0),
        Boundary(rule, monday, times, {0: 1, 1: 1, 2: 0}, 0),
        Boundary(rule, monday, times, {0: 1, 8: 0}, 1),
    ]


def _boundary_averages() -> list[Boundary]:
    """Seventeen weeks to the last day of a period of four; histories as worked examples have."""
    cases = []
    for over in (-15, 0, 15):
        # 48 hours a week on average: 13 weeks of 48 hours, then 4 of 48 but for the last tour.
        past = _every_week(6, 480, weeks=13)
        line = {day: 0 for day in range(28) if day % 7 < 6}
        last = replace(WORK, code="Z", minutes=480 + over)
        excess = int(over > 0)
        day = replace(PLAIN, history=past, known_from=-91)
        cases.append(Boundary(AverageHours(), day, (WORK, last), line | {26: 1}, excess))
        # The same 816 hours on nights; who has less than three hours of the night is not judged.
        nights = _every_week(6, 480, weeks=13, start=22 * 60)
        owl = replace(PLAIN, history=nights, known_from=-91)
        cases += [
            Boundary(NightHours(), owl, (WORK, last), line | {26: 1}, excess),
            Boundary(NightHours(), day, (WORK, last), line | {26: 1}, 0),
        ]
        hazard = SpecialHazardNights(hazard="on")
        long = replace(NIGHT, minutes=480 + over)
        soon = starting(22 * 60 - over, kind="late")
        cases += [
            Boundary(hazard, owl, (NIGHT, long), {3: 1}, excess),
            Boundary(hazard, owl, (NIGHT, soon), {3: 0, 4: 1}, excess),
            Boundary(SpecialHazardNights(), owl, (NIGHT, long), {3: 1}, 0),
        ]
    return cases


def _every_week(tours: int, minutes: int, weeks: int, start: int = 7 * 60) -> tuple[Tour, ...]:
    """So many tours in each of the weeks before a boundary case."""
    frame = Problem("", date(2026, 6, 1), 28, "UTC", (), (), ())
    days = [day for day in range(-7 * weeks, 0) if day % 7 < tours]
    begins = [frame.instant(day, start) for day in days]
    return tuple(
        Tour(day, "P", "past", begin, begin + minutes)
        for day, begin in zip(days, begins, strict=True)
    )
