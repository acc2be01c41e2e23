"""Rest days over the rota period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import Officer, Problem
from rostering.rules.base import ANY, Breach, Count, Line, LineRule, Primitive
from rostering.words import count_words, day_words


@dataclass(frozen=True, kw_only=True)
class RestDays(LineRule):
    """There are `per_week` rest days a week on average over the period.

    Pro rata by the day and rounded down; days wholly away, such as leave, are left out. The
    average is what a variable shift arrangement asks, so a pattern such as 4 on 4 off keeps it
    though single weeks differ. A period shorter than `weeks` that falls short by itself keeps the
    rule together with the known days before it, up to `weeks` in all; of these, days of leave or
    sickness are left out as well.

    A free day of part-time work counts as a day off here: how many rest days fall to part-time
    hours no published source known here says.
    """

    code: ClassVar[str] = "rest_days"
    title: ClassVar[str] = "Rest days"
    source: ClassVar[str] = (
        "Police Regulations 2003 reg 22 and Annex E: two rest days a week, on average under a "
        "variable shift arrangement"
    )
    unit: ClassVar[str] = "rest day missing"

    per_week: int = 2
    weeks: int = 4

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """So many tours at most, that the other days are enough."""
        days, before, counted = self._judged(problem, officer)
        worked = sum(tour.day >= -before for tour in officer.history)
        longer = days + counted
        most = max(days - self._due(days), longer - self._due(longer) - worked)
        if most < problem.days:
            yield Count("tours", ANY, most=most)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Count the rest days of the period, and those before it where they are too few."""
        days, before, counted = self._judged(problem, officer)
        tours = [tour for tour in line if tour.day >= 0]
        rests = days - len(tours)
        short = self._due(days) - rests
        if short <= 0:
            return
        earlier = counted - sum(-before <= tour.day < 0 for tour in line)
        together = self._due(days + counted) - rests - earlier
        if together > 0:
            found, due, span = rests, self._due(days), "this period"
            if together < short:
                short, found, due = together, rests + earlier, self._due(days + counted)
                span = f"the {days + counted} days from {day_words(problem, -before)}"
            yield self.breach(
                officer,
                tours,
                short,
                f"has {count_words(max(found, 0), 'rest day')} in {span}; the least is {due}, "
                f"{self.per_week} a week.",
            )

    def _due(self, days: int) -> int:
        return days * self.per_week // 7

    def _judged(self, problem: Problem, officer: Officer) -> tuple[int, int, int]:
        """Days of the period that are not wholly away; days before it; those of them that count."""
        away = {
            day
            for span in officer.unavailable
            for day in range(problem.days)
            if span.start <= problem.midnight(day) and problem.midnight(day + 1) <= span.end
        }
        before = min(-officer.known_from, max(0, 7 * self.weeks - problem.days))
        worked = {tour.day for tour in officer.history}
        left_out = officer.working_time.left_out
        counted = sum(
            day in worked or not any(days.has(day) for days in left_out)
            for day in range(-before, 0)
        )
        return problem.days - len(away), before, counted
