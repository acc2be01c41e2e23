"""Arbitrary small problems and rosters, and one boundary case per limit of every line rule.

A new rule adds an entry to `RULES` (how its numbers are drawn, so that arbitrary rosters break it
in at least one example in five) and to `BOUNDARIES` (just inside, on and just beyond its limit).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from rostering.personal import UNSAID, Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import (
    REST,
    Choices,
    Cover,
    Officer,
    OfficerDay,
    Preference,
    Problem,
    Shift,
    ShiftCover,
    Span,
    Tour,
)
from rostering.rules.accompanied import Accompanied
from rostering.rules.apart import Apart
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import LineRule, Rule
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.rules.daily_rest import DailyRest
from rostering.rules.demanding_length import DemandingLength
from rostering.rules.demanding_runs import DemandingRuns
from rostering.rules.early_starts import EarlyStarts
from rostering.rules.fatigue import FatigueScore
from rostering.rules.group import GroupRule
from rostering.rules.hours_in_seven_days import HoursInSevenDays
from rostering.rules.night_hours import NightHours
from rostering.rules.night_share import NightShare
from rostering.rules.officer_days import OfficerDays
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.preferences import Preferences
from rostering.rules.registry import LINE_RULES
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.rest_days import RestDays
from rostering.rules.rotation import Rotation
from rostering.rules.shift_cover import ShiftCovered
from rostering.rules.shift_length import ShiftLength
from rostering.rules.skills import Skills
from rostering.rules.special_hazard_nights import SpecialHazardNights
from rostering.rules.together import Together
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekends_off import WeekendsOff
from rostering.rules.weekly_rest import WeeklyRest
from tests.rostering.bound_samples import bonds, bound_lines

SHIFTS = (
    Shift("E", "early", 7 * 60, 480),
    Shift("D", "day", 10 * 60, 600),
    Shift("L", "late", 14 * 60, 480),
    Shift("N", "night", 22 * 60, 540),
    Shift("X", "night", 19 * 60 + 15, 1155, frozenset({"tutor"})),
)
"""Every kind, odd quarter hours, a skill, nights over the clock change, one into the next late."""

FIRST_DAYS = (date(2026, 3, 23), date(2026, 10, 19), date(2026, 6, 3))
"""Periods over the spring change, over the autumn change, and over none, of London's clock."""

DAYS = 16

rule_numbers: dict[type[Rule], st.SearchStrategy[Rule]] = {
    OneTourAtATime: st.just(OneTourAtATime()),
    OfficerDays: st.just(OfficerDays()),
    Unavailability: st.just(Unavailability()),
    Skills: st.just(Skills()),
    PersonalLimits: st.just(PersonalLimits()),
    DailyRest: st.builds(DailyRest, minutes=st.sampled_from([540, 660, 900])),
    WeeklyRest: st.builds(WeeklyRest, mode=st.sampled_from(["24in7", "48in14"])),
    RestDayInterval: st.builds(RestDayInterval, most=st.sampled_from([4, 7])),
    ConsecutiveDays: st.builds(ConsecutiveDays, most=st.sampled_from([3, 6])),
    ConsecutiveNights: st.builds(ConsecutiveNights, most=st.sampled_from([1, 2])),
    RestAfterNights: st.builds(RestAfterNights, minutes=st.sampled_from([1200, 2760])),
    SpecialHazardNights: st.builds(
        SpecialHazardNights,
        hazard=st.just("on"),
        most_minutes=st.sampled_from([360, 480]),
        weeks=st.just(1),
    ),
    AverageHours: st.builds(
        AverageHours,
        most_weekly_minutes=st.sampled_from([1500, 2400]),
        weeks=st.sampled_from([1, 2]),
    ),
    NightHours: st.builds(
        NightHours,
        most_daily_minutes=st.sampled_from([240, 360]),
        weeks=st.sampled_from([1, 2]),
        one_week_in=st.sampled_from([1, 3]),
    ),
    ContractedHours: st.just(ContractedHours()),
    Covered: st.just(Covered(weight=1)),
    ShiftCovered: st.just(ShiftCovered(weight=2)),
    Accompanied: st.just(Accompanied()),
    Together: st.just(Together()),
    Apart: st.just(Apart()),
    Preferences: st.just(Preferences()),
    WeekendsOff: st.builds(WeekendsOff, least=st.sampled_from([2, 3, 4])),
    FatigueScore: st.builds(FatigueScore, nights=st.integers(1, 2), days=st.integers(2, 4)),
    ShiftLength: st.builds(
        ShiftLength,
        minutes=st.sampled_from([480, 540, 720]),
        clocks_back_minutes=st.sampled_from([0, 60]),
    ),
    RestDays: st.builds(
        RestDays, per_week=st.sampled_from([2, 3, 4]), weeks=st.sampled_from([1, 3, 4])
    ),
    HoursInSevenDays: st.builds(HoursInSevenDays, minutes=st.sampled_from([1200, 2400, 10_080])),
    EarlyStarts: st.builds(EarlyStarts, minutes=st.sampled_from([420, 421, 660])),
    NightShare: st.builds(
        NightShare, percent=st.sampled_from([0, 20, 50]), weeks=st.sampled_from([0, 1, 2, 4])
    ),
    Rotation: st.builds(Rotation, minutes=st.sampled_from([0, 1440, 2880])),
    DemandingRuns: st.builds(
        DemandingRuns,
        most=st.sampled_from([1, 2, 3]),
        early_minutes=st.sampled_from([420, 480]),
        long_minutes=st.sampled_from([540, 600]),
    ),
    DemandingLength: st.builds(DemandingLength, minutes=st.sampled_from([480, 540])),
}
"""How the numbers of each rule are drawn."""


