"""What an officer cannot do, by the officer's own terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.personal import Limit
from rostering.problem import MINUTES_A_DAY, Officer, Problem, Tour
from rostering.resources import Resource
from rostering.rules.base import ANY, Breach, Count, Line, LineRule, Of, Pair, Primitive, Window
from rostering.words import clock_words, day_words, hours_words, tour_words

WEEK = 7


@dataclass(frozen=True, kw_only=True)
class PersonalLimits(LineRule):
    """Nobody works what their own limits exclude, on the days on which these hold.

    A tour is judged by the day it starts on: its kind, its length and the times of day it touches.
    In every seven days the tours that start while a limit holds have at most its minutes, and
    before each of them lies at least its rest.
    """

    code: ClassVar[str] = "personal_limits"
    title: ClassVar[str] = "What a person cannot do"
    source: ClassVar[str] = (
        "Police Regulations 2003 reg 22 and Annex EE (limited duties); Working Time Regulations "
        "1998 regs 5A, 6A, 7 and 10 (young workers); Management of Health and Safety at Work "
        "Regulations 1999 reg 17 (no night work); agreed flexible working"
    )
    unit: ClassVar[str] = "tour that cannot be worked, or quarter hour too many or too few"
    resource: ClassVar[Resource] = "limits"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """None of the tours that cannot be worked; minutes of any week; rest before a tour."""
        cells = frozenset(
            (tour.day, tour.code)
            for limit in officer.limits
            for day, tours in enumerate(problem.tours)
            if limit.holds(day, problem.weekday(day))
            for tour in tours
            if _is_excluded(problem, limit, tour)
        )
        if cells:
            yield Count("tours", Of(cells=cells), most=0)
        for limit in officer.limits:
            begins = max(officer.known_from, 1 - WEEK)
            days = frozenset(
                day for day in range(begins, problem.days) if limit.holds(day, problem.weekday(day))
            )
            held = Of(days=days)
            if days and limit.most_week_minutes is not None:
                yield Window("minutes", WEEK, held, most=limit.most_week_minutes, unit=15)
            if days and limit.least_rest is not None:
                yield Pair(ANY, held, gap=limit.least_rest)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Try each tour of the period, each two neighbours and each seven days on every limit."""
        if not officer.limits:
            return
        for tour in line:
            if tour.day >= 0 and (words := _why_not(problem, officer.limits, tour)):
                yield self.breach(
                    officer, (tour,), 1, f"cannot work {tour_words(problem, tour)}: {words}."
                )
        for limit in officer.limits:
            yield from self._weeks(problem, officer, line, limit)
            yield from self._rests(problem, officer, line, limit)

    def _weeks(
        self, problem: Problem, officer: Officer, line: Line, limit: Limit
    ) -> Iterator[Breach]:
        most = limit.most_week_minutes
        if most is None:
            return
        held = [tour for tour in line if limit.holds(tour.day, problem.weekday(tour.day))]
        for first in range(max(officer.known_from, 1 - WEEK), problem.days - WEEK + 1):
            inside = [tour for tour in held if first <= tour.day < first + WEEK]
            worked = sum(tour.end - tour.start for tour in inside)
            if worked > most:
                yield self.breach(
                    officer,
                    inside,
                    -(-(worked - most) // 15),
                    f"has {hours_words(worked)} in the 7 days from {day_words(problem, first)}; "
                    f"the most for this person is {hours_words(most)}.",
                )

    def _rests(
        self, problem: Problem, officer: Officer, line: Line, limit: Limit
    ) -> Iterator[Breach]:
        least = limit.least_rest
        if least is None:
            return
        for place, first in enumerate(line):
            for then in line[place + 1 :]:
                rest = then.start - first.end
                if rest >= least:
                    break
                if then.day >= 0 and limit.holds(then.day, problem.weekday(then.day)):
                    yield self.breach(
                        officer,
                        (first, then),
                        -(-(least - rest) // 15),
                        f"would have {hours_words(max(rest, 0))} of rest before "
                        f"{tour_words(problem, then)}; the least for this person is "
                        f"{hours_words(least)}.",
                    )


def _is_excluded(problem: Problem, limit: Limit, tour: Tour) -> bool:
    """Tell whether a limit that holds on the day of a tour leaves no room for it."""
    if tour.kind in limit.kinds:
        return True
    if limit.most_minutes is not None and tour.minutes > limit.most_minutes:
        return True
    if limit.closed is None:
        return False
    begin, finish = limit.closed
    finish += MINUTES_A_DAY if finish <= begin else 0
    reach = tour.minutes // MINUTES_A_DAY + 2
    return any(
        problem.instant(day, begin) < tour.end and problem.instant(day, finish) > tour.start
        for day in range(tour.day - 1, tour.day + reach)
    )


def _why_not(problem: Problem, limits: Iterable[Limit], tour: Tour) -> str:
    """What stands against a tour, in words; empty where nothing does."""
    for limit in limits:
        if not limit.holds(tour.day, problem.weekday(tour.day)):
            continue
        if tour.kind in limit.kinds:
            return f"no shift of kind {tour.kind}"
        if limit.most_minutes is not None and tour.end - tour.start > limit.most_minutes:
            return f"at most {hours_words(limit.most_minutes)} a shift"
        if limit.closed and _shares(problem, limit.closed, tour):
            first, last = limit.closed
            return f"no time from {clock_words(first)} to {clock_words(last)}"
    return ""


def _shares(problem: Problem, closed: tuple[int, int], tour: Tour) -> bool:
    """Tell whether a tour has a minute of a time of day, of whichever day."""
    first, last = closed
    day = tour.day - 1
    while (begins := problem.instant(day, first)) < tour.end:
        ends = problem.instant(day if first < last else day + 1, last)
        if min(ends, tour.end) - max(begins, tour.start) > 0:
            return True
        day += 1
    return False
