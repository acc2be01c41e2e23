"""Arbitrary small problems and rosters: clock changes, history, absences, fixed days and wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

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
    Problem,
    Shift,
    ShiftCover,
    Span,
    Told,
)
from rostering.rules.average_hours import AverageHours
from rostering.rules.base import LineRule, Rule
from rostering.rules.fair_shares import FairShares
from rostering.rules.group import GroupRule
from rostering.rules.long_wishes import LongWishes
from rostering.rules.night_hours import NightHours
from rostering.rules.officer_days import OfficerDays
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.preferences import Preferences
from rostering.rules.registry import LINE_RULES
from rostering.rules.rest_days import RestDays
from rostering.rules.special_hazard_nights import SpecialHazardNights
from rostering.rules.stability import Stability
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith
from tests.rostering.bound_samples import bonds, bound_lines
from tests.rostering.fairness.shares import portions
from tests.rostering.rule_numbers import rule_numbers
from tests.rostering.wish_samples import long_wishes, one_day_wishes

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
        preferences=tuple(draw(st.lists(one_day_wishes(problem.days), min_size=1, max_size=3))),
        terms=draw(st.sampled_from(TERMS)),
        limits=tuple(draw(st.lists(_limits(), max_size=2))) if PersonalLimits in read else (),
        working_time=draw(_working_times()) if read & {*AVERAGES, RestDays} else UNSAID,
        told=draw(st.dictionaries(days, _told())) if Stability in read else {},
        long_wishes=tuple(draw(st.lists(long_wishes(problem.days), min_size=1, max_size=3)))
        if LongWishes in read
        else (),
        wish_percent=draw(st.sampled_from([50, 100, 133, 200])) if read & WEIGHED else 100,
        portions=tuple(draw(st.lists(portions(problem.days), min_size=2, max_size=4)))
        if FairShares in read
        else (),
    )


AVERAGES = {AverageHours, NightHours, SpecialHazardNights}
"""Rules that look back over weeks: an officer of whom too little is known is not judged."""

WEIGHED = {Preferences, LongWishes, WishedWith, WishedApart}
"""Rules about wishes, whose points count for more or for less by officer."""

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


def _told() -> st.SearchStrategy[Told]:
    codes = st.sampled_from([None, *(shift.code for shift in SHIFTS)])
    return st.builds(Told, codes, st.integers(-1, 30), st.sampled_from([0, 133, 150]))


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