@st.composite
def lines(draw: st.DrawFn, days: int = DAYS) -> list[int]:
    """One choice per day: stretches of duty and rest, as real lines have, or anything at all."""
    line: list[int] = []
    while len(line) < days:
        length = draw(st.integers(1, 8))
        if draw(st.integers(0, 3)) == 3:
            line += [REST] * min(length, 4)
        elif draw(st.booleans()):
            line += [draw(st.integers(0, len(SHIFTS) - 1))] * length
        else:
            line += draw(
                st.lists(st.integers(REST, len(SHIFTS) - 1), min_size=length, max_size=length)
            )
    return line[:days]


@st.composite
def officers(draw: st.DrawFn, problem: Problem, number: int) -> Officer:
    """An officer with history, absences, fixed days and wishes."""
    read = {type(rule) for rule in problem.rules}
    known = draw(st.sampled_from([9, 16] if read & AVERAGES else [0, 9]))
    past = draw(lines(known)) if known else []
    earlier = replace(problem, first_day=problem.date_of(-known), days=max(known, 1))
    tours = [earlier.tour(day, shift) for day, shift in enumerate(past) if shift != REST]
    days = st.integers(0, problem.days - 1)
    least = draw(st.integers(20, 90)) * 60
    fixed = st.sampled_from(FIXED)
    return Officer(
        id=f"o{number}",
        name=f"Officer {number}",
        skills=frozenset(draw(st.sampled_from(["a", "b", "ab", ("a", "tutor")]))),
        least_minutes=least,
        most_minutes=least + draw(st.integers(0, 10)) * 60,
        history=tuple(replace(tour, day=tour.day - known) for tour in tours),
        known_from=-known,
        days=draw(st.dictionaries(days, fixed, min_size=OfficerDays in read, max_size=1)),
        unavailable=tuple(_span(problem, day) for day in draw(st.lists(days, max_size=2))),
        preferences=tuple(draw(st.lists(_wishes(problem.days), min_size=1, max_size=3))),
        terms=draw(st.sampled_from(TERMS)),
        limits=tuple(draw(st.lists(_limits(), max_size=2))) if PersonalLimits in read else (),
        working_time=draw(_working_times()) if read & AVERAGES else UNSAID,
    )


AVERAGES = {AverageHours, NightHours, SpecialHazardNights}
"""Rules that look back over weeks: an officer of whom too little is known is not judged."""

