"""Average working time of night workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.averages import WEEK, Left, binding, counted_days, judged_spans
from rostering.night_work import works_at_night
from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import day_words, hours_words

WORKING_DAYS = 6
"""Days of a week that count: reg 6(5) takes the weekly rest of 24 hours out of it."""


@dataclass(frozen=True, kw_only=True)
class NightHours(LineRule):
    """Over any `weeks` weeks a night worker has at most `most_daily_minutes` in each 24 hours.

    The average is hours ÷ (days − weekly rests), so 8 hours allow 816 in 17 weeks. Night workers
    are those who in one known week out of `one_week_in` or more had a tour with
    `least_night_minutes` in the night. There is no opting out of it. Days left out take their
    share of the limit with them.
    """

    code: ClassVar[str] = "night_hours"
    title: ClassVar[str] = "Night workers' average"
    source: ClassVar[str] = (
        "Working Time Regulations 1998 regs 2 and 6: night workers have at most 8 hours in each "
        "24 on average over 17 weeks; the night is 23:00 to 06:00; a night worker has 3 hours of "
        "it as a normal course, for which one week in three was enough (R v Attorney General for "
        "Northern Ireland ex parte Burns [1999] IRLR 315)"
    )
    unit: ClassVar[str] = "quarter hour over the most of a span, or part of one"
    resource: ClassVar[Resource] = "nights"

    most_daily_minutes: int = 480
    weeks: int = 17
    night_start: int = 1380
    night_end: int = 360
    least_night_minutes: int = 180
    one_week_in: int = 3

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """The period's part of each span has at most what its history leaves."""
        spans = list(binding(problem, self._spans(problem, officer)))
        if spans and self._is_about(problem, officer):
            for left in spans:
                yield Count("minutes", Of(days=frozenset(left.days)), most=left.minutes, unit=15)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up the line's minutes of each span."""
        found = list(self._over(problem, officer, line))
        if not found or not self._is_about(problem, officer):
            return
        for last, worked, over, most in found:
            yield self.breach(
                officer,
                (tour for tour in line if 0 <= tour.day <= last),
                -(-over // 15),
                f"works at night and has {hours_words(worked)} in the {self.weeks} weeks to "
                f"{day_words(problem, last)}; the most is {hours_words(most)}, "
                f"{hours_words(self.most_daily_minutes)} in each 24 hours on average.",
            )

    def _over(
        self, problem: Problem, officer: Officer, line: Line
    ) -> Iterator[tuple[int, int, int, int]]:
        """Last day, minutes worked, minutes over and the most of each span that has too many."""
        own = [tour for tour in line if tour.day >= 0]
        total = sum(tour.end - tour.start for tour in own)
        for first, last in judged_spans(problem, officer, self.weeks):
            before = officer.worked_since(first)
            most = self._most(officer, first, last)
            if before + total <= most:
                continue
            worked = sum(tour.end - tour.start for tour in own if first <= tour.day <= last)
            over = min(before + worked - most, worked)
            if over > 0:
                yield last, before + worked, over, most

    def _spans(self, problem: Problem, officer: Officer) -> Iterator[Left]:
        for first, last in judged_spans(problem, officer, self.weeks):
            past = officer.worked_since(first)
            most = self._most(officer, first, last)
            yield Left(range(max(first, 0), last + 1), max(most - past, 0))

    def _most(self, officer: Officer, first: int, last: int) -> int:
        counted = counted_days(officer.working_time, first, last)
        return self.most_daily_minutes * WORKING_DAYS * counted // WEEK

    def _is_about(self, problem: Problem, officer: Officer) -> bool:
        return works_at_night(problem, officer.history, officer.known_from, self)
