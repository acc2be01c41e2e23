"""Average weekly working time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.averages import (
    WEEK,
    Left,
    binding,
    counted_days,
    elsewhere_sevenths,
    judged_spans,
)
from rostering.problem import Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Count, Line, LineRule, Of, Primitive
from rostering.words import day_words, hours_words


@dataclass(frozen=True, kw_only=True)
class AverageHours(LineRule):
    """Over any `weeks` weeks the average week has at most `most_weekly_minutes`.

    Hours are the elapsed minutes of worked tours, refreshment included, overtime included, and
    those of other jobs. A span ends on each day of the period; one that is not known from its
    first day on is not judged, and neither is one that holds a day on which the officer was opted
    out. Days left out (leave, sickness: reg 4(7)) take their share of the limit with them, a
    seventh of a week each. Reg 4(6) adds the hours of as many days after the span instead, which
    nobody can know while a roster is made; on hours that are evenly spread both say the same.
    """

    code: ClassVar[str] = "average_hours"
    title: ClassVar[str] = "Average week"
    source: ClassVar[str] = (
        "Working Time Regulations 1998 regs 4 and 5: 48 hours a week on average over 17 weeks, "
        "unless the worker has agreed in writing to work more"
    )
    unit: ClassVar[str] = "quarter hour over the most of a span, or part of one"
    resource: ClassVar[Resource] = "week"

    most_weekly_minutes: int = 2880
    weeks: int = 17

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """The period's part of each span has at most what its history leaves."""
        for left in binding(problem, self._spans(problem, officer)):
            days = frozenset(left.days)
            yield Count("minutes", Of(days=days), most=left.minutes, unit=15)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up the line's minutes of each span."""
        own = [tour for tour in line if tour.day >= 0]
        total = sum(tour.end - tour.start for tour in own)
        for first, last in judged_spans(problem, officer, self.weeks):
            before = officer.worked_since(first)
            most = self._most(officer, first, last)
            if before + total <= most or self._is_opted_out(officer, first, last):
                continue
            inside = [tour for tour in own if first <= tour.day <= last]
            worked = sum(tour.end - tour.start for tour in inside)
            over = min(before + worked - most, worked)
            if over > 0:
                yield self.breach(
                    officer,
                    inside,
                    -(-over // 15),
                    f"has {hours_words(before + worked)} in the {self.weeks} weeks to "
                    f"{day_words(problem, last)}; the most is {hours_words(most)}, "
                    f"{hours_words(self.most_weekly_minutes)} a week on average.",
                )

    def _spans(self, problem: Problem, officer: Officer) -> Iterator[Left]:
        for first, last in judged_spans(problem, officer, self.weeks):
            if not self._is_opted_out(officer, first, last):
                past = officer.worked_since(first)
                most = self._most(officer, first, last)
                yield Left(range(max(first, 0), last + 1), max(most - past, 0))

    def _is_opted_out(self, officer: Officer, first: int, last: int) -> bool:
        return any(days.shared(first, last) for days in officer.working_time.opted_out)

    def _most(self, officer: Officer, first: int, last: int) -> int:
        """The most minutes of tours in a span, what other jobs take away."""
        terms = officer.working_time
        most = self.most_weekly_minutes * counted_days(terms, first, last)
        return max((most - elsewhere_sevenths(terms, first, last)) // WEEK, 0)