TERMS: tuple[Mapping[str, Mapping[str, int | str] | None], ...] = (
    {},
    {},
    {"daily_rest": {"minutes": 720}, "consecutive_days": {"most": 4}},
    {"weekly_rest": {"mode": "24in7"}, "rest_day_interval": {"most": 2}},
    dict.fromkeys(LINE_RULES),
)
"""Own numbers, fewer and more of them, and no rule in force at all."""

FIXED = (
    OfficerDay(shift="E"),
    OfficerDay(shift="N"),
    OfficerDay(kind="night"),
    OfficerDay(kind="late"),
    OfficerDay(),
    OfficerDay(free=True),
)

stretches = st.builds(
    lambda first, days: Stretch(first, first + days), st.integers(-9, DAYS - 1), st.integers(0, 12)
)
"""Days of the period, some of them before or after it."""


def _limits() -> st.SearchStrategy[Limit]:
    """What an officer cannot do; each limit says at least one such thing."""
    said = st.fixed_dictionaries(
        {},
        optional={
            "kinds": st.sampled_from([frozenset({"late"}), frozenset({"night", "day"})]),
            "closed": st.sampled_from([(1380, 360), (1320, 360), (960, 600), (0, 405)]),
            "most_minutes": st.sampled_from([480, 540]),
            "most_week_minutes": st.sampled_from([1200, 2400]),
            "least_rest": st.sampled_from([720, 1440]),
        },
    ).filter(bool)
    weekdays = st.sampled_from([frozenset[int](), frozenset({0, 1, 2, 3, 4})])
    return st.builds(
        lambda days, weekdays, said: Limit(days, weekdays, **said), stretches, weekdays, said
    )


def _working_times() -> st.SearchStrategy[WorkingTime]:
    """Mostly nothing; else opted out, away or in another job for some days."""
    some = st.lists(stretches, max_size=1).map(tuple)
    jobs = st.lists(st.builds(Elsewhere, stretches, st.sampled_from([300, 600])), max_size=1)
    return st.one_of(st.just(WorkingTime()), st.builds(WorkingTime, some, some, jobs.map(tuple)))


def _span(problem: Problem, day: int) -> Span:
    return Span(problem.instant(day, 9 * 60), problem.instant(day + 1, 3 * 60))


def _wishes(days: int) -> st.SearchStrategy[Preference]:
    return st.builds(
        Preference,
        day=st.integers(0, days - 1),
        points=st.integers(1, 9),
        wants=st.booleans(),
        shifts=st.sampled_from([frozenset(), frozenset({"E", "L"})]),
        kinds=st.sampled_from([frozenset(), frozenset({"night"})]),
    )


PRICES = ((5,), (2, 7), (1, 4, 9), (0, 0, 3))
"""Points for the first, second … missing person, alike everywhere."""


@st.composite
def prices(draw: st.DrawFn, size: int) -> tuple[int, ...] | npt.NDArray[np.int32]:
    """Prices of a shortage: alike in all intervals, or a row for each of them."""
    if draw(st.booleans()):
        return draw(st.sampled_from(PRICES))
    steps = draw(st.integers(1, 3))
    few = st.lists(st.integers(0, 12), min_size=steps, max_size=steps).map(sorted)
    rows = draw(st.lists(few, min_size=1, max_size=4))
    which = st.lists(st.integers(0, len(rows) - 1), min_size=size, max_size=size)
    return np.array(rows, dtype=np.int32)[draw(which)]


@st.composite
def covers(draw: st.DrawFn, problem: Problem) -> Cover:
    """A need of a few people for some days, in intervals that do not all fit the shifts."""
    size = draw(st.integers(1, 90))
    return Cover(
        queues=("a",),
        skills=frozenset(draw(st.sets(st.sampled_from(["a", "b", "tutor"]), min_size=1))),
        start=problem.instant(draw(st.integers(0, 9)), draw(st.sampled_from([0, 405, 420]))),
        interval_minutes=draw(st.sampled_from([15, 30, 60])),
        required=np.array(
            draw(st.lists(st.integers(0, 4), min_size=size, max_size=size)), dtype=np.int32
        ),
        shortage_points=draw(prices(size)),
        surplus_points=draw(st.sampled_from([0, 1])),
    )


