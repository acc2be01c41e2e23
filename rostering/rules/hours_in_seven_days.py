"""Most hours in seven days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import MINUTES_A_DAY, Officer, Problem
from rostering.resources import Resource
from rostering.rules.base import Breach, Line, LineRule, Primitive, Window
from rostering.words import day_words, hours_words

DAYS = 7

NO_LIMIT = DAYS * MINUTES_A_DAY
"""So many minutes or more are no limit: the week has no more of them."""


@dataclass(frozen=True, kw_only=True)
class HoursInSevenDays(LineRule):
    """The tours that start in any seven days last no longer than `minutes` together.

    168 h, all the hours there are, is no limit: the rule is there for the terms of one person, such
    as a young worker's 40 h. Elapsed time, in every span of seven local days that is known.
    """

    code: ClassVar[str] = "hours_in_seven_days"
    title: ClassVar[str] = "Most hours in seven days"
    source: ClassVar[str] = (
        "Working Time Regulations 1998 reg 5A: 40 h a week for workers under 18; the person's terms"
    )
    unit: ClassVar[str] = "quarter hour too many, or part of one, in a span of seven days"
    resource: ClassVar[Resource] = "week"

    minutes: int = NO_LIMIT

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Elapsed minutes of each seven days stay within the limit."""
        if self.minutes < NO_LIMIT:
            yield Window("minutes", DAYS, most=self.minutes, unit=15)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Add up every span of seven known days that touches the period."""
        if self.minutes >= NO_LIMIT:
            return
        for first in range(max(officer.known_from, 1 - DAYS), problem.days - DAYS + 1):
            tours = [tour for tour in line if first <= tour.day < first + DAYS]
            worked = sum(tour.end - tour.start for tour in tours)
            if worked > self.minutes:
                yield self.breach(
                    officer,
                    tours,
                    -(-(worked - self.minutes) // 15),
                    f"has {hours_words(worked)} in the 7 days from {day_words(problem, first)}; "
                    f"the most is {hours_words(self.minutes)}.",
                )
