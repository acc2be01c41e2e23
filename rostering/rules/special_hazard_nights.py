"""Night work with special hazards or heavy strain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from rostering.night_work import night_minutes, works_at_night
from rostering.problem import MINUTES_A_DAY, Officer, Problem, Tour
from rostering.resources import Resource
from rostering.rules.base import ANY, Breach, Count, Line, LineRule, Of, Pair, Primitive
from rostering.words import hours_words, tour_words

Switch = Literal["off", "on"]

REACH = 3
"""Days before the period whose tours can lie within 24 hours of one in it."""


@dataclass(frozen=True, kw_only=True)
class SpecialHazardNights(LineRule):
    """Where it is on, night workers have at most `most_minutes` in any 24 hours with night work.

    A tour with work in the night is no longer than that, and between it and the tour before or
    after lies the rest of the 24 hours: were it less, some 24 hours would hold more. (Two tours
    that are together no longer than `most_minutes` would be lawful closer to each other; rosters
    have none.) Whether the work of the room has special hazards or heavy mental strain is for the
    force to say, by its assessment of risks: until it does, `hazard` is off.
    """

    code: ClassVar[str] = "special_hazard_nights"
    title: ClassVar[str] = "Nights with special hazards"
    source: ClassVar[str] = (
        "Working Time Regulations 1998 reg 6(7): at most 8 hours in any 24 in which a night worker "
        "whose work has special hazards or heavy physical or mental strain does night work"
    )
    unit: ClassVar[str] = "night tour too long, or quarter hour of rest missing, or part of one"
    resource: ClassVar[Resource] = "nights"

    hazard: Switch = "off"
    most_minutes: int = 480
    weeks: int = 17
    night_start: int = 1380
    night_end: int = 360
    least_night_minutes: int = 180
    one_week_in: int = 3

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """No long tour in the night, and rest around those that are there."""
        if not self._is_about(problem, officer):
            return
        there = [tour for tours in problem.tours for tour in tours]
        there += [tour for tour in officer.history if tour.day >= -REACH]
        nights = [tour for tour in there if self._is_at_night(problem, tour)]
        days = [tour for tour in there if not self._is_at_night(problem, tour)]
        gap = MINUTES_A_DAY - self.most_minutes
        long = [tour for tour in nights if tour.day >= 0 and tour.minutes > self.most_minutes]
        yield Count("tours", _cells(long), most=0)
        yield Pair(_cells(nights), ANY, gap=gap)
        yield Pair(_cells(days), _cells(nights), gap=gap)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Look at each night of the period, and at each two tours with a night among them."""
        if not self._is_about(problem, officer):
            return
        least = MINUTES_A_DAY - self.most_minutes
        line = tuple(tour for tour in line if tour.day >= -REACH)
        at_night = [self._is_at_night(problem, tour) for tour in line]
        for place, first in enumerate(line):
            if at_night[place] and first.day >= 0 and first.minutes > self.most_minutes:
                yield self.breach(
                    officer,
                    (first,),
                    1,
                    f"works at night, {hours_words(first.minutes)} on "
                    f"{tour_words(problem, first)}; the most is {hours_words(self.most_minutes)}.",
                )
            for later in range(place + 1, len(line)):
                then = line[later]
                short = least - (then.start - first.end)
                if short <= 0:
                    break
                if then.day >= 0 and (at_night[place] or at_night[later]):
                    yield self.breach(
                        officer,
                        (first, then),
                        -(-short // 15),
                        f"has more than {hours_words(self.most_minutes)} in 24 hours with night "
                        f"work: {hours_words(least)} lie between such shifts, before "
                        f"{tour_words(problem, then)} too few.",
                    )

    def _is_at_night(self, problem: Problem, tour: Tour) -> bool:
        return night_minutes(problem, tour, (self.night_start, self.night_end)) > 0

    def _is_about(self, problem: Problem, officer: Officer) -> bool:
        return self.hazard == "on" and works_at_night(
            problem, officer.history, officer.known_from, self
        )


def _cells(tours: Iterable[Tour]) -> Of:
    return Of(cells=frozenset((tour.day, tour.code) for tour in tours))