@st.composite
def problems(
    draw: st.DrawFn, rule: type[Rule], least_officers: int = 1, most_officers: int = 1
) -> tuple[Problem, Choices]:
    """A problem with one rule, and an arbitrary roster for it, lawful or not.

    A need is drawn where the rule is about cover; no other would read it.
    """
    needs = 0 if issubclass(rule, LineRule | GroupRule) else 3
    bare = Problem(
        name="sample",
        first_day=draw(st.sampled_from(FIRST_DAYS)),
        days=DAYS,
        zone=draw(st.sampled_from(["Europe/London", "UTC"])),
        shifts=SHIFTS,
        officers=(),
        rules=(draw(rule_numbers[rule]),),
    )
    number = draw(st.integers(least_officers, most_officers))
    problem = replace(
        bare,
        officers=tuple(draw(officers(bare, index)) for index in range(number)),
        cover=tuple(draw(st.lists(covers(bare), max_size=min(needs, 2)))),
        shift_cover=tuple(draw(st.lists(_shift_covers(), max_size=needs, unique_by=_cell))),
    )
    choices = [draw(lines()) for _ in range(number)]
    if issubclass(rule, GroupRule) and number > 1:
        problem = replace(problem, bonds=tuple(draw(bonds(rule.kind, number, DAYS))))
        choices = draw(bound_lines(choices, len(SHIFTS)))
    return problem, np.array(choices, dtype=np.int16).reshape(number, DAYS)


def _shift_covers() -> st.SearchStrategy[ShiftCover]:
    return st.builds(
        ShiftCover,
        day=st.integers(0, DAYS - 1),
        shift=st.sampled_from([shift.code for shift in SHIFTS]),
        required=st.integers(0, 3),
        shortage_points=st.integers(1, 50),
        surplus_points=st.integers(0, 3),
    )


def _cell(need: ShiftCover) -> tuple[int, str]:
    return need.day, need.shift


# --- boundary cases -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Boundary:
    """A rule at its limit: a line that is `over` quarter hours, days or tours beyond it, or not.

    Attributes:
        rule: the rule.
        officer: whose line it is.
        shifts: the templates of the case.
        line: choices by day; days not named are rest.
        excess: what the check must find, 0 where the line is lawful.
        days: length of the period.
    """

    rule: Rule
    officer: Officer
    shifts: tuple[Shift, ...]
    line: dict[int, int]
    excess: int
    days: int = 28

    def problem(self) -> tuple[Problem, Choices]:
        """The case as a problem of one officer in UTC."""
        first = date(2026, 6, 1)
        problem = Problem(
            "boundary", first, self.days, "UTC", self.shifts, (self.officer,), (self.rule,)
        )
        choices = np.full((1, self.days), REST, dtype=np.int16)
        for day, shift in self.line.items():
            choices[0, day] = shift
        return problem, choices


PLAIN = Officer("o", "Officer", frozenset({"a"}), 0, 60 * 24 * 28)
WORK = Shift("W", "early", 420, 480)
NIGHT = Shift("N", "night", 22 * 60, 480)


def _starting(start: int, minutes: int = 480, kind: str = "early") -> Shift:
    return Shift(f"S{start}", kind, start, minutes)


def _in_a_row(days: int, first: int = 3) -> dict[int, int]:
    return dict.fromkeys(range(first, first + days), 0)


def _boundary_rest() -> list[Boundary]:
    cases = []
    for late in (-15, 0, 15):
        # The first tour ends at 22:00; 11 h later is 09:00.
        shifts = (_starting(14 * 60), _starting(9 * 60 + late))
        cases.append(Boundary(DailyRest(), PLAIN, shifts, {3: 0, 4: 1}, int(late < 0)))
        # The night ends at 06:00 on day 4; 46 h later is 04:00 on day 6.
        shifts = (NIGHT, _starting(4 * 60 + late))
        cases.append(Boundary(RestAfterNights(), PLAIN, shifts, {3: 0, 6: 1}, int(late < 0)))
        # The first tour ends at 06:00 on day 4; the next starts about then.
        shifts = (NIGHT, _starting(6 * 60 + late))
        cases.append(Boundary(OneTourAtATime(), PLAIN, shifts, {3: 0, 4: 1}, int(late < 0)))
    return cases


