"""The fatigue score of tours and lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from rostering.problem import MINUTES_A_DAY, Officer, Problem, Shift, Tour
from rostering.rules.base import (
    ANY,
    Breach,
    Count,
    Dial,
    Line,
    LineRule,
    Of,
    Pair,
    Primitive,
    Run,
    Weight,
)
from rostering.words import count_words, day_words, hours_words, listed_words

MORNING = 6 * 60
"""Minute after midnight until which the body is at its lowest: fatigue peaks at about 05:00."""

EARLIEST = 3 * 60
"""Minute after midnight from which a start is early; one before it is of the night."""

FURTHER = (0, 1)
"""A run beyond its length costs a point on the first day and two on any later: one for each of
these lengths further that it has come."""

ADDED_UP = frozenset({"demanding_runs", "demanding_length", "rotation", "early_starts"})
"""Codes of rules about one thing each that the score adds up as well: not to be paid for twice.

Two nights' sleep after nights is not among them: it is dearer by far than its part of the score.
"""

BACKWARD = (("late", "day"), ("late", "early"), ("day", "early"))
"""Kinds of two tours of which the later starts earlier on the clock."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that makes a tour tiring: its points, and what it is, in words."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class TourFatigue:
    """The fatigue score of one tour, as the sum of its parts."""

    tour: Tour
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        """The score of the tour."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class FatigueScore(LineRule):
    """What in the hours of a line tires, tour by tour, in points that add up.

    A tour scores one point for each of these, or part of it:
    - an hour of less than `rest_minutes` of rest before it (a quick return);
    - an hour by which it starts before `early_before` (an early start);
    - an hour beyond `long_minutes` (a long tour);
    - two whole hours of it between midnight and 06:00 (work through the low of the night);
    - twelve hours short of a day's rest where it starts earlier on the clock than the tour before
      it, late to day, late to early or day to early (backward rotation);
    - twelve hours short of `sleep_minutes` between a night and a tour of another kind (two nights'
      full sleep).
    A third night in a row scores 1, any later one 2; so do days in a row beyond four.

    The parts are those that the HSE's guidance names; their points and limits are derived, and
    chosen so that each is about as tiring as an hour of lost rest. The score compares shifts and
    lines with one another. It is not the HSE's Fatigue and Risk Index (RR446), whose equations it
    does not use, and it says nothing of a person. It is read shift by shift rather than on average.
    """

    code: ClassVar[str] = "fatigue"
    title: ClassVar[str] = "Fatigue score"
    source: ClassVar[str] = (
        "HSE good practice guidelines for shift work and research report RR446 (2006) for what "
        "tires; points and limits derived"
    )
    unit: ClassVar[str] = "point of fatigue"
    dial: ClassVar[Dial | None] = "fatigue"

    weight: Weight = 1
    rest_minutes: int = 720
    early_before: int = 420
    long_minutes: int = 480
    sleep_minutes: int = 2760
    nights: int = 2
    days: int = 4
    kind: str = "night"

    def says(self, problem: Problem, officer: Officer) -> Iterable[Primitive]:
        """Counts of tiring tours, pairs with too little rest between them, and long runs."""
        by_points: dict[int, set[str]] = defaultdict(set)
        for shift in problem.shifts:
            by_points[self._own_points(shift)].add(shift.code)
        for points, codes in sorted(by_points.items()):
            if points:
                yield Count("tours", Of(codes=frozenset(codes)), most=0, points=points)
        known = {shift.kind for shift in problem.shifts} | {tour.kind for tour in officer.history}
        night = Of(kinds=frozenset({self.kind}))
        others = Of(kinds=frozenset(known - {self.kind}))
        yield Pair(ANY, ANY, gap=self.rest_minutes, unit=60)
        yield Pair(night, others, gap=self.sleep_minutes, unit=720)
        for first, then in (("late", {"day", "early"}), ("day", {"early"})):
            pair = Of(kinds=frozenset({first})), Of(kinds=frozenset(then))
            yield Pair(*pair, gap=MINUTES_A_DAY, unit=720)
        for further in FURTHER:
            yield Run(night, longest=self.nights + further)
            yield Run(ANY, longest=self.days + further)

    def check_line(self, problem: Problem, officer: Officer, line: Line) -> Iterator[Breach]:
        """Each tour of the period that scores anything."""
        for tired in self.scores(problem, line):
            if tired.points:
                told = listed_words([part.words for part in tired.parts])
                yield self.breach(
                    officer,
                    [tired.tour],
                    tired.points,
                    f"has a fatigue score of {tired.points} on "
                    f"{day_words(problem, tired.tour.day)}: {told}.",
                )

    def scores(self, problem: Problem, line: Line) -> Iterator[TourFatigue]:
        """The score of every tour of the period, history counting towards rest and runs."""
        runs = _places(tour.day for tour in line)
        nights = _places(tour.day for tour in line if tour.kind == self.kind)
        for index, tour in enumerate(line):
            if tour.day < 0:
                continue
            found = [
                *self._own(problem.shifts[problem.shift_index[tour.code]]),
                *self._after(problem, line[:index], tour),
                _in_a_row(nights.get(tour.day, 0), self.nights, "night"),
                _in_a_row(runs[tour.day], self.days, "day"),
            ]
            yield TourFatigue(tour, tuple(part for part in found if part.points))

    def _own(self, shift: Shift) -> Iterator[Part]:
        """What tires in a shift whatever lies before it."""
        yield Part(
            -(-max(shift.minutes - self.long_minutes, 0) // 60),
            f"{hours_words(shift.minutes)} long",
        )
        if EARLIEST <= shift.start < self.early_before:
            clock = f"{shift.start // 60:02}:{shift.start % 60:02}"
            yield Part(-(-(self.early_before - shift.start) // 60), f"a start at {clock}")
        low = _low_minutes(shift)
        yield Part(low // 120, f"{hours_words(low)} between midnight and 06:00")

    def _own_points(self, shift: Shift) -> int:
        """Points of a shift whatever lies before it, reckoned afresh for the solver's side."""
        long = (max(shift.minutes - self.long_minutes, 0) + 59) // 60
        early = (self.early_before - shift.start + 59) // 60 if shift.start >= EARLIEST else 0
        ends = [(0, MORNING), (MINUTES_A_DAY, MINUTES_A_DAY + MORNING)]
        finish = shift.start + shift.minutes
        low = sum(max(min(finish, end) - max(shift.start, begin), 0) for begin, end in ends)
        return long + max(early, 0) + low // 120

    def _after(self, problem: Problem, before: Line, tour: Tour) -> Iterator[Part]:
        """What tires because of the tours before it."""
        for earlier in reversed(before):
            rest = tour.start - earlier.end
            if rest >= max(self.rest_minutes, self.sleep_minutes, MINUTES_A_DAY):
                return
            told = f"{hours_words(max(rest, 0))} after the tour of"
            day = day_words(problem, earlier.day)
            yield Part(_units(self.rest_minutes - rest, 60), f"{told} {day}")
            if earlier.kind == self.kind != tour.kind:
                short = _units(self.sleep_minutes - rest, 720)
                yield Part(short, f"less than two nights' sleep after the night of {day}")
            if (earlier.kind, tour.kind) in BACKWARD:
                yield Part(_units(MINUTES_A_DAY - rest, 720), f"earlier than on {day}")


def _units(missing: int, unit: int) -> int:
    return -(-missing // unit) if missing > 0 else 0


def _low_minutes(shift: Shift) -> int:
    """Minutes of a shift between midnight and 06:00 of its own day and of the day after."""
    minutes = range(shift.start, shift.start + shift.minutes)
    nights = range(MORNING), range(MINUTES_A_DAY, MINUTES_A_DAY + MORNING)
    return sum(
        max(min(minutes.stop, night.stop) - max(minutes.start, night.start), 0) for night in nights
    )


def _places(days: Iterable[int]) -> dict[int, int]:
    """Of each day its place in the run of days that it is in: 1, 2 … and so on."""
    places: dict[int, int] = {}
    for day in sorted(set(days)):
        places[day] = places.get(day - 1, 0) + 1
    return places


def _in_a_row(place: int, most: int, what: str) -> Part:
    """The points of the `place`th day in a row where up to `most` score nothing."""
    return Part(max(min(place - most, len(FURTHER)), 0), f"{count_words(place, what)} in a row")
