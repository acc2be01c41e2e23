"""Weekly rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from rostering.problem import MINUTES_A_DAY, Officer, Problem
from rostering.rules.base import Breach, Either, Line, LineRule, Primitive, Window
from rostering.words import count_words, day_words, hours_words

Mode = Literal["24in7", "48in14"]


@dataclass(frozen=True, kw_only=True)
class WeeklyRest(LineRule):
    """Uninterrupted weekly rest that does not overlap daily rest.

    `24in7`: one rest of 24 h in any 7 days. `48in14`: in any 14 days one rest of 48 h or two of
    24 h. The daily rest is added to each, since the two may not overlap. Judged in every span of
    whole local days, so that it holds whichever day the force's reference periods begin on. A span
    that ends after the period is broken where even rest from the period's end on comes too late.
    """

    code: ClassVar[str] = "weekly_rest"
    title: ClassVar[str] = "Weekly rest"
    source: ClassVar[str] = "Working Time Regulations 1998 reg 11"
    unit: ClassVar[str] = "weekly rest missing in a span"

    mode: Mode = "48in14"
    daily_rest_minutes: int = 660

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """One or two long rests in each span of 7 or 14 days."""
        once, twice = self._lengths()
        if self.mode == "24in7":
            yield Window("rests", 7, least=1, rest=once)
        else:
            yield Either(
                (
                    Window("rests", 14, least=1, rest=twice),
                    Window("rests", 14, least=2, rest=once),
                )
            )

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Measure the gaps of every known span."""
        days = 7 if self.mode == "24in7" else 14
        once, twice = self._lengths()
        earliest = max(officer.known_from, 1 - days)
        since = problem.midnight(earliest)
        line = tuple(tour for tour in line if tour.end > since)
        beyond = ((once if self.mode == "24in7" else twice) - 1) // MINUTES_A_DAY
        for first in range(earliest, problem.days - days + min(beyond, days - 1) + 1):
            begin, finish = problem.midnight(first), problem.midnight(first + days)
            gaps = _gaps(line, begin, finish)
            short = sum(gap >= once for gap in gaps)
            if self.mode == "24in7":
                missing = 1 - min(short, 1)
            else:
                missing = min(1 - min(1, sum(gap >= twice for gap in gaps)), 2 - min(short, 2))
            if missing:
                inside = [tour for tour in line if tour.end > begin and tour.start < finish]
                yield self.breach(
                    officer,
                    inside,
                    missing,
                    f"has no weekly rest in the {days} days from {day_words(problem, first)}"
                    f"{_after(first + days - problem.days)}: "
                    f"the longest gap is {hours_words(max(gaps, default=0))}; "
                    f"{self._asked(once, twice)}.",
                )

    def _lengths(self) -> tuple[int, int]:
        day = MINUTES_A_DAY
        return day + self.daily_rest_minutes, 2 * day + self.daily_rest_minutes

    def _asked(self, once: int, twice: int) -> str:
        if self.mode == "24in7":
            return f"the rule is {hours_words(once)}, daily rest included"
        return (
            f"the rule is {hours_words(twice)} once or {hours_words(once)} twice, "
            "daily rest included"
        )


def _after(days: int) -> str:
    """That so many days after the period, had they no tour, would not mend it."""
    return f", even with {count_words(days, 'day')} off after this period" if days > 0 else ""


def _gaps(line: Line, begin: int, finish: int) -> list[int]:
    """Lengths in minutes of the gaps between tours, cut off at the ends of the span."""
    gaps, free_from = [], begin
    for tour in line:
        if tour.end <= begin or tour.start >= finish:
            continue
        if tour.start > free_from:
            gaps.append(tour.start - free_from)
        free_from = max(free_from, tour.end)
    if finish > free_from:
        gaps.append(finish - free_from)
    return gaps