def _boundary_fatigue() -> list[Boundary]:
    cases = []
    for late in (-15, 0, 15):
        # The first tour ends at 22:00; 12 h later is 10:00. 07:00 is not early any more.
        rested = (_starting(14 * 60), _starting(10 * 60 + late))
        early = (_starting(7 * 60 + late),)
        # The night ends at 06:00 on day 4; 46 h later is 04:00 on day 6, with 2 h of the night.
        slept = (NIGHT, _starting(4 * 60 + late, kind="day"))
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
        nights, days = _in_a_row(2 + over), _in_a_row(4 + over)
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
        shifts = (_starting(7 * 60, 720), _starting(6 * 60 + late, 720))
        once = {0: 0, 1: 0, 3: 1, **_in_a_row(3, 4)}
        twice = {0: 0, 1: 0, 4: 1, **_in_a_row(9, 5)}
        excess = int(late < 0)
        cases += [
            Boundary(WeeklyRest(mode="24in7"), PLAIN, shifts, once, excess, days=7),
            Boundary(WeeklyRest(mode="48in14"), PLAIN, shifts, twice, excess, days=14),
        ]
    return cases


def _boundary_counts() -> list[Boundary]:
    cases = []
    for over in (-1, 0, 1):
        excess = max(over, 0)
        cases += [
            Boundary(ConsecutiveDays(most=6), PLAIN, (WORK,), _in_a_row(6 + over), excess),
            Boundary(RestDayInterval(most=7), PLAIN, (WORK,), _in_a_row(7 + over), excess),
            Boundary(ConsecutiveNights(most=4), PLAIN, (NIGHT,), _in_a_row(4 + over), excess),
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
            Boundary(ContractedHours(), exact, (WORK,), _in_a_row(2), int(over > 0)),
            Boundary(ContractedHours(), scant, (WORK,), _in_a_row(2), int(over > 0)),
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


def _boundary_personal() -> list[Boundary]:
    cases = []
    always = Stretch(-40, 40)

    def limited(**said: Any) -> Officer:
        return replace(PLAIN, limits=(Limit(always, **said),))

    rule = PersonalLimits()
    for over in (-15, 0, 15):
        late = (_starting(14 * 60 + over, 540),)  # ends about 23:00
        early = (_starting(6 * 60 - over),)
        close = (_starting(14 * 60), _starting(10 * 60 - over))  # about 12 h after 22:00
        cases += [
            Boundary(rule, limited(closed=(1380, 360)), late, {3: 0}, int(over > 0)),
            Boundary(rule, limited(closed=(1380, 360)), early, {3: 0}, int(over > 0)),
            Boundary(rule, limited(most_minutes=480 - over), (WORK,), {3: 0}, int(over > 0)),
            Boundary(rule, limited(least_rest=720), close, {3: 0, 4: 1}, int(over > 0)),
            Boundary(
                rule,
                limited(most_week_minutes=5 * 480 - over),
                (WORK,),
                _in_a_row(5, first=1),
                int(over > 0),
                days=7,
            ),
        ]
    until = replace(PLAIN, limits=(Limit(Stretch(0, 5), kinds=frozenset({"night"})),))
    weekdays = Limit(always, frozenset({0, 1}), closed=(15 * 60, 9 * 60))
    monday = replace(PLAIN, limits=(weekdays,))
    times = (WORK, _starting(9 * 60, 360))
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
        soon = _starting(22 * 60 - over, kind="late")
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


def boundaries() -> list[Boundary]:
    """Every boundary case, those of one limit side by side."""
    makers: tuple[Callable[[], list[Boundary]], ...] = (
        _boundary_rest,
        _boundary_fatigue,
        _boundary_weekly_rest,
        _boundary_counts,
        _boundary_fixed,
        _boundary_personal,
        _boundary_averages,
    )
    return [case for maker in makers for case in maker()]


__all__ = ["Boundary", "Tour", "boundaries", "problems", "rule_numbers"]
